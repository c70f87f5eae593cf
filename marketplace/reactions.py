"""What follows when something happened: contracts from orders, bills from contracts, use from payment, rest and end.

Everything here runs in the transaction of its cause, as commands of their own with their own events.
"""

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

from billing.commands import invoice as invoices
from contracts.commands import agreement as agreements
from contracts.queries.plan import direct
from kernel.actor import SYSTEM
from kernel.audit import AuditEvent
from kernel.clock import legal_day
from kernel.command import COMMANDS, Command, after, execute
from kernel.due import sweep
from kernel.errors import WrongState
from kernel.words import N_, Text
from marketplace import queries
from marketplace.commands import entitlement, offer, order, product
from marketplace.models import DataProduct, Entitlement, Order
from marketplace.queries.cascade import PRODUCT_ENDED
from marketplace.queries.offers import offers_past_end, open_offers_of
from marketplace.queries.quotes import terms_of
from marketplace.queries.supply import check_supply
from marketplace.vocabulary import ABOUT_ORDER, INVOICED_AS, Ground

RIGHT_BACK = N_("The development right it rests on is in force again.")
ELEMENT_BACK = N_("The data element can be used again.")
PRODUCT_BACK = N_("The product is on sale again.")
PURPOSE_REVOKED = N_("The declared purpose was revoked.")
MONEY_BACK = N_("The payment was given back.")
REFUSED = N_("A party refused to sign.")
BILL_VOID = N_("The bill is void.")


def _run(command: Command, subject_id: uuid.UUID | None = None, **data: Any) -> Any:
    return execute(command, actor=SYSTEM, subject_id=subject_id, data=data)


# ── from the order to the use ─────────────────────────────────────────────────────────────────────────────────


@after("marketplace.order.place")
def draw_up_contract(placed: Order, _event: AuditEvent) -> None:
    """The contract, or for free use the commitment, is put before its parties."""
    _run(
        agreements.draw_up,
        kind="public_interest_commitment" if placed.is_free else "data_provision_contract",
        about_type=ABOUT_ORDER,
        about_id=str(placed.id),
        jurisdiction=placed.jurisdiction,
        party_a_id=str(placed.seller_id),
        party_b_id=str(placed.buyer_id),
        applied_by_id=str(placed.placed_by_id) if placed.placed_by_id else None,
        data=terms_of(placed),
    )


@after("contracts.agreement.sign")
def bind_order(signed: Any, event: AuditEvent) -> None:
    """Nobody signs over a broken chain or too late; the last signature binds and brings the bill."""
    if signed.about_type != ABOUT_ORDER:
        return
    bound, on = queries.order(signed.about_id), legal_day(event.at)
    if on > bound.sign_by:
        raise WrongState(Text(N_("The order had to be signed by {day}. Place it anew."), day=bound.sign_by))
    check_supply(queries.product(bound.product_id), on)
    if signed.state == "in_force":
        _run(order.sign, bound.id)


@after("contracts.agreement.refuse")
def drop_refused(refused: Any, _event: AuditEvent) -> None:
    """An order whose text a party refuses to sign falls away."""
    if refused.about_type == ABOUT_ORDER and queries.order(refused.about_id).state == "awaiting_signature":
        _run(order.cancel, refused.about_id, reason=REFUSED)


@after("marketplace.order.sign")
def send_bill(bound: Order, _event: AuditEvent) -> None:
    """The bill, also where nothing is to be paid: it shows what was waived."""
    line = {
        "item_id": str(bound.product_id),
        "title": bound.product_title,
        "quantity": bound.quantity,
        "unit": bound.unit,
        "list_price_minor": bound.list_price_minor,
        "unit_price_minor": bound.unit_price_minor,
        "purpose_class": bound.purpose_class,
        "price_mode": bound.mode,
        "right_id": str(bound.right_id),
    }
    _run(
        invoices.issue,
        issuer_id=str(bound.seller_id),
        buyer_id=str(bound.buyer_id),
        about_type=INVOICED_AS,
        about_id=str(bound.id),
        lines=[line],
    )


@after("billing.invoice.pay")
def open_access(bill: Any, _event: AuditEvent) -> None:
    """The settled bill makes the order active."""
    if bill.about_type == INVOICED_AS:
        _run(order.activate, bill.about_id)


@after("marketplace.order.activate")
def entitle(active: Order, _event: AuditEvent) -> None:
    """An active order is a right of use."""
    _run(entitlement.establish, order_id=str(active.id))


@after("billing.invoice.credit")
def end_use(bill: Any, _event: AuditEvent) -> None:
    """With the money goes the use."""
    if bill.about_type != INVOICED_AS:
        return
    held = queries.entitlement_of_order(bill.about_id)
    if held is not None and held.state in ("active", "suspended"):
        _run(entitlement.end, held.id, reason=MONEY_BACK)


@after("billing.invoice.void")
def drop_order(bill: Any, _event: AuditEvent) -> None:
    """Without its bill an order that was not paid falls away."""
    if bill.about_type == INVOICED_AS and queries.order(bill.about_id).state == "awaiting_payment":
        _run(order.cancel, bill.about_id, reason=BILL_VOID)


@after("marketplace.entitlement.expire")
def end_order(held: Entitlement, _event: AuditEvent) -> None:
    """The order ends with its right of use."""
    if queries.order(held.order_id).state == "active":
        _run(order.end, held.order_id, reason=held.ended_because)


# ── rest and end, downwards ───────────────────────────────────────────────────────────────────────────────────


def carry_out(subject: Any, event: AuditEvent) -> None:
    """Run the next steps of a plan; what has its state already is passed."""
    for hit in direct(subject, event.command, event.data):
        step = COMMANDS.get(hit.step)
        if step is not None and step.verb in step.states.allowed(hit.subject.state):
            execute(step, actor=SYSTEM, subject_id=hit.subject.id, data=dict(hit.data))


for _step in (
    "marketplace.product.suspend",
    "marketplace.order.cancel",
    "marketplace.order.lapse",
    "marketplace.entitlement.end",
):
    after(_step)(carry_out)


@after("contracts.right.lift")
def resume_with_right(right: Any, _event: AuditEvent) -> None:
    """They are free again with it; other grounds stay."""
    if right.state == "in_force":
        for sold in queries.products_of_right(right.id, ("suspended",)):
            _resume(sold, Ground.RIGHT, RIGHT_BACK)


@after("contracts.element.resume")
def resume_with_element(element: Any, _event: AuditEvent) -> None:
    """It is free again when all it is made of can be used."""
    for sold in queries.products_of_element(element.id, ("suspended",)):
        if all(one.state == "available" for one in queries.elements_of(sold.id)):
            _resume(sold, Ground.ELEMENT, ELEMENT_BACK)


@after("marketplace.product.resume")
def resume_with_product(sold: DataProduct, _event: AuditEvent) -> None:
    """They are free again with it; other grounds stay."""
    if sold.state == "listed":
        for held in queries.entitlements_of_product(sold.id, ("suspended",)):
            if Ground.PRODUCT in held.grounds:
                _run(entitlement.resume, held.id, reason=PRODUCT_BACK, ground=Ground.PRODUCT.value)


@after("marketplace.product.withdraw")
def end_with_product(sold: DataProduct, event: AuditEvent) -> None:
    """Nothing is offered any more. What was sold goes on when the seller withdrew, and ends when it was ordered."""
    if event.organisation_id != sold.seller_id:
        carry_out(sold, event)
        return
    for one in open_offers_of(sold.id):
        _run(offer.close, one.id)
    for held in queries.entitlements_of_product(sold.id):
        if held.grounds == [Ground.PRODUCT]:
            _run(entitlement.resume, held.id, reason=PRODUCT_ENDED, ground=Ground.PRODUCT.value)


@after("billing.declaration.revoke")
def rest_with_declaration(declared: Any, _event: AuditEvent) -> None:
    """Free use rests when its purpose is not verified any more."""
    for held in queries.free_entitlements(declared.buyer_id, declared.item_id, declared.purpose_class):
        _run(entitlement.suspend, held.id, reason=PURPOSE_REVOKED, ground=Ground.DECLARATION.value)


def _resume(sold: DataProduct, ground: Ground, reason: str) -> None:
    if ground in sold.grounds:
        _run(product.resume, sold.id, reason=reason, ground=ground.value)


# ── time ──────────────────────────────────────────────────────────────────────────────────────────────────────


@sweep
def orders_not_signed(today: date) -> Iterator[tuple[Command, uuid.UUID]]:
    """Orders lapse that were not signed in time."""
    yield from ((order.lapse, one.id) for one in queries.orders_past_signing(today))


@sweep
def offers_that_end(today: date) -> Iterator[tuple[Command, uuid.UUID]]:
    """Offers close after their last day."""
    yield from ((offer.close, one.id) for one in offers_past_end(today))


@sweep
def uses_that_end(today: date) -> Iterator[tuple[Command, uuid.UUID]]:
    """Rights of use end after their last day."""
    yield from ((entitlement.expire, one.id) for one in queries.entitlements_past_end(today))
