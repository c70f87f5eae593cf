"""Licences: who may see them, which are in force, what is open."""

import uuid
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import joinedload

from accounts import queries as accounts
from kernel.actor import Actor
from kernel.db import db
from kernel.errors import NotFound
from kernel.permissions import visible, visible_to
from registry.models import Assessment, Licence, Succession
from registry.queries.assessments import kept_out_of
from registry.queries.operators import PUBLIC

UNDECIDED = ("draft", "submitted", "returned", "under_assessment", "assessed", "public_notice")


@visible(Licence)
def _visible_licences(actor: Actor) -> ColumnElement[bool]:
    """Granted or announced ones for all; one's own; those handed in in one's place; to experts those they assess.

    Whoever was recused from an assessment sees nothing of the case until it is public.
    """
    shown: list[ColumnElement[bool]] = [Licence.state.in_((*PUBLIC, "public_notice"))]
    if actor.organisation_id is not None:
        shown.append(Licence.organisation_id == actor.organisation_id)
    if {"authority", "auditor", "government"} & actor.roles:
        place = Licence.jurisdiction.in_(actor.jurisdictions)
        shown.append(and_(place, Licence.state != "draft", Licence.id.not_in(kept_out_of(actor))))
    if "expert" in actor.roles:
        mine = and_(Assessment.assessor_id == actor.user_id, Assessment.state != "recused")
        shown.append(Licence.id.in_(select(Assessment.licence_id).where(mine)))
    return or_(*shown)


def licences(actor: Actor, *, state: str = "", own: bool = False) -> Select[Licence]:
    """The licences an actor may see, newest first."""
    query = select(Licence).where(visible_to(actor, Licence))
    if own:
        query = query.where(Licence.organisation_id == actor.organisation_id)
    if state:
        query = query.where(Licence.state == state)
    ordered = query.order_by(Licence.created_at.desc(), Licence.id)
    return ordered.options(joinedload(Licence.organisation))


def licence(licence_id: uuid.UUID, actor: Actor | None = None) -> Licence:
    """One licence with its organisation; with an actor only where it may be seen. Else NotFound."""
    query = select(Licence).where(Licence.id == licence_id)
    if actor is not None:
        query = query.where(visible_to(actor, Licence))
    found = db.session.scalar(query.options(joinedload(Licence.organisation)))
    if found is None:
        raise NotFound()
    return found


def licence_in_force(
    organisation_id: uuid.UUID, level: str, on: date, jurisdiction: str | None = None
) -> Licence | None:
    """The licence of an organisation and level that is in force on a day, judged by its dates; of a place if named.

    What passed to a successor still carries what rests on it, until that too has passed over.
    """
    query = select(Licence).where(
        Licence.organisation_id.in_(succeeded_by(organisation_id)),
        Licence.level == level,
        Licence.state == "in_force",
        Licence.valid_from <= on,
        Licence.valid_until >= on,
    )
    if jurisdiction:
        query = query.where(Licence.jurisdiction == jurisdiction)
    return db.session.scalar(query.order_by(Licence.valid_until.desc(), Licence.id).limit(1))


def expiring_licences(today: date) -> list[uuid.UUID]:
    """Licences whose last day has passed and that do not say so yet."""
    query = select(Licence.id).where(
        Licence.state.in_(("in_force", "suspended")), Licence.valid_until < today
    )
    return list(db.session.scalars(query))


def succeeded_by(organisation_id: uuid.UUID) -> list[uuid.UUID]:
    """The organisation, the one that took over what it held, the one that took over from that, and so on."""
    line: list[uuid.UUID] = []
    following: uuid.UUID | None = organisation_id
    while following is not None and following not in line:
        line.append(following)
        query = select(Succession.successor_id).where(
            Succession.predecessor_id == following, Succession.state == "approved"
        )
        following = db.session.scalar(query.order_by(Succession.decided_at.desc()).limit(1))
    return line


def open_applications(organisation_id: uuid.UUID, *, controlled: bool = False) -> list[Licence]:
    """The applications of an organisation that are not decided yet; `controlled`: and of those it controls."""
    query = select(Licence).where(Licence.state.in_(UNDECIDED)).order_by(Licence.created_at)
    if not controlled:
        return list(db.session.scalars(query.where(Licence.organisation_id == organisation_id)))
    rows = list(db.session.scalars(query))
    return [row for row in rows if organisation_id in accounts.controllers(row.organisation_id)]


def licences_held(organisation_id: uuid.UUID, on: date) -> list[Licence]:
    """The licences an organisation holds on a day, also suspended ones."""
    query = select(Licence).where(
        Licence.organisation_id == organisation_id,
        Licence.state.in_(("in_force", "suspended")),
        Licence.valid_until >= on,
    )
    return list(db.session.scalars(query.order_by(Licence.valid_from)))


def last_application(organisation_id: uuid.UUID | None) -> Licence | None:
    """The application an organisation wrote last: what it said there is proposed for the next one."""
    query = select(Licence).where(Licence.organisation_id == organisation_id)
    return db.session.scalar(query.order_by(Licence.created_at.desc()).limit(1))
