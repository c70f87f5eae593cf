"""Invoices with their lines, and the payments that settle them."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.audit import append_only
from kernel.db import Case, Record, db


class Serial(db.Model):  # type: ignore[name-defined,misc]
    """The next number of an issuer's year. Raised in the transaction of the invoice: what is undone leaves no gap."""

    __tablename__ = "billing_serial"
    issuer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    next: Mapped[int]


class Invoice(Case, Record):
    """What a buyer owes an issuer, also where that is nothing: then it shows what was waived."""

    __tablename__ = "billing_invoice"
    __table_args__ = (UniqueConstraint("issuer_id", "number"),)
    number: Mapped[str]
    reference: Mapped[str] = mapped_column(unique=True)
    issuer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    issuer_name: Mapped[str]
    buyer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    buyer_name: Mapped[str]
    about_type: Mapped[str]
    about_id: Mapped[uuid.UUID] = mapped_column(index=True)
    total_minor: Mapped[int]
    waived_minor: Mapped[int]
    currency: Mapped[str]
    issued_on: Mapped[date] = mapped_column(index=True)
    due_on: Mapped[date]
    document_id: Mapped[uuid.UUID | None]
    receipt_id: Mapped[uuid.UUID | None]
    credit_note_id: Mapped[uuid.UUID | None]
    paid_at: Mapped[datetime | None]
    ended_because: Mapped[str] = mapped_column(default="")
    lines: Mapped[list["InvoiceLine"]] = relationship(
        lazy="raise_on_sql", passive_deletes=True, order_by="InvoiceLine.position"
    )

    @property
    def heading(self) -> str:
        return self.number


class InvoiceLine(Record):
    """One item on an invoice, with copies of all it rests on: price, cap, purpose, shares of the income.

    `income_shares` is a list of {party_id, role, share_bp}, ten thousand basis points altogether.
    """

    __tablename__ = "billing_invoice_line"
    invoice_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("billing_invoice.id"), index=True)
    position: Mapped[int]
    item_id: Mapped[uuid.UUID] = mapped_column(index=True)
    title: Mapped[str]
    quantity: Mapped[int]
    unit: Mapped[str]
    list_price_minor: Mapped[int]
    unit_price_minor: Mapped[int]
    amount_minor: Mapped[int]
    waived_minor: Mapped[int]
    purpose_class: Mapped[str]
    price_mode: Mapped[str]
    cap_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("billing_fee_cap.id"))
    cap_minor: Mapped[int | None]
    cap_document: Mapped[str] = mapped_column(default="")
    declaration_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("billing_declaration.id"))
    right_id: Mapped[uuid.UUID]
    income_shares: Mapped[list[Any]]
    basis: Mapped[str]


class Payment(Case, Record):
    """Money that came in, or is said to have, for an invoice."""

    __tablename__ = "billing_payment"
    invoice_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("billing_invoice.id"), index=True)
    invoice_number: Mapped[str]
    issuer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    buyer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    method: Mapped[str]
    reference: Mapped[str] = mapped_column(unique=True)
    amount_minor: Mapped[int]
    currency: Mapped[str]
    paid_on: Mapped[date | None]
    voucher: Mapped[dict[str, Any]]
    announced_by_id: Mapped[uuid.UUID | None]
    confirmed_by_id: Mapped[uuid.UUID | None]
    countersigned_by_id: Mapped[uuid.UUID | None]
    confirmed_at: Mapped[datetime | None]
    bank_note: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    session_id: Mapped[str | None] = mapped_column(unique=True)
    intent_id: Mapped[str | None]
    provider_event_id: Mapped[str | None] = mapped_column(unique=True)
    surplus: Mapped[bool] = mapped_column(default=False)
    refund_proposed_by_id: Mapped[uuid.UUID | None]
    refund_reason: Mapped[str] = mapped_column(default="")
    refunded_at: Mapped[datetime | None]

    @property
    def heading(self) -> str:
        return self.reference


append_only(InvoiceLine.__table__)
