"""Registrations and objections."""

import uuid
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import joinedload

from kernel.actor import Actor
from kernel.db import db
from kernel.errors import NotFound
from kernel.permissions import visible, visible_to
from registry.models import Objection, Registration
from registry.queries.catalogue import OVERSEEING

PUBLIC = ("public_notice", "in_force", "expired", "cancelled", "completed")
PENDING = ("submitted", "returned", "under_review", "public_notice")


@visible(Registration)
def _visible_registrations(actor: Actor) -> ColumnElement[bool]:
    """From the public notice on for all; one's own; the registrar's; what was handed in in one's place to oversee."""
    seen: list[ColumnElement[bool]] = [Registration.state.in_(PUBLIC)]
    if actor.organisation_id is not None:
        seen.append(Registration.applicant_id == actor.organisation_id)
        mine = Registration.registrar_id == actor.organisation_id
        seen.append(and_(mine, Registration.state != "draft"))
    if OVERSEEING & actor.roles:
        place = Registration.jurisdiction.in_(actor.jurisdictions)
        seen.append(and_(place, Registration.state != "draft"))
    return or_(*seen)


@visible(Objection)
def _visible_objections(actor: Actor) -> ColumnElement[bool]:
    """The registrar in charge, who lodged it with an account, and the authority and auditors of the place."""
    if not actor.is_signed_in:
        return false()
    seen: list[ColumnElement[bool]] = [Objection.lodged_by_id == actor.user_id]
    if actor.organisation_id is not None:
        seen.append(Objection.registrar_id == actor.organisation_id)
    if {"authority", "auditor"} & actor.roles:
        seen.append(Objection.jurisdiction.in_(actor.jurisdictions))
    return or_(*seen)


def registrations(actor: Actor, *, state: str = "", kind: str = "", q: str = "") -> Select[Registration]:
    """The registrations an actor may see, newest first."""
    query = select(Registration).where(visible_to(actor, Registration))
    if state:
        query = query.where(Registration.state == state)
    if kind:
        query = query.where(Registration.kind == kind)
    for word in q.split()[:8]:
        named = (Registration.title, Registration.number)
        query = query.where(or_(*(column.icontains(word, autoescape=True) for column in named)))
    ordered = query.order_by(Registration.created_at.desc(), Registration.id)
    return ordered.options(joinedload(Registration.applicant), joinedload(Registration.registrar))


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
