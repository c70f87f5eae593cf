"""Notices, objections to licences, re-checks, debarments, successions."""

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true

from accounts import queries as accounts
from kernel import due
from kernel.actor import Actor
from kernel.db import db
from kernel.errors import NotFound
from kernel.permissions import visible, visible_to
from kernel.words import N_, Text
from registry.models import Debarment, Licence, LicenceObjection, Notice, Recheck, Succession

OVERSEEING = frozenset({"authority", "auditor", "government"})


def _oversees(actor: Actor, model: Any) -> ColumnElement[bool]:
    return model.jurisdiction.in_(actor.jurisdictions) if OVERSEEING & actor.roles else false()


@visible(Notice)
def _visible_notices(actor: Actor) -> ColumnElement[bool]:
    """The organisation it was given to, and those who oversee the place."""
    mine = Notice.organisation_id == actor.organisation_id if actor.organisation_id else false()
    return or_(mine, _oversees(actor, Notice))


@visible(LicenceObjection)
def _visible_objections(actor: Actor) -> ColumnElement[bool]:
    """Who lodged it with an account, and those who oversee the place."""
    mine = LicenceObjection.lodged_by_id == actor.user_id if actor.is_signed_in else false()
    return or_(mine, _oversees(actor, LicenceObjection))


@visible(Recheck)
def _visible_rechecks(actor: Actor) -> ColumnElement[bool]:
    """The operator that was checked, and those who oversee the place."""
    mine = Recheck.organisation_id == actor.organisation_id if actor.organisation_id else false()
    return or_(mine, _oversees(actor, Recheck))


@visible(Debarment)
def _visible_debarments(_actor: Actor) -> ColumnElement[bool]:
    """Everybody: who deals with an organisation may know that it is barred."""
    return true()


@visible(Succession)
def _visible_successions(actor: Actor) -> ColumnElement[bool]:
    """Approved ones for all; before that the two organisations and those who oversee the place."""
    parties = (Succession.predecessor_id, Succession.successor_id)
    mine = [party == actor.organisation_id for party in parties] if actor.organisation_id else []
    return or_(Succession.state == "approved", _oversees(actor, Succession), *mine)


def seen(actor: Actor, model: Any, row_id: uuid.UUID) -> Any:
    """One row of a table of operators' cases, where it may be seen. Else NotFound."""
    found = db.session.scalar(select(model).where(model.id == row_id, visible_to(actor, model)))
    if found is None:
        raise NotFound()
    return found


def _listed(actor: Actor, model: Any, state: str) -> Select[Any]:
    query = select(model).where(visible_to(actor, model))
    if state:
        query = query.where(model.state == state)
    return query.order_by(model.created_at.desc(), model.id)


def notices(actor: Actor, *, state: str = "") -> Select[Notice]:
    """The notices an actor may see, newest first."""
    return _listed(actor, Notice, state)


def licence_objections(actor: Actor, *, state: str = "") -> Select[LicenceObjection]:
    """The objections to licences an actor may see, newest first."""
    return _listed(actor, LicenceObjection, state)


def rechecks(actor: Actor, *, state: str = "") -> Select[Recheck]:
    """The re-checks an actor may see, newest first."""
    return _listed(actor, Recheck, state)


def debarments(actor: Actor, *, state: str = "", q: str = "") -> Select[Debarment]:
    """The debarments, newest first."""
    query = _listed(actor, Debarment, state)
    for word in q.split()[:8]:
        query = query.where(Debarment.organisation_name.icontains(word, autoescape=True))
    return query


def successions(actor: Actor, *, state: str = "") -> Select[Succession]:
    """The successions an actor may see, newest first."""
    return _listed(actor, Succession, state)


def open_notice(act: str, organisation_id: uuid.UUID, licence_id: uuid.UUID | None) -> Notice | None:
    """The notice of that act that was given and not yet acted on."""
    query = select(Notice).where(
        Notice.act == act, Notice.organisation_id == organisation_id, Notice.licence_id == licence_id
    )
    query = query.where(Notice.state.in_(("given", "replied")))
    return db.session.scalar(query.order_by(Notice.created_at.desc()).limit(1))


def notices_of(licence_id: uuid.UUID) -> list[Notice]:
    """The notices about a licence, oldest first."""
    query = select(Notice).where(Notice.licence_id == licence_id)
    return list(db.session.scalars(query.order_by(Notice.created_at, Notice.id)))


def objections_to(licence_id: uuid.UUID) -> list[LicenceObjection]:
    """The objections to a licence, oldest first."""
    query = select(LicenceObjection).where(LicenceObjection.licence_id == licence_id)
    return list(db.session.scalars(query.order_by(LicenceObjection.created_at, LicenceObjection.id)))


def licence_objection_by_receipt(receipt: str) -> LicenceObjection:
    """The objection with that receipt number. Else NotFound."""
    found = db.session.scalar(select(LicenceObjection).where(LicenceObjection.receipt == receipt.strip().upper()))
    if found is None:
        raise NotFound()
    return found


def rechecks_of(licence_id: uuid.UUID) -> list[Recheck]:
    """The re-checks of a licence, oldest first."""
    query = select(Recheck).where(Recheck.licence_id == licence_id)
    return list(db.session.scalars(query.order_by(Recheck.begun_on, Recheck.id)))


def debarment_of(organisation_id: uuid.UUID, on: date) -> Debarment | None:
    """The debarment that bars an organisation on a day: its own, or that of one which controls it."""
    query = select(Debarment).where(
        Debarment.organisation_id.in_(accounts.controllers(organisation_id)),
        Debarment.state == "in_force",
        Debarment.starts_on <= on,
        Debarment.ends_on >= on,
    )
    return db.session.scalar(query.order_by(Debarment.ends_on.desc()).limit(1))


def debarments_over(today: date) -> list[uuid.UUID]:
    """Debarments whose last day has passed and that do not say so yet."""
    query = select(Debarment.id).where(Debarment.state == "in_force", Debarment.ends_on < today)
    return list(db.session.scalars(query))


def troubles_since(organisation_id: uuid.UUID, first: date) -> list[Text]:
    """What stands against a clean record from a day on: revoked licences, debarments, failed re-checks."""
    revoked = select(Licence).where(
        Licence.organisation_id == organisation_id, Licence.state == "revoked", Licence.ended_on >= first
    )
    barred = select(Debarment).where(
        Debarment.organisation_id == organisation_id, Debarment.state != "lifted", Debarment.ends_on >= first
    )
    failed = select(Recheck).where(
        Recheck.organisation_id == organisation_id, Recheck.state == "failed", Recheck.ended_on >= first
    )
    said = [Text(N_("licence {number} revoked"), number=row.number or "") for row in db.session.scalars(revoked)]
    said += [Text(N_("debarred until {day}"), day=row.ends_on) for row in db.session.scalars(barred)]
    said += [Text(N_("re-check of {day} failed"), day=row.begun_on) for row in db.session.scalars(failed)]
    return said


def succession_from(organisation_id: uuid.UUID) -> Succession | None:
    """The approved succession by which somebody took over what an organisation held."""
    query = select(Succession).where(
        Succession.predecessor_id == organisation_id, Succession.state == "approved"
    )
    return db.session.scalar(query.order_by(Succession.decided_at.desc()).limit(1))


def succession(succession_id: uuid.UUID) -> Succession:
    """A succession by id. Else NotFound."""
    found = db.session.get(Succession, succession_id)
    if found is None:
        raise NotFound()
    return found


def successor_of(found: Succession | None) -> Any:
    """The organisation that took over by an approved succession; None without one."""
    return accounts.organisation(found.successor_id) if found else None


def licence_of_case(row: Any) -> Licence | None:
    """The licence a notice, objection or re-check is about."""
    licence_id = getattr(row, "licence_id", None)
    return db.session.get(Licence, licence_id) if licence_id else None


def successions_to(organisation_id: uuid.UUID) -> list[Succession]:
    """The approved successions by which an organisation took over what others held."""
    query = select(Succession).where(Succession.successor_id == organisation_id, Succession.state == "approved")
    return list(db.session.scalars(query.order_by(Succession.decided_at)))


def rechecks_due(today: date) -> Iterator[Licence]:
    """Licences in force whose last check, or grant, lies as far back as the rules allow."""
    last = select(func.max(Recheck.begun_on)).where(Recheck.licence_id == Licence.id).scalar_subquery()
    query = select(Licence, last).where(Licence.state == "in_force", Licence.valid_until >= today)
    open_ = select(Recheck.licence_id).where(Recheck.state.in_(("under_way", "rectification", "reported")))
    for found, checked_on in db.session.execute(query.where(and_(Licence.id.not_in(open_)))):
        begins = max(day for day in (checked_on, found.valid_from) if day is not None)
        day = due.due_day(found, "licence.recheck", begins)
        if day is not None and day.on <= today:
            yield found
