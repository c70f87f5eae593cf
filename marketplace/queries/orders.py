"""Orders: who sees them, their agreement, what waits and what is late."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select

from contracts import queries as contracts
from kernel.actor import Actor
from kernel.db import db
from kernel.errors import NotFound
from kernel.permissions import visible, visible_to
from marketplace.models import Order
from marketplace.queries.seen import OVERSEERS
from marketplace.vocabulary import ABOUT_ORDER

SORTS: dict[str, Any] = {
    "number": Order.number,
    "product": Order.product_title,
    "placed": Order.placed_on,
    "total": Order.total_minor,
    "state": Order.state,
}


@visible(Order)
def visible_orders(actor: Actor) -> ColumnElement[bool]:
    """Its buyer, its seller, and who oversees the place."""
    conditions: list[ColumnElement[bool]] = [false()]
    if actor.organisation_id:
        conditions += [Order.buyer_id == actor.organisation_id, Order.seller_id == actor.organisation_id]
    if actor.roles & OVERSEERS:
        conditions.append(Order.jurisdiction.in_(actor.jurisdictions))
    return or_(*conditions)


def orders(
    actor: Actor,
    *,
    state: str | None = None,
    text: str | None = None,
    side: str | None = None,
    purpose: str | None = None,
    sort: str = "",
) -> Select[Order]:
    """The orders an actor may see, the newest first; `side` bought or sold: only those of its organisation."""
    query = select(Order).where(visible_to(actor, Order))
    if state:
        query = query.where(Order.state == state)
    if purpose:
        query = query.where(Order.purpose_class == purpose)
    if side == "bought":
        query = query.where(Order.buyer_id == actor.organisation_id)
    if side == "sold":
        query = query.where(Order.seller_id == actor.organisation_id)
    if text:
        columns = (Order.product_title, Order.number, Order.buyer_name, Order.seller_name)
        query = query.where(or_(*[column.icontains(text, autoescape=True) for column in columns]))
    if (column := SORTS.get(sort.removeprefix("-"))) is not None:
        query = query.order_by(column.desc() if sort.startswith("-") else column)
    return query.order_by(Order.placed_on.desc(), Order.number.desc())


def order(order_id: uuid.UUID) -> Order:
    """The order of that id, or NotFound."""
    found = db.session.get(Order, order_id)
    if found is None:
        raise NotFound()
    return found


def agreement_of(order_id: uuid.UUID) -> Any:
    """The contract or commitment of an order, or None."""
    return next(iter(contracts.agreements_about(ABOUT_ORDER, order_id)), None)


def orders_past_signing(on: date) -> list[Order]:
    """Orders that were not signed in time."""
    query = select(Order).where(Order.state == "awaiting_signature", Order.sign_by < on)
    return list(db.session.scalars(query))


def sales_counted(product_id: uuid.UUID) -> dict[str, int]:
    """How many orders of a product there are, by state."""
    query = select(Order.state, func.count()).where(Order.product_id == product_id).group_by(Order.state)
    return {state: number for state, number in db.session.execute(query)}
