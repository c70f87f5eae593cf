"""Offers: drawn up with plans, opened under the caps in force, closed."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete

from billing import queries as billing
from billing.rules import market_price_is_permitted, unit_may_be_charged
from billing.vocabulary import PriceMode
from contracts import queries as contracts
from contracts.rules.life import sales_may_begin
from contracts.vocabulary import Level
from kernel import due
from kernel.actor import Actor
from kernel.clock import legal_day
from kernel.command import command
from kernel.db import db
from kernel.errors import InvalidInput
from kernel.words import N_
from marketplace import queries, rules
from marketplace.models import DataProduct, Offer, Plan
from marketplace.permissions import MAY
from marketplace.queries.offers import plans_of
from marketplace.queries.supply import check_supply
from marketplace.schemas import OfferInput
from marketplace.states import OFFER


@command(
    "marketplace.offer.draft",
    may=MAY["marketplace.offer.draft"],
    on=Offer,
    states=OFFER,
    schema=OfferInput,
    label=N_("New offer"),
)
def draft(
    *, actor: Actor, now: datetime, product_id: uuid.UUID, plans: list[dict[str, Any]], **terms: Any
) -> Offer:
    """The seller says for which purposes, from when to when and at which price a product can be ordered."""
    sold = _product(product_id, actor)
    made = Offer(product_id=sold.id, seller_id=sold.seller_id, jurisdiction=sold.jurisdiction)
    made.plan_rows = _plans(sold, plans)
    _keep(made, sold, terms)
    return made


@command(
    "marketplace.offer.amend",
    may=MAY["marketplace.offer.amend"],
    on=Offer,
    states=OFFER,
    schema=OfferInput,
    label=N_("Change"),
)
def amend(
    offer: Offer,
    *,
    actor: Actor,
    now: datetime,
    product_id: uuid.UUID,
    plans: list[dict[str, Any]],
    **terms: Any,
) -> None:
    """The seller changes an offer that is not open yet."""
    sold = _product(product_id, actor)
    if sold.id != offer.product_id:
        raise InvalidInput({"product_id": [N_("An offer stays with its product. Draw up another one.")]})
    _keep(offer, sold, terms)
    db.session.execute(delete(Plan).where(Plan.offer_id == offer.id))
    fresh = _plans(sold, plans)
    for plan in fresh:
        plan.offer_id = offer.id
    db.session.add_all(fresh)


def _product(product_id: uuid.UUID, actor: Actor) -> DataProduct:
    sold = queries.product(product_id)
    if sold.seller_id != actor.organisation_id or sold.state == "withdrawn":
        raise InvalidInput({"product_id": [N_("Choose a product of your own that is not withdrawn.")]})
    return sold


def _plans(sold: DataProduct, plans: list[dict[str, Any]]) -> list[Plan]:
    """First-level products have a guided price, second-level ones that of the market (L03)."""
    mode = PriceMode.GUIDED if sold.level == Level.FIRST else PriceMode.MARKET
    return [
        Plan(position=number, mode=str(mode), **(plan | {"unit": str(plan["unit"])}))
        for number, plan in enumerate(plans, 1)
    ]


def _keep(offer: Offer, sold: DataProduct, terms: dict[str, Any]) -> None:
    purposes = [str(purpose) for purpose in terms["purposes"]]
    rules.purposes_stay_within_the_right(purposes, sold.purposes)
    for name, value in (terms | {"purposes": purposes}).items():
        setattr(offer, name, value)


@command(
    "marketplace.offer.open",
    may=MAY["marketplace.offer.open"],
    on=Offer,
    states=OFFER,
    label=N_("Open for orders"),
    duties=("T01", "B02", "L03"),
)
def open_(offer: Offer, *, actor: Actor, now: datetime) -> None:
    """The offer can be ordered from its first day on; guided prices lie under the caps in force."""
    sold, plans, on = queries.product(offer.product_id), plans_of(offer.id), legal_day(now)
    rules.product_is_on_sale(sold.state)
    sales_may_begin(contracts.sales_are_stopped(sold.right_id))
    check_supply(sold, on)
    rules.offer_has_a_price(len(plans))
    profile = due.profile(sold)
    for plan in plans:
        unit_may_be_charged(plan.unit, profile.list("price.charging_units"))
        if plan.mode == PriceMode.MARKET:
            market_price_is_permitted(sold.level, profile.flag("price.redeveloped_market"))
            continue
        for purpose in offer.purposes:
            if purpose not in profile.list("price.free_purposes"):
                _check_cap(sold, plan, purpose, max(on, offer.open_from))
    offer.opened_at = now


def _check_cap(sold: DataProduct, plan: Plan, purpose: str, on: date) -> None:
    cap = billing.cap_in_force(sold.id, purpose, plan.unit, on)
    facts = (cap.amount_minor, cap.document_number, cap.valid_from) if cap else (None, "", None)
    rules.guided_price_is_within_cap(purpose, plan.price_minor, *facts)


@command(
    "marketplace.offer.close",
    may=MAY["marketplace.offer.close"],
    on=Offer,
    states=OFFER,
    label=N_("Close"),
)
def close(offer: Offer, *, actor: Actor, now: datetime) -> None:
    """Nothing can be ordered under the offer any more; orders that were placed go on."""
    offer.closed_at = now
