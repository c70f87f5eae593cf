"""The ledger: double entry, append-only by the database itself. Whole fen; a debit is positive, a credit negative."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kernel.audit import append_only
from kernel.db import Record


class LedgerAccount(Record):
    """An account in the books of `owner_id`, where it is about somebody else that is `organisation_id`."""

    __tablename__ = "billing_account"
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(index=True)
    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)


class LedgerEntry(Record):
    """One booking about an invoice, a payment or a settlement; `reverses_id` is the entry it takes back exactly."""

    __tablename__ = "billing_entry"
    at: Mapped[datetime]
    booked_on: Mapped[date]
    kind: Mapped[str]
    about_type: Mapped[str]
    about_id: Mapped[uuid.UUID] = mapped_column(index=True)
    memo: Mapped[str]
    reverses_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("billing_entry.id"), unique=True)


class LedgerPosting(Record):
    """One side of an entry. Shares of income also say of which line, for which role, at which rate."""

    __tablename__ = "billing_posting"
    __table_args__ = (
        Index("ix_billing_posting_account", "account_id", "booked_on", "amount_minor"),
        Index("ix_billing_posting_share", "booked_on", "line_id", "account_id"),
    )
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("billing_entry.id"), index=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("billing_account.id"))
    amount_minor: Mapped[int]
    currency: Mapped[str]
    booked_on: Mapped[date]
    line_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("billing_invoice_line.id"))
    party_role: Mapped[str | None]
    share_bp: Mapped[int | None]


append_only(LedgerEntry.__table__)
append_only(LedgerPosting.__table__)
