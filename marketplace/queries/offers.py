"""Offers and plans: what can be ordered today, and under which terms."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_, select

from kernel.actor import Actor
from kernel.db import db
from kernel.errors import InvalidInput
from kernel.permissions import visible, visible_to
from kernel.words import N_
from marketplace.models import DataProduct, Offer, Plan
from marketplace.queries.seen import OVERSEERS


@visible(Offer)
def visible_offers(actor: Actor) -> ColumnElement[bool]:
    """Open offers of listed products for all; one's own; a place's own for those who oversee it, without drafts."""
    on_sale = select(DataProduct.id).where(DataProduct.state.in_(("listed", "suspended")))
    conditions: list[ColumnElement[bool]] = [and_(Offer.state == "open", Offer.product_id.in_(on_sale))]
    if actor.organisation_id:
        conditions.append(Offer.seller_id == actor.organisation_id)
    if actor.roles & OVERSEERS:
        conditions.append(and_(Offer.jurisdiction.in_(actor.jurisdictions), Offer.state != "draft"))
    return or_(*conditions)


def offers(actor: Actor) -> Select[Offer]:
    """The offers an actor may see, the newest first."""
    query = select(Offer).where(visible_to(actor, Offer))
    return query.order_by(Offer.created_at.desc(), Offer.id)


def offer(offer_id: uuid.UUID) -> Offer | None:
    """An offer by id."""
    return db.session.get(Offer, offer_id)


def plans_of(offer_id: uuid.UUID) -> list[Plan]:
    """The plans of an offer in their order."""
    return list(db.session.scalars(select(Plan).where(Plan.offer_id == offer_id).order_by(Plan.position)))


def offers_of(actor: Actor, product_id: uuid.UUID) -> list[tuple[Offer, list[Plan]]]:
    """The offers of a product that an actor may see, with their plans, the newest first."""
    found = db.session.scalars(offers(actor).where(Offer.product_id == product_id)).all()
    plans = db.session.scalars(
        select(Plan).where(Plan.offer_id.in_([one.id for one in found])).order_by(Plan.position)
    ).all()
    return [(one, [plan for plan in plans if plan.offer_id == one.id]) for one in found]


def is_open(on: date) -> ColumnElement[bool]:
    """The offer can be ordered on that day: judged from its dates."""
    until = or_(Offer.open_until.is_(None), Offer.open_until >= on)
    return and_(Offer.state == "open", Offer.open_from <= on, until)


def open_plans_of(product_ids: Collection[uuid.UUID], on: date) -> dict[uuid.UUID, list[tuple[Offer, Plan]]]:
    """What can be ordered of several products on a day, by product, the cheapest plan first."""
    query = (
        select(Offer, Plan)
        .join(Plan, Plan.offer_id == Offer.id)
        .where(Offer.product_id.in_(list(product_ids)), is_open(on))
        .order_by(Plan.price_minor, Plan.id)
    )
    found: dict[uuid.UUID, list[tuple[Offer, Plan]]] = {}
    for one, plan in db.session.execute(query):
        found.setdefault(one.product_id, []).append((one, plan))
    return found


@dataclass(frozen=True)
class Ordered:
    """What an order is about: product, offer and plan."""

    product: DataProduct
    offer: Offer
    plan: Plan


def ordered(actor: Actor, product_id: uuid.UUID, plan_id: uuid.UUID, on: date) -> Ordered:
    """The open plan of a product the actor may see. Raises InvalidInput with what to do."""
    query = (
        select(DataProduct, Offer, Plan)
        .join(Offer, Offer.product_id == DataProduct.id)
        .join(Plan, Plan.offer_id == Offer.id)
        .where(Plan.id == plan_id, DataProduct.id == product_id, is_open(on))
        .where(visible_to(actor, DataProduct))
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        said = N_("This plan cannot be ordered now. Choose one of the plans on the page of the product.")
        raise InvalidInput({"plan_id": [said]})
    return Ordered(*row)


def offers_past_end(on: date) -> list[Offer]:
    """Open offers whose last day is over."""
    return list(db.session.scalars(select(Offer).where(Offer.state == "open", Offer.open_until < on)))


def open_offers_of(product_id: uuid.UUID) -> list[Offer]:
    """Offers of a product that are not closed."""
    query = select(Offer).where(Offer.product_id == product_id, Offer.state.in_(("draft", "open")))
    return list(db.session.scalars(query))
