"""Registrations and objections."""

import uuid
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from accounts import queries as accounts
from kernel.actor import Actor
from kernel.audit import AuditEvent
from kernel.clock import LEGAL_ZONE
from kernel.db import db
from kernel.errors import NotFound
from kernel.permissions import visible, visible_to
from registry.models import Objection, Registrar, Registration
from registry.queries.catalogue import OVERSEEING

PUBLIC = ("public_notice", "in_force", "superseded", "expired", "cancelled", "completed")
NAMED = (Registration.title, Registration.number, Registration.local_code, Registration.national_code)
TOLD = tuple(
    f"registry.registration.{verb}"
    for verb in ("announce", "code", "bound", "supersede", "expire", "cancel", "reassign")
)
PENDING = ("submitted", "returned", "under_review", "public_notice")


@visible(Registration)
def _visible_registrations(actor: Actor) -> ColumnElement[bool]:
    """From the public notice on for all; one's own; the registrar's; what was handed in in one's place to oversee."""
    seen: list[ColumnElement[bool]] = [Registration.state.in_(PUBLIC)]
    if actor.user_id is not None:
        seen.append(and_(Registration.party_id.is_(None), Registration.party_user_id == actor.user_id))
    if actor.organisation_id is not None:
        ours = or_(Registration.party_user_id.is_(None), Registration.state != "draft")
        seen.append(and_(Registration.applicant_id == actor.organisation_id, ours))
        seen.append(Registration.party_id == actor.organisation_id)
        mine = Registration.registrar_id == actor.organisation_id
        seen.append(and_(mine, Registration.state != "draft"))
    if OVERSEEING & actor.roles:
        place = Registration.jurisdiction.in_(actor.jurisdictions)
        seen.append(and_(place, Registration.state != "draft"))
    return or_(*seen)


@visible(Objection)
def _visible_objections(actor: Actor) -> ColumnElement[bool]:
    """The registrar in charge, the registrant, who lodged it, the authority and auditors of the place."""
    if not actor.is_signed_in:
        return false()
    seen: list[ColumnElement[bool]] = [Objection.lodged_by_id == actor.user_id]
    if actor.organisation_id is not None:
        seen.append(Objection.registrar_id == actor.organisation_id)
        seen.append(Objection.applicant_id == actor.organisation_id)
    if {"authority", "auditor"} & actor.roles:
        seen.append(Objection.jurisdiction.in_(actor.jurisdictions))
    return or_(*seen)


def registrations(
    actor: Actor,
    *,
    state: str = "",
    kind: str = "",
    q: str = "",
    jurisdiction: str = "",
    registrar: str = "",
    as_of: date | None = None,
) -> Select[Registration]:
    """The registrations an actor may see, newest first; of all levels and registrars, or of a place and those below it.

    `state` is that of today, or of the end of the day `as_of`.
    """
    query = select(Registration).where(visible_to(actor, Registration))
    if as_of is not None:
        query = query.where(Registration.id.in_(_in_state(as_of, (state,) if state else PUBLIC)))
    elif state:
        query = query.where(Registration.state == state)
    if kind:
        query = query.where(Registration.kind == kind)
    if jurisdiction:
        query = query.where(Registration.jurisdiction.in_(accounts.places_below(jurisdiction)))
    if registrar:
        named = select(Registrar.organisation_id).where(Registrar.organisation_name == registrar)
        query = query.where(Registration.registrar_id.in_(named))
    for word in q.split()[:8]:
        query = query.where(or_(*(column.icontains(word, autoescape=True) for column in NAMED)))
    ordered = query.order_by(Registration.created_at.desc(), Registration.id)
    return ordered.options(joinedload(Registration.applicant), joinedload(Registration.registrar))


def registered_places() -> list[str]:
    """The jurisdictions in which something was made public in the register."""
    query = select(Registration.jurisdiction).where(Registration.state.in_(PUBLIC)).distinct()
    return sorted(db.session.scalars(query))


def registrar_names() -> list[str]:
    """The names of all registrars that are or were."""
    return sorted(set(db.session.scalars(select(Registrar.organisation_name))))


def _in_state(on: date, states: tuple[str, ...]) -> Select[uuid.UUID]:
    """The registrations whose last event up to the end of a day left them in one of these states."""
    end = datetime.combine(on + timedelta(days=1), time(), tzinfo=LEGAL_ZONE)
    latest = (
        select(AuditEvent.subject_id, AuditEvent.to_state)
        .add_columns(
            func.row_number()
            .over(partition_by=AuditEvent.subject_id, order_by=(AuditEvent.at.desc(), AuditEvent.id.desc()))
            .label("place")
        )
        .where(AuditEvent.subject_type == Registration.__tablename__, AuditEvent.at < end)
        .subquery()
    )
    return select(latest.c.subject_id).where(latest.c.place == 1, latest.c.to_state.in_(states))


def public_history(found: Registration) -> list[AuditEvent]:
    """What everybody may know of the course of a registration, oldest first."""
    query = select(AuditEvent).where(AuditEvent.subject_id == found.id, AuditEvent.command.in_(TOLD))
    return list(db.session.scalars(query.order_by(AuditEvent.at, AuditEvent.id)))


def state_on(found: Registration, on: date) -> str | None:
    """In which state a registration was at the end of a day; None where it was not public yet."""
    end = datetime.combine(on + timedelta(days=1), time(), tzinfo=LEGAL_ZONE)
    query = select(AuditEvent.to_state).where(AuditEvent.subject_id == found.id, AuditEvent.at < end)
    last = db.session.scalar(query.order_by(AuditEvent.at.desc(), AuditEvent.id.desc()).limit(1))
    return last if last in PUBLIC else None


def by_code(typed: str) -> Registration | None:
    """The public registration with that code: its own number, the local or the national code; else the newest one."""
    code = typed.strip()
    codes = (
        Registration.number == code.upper(),
        Registration.local_code == code,
        Registration.national_code == code,
    )
    query = select(Registration).where(or_(*codes), Registration.state.in_(PUBLIC))
    return db.session.scalar(
        query.order_by(Registration.created_at.desc()).limit(1).options(joinedload(Registration.registrar))
    )


def follower_of(registration_id: uuid.UUID) -> Registration | None:
    """The registration in force that takes the place of this one: a change, correction or renewal."""
    query = select(Registration).where(
        Registration.previous_id == registration_id,
        Registration.state == "in_force",
        Registration.kind != "cancellation",
    )
    return db.session.scalar(query.order_by(Registration.created_at.desc()).limit(1))


def announcements(today: date) -> Select[Registration]:
    """What registrars announce: notices that run, and registrations cancelled within the last year."""
    running = and_(Registration.state == "public_notice", Registration.notice_until >= today)
    ended = and_(Registration.state == "cancelled", Registration.ended_on >= today - timedelta(days=365))
    query = select(Registration).where(or_(running, ended))
    ordered = query.order_by(
        Registration.state.desc(), Registration.notice_until, Registration.ended_on.desc()
    )
    return ordered.options(joinedload(Registration.applicant), joinedload(Registration.registrar))


def ending_registrations(today: date, days: int) -> list[Registration]:
    """Registrations in force that end within so many days and are not renewed yet."""
    later = aliased(Registration)
    renewed = select(later.id).where(
        later.previous_id == Registration.id, later.kind == "renewal", later.state != "refused"
    )
    query = select(Registration).where(
        Registration.state == "in_force",
        Registration.valid_until >= today,
        Registration.valid_until <= today + timedelta(days=days),
        ~renewed.exists(),
    )
    return list(db.session.scalars(query.order_by(Registration.valid_until, Registration.id)))


def registration(registration_id: uuid.UUID | None, actor: Actor | None = None) -> Registration:
    """One registration with its parties and resource; with an actor only where it may be seen. Else NotFound."""
    query = select(Registration).where(Registration.id == registration_id)
    if actor is not None:
        query = query.where(visible_to(actor, Registration))
    found = db.session.scalar(
        query.options(
            joinedload(Registration.applicant),
            joinedload(Registration.registrar),
            joinedload(Registration.resource),
        )
    )
    if found is None:
        raise NotFound()
    return found


def registration_or_none(registration_id: uuid.UUID | None) -> Registration | None:
    """The registration of that id, if there is one."""
    return db.session.get(Registration, registration_id) if registration_id else None


def registrations_of(
    actor: Actor, *, resource_id: uuid.UUID | None = None, product_id: uuid.UUID | None = None
) -> list[Registration]:
    """The registrations of a resource or product the actor may see, newest first."""
    query = select(Registration).where(visible_to(actor, Registration), _about(resource_id, product_id))
    return list(db.session.scalars(query.order_by(Registration.created_at.desc(), Registration.id)))


def registration_in_force(
    *, resource_id: uuid.UUID | None = None, product_id: uuid.UUID | None = None
) -> Registration | None:
    """The registration of a resource or product that is in force, the newest where a renewal overlaps."""
    query = select(Registration).where(_about(resource_id, product_id), Registration.state == "in_force")
    return db.session.scalar(query.order_by(Registration.valid_until.desc(), Registration.id).limit(1))


def open_registrations_of(
    resource_id: uuid.UUID | None, product_id: uuid.UUID | None, besides: uuid.UUID | None = None
) -> bool:
    """Whether another registration of the same thing is under way."""
    query = select(Registration.id).where(_about(resource_id, product_id), Registration.state.in_(PENDING))
    return db.session.scalar(query.where(Registration.id != besides).limit(1)) is not None


def _about(resource_id: uuid.UUID | None, product_id: uuid.UUID | None) -> ColumnElement[bool]:
    if resource_id is not None:
        return Registration.resource_id == resource_id
    return Registration.product_id == product_id if product_id is not None else false()


def objections_of(registration_id: uuid.UUID) -> list[Objection]:
    """All objections against a registration, in the order they came."""
    query = select(Objection).where(Objection.registration_id == registration_id)
    return list(db.session.scalars(query.order_by(Objection.created_at, Objection.id)))


def objections(actor: Actor) -> Select[Objection]:
    """The objections an actor may see, open ones first."""
    query = select(Objection).where(visible_to(actor, Objection))
    ordered = query.order_by(Objection.state != "lodged", Objection.created_at, Objection.id)
    return ordered.options(joinedload(Objection.registration))


def objection_by_receipt(receipt: str) -> Objection:
    """The objection with that receipt number: whoever holds the number may read how it stands."""
    query = select(Objection).where(Objection.receipt == receipt.strip().upper())
    found = db.session.scalar(query.options(joinedload(Objection.registration)))
    if found is None:
        raise NotFound()
    return found


def ended_notices(today: date) -> list[uuid.UUID]:
    """Registrations whose public notice has run out and whose coding is not clocked yet."""
    query = select(Registration.id).where(
        Registration.state == "public_notice",
        Registration.notice_until < today,
        Registration.notice_ended_on.is_(None),
    )
    return list(db.session.scalars(query))


def expiring_registrations(today: date) -> list[uuid.UUID]:
    """Registrations in force whose last day has passed."""
    query = select(Registration.id).where(Registration.state == "in_force", Registration.valid_until < today)
    return list(db.session.scalars(query))
