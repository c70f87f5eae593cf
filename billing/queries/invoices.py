"""Invoices, their lines and their payments."""

import uuid
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, false, or_, select

from accounts.queries import names_of, organisation
from billing.models import Invoice, InvoiceLine, Payment
from billing.queries.seen import OVERSEERS
from billing.rules import share
from kernel.actor import Actor
from kernel.db import db
from kernel.errors import NotFound
from kernel.permissions import visible, visible_to

UNDER_WAY = ("announced", "awaiting_countersignature", "confirmed", "refund_proposed")


@visible(Invoice)
def visible_invoices(actor: Actor) -> ColumnElement[bool]:
    """Who issued it, who owes it, and who reads everything of the place."""
    conditions: list[ColumnElement[bool]] = [false()]
    if actor.organisation_id:
        conditions += [Invoice.issuer_id == actor.organisation_id, Invoice.buyer_id == actor.organisation_id]
    if actor.roles & OVERSEERS:
        conditions.append(Invoice.jurisdiction.in_(actor.jurisdictions))
    return or_(*conditions)


@visible(Payment)
def visible_payments(actor: Actor) -> ColumnElement[bool]:
    """Who is paid, who pays, and who reads everything of the place."""
    conditions: list[ColumnElement[bool]] = [false()]
    if actor.organisation_id:
        conditions += [Payment.issuer_id == actor.organisation_id, Payment.buyer_id == actor.organisation_id]
    if actor.roles & OVERSEERS:
        conditions.append(Payment.jurisdiction.in_(actor.jurisdictions))
    return or_(*conditions)


def invoices(
    actor: Actor,
    *,
    state: str | None = None,
    text: str | None = None,
    side: str | None = None,
) -> Select[Invoice]:
    """The invoices an actor may see, the newest first; `side`: issued or received by its organisation."""
    query = select(Invoice).where(visible_to(actor, Invoice))
    if state:
        query = query.where(Invoice.state == state)
    if side:
        column = Invoice.issuer_id if side == "issued" else Invoice.buyer_id
        query = query.where(column == actor.organisation_id)
    if text:
        names = (Invoice.number, Invoice.reference, Invoice.issuer_name, Invoice.buyer_name)
        query = query.where(or_(*(name.icontains(text, autoescape=True) for name in names)))
    return query.order_by(Invoice.issued_on.desc(), Invoice.created_at.desc(), Invoice.id)


def invoice(invoice_id: uuid.UUID) -> Invoice:
    """An invoice by id, or NotFound."""
    found = db.session.get(Invoice, invoice_id)
    if found is None:
        raise NotFound()
    return found


def invoice_about(about_id: uuid.UUID) -> Invoice | None:
    """The newest invoice about an order that is not void."""
    query = select(Invoice).where(Invoice.about_id == about_id, Invoice.state != "void")
    return db.session.scalar(query.order_by(Invoice.created_at.desc(), Invoice.id.desc()).limit(1))


def lines_of(invoice_id: uuid.UUID) -> Sequence[InvoiceLine]:
    """The lines of an invoice in their order."""
    query = select(InvoiceLine).where(InvoiceLine.invoice_id == invoice_id).order_by(InvoiceLine.position)
    return db.session.scalars(query).all()


def payments(
    actor: Actor, *, state: str | None = None, text: str | None = None, method: str | None = None
) -> Select[Payment]:
    """The payments an actor may see, the newest first."""
    query = select(Payment).where(visible_to(actor, Payment))
    if state:
        query = query.where(Payment.state == state)
    if method:
        query = query.where(Payment.method == method)
    if text:
        names = (Payment.reference, Payment.invoice_number)
        query = query.where(or_(*(name.icontains(text, autoescape=True) for name in names)))
    return query.order_by(Payment.created_at.desc(), Payment.id)


def payment(payment_id: uuid.UUID) -> Payment:
    """A payment by id, or NotFound."""
    found = db.session.get(Payment, payment_id)
    if found is None:
        raise NotFound()
    return found


def payments_of(invoice_id: uuid.UUID) -> Sequence[Payment]:
    """All payments for an invoice, the oldest first."""
    query = select(Payment).where(Payment.invoice_id == invoice_id).order_by(Payment.created_at, Payment.id)
    return db.session.scalars(query).all()


def open_payment_of(invoice_id: uuid.UUID) -> Payment | None:
    """The payment under way or done for an invoice, if any."""
    query = select(Payment).where(Payment.invoice_id == invoice_id, Payment.state.in_(UNDER_WAY))
    return db.session.scalar(query.order_by(Payment.created_at, Payment.id).limit(1))


def shares_of(bill: Invoice, lines: Sequence[InvoiceLine]) -> list[tuple[str, str, int, int]]:
    """How a bill is shared, summed over its lines: (name of the party, role, basis points, fen)."""
    sums: dict[tuple[str, str, int], int] = {}
    for line in lines:
        for part in share(line.amount_minor, line.income_shares):
            key = (part.party_id, part.role, part.share_bp)
            sums[key] = sums.get(key, 0) + part.amount_minor
    names = names_of({uuid.UUID(party) for party, _, _ in sums})
    return [(names[uuid.UUID(party)], role, bp, fen) for (party, role, bp), fen in sums.items()]


def account_to_pay(bill: Invoice) -> str:
    """The bank account of the issuer, as it stands today."""
    return organisation(bill.issuer_id).bank_account


def payment_of_session(session_id: str) -> Payment | None:
    """The payment that goes on in a session of the provider."""
    return db.session.scalar(select(Payment).where(Payment.session_id == session_id))


def invoice_to_pay(invoice_id: uuid.UUID) -> Invoice | None:
    """An invoice locked until the transaction ends, so that two payments are not begun at once."""
    return db.session.scalar(select(Invoice).where(Invoice.id == invoice_id).with_for_update())
