"""Permitted revenues: who sees them, which covers a day, which came before."""

import uuid
from datetime import date

from sqlalchemy import ColumnElement, Select, false, or_, select

from accounts.models import Organisation
from accounts.queries import organisation, organisations
from billing.models import PermittedRevenue
from billing.queries.seen import OVERSEERS
from billing.vocabulary import LOOKUPS
from kernel.actor import Actor
from kernel.db import db
from kernel.permissions import visible, visible_to


def operators(actor: Actor) -> list[tuple[str, str]]:
    """The operators of the places an authority answers for; for others their own organisation."""
    if "authority" not in actor.roles:
        return [(str(actor.organisation_id), actor.organisation_name)] if actor.organisation_id else []
    found = db.session.scalars(organisations(actor, role="operator", state="active"))
    return [(str(row.id), row.name) for row in found if row.jurisdiction in actor.jurisdictions]


LOOKUPS["operators"] = operators


def operator_to_bound(operator_id: uuid.UUID | None, actor: Actor) -> Organisation | None:
    """The operator if the actor may propose its permitted revenue: its own, or one of the places it supervises."""
    wanted = operator_id or actor.organisation_id
    if str(wanted) not in {value for value, _ in operators(actor)}:
        return None
    found = organisation(wanted)
    return found if "operator" in found.roles else None


@visible(PermittedRevenue)
def visible_permitted(actor: Actor) -> ColumnElement[bool]:
    """The operator it concerns, and who reads everything of the place."""
    conditions: list[ColumnElement[bool]] = [false()]
    if actor.organisation_id:
        conditions.append(PermittedRevenue.operator_id == actor.organisation_id)
    if actor.roles & OVERSEERS:
        conditions.append(PermittedRevenue.jurisdiction.in_(actor.jurisdictions))
    return or_(*conditions)


def permitted_revenues(actor: Actor, *, state: str | None = None) -> Select[PermittedRevenue]:
    """The permitted revenues an actor may see, the newest period first."""
    query = select(PermittedRevenue).where(visible_to(actor, PermittedRevenue))
    if state:
        query = query.where(PermittedRevenue.state == state)
    return query.order_by(
        PermittedRevenue.period_from.desc(), PermittedRevenue.operator_name, PermittedRevenue.id
    )


def permitted(operator_id: uuid.UUID, on: date) -> PermittedRevenue | None:
    """The permitted revenue of an operator that covers a day."""
    row = PermittedRevenue
    query = select(row).where(
        row.operator_id == operator_id,
        row.state.in_(("in_force", "closed")),
        row.period_from <= on,
        row.period_to >= on,
    )
    return db.session.scalar(query)


def permitted_periods(operator_id: uuid.UUID) -> list[PermittedRevenue]:
    """All periods of an operator that were not rejected, the oldest first."""
    row = PermittedRevenue
    query = select(row).where(row.operator_id == operator_id, row.state != "rejected")
    return list(db.session.scalars(query.order_by(row.period_from)))


def permitted_before(operator_id: uuid.UUID, day: date) -> PermittedRevenue | None:
    """The closed period of an operator that ended last before a day: its excess is deducted next."""
    row = PermittedRevenue
    query = select(row).where(row.operator_id == operator_id, row.state == "closed", row.period_to < day)
    return db.session.scalar(query.order_by(row.period_to.desc()).limit(1))
