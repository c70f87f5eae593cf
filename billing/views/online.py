"""Paying through the provider: to its page and back, and the webhook by which it reports."""

from typing import Any
from uuid import UUID

from flask import redirect, request

from billing import commands, gateway, queries
from billing.gateway import Notice, ProviderFailed
from billing.models import Invoice, Payment
from billing.queries.invoices import payment_of_session
from billing.views.door import pages
from kernel import clock
from kernel.actor import SYSTEM
from kernel.command import execute
from kernel.config import settings
from kernel.errors import Conflict, NotFound, RuleBroken, WrongState
from kernel.pages import current_actor
from kernel.words import N_, Text


@pages.post("/invoices/<uuid:row_id>/pay-online")
def pay_online(row_id: UUID) -> Any:
    """Go to the provider's page; a payment begun before is taken up again."""
    if not gateway.is_configured():
        raise NotFound()
    bill = queries.seen(current_actor(), Invoice, row_id)
    payment = queries.open_payment_of(bill.id)
    if payment is None or not _may_go_on(payment):
        payment = execute(commands.payment.begin, actor=current_actor(), data={"invoice_id": str(bill.id)})
    return redirect(_address_at_provider(bill, payment), 303)


def _may_go_on(payment: Payment) -> bool:
    own = payment.buyer_id == current_actor().organisation_id
    return own and payment.method == "stripe" and payment.state == "announced"


def _address_at_provider(bill: Invoice, payment: Payment) -> str:
    """The provider's page for a payment; where there is none, the payment is withdrawn again."""
    try:
        session_id, address = gateway.open_session(
            payment_id=str(payment.id),
            reference=payment.reference,
            amount_minor=payment.amount_minor,
            currency=payment.currency,
            title=bill.number,
            back_to=f"{settings().base_url}/invoices/{bill.id}",
        )
    except ProviderFailed:
        if payment.session_id is None:
            execute(commands.payment.lapse, actor=SYSTEM, subject_id=payment.id)
        raise
    if payment.session_id != session_id:
        attached = {"session_id": session_id}
        execute(commands.payment.attach, actor=SYSTEM, subject_id=payment.id, data=attached)
    return address


@pages.post("/billing/stripe/webhook")
def webhook() -> Any:
    """What the provider reports. Told twice, it happens once; what cannot be believed is refused."""
    if not settings().stripe_webhook_secret:
        raise NotFound()
    notice = gateway.read_notice(request.get_data(), request.headers.get("Stripe-Signature"), clock.now())
    payment = payment_of_session(notice.session_id) if notice.outcome != "other" else None
    if payment is None:
        return {"received": True, "used": False}
    return {"received": True, "used": _take(payment, notice)}


def _take(payment: Payment, notice: Notice) -> bool:
    """Run what the notice asks for; what happened already is no error for the provider."""
    try:
        if notice.outcome == "given_up":
            execute(commands.payment.lapse, actor=SYSTEM, subject_id=payment.id)
        else:
            execute(
                commands.payment.receive,
                actor=SYSTEM,
                subject_id=payment.id,
                data={
                    "event_id": notice.event_id,
                    "intent_id": notice.intent_id,
                    "amount_minor": notice.amount_minor,
                    "currency": notice.currency,
                },
                request_key=f"stripe:{notice.event_id}",
            )
    except (WrongState, Conflict):
        return False
    except RuleBroken as refusal:
        said = N_("The provider's notice {event} does not fit payment {reference}: {why}")
        words = Text(said, event=notice.event_id, reference=payment.reference, why=refusal.message)
        raise RuleBroken(refusal.duty, words, ids=refusal.ids, basis=refusal.basis) from refusal
    return True


@pages.record_once
def exempt_the_webhook(state: Any) -> None:
    """The provider carries no form token; its signature stands for it."""
    state.app.extensions["csrf"].exempt(webhook)
