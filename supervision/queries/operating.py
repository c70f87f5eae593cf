"""Operating teams, mandates of operating bodies, and what is done under them."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, false, or_, select, true

from accounts import queries as accounts
from accounts.models import Membership
from kernel.actor import Actor
from kernel.db import db
from kernel.errors import NotFound
from kernel.permissions import visible, visible_to
from supervision.models import OperatingMandate, OperatingTeam, Operation

OVERSEEING = frozenset({"authority", "auditor", "government"})


@visible(OperatingTeam)
def _visible_teams(actor: Actor) -> ColumnElement[bool]:
    """Agency and team, and those who oversee the place; noted ones for everybody who manages public data there."""
    shown: list[ColumnElement[bool]] = [false()]
    if actor.organisation_id is not None:
        shown += [
            party == actor.organisation_id for party in (OperatingTeam.agency_id, OperatingTeam.operator_id)
        ]
    if OVERSEEING & actor.roles:
        shown.append(OperatingTeam.jurisdiction.in_(actor.jurisdictions))
    return or_(*shown)


@visible(OperatingMandate)
def _visible_mandates(_actor: Actor) -> ColumnElement[bool]:
    """Everybody: who deals with an operating body may know what it may do."""
    return true()


@visible(Operation)
def _visible_operations(actor: Actor) -> ColumnElement[bool]:
    """The operating body's own, and those of the place for who oversees it."""
    shown: list[ColumnElement[bool]] = [false()]
    if actor.organisation_id is not None:
        shown.append(Operation.operator_id == actor.organisation_id)
    if OVERSEEING & actor.roles:
        shown.append(Operation.jurisdiction.in_(actor.jurisdictions))
    return or_(*shown)


def seen(actor: Actor, model: Any, row_id: uuid.UUID) -> Any:
    """One team, mandate or operation, where it may be seen. Else NotFound."""
    found = db.session.scalar(select(model).where(model.id == row_id, visible_to(actor, model)))
    if found is None:
        raise NotFound()
    return found


def teams(actor: Actor, *, state: str = "") -> Select[OperatingTeam]:
    """The operating teams an actor may see, newest first."""
    query = select(OperatingTeam).where(visible_to(actor, OperatingTeam))
    if state:
        query = query.where(OperatingTeam.state == state)
    return query.order_by(OperatingTeam.created_at.desc(), OperatingTeam.id)


def operating_mandates(actor: Actor, *, state: str = "") -> Select[OperatingMandate]:
    """The mandates of operating bodies, newest first."""
    query = select(OperatingMandate).where(visible_to(actor, OperatingMandate))
    if state:
        query = query.where(OperatingMandate.state == state)
    return query.order_by(OperatingMandate.created_at.desc(), OperatingMandate.id)


def operating_mandate(mandate_id: uuid.UUID) -> OperatingMandate:
    """A mandate by id. Else NotFound."""
    found = db.session.get(OperatingMandate, mandate_id)
    if found is None:
        raise NotFound()
    return found


def operations(actor: Actor, *, mandate_id: uuid.UUID | None = None) -> Select[Operation]:
    """What was done under mandates, as far as the actor may see it, newest first."""
    query = select(Operation).where(visible_to(actor, Operation))
    if mandate_id is not None:
        query = query.where(Operation.mandate_id == mandate_id)
    return query.order_by(Operation.on.desc(), Operation.id)


def mandates_over(today: date) -> list[uuid.UUID]:
    """Mandates whose last day has passed and that do not say so yet."""
    query = select(OperatingMandate.id).where(
        OperatingMandate.state == "in_force", OperatingMandate.ends_on < today
    )
    return list(db.session.scalars(query))


def teams_for(body_id: uuid.UUID) -> list[OperatingTeam]:
    """The teams that are filed or noted for a body."""
    query = select(OperatingTeam).where(
        OperatingTeam.agency_id == body_id, OperatingTeam.state.in_(("filed", "noted"))
    )
    return list(db.session.scalars(query))


def members_who_decide(operator_id: uuid.UUID, body_id: uuid.UUID, on: date) -> dict[uuid.UUID, str]:
    """Members of an operating body who may decide for another body on a day, by person."""
    body = accounts.organisation(body_id)
    listed = accounts.deciders(body.roles, [body.jurisdiction], on)
    wanted = {person: name for person, name, home, _ in listed if home == body_id}
    query = select(Membership.person_id).where(
        Membership.person_id.in_(wanted),
        Membership.organisation_id == operator_id,
        Membership.state == "active",
    )
    return {person: wanted[person] for person in db.session.scalars(query) if person} if wanted else {}


def teams_of(operator_id: uuid.UUID) -> list[OperatingTeam]:
    """The teams, filed or noted, that an operating body is."""
    query = select(OperatingTeam).where(
        OperatingTeam.operator_id == operator_id, OperatingTeam.state.in_(("filed", "noted"))
    )
    return list(db.session.scalars(query))
