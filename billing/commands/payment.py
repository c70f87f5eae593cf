"""Payments: announced by the buyer or begun at the provider, confirmed by others, given back in full."""

import uuid
from datetime import date, datetime
from typing import Any

from billing import queries, rules
from billing.commands import ledger
from billing.commands.ledger import Side
from billing.models import Invoice, Payment
from billing.permissions import MAY
from billing.schemas import (
    AnnounceInput,
    AttachInput,
    BeginInput,
    ConfirmInput,
    ReasonInput,
    ReceiveInput,
    RefundInput,
)
from billing.states import PAYMENT
from billing.vocabulary import Account, Entry, Method
from kernel import due
from kernel.actor import Actor
from kernel.command import command
from kernel.config import settings
from kernel.errors import InvalidInput
from kernel.fields import File
from kernel.outbox import enqueue
from kernel.storage import accept_upload, store
from kernel.words import N_

VOUCHER_KINDS = frozenset({"pdf", "png", "jpg"})


@command(
    "billing.payment.announce",
    may=MAY["billing.payment.announce"],
    on=Payment,
    states=PAYMENT,
    schema=AnnounceInput,
    label=N_("Announce a bank transfer"),
)
def announce(
    *, actor: Actor, now: datetime, invoice_id: uuid.UUID, amount_minor: int, paid_on: date, voucher: File
) -> Payment:
    """The buyer reports the transfer with its voucher; the issuer looks whether the money came in."""
    bill = _own_open_bill(invoice_id, actor)
    tolerance = due.profile(bill).number("payment.match_tolerance")
    rules.amount_is_what_is_owed(amount_minor, bill.currency, bill.total_minor, bill.currency, tolerance)
    facts = accept_upload(
        voucher.name,
        voucher.content,
        kinds=VOUCHER_KINDS,
        max_bytes=settings().max_upload_bytes,
        field="voucher",
    )
    kept = {
        "name": facts.name,
        "size": facts.size,
        "sha256": facts.sha256,
        "media_type": facts.media_type,
        "key": store().keep("vouchers", voucher.content, facts.kind),
    }
    return _payment(
        bill, actor, Method.BANK_TRANSFER, amount_minor=amount_minor, paid_on=paid_on, voucher=kept
    )


@command(
    "billing.payment.begin",
    may=MAY["billing.payment.begin"],
    on=Payment,
    states=PAYMENT,
    schema=BeginInput,
    label=N_("Pay online"),
)
def begin(*, actor: Actor, now: datetime, invoice_id: uuid.UUID) -> Payment:
    """The buyer begins to pay through the provider; the amount is the bill's."""
    bill = _own_open_bill(invoice_id, actor)
    return _payment(bill, actor, Method.STRIPE, amount_minor=bill.total_minor, voucher={})


def _own_open_bill(invoice_id: uuid.UUID, actor: Actor) -> Invoice:
    """The bill of the actor's organisation that nobody is paying yet, locked until this is done."""
    bill = queries.invoice_to_pay(invoice_id)
    if bill is None or bill.buyer_id != actor.organisation_id:
        raise InvalidInput({"invoice_id": [N_("Choose a bill of your own organisation.")]})
    rules.invoice_is_open(bill.state == "issued")
    under_way = queries.open_payment_of(bill.id)
    rules.payment_is_the_only_one(under_way.reference if under_way else None)
    return bill


def _payment(bill: Invoice, actor: Actor, method: Method, **facts: Any) -> Payment:
    tried = len(queries.payments_of(bill.id))
    return Payment(
        invoice_id=bill.id,
        invoice_number=bill.number,
        issuer_id=bill.issuer_id,
        buyer_id=bill.buyer_id,
        jurisdiction=bill.jurisdiction,
        currency=bill.currency,
        method=str(method),
        reference=f"{bill.reference}-{tried + 1}" if tried else bill.reference,
        announced_by_id=actor.user_id,
        **facts,
    )


@command(
    "billing.payment.attach",
    may=MAY["billing.payment.attach"],
    on=Payment,
    states=PAYMENT,
    schema=AttachInput,
    label=N_("Open the provider’s page"),
)
def attach(payment: Payment, *, actor: Actor, now: datetime, session_id: str) -> None:
    """The provider opened a session for the payment."""
    payment.session_id = session_id


@command(
    "billing.payment.confirm",
    may=MAY["billing.payment.confirm"],
    on=Payment,
    states=PAYMENT,
    schema=ConfirmInput,
    label=N_("Confirm the receipt"),
)
def confirm(payment: Payment, *, actor: Actor, now: datetime, amount_minor: int, bank_note: str) -> None:
    """Somebody of the issuer who keeps its accounts saw the money; a large amount waits for a second person."""
    bill, profile = queries.invoice(payment.invoice_id), due.profile(payment)
    rules.invoice_is_open(bill.state == "issued")
    tolerance = profile.number("payment.match_tolerance")
    rules.amount_is_what_is_owed(amount_minor, payment.currency, bill.total_minor, bill.currency, tolerance)
    large = rules.second_person_is_needed(bill.total_minor, profile.number("payment.second_person_from"))
    payment.confirmed_by_id, payment.bank_note = actor.user_id, bank_note
    payment.state = "awaiting_countersignature" if large else "confirmed"
    payment.confirmed_at = None if large else now


@command(
    "billing.payment.countersign",
    may=MAY["billing.payment.countersign"],
    on=Payment,
    states=PAYMENT,
    label=N_("Confirm as second person"),
)
def countersign(payment: Payment, *, actor: Actor, now: datetime) -> None:
    """A second person of the issuer confirms a large amount."""
    rules.invoice_is_open(queries.invoice(payment.invoice_id).state == "issued")
    payment.countersigned_by_id, payment.confirmed_at = actor.user_id, now


@command(
    "billing.payment.reject",
    may=MAY["billing.payment.reject"],
    on=Payment,
    states=PAYMENT,
    schema=ReasonInput,
    label=N_("Not received"),
)
def reject(payment: Payment, *, actor: Actor, now: datetime, reason: str) -> None:
    """The money was not found; the buyer reads why and may announce anew."""
    payment.reason = reason


@command(
    "billing.payment.receive",
    may=MAY["billing.payment.receive"],
    on=Payment,
    states=PAYMENT,
    schema=ReceiveInput,
    label=N_("Payment reported by the provider"),
)
def receive(
    payment: Payment,
    *,
    actor: Actor,
    now: datetime,
    event_id: str,
    intent_id: str | None,
    amount_minor: int,
    currency: str,
) -> None:
    """The provider reports the money; what comes for a bill that is settled already is kept apart to be given back."""
    rules.amount_is_what_is_owed(amount_minor, currency, payment.amount_minor, payment.currency)
    payment.provider_event_id, payment.intent_id, payment.confirmed_at = event_id, intent_id, now
    bill = queries.invoice(payment.invoice_id)
    other = queries.open_payment_of(bill.id)
    payment.surplus = bill.state != "issued" or (other is not None and other.id != payment.id)
    if payment.surplus:
        sides = [
            Side(Account.BANK, payment.issuer_id, payment.issuer_id, payment.amount_minor),
            Side(Account.UNAPPLIED, payment.issuer_id, payment.buyer_id, -payment.amount_minor),
        ]
        ledger.post(Entry.SURPLUS, payment, sides, now=now, memo=payment.reference, currency=payment.currency)


@command(
    "billing.payment.lapse",
    may=MAY["billing.payment.lapse"],
    on=Payment,
    states=PAYMENT,
    label=N_("Withdraw the payment"),
)
def lapse(payment: Payment, *, actor: Actor, now: datetime) -> None:
    """The payment was not made after all; another one can be begun."""
    if payment.session_id:
        enqueue("billing.expire_session", {"session_id": payment.session_id}, str(payment.id))


@command(
    "billing.payment.refund",
    may=MAY["billing.payment.refund"],
    on=Payment,
    states=PAYMENT,
    schema=RefundInput,
    label=N_("Refund in full"),
)
def refund(payment: Payment, *, actor: Actor, now: datetime, reason: str) -> None:
    """The whole payment is given back; a large one when a second person agrees."""
    large = rules.second_person_is_needed(
        payment.amount_minor, due.profile(payment).number("refund.second_person_from")
    )
    payment.refund_proposed_by_id, payment.refund_reason = actor.user_id, reason
    payment.state = "refund_proposed" if large else "refunded"
    if not large:
        _give_back(payment, now)


@command(
    "billing.payment.countersign_refund",
    may=MAY["billing.payment.countersign_refund"],
    on=Payment,
    states=PAYMENT,
    label=N_("Agree to the refund"),
)
def countersign_refund(payment: Payment, *, actor: Actor, now: datetime) -> None:
    """A second person agrees to a large refund."""
    _give_back(payment, now)


@command(
    "billing.payment.drop_refund",
    may=MAY["billing.payment.drop_refund"],
    on=Payment,
    states=PAYMENT,
    label=N_("Do not refund"),
)
def drop_refund(payment: Payment, *, actor: Actor, now: datetime) -> None:
    """The proposed refund is not made."""
    payment.refund_proposed_by_id, payment.refund_reason = None, ""


def _give_back(payment: Payment, now: datetime) -> None:
    """What the provider took goes back through the provider; what was kept apart leaves the books here."""
    payment.refunded_at = now
    if payment.intent_id:
        facts = {"intent_id": payment.intent_id, "payment_id": str(payment.id)}
        enqueue("billing.refund", facts, str(payment.id))
    kept_apart = queries.entry_of(payment.id, Entry.SURPLUS)
    if kept_apart is not None:
        ledger.reverse(kept_apart, Entry.REFUND, payment, now=now, memo=payment.reference)
