"""Development rights, what they rest on, what rests on them, and what they oblige to."""

import uuid
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import aliased

from contracts.models import Agreement, DataElement, DevelopmentRight, Obligation, RightSource, Suspension
from contracts.queries.applications import READERS
from contracts.queries.sources import ResourceFacts, elements_by_id, resources
from contracts.rules import Bounds
from kernel.actor import Actor
from kernel.db import db
from kernel.due import DueDate
from kernel.permissions import visible, visible_to
from registry.models import DataResource

ALIVE = ("in_force", "suspended")
OPEN = ("awaiting_signature", *ALIVE)


@visible(DevelopmentRight)
def visible_rights(actor: Actor) -> ColumnElement[bool]:
    """Its holder, its granter, the holder of the right above, the agencies behind it, the managing bodies."""
    conditions: list[ColumnElement[bool]] = [false()]
    if actor.organisation_id:
        parent = aliased(DevelopmentRight)
        below = select(parent.id).where(parent.holder_id == actor.organisation_id)
        from_mine = (
            select(RightSource.right_id)
            .join(DataResource, DataResource.id == RightSource.source_id)
            .where(DataResource.holder_id == actor.organisation_id)
        )
        conditions += [
            DevelopmentRight.holder_id == actor.organisation_id,
            DevelopmentRight.granted_by_id == actor.organisation_id,
            DevelopmentRight.parent_id.in_(below),
            DevelopmentRight.id.in_(from_mine),
        ]
    if actor.roles & (READERS | {"registrar"}):
        conditions.append(DevelopmentRight.jurisdiction.in_(actor.jurisdictions))
    return or_(*conditions)


def rights(
    actor: Actor, *, state: str | None = None, level: str | None = None, q: str | None = None
) -> Select[DevelopmentRight]:
    """The rights an actor may see, the newest first."""
    query = select(DevelopmentRight).where(visible_to(actor, DevelopmentRight))
    if state:
        query = query.where(DevelopmentRight.state == state)
    if level:
        query = query.where(DevelopmentRight.level == level)
    if q:
        title, number = DevelopmentRight.title, DevelopmentRight.number
        query = query.where(or_(title.icontains(q, autoescape=True), number.icontains(q, autoescape=True)))
    return query.order_by(DevelopmentRight.created_at.desc())


def right(right_id: uuid.UUID) -> DevelopmentRight | None:
    """A right by id."""
    return db.session.get(DevelopmentRight, right_id)


def rights_of_holder(
    holder_id: uuid.UUID, *, level: str | None = None, states: Collection[str] = ALIVE
) -> list[DevelopmentRight]:
    """The rights of an organisation, those ending first first."""
    query = select(DevelopmentRight).where(
        DevelopmentRight.holder_id == holder_id, DevelopmentRight.state.in_(states)
    )
    if level:
        query = query.where(DevelopmentRight.level == level)
    return list(db.session.scalars(query.order_by(DevelopmentRight.ends_on, DevelopmentRight.number)))


def source_ids(right_id: uuid.UUID) -> list[uuid.UUID]:
    """The ids of the resources or elements a right rests on."""
    return list(db.session.scalars(select(RightSource.source_id).where(RightSource.right_id == right_id)))


def sources_of_right(held: DevelopmentRight) -> list[ResourceFacts] | list[DataElement]:
    """What a right rests on: resources at first level, elements at second."""
    ids = source_ids(held.id)
    return resources(ids) if held.level == "first_level" else elements_by_id(ids)


def children_of(right_id: uuid.UUID, states: Collection[str] = OPEN) -> list[DevelopmentRight]:
    """The second-level rights under a right."""
    query = select(DevelopmentRight).where(
        DevelopmentRight.parent_id == right_id, DevelopmentRight.state.in_(states)
    )
    return list(db.session.scalars(query.order_by(DevelopmentRight.number)))


def rights_resting_on(
    source_ids: Collection[uuid.UUID], states: Collection[str] = ALIVE
) -> list[DevelopmentRight]:
    """The rights that rest on one of these resources or elements."""
    resting = select(RightSource.right_id).where(RightSource.source_id.in_(list(source_ids)))
    query = select(DevelopmentRight).where(
        DevelopmentRight.id.in_(resting), DevelopmentRight.state.in_(states)
    )
    return list(db.session.scalars(query.order_by(DevelopmentRight.number)))


def bounds_of(held: DevelopmentRight) -> Bounds:
    """How far a right reaches, to measure a right under it by: its sources are its available elements."""
    available = select(DataElement.id).where(
        DataElement.right_id == held.id, DataElement.state == "available"
    )
    return Bounds(
        sources=frozenset(str(element_id) for element_id in db.session.scalars(available)),
        purposes=frozenset(held.purposes),
        territory=frozenset(held.territory),
        starts_on=held.starts_on,
        ends_on=held.ends_on,
    )


def open_suspensions(right_id: uuid.UUID) -> list[Suspension]:
    """Why a right is suspended now, the oldest ground first."""
    query = select(Suspension).where(Suspension.right_id == right_id, Suspension.ended_at.is_(None))
    return list(db.session.scalars(query.order_by(Suspension.began_at, Suspension.id)))


def suspended_through(cause_id: uuid.UUID, ground: str) -> list[DevelopmentRight]:
    """The rights suspended on that ground because of that cause."""
    through = select(Suspension.right_id).where(
        Suspension.cause_id == cause_id, Suspension.ground == ground, Suspension.ended_at.is_(None)
    )
    return list(db.session.scalars(select(DevelopmentRight).where(DevelopmentRight.id.in_(through))))


def income_shares(right_id: uuid.UUID) -> list[dict[str, Any]]:
    """Who takes part in the income of a right: {party, party_name, role, share_bp}; 10,000 basis points altogether."""
    held = right(right_id)
    return list(held.income_shares) if held else []


def rights_past_end(on: date) -> list[DevelopmentRight]:
    """Rights whose last day is over and that have not been marked as expired."""
    query = select(DevelopmentRight).where(DevelopmentRight.ends_on < on, DevelopmentRight.state.in_(ALIVE))
    return list(db.session.scalars(query))


def rights_past_offer(on: date) -> list[DevelopmentRight]:
    """Rights whose agreements were not signed in time."""
    late = select(DueDate.subject_id).where(
        DueDate.name == "signature", DueDate.state.in_(("running", "missed")), DueDate.due_on < on
    )
    waiting = DevelopmentRight.state == "awaiting_signature"
    return list(db.session.scalars(select(DevelopmentRight).where(waiting, DevelopmentRight.id.in_(late))))


@visible(Obligation)
def visible_obligations(actor: Actor) -> ColumnElement[bool]:
    """Who owes it, and whoever may see the right."""
    of_right = select(DevelopmentRight.id).where(visible_to(actor, DevelopmentRight))
    return or_(Obligation.owner_id == actor.organisation_id, Obligation.right_id.in_(of_right))


def obligations(actor: Actor, *, state: str | None = None) -> Select[Obligation]:
    """The obligations an actor may see, those due first first."""
    query = select(Obligation).where(visible_to(actor, Obligation)).order_by(Obligation.due_on, Obligation.id)
    return query.where(Obligation.state == state) if state else query


def obligation(obligation_id: uuid.UUID) -> Obligation | None:
    """An obligation by id."""
    return db.session.get(Obligation, obligation_id)


def obligations_of(right_id: uuid.UUID) -> list[Obligation]:
    """The obligations of a right, those due first first."""
    query = (
        select(Obligation).where(Obligation.right_id == right_id).order_by(Obligation.due_on, Obligation.id)
    )
    return list(db.session.scalars(query))


def obligations_past_due(on: date) -> list[Obligation]:
    """Open obligations whose day is over."""
    late = and_(Obligation.state == "open", Obligation.due_on < on)
    return list(db.session.scalars(select(Obligation).where(late)))


def agreements_of(right_id: uuid.UUID) -> list[Agreement]:
    """The agreements of a right, in the order they were drawn up."""
    about = and_(Agreement.about_type == "right", Agreement.about_id == right_id)
    return list(
        db.session.scalars(select(Agreement).where(about).order_by(Agreement.created_at, Agreement.id))
    )
