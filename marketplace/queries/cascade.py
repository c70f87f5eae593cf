"""What steps on rights, elements and products bring about on the market: shown beforehand and done by the same list."""

import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from billing import queries as billing
from contracts import queries as contracts
from contracts.queries.parts import part_of_rights
from contracts.queries.plan import ENDS, SUSPEND, Hit, strikes
from kernel.db import db
from kernel.words import N_
from marketplace.models import DataProduct, Offer, Order
from marketplace.queries.offers import open_offers_of
from marketplace.queries.products import products_of_element, products_of_right
from marketplace.queries.use import entitlements_of_product
from marketplace.vocabulary import ABOUT_ORDER, Ground

RIGHT_SUSPENDED = N_("The development right it rests on is suspended.")
RIGHT_ENDED = N_("The development right it rests on has ended.")
RIGHT_CHANGED = N_("The development right it rests on does not cover this any more.")
RIGHT_PASSED_ON = N_("The development right it rests on has passed to another holder.")
PART_SUSPENDED = N_("The authority suspended it together with a part of the right it rests on.")
PART_BACK = N_("The suspension of that part of the right was lifted.")
ELEMENT_SUSPENDED = N_("A data element it is made of is suspended.")
PRODUCT_SUSPENDED = N_("The product is suspended.")
PRODUCT_ENDED = N_("The product was withdrawn.")
ORDER_GONE = N_("The order fell away.")
WAITING = ("awaiting_signature", "awaiting_payment")


def _rest(sold: DataProduct, ground: Ground, reason: str) -> list[Hit]:
    if str(ground) in sold.grounds:
        return []
    data = {"reason": reason, "ground": ground.value}
    return [Hit("product", sold, sold.seller_id, "marketplace.product.suspend", data)]


def _withdraw(sold: DataProduct, reason: str) -> Hit:
    return Hit("product", sold, sold.seller_id, "marketplace.product.withdraw", {"reason": reason})


def _orders(product_id: uuid.UUID) -> list[Order]:
    query = select(Order).where(Order.product_id == product_id, Order.state.in_(WAITING))
    return list(db.session.scalars(query.order_by(Order.number)))


def _cancel(order: Order, reason: str) -> Hit:
    return Hit("order", order, order.buyer_id, "marketplace.order.cancel", {"reason": reason})


def _end(used: Any, reason: str) -> Hit:
    return Hit("entitlement", used, used.holder_id, "marketplace.entitlement.end", {"reason": reason})


def _close(offer: Offer) -> Hit:
    return Hit("offer", offer, offer.seller_id, "marketplace.offer.close")


@strikes(SUSPEND)
def rest_with_right(right: Any, _data: Mapping[str, Any]) -> list[Hit]:
    """Products rest with the right they rest on."""
    return [hit for sold in products_of_right(right.id) for hit in _rest(sold, Ground.RIGHT, RIGHT_SUSPENDED)]


@strikes("contracts.right.restrict")
def rest_with_part(right: Any, data: Mapping[str, Any]) -> list[Hit]:
    """Products that are named rest; where new sales are suspended, nothing is newly ordered and uses go on."""
    named = {str(one) for one in data["scope_ids"]}
    found = products_of_right(right.id)
    if data["scope"] == "products":
        mine = [sold for sold in found if str(sold.id) in named]
        return [hit for sold in mine for hit in _rest(sold, Ground.PART, PART_SUSPENDED)]
    if data["scope"] != "new_sales":
        return []
    below = [sold for child in contracts.children_of(right.id) for sold in products_of_right(child.id)]
    return [Hit("offer", one, one.seller_id) for sold in [*found, *below] for one in open_offers_of(sold.id)]


@strikes("contracts.right.relax")
def resume_with_part(right: Any, _data: Mapping[str, Any]) -> list[Hit]:
    """Products that were named are on sale again, unless something else stands against it."""
    data = {"reason": PART_BACK, "ground": Ground.PART.value}
    return [
        Hit("product", sold, sold.seller_id, "marketplace.product.resume", data)
        for sold in products_of_right(right.id, ("suspended",))
        if Ground.PART in sold.grounds
    ]


@strikes(*ENDS)
def end_with_right(right: Any, _data: Mapping[str, Any]) -> list[Hit]:
    """Products end with the right they rest on."""
    rows = products_of_right(right.id, ("draft", "listed", "suspended"))
    return [_withdraw(sold, RIGHT_ENDED) for sold in rows]


@strikes("contracts.element.suspend", "contracts.element.withdraw")
def rest_with_element(element: Any, _data: Mapping[str, Any]) -> list[Hit]:
    """A product rests when something it is made of may not be used."""
    rows = products_of_element(element.id)
    return [hit for sold in rows for hit in _rest(sold, Ground.ELEMENT, ELEMENT_SUSPENDED)]


@strikes("marketplace.product.suspend")
def rest_with_product(sold: DataProduct, _data: Mapping[str, Any]) -> list[Hit]:
    """Rights of use rest with their product."""
    data = {"reason": PRODUCT_SUSPENDED, "ground": Ground.PRODUCT.value}
    return [
        Hit("entitlement", used, used.holder_id, "marketplace.entitlement.suspend", data)
        for used in entitlements_of_product(sold.id)
        if Ground.PRODUCT not in used.grounds
    ]


@strikes("marketplace.product.withdraw")
def end_with_product(sold: DataProduct, _data: Mapping[str, Any]) -> list[Hit]:
    """A product that ends by order takes its offers, its open orders and its rights of use with it."""
    hits = [_close(one) for one in open_offers_of(sold.id)]
    hits += [_cancel(one, PRODUCT_ENDED) for one in _orders(sold.id)]
    return hits + [_end(used, PRODUCT_ENDED) for used in entitlements_of_product(sold.id)]


@strikes("marketplace.order.cancel", "marketplace.order.lapse")
def drop_with_order(order: Order, _data: Mapping[str, Any]) -> list[Hit]:
    """What was not signed lapses, what was in force ends, and an unpaid bill is taken back."""
    hits = []
    for text in contracts.agreements_about(ABOUT_ORDER, order.id):
        verb = {"in_force": "terminate", "drawn_up": "lapse", "partly_signed": "lapse"}.get(text.state)
        if verb:
            step = f"contracts.agreement.{verb}"
            hits.append(Hit("agreement", text, text.party_b_id, step, {"reason": ORDER_GONE}))
    bill = billing.invoice_about(order.id)
    if bill is not None and bill.state == "issued" and billing.open_payment_of(bill.id) is None:
        hits.append(Hit("invoice", bill, bill.buyer_id, "billing.invoice.void", {"reason": ORDER_GONE}))
    return hits


@strikes("marketplace.entitlement.end")
def end_order(used: Any, data: Mapping[str, Any]) -> list[Hit]:
    """The order ends with its right of use."""
    order = db.session.get(Order, used.order_id)
    if order is None or order.state != "active":
        return []
    return [Hit("order", order, order.buyer_id, "marketplace.order.end", {"reason": data["reason"]})]


@strikes("contracts.right.adjust")
def fit_purposes(right: Any, data: Mapping[str, Any]) -> list[Hit]:
    """Products are cut to the purposes that are left; what was sold for another purpose ends."""
    if data.get("purposes") is None:
        return []
    left = set(data["purposes"])
    hits: list[Hit] = []
    for sold in products_of_right(right.id, ("draft", "listed", "suspended")):
        hits += _fit(sold, left) if set(sold.purposes) - left else []
    return hits


def _fit(sold: DataProduct, left: set[str]) -> list[Hit]:
    kept = [one for one in sold.purposes if one in left]
    if not kept:
        return [_withdraw(sold, RIGHT_CHANGED)]
    hits = [Hit("product", sold, sold.seller_id, "marketplace.product.narrow", {"purposes": kept})]
    hits += [_close(one) for one in open_offers_of(sold.id) if set(one.purposes) - left]
    hits += [_cancel(one, RIGHT_CHANGED) for one in _orders(sold.id) if one.purpose_class not in left]
    used = [one for one in entitlements_of_product(sold.id) if one.purpose_class not in left]
    return hits + [_end(one, RIGHT_CHANGED) for one in used]


@strikes("contracts.right.adjust")
def fit_term(right: Any, data: Mapping[str, Any]) -> list[Hit]:
    """Rights of use that would outlive the right end with it, on the day after its new last day."""
    if data.get("ends_on") is None:
        return []
    last = date.fromisoformat(str(data["ends_on"]))
    rows = [used for sold in products_of_right(right.id) for used in entitlements_of_product(sold.id)]
    after = last + timedelta(days=1)
    return [Hit("entitlement", used, used.holder_id, on=after) for used in rows if used.ends_on > last]


@strikes("contracts.right.adjust")
def hand_over(right: Any, data: Mapping[str, Any]) -> list[Hit]:
    """Products and running uses go with a right to its new holder; its offers and open orders fall away."""
    if data.get("holder_id") is None:
        return []
    to = {"seller_id": str(data["holder_id"])}
    hits: list[Hit] = []
    for sold in products_of_right(right.id, ("draft", "listed", "suspended")):
        hits += [_close(one) for one in open_offers_of(sold.id)]
        hits += [_cancel(one, RIGHT_PASSED_ON) for one in _orders(sold.id)]
        hits.append(Hit("product", sold, sold.seller_id, "marketplace.product.hand_over", to))
        uses = entitlements_of_product(sold.id)
        hits += [Hit("entitlement", u, u.holder_id, "marketplace.entitlement.hand_over", to) for u in uses]
    return hits


@part_of_rights("products")
def products_as_parts(right: Any) -> list[tuple[str, str]]:
    """The products that can be suspended by themselves."""
    return [(str(sold.id), sold.title) for sold in products_of_right(right.id)]
