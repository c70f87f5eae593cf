"""The public price list: per product and purpose what it costs today, under which cap and which document."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from billing import queries as billing
from billing.models import FeeCap
from billing.queries.prices import cap_facts
from billing.rules import PriceAnswer, price_of
from jurisdictions import tree
from kernel.actor import ANONYMOUS
from kernel.db import db
from kernel.errors import RuleBroken
from marketplace.models import DataProduct, Offer, Plan
from marketplace.queries.offers import is_open


@dataclass(frozen=True)
class PriceRow:
    """One line of the price list; `answer` is None where `refusal` says why it cannot be sold for that purpose."""

    product: DataProduct
    offer: Offer
    plan: Plan
    purpose: str
    answer: PriceAnswer | None
    refusal: Any = None


def priced_plans(on: date, *, text: str = "", kind: str = "", seller_id: uuid.UUID | None = None) -> Any:
    """What can be ordered on a day, by product: rows of product, offer, plan."""
    query = (
        select(DataProduct, Offer, Plan)
        .join(Offer, Offer.product_id == DataProduct.id)
        .join(Plan, Plan.offer_id == Offer.id)
        .where(DataProduct.state == "listed", is_open(on))
    )
    if text:
        query = query.where(
            or_(*[c.icontains(text, autoescape=True) for c in (DataProduct.title, DataProduct.title_en)])
        )
    if kind:
        query = query.where(DataProduct.kind == kind)
    if seller_id:
        query = query.where(DataProduct.seller_id == seller_id)
    return query.order_by(DataProduct.title, DataProduct.id, Offer.id, Plan.position)


def price_rows(plans: Sequence[Any], on: date, purpose: str = "") -> list[PriceRow]:
    """The lines of several plans, one for each purpose offered; the caps of all of them in one query."""
    caps = _caps([product.id for product, _, _ in plans], on)
    return [
        _row(product, offer, plan, one, caps, on)
        for product, offer, plan in plans
        for one in offer.purposes
        if not purpose or one == purpose
    ]


def _caps(product_ids: Sequence[uuid.UUID], on: date) -> dict[tuple[Any, ...], FeeCap]:
    query = billing.caps(ANONYMOUS, on=on).where(FeeCap.item_id.in_(set(product_ids)))
    found: dict[tuple[Any, ...], FeeCap] = {}
    for cap in db.session.scalars(query):  # the newest first
        found.setdefault((cap.item_id, cap.purpose_class, cap.unit), cap)
    return found


def _row(
    product: DataProduct,
    offer: Offer,
    plan: Plan,
    purpose: str,
    caps: dict[tuple[Any, ...], FeeCap],
    on: date,
) -> PriceRow:
    profile = tree.profile_of(product.jurisdiction, on=on)
    free, charged = profile.list("price.free_purposes"), profile.list("price.charged_purposes")
    measured = charged if purpose in free else [purpose]
    known = [cap for one in measured if (cap := caps.get((product.id, one, plan.unit)))]
    try:
        answer = price_of(
            purpose,
            plan.mode,
            plan.price_minor,
            cap_facts(max(known, key=lambda cap: cap.amount_minor, default=None)),
            level=product.level,
            free=free,
            charged=charged,
            redeveloped_market=profile.flag("price.redeveloped_market"),
        )
    except RuleBroken as refusal:
        return PriceRow(product, offer, plan, purpose, None, refusal.message)
    return PriceRow(product, offer, plan, purpose, answer)


def answers_for(
    product: DataProduct, plans: Sequence[Plan], purpose: str, on: date, buyer_id: uuid.UUID | None
) -> list[tuple[Plan, PriceAnswer | RuleBroken]]:
    """What each plan costs a buyer for a purpose on a day, or why it cannot be had: 'price for my purpose'."""
    found: list[tuple[Plan, PriceAnswer | RuleBroken]] = []
    for plan in plans:
        try:
            answer = billing.price(
                product.id,
                plan.unit,
                purpose,
                plan.mode,
                plan.price_minor,
                on,
                right_id=product.right_id,
                buyer_id=buyer_id,
            )
            found.append((plan, answer))
        except RuleBroken as refusal:
            found.append((plan, refusal))
    return found
