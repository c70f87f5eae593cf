"""Settlements of a period: who gets what from which line, and the statement of each party."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kernel.audit import append_only
from kernel.db import Case, Record, db


class Settlement(Case, Record):
    """The income of one place and period, divided among its parties. Once closed it never changes."""

    __tablename__ = "billing_settlement"
    period_from: Mapped[date]
    period_to: Mapped[date]
    gross_minor: Mapped[int]
    waived_minor: Mapped[int]
    line_count: Mapped[int]
    currency: Mapped[str]
    prepared_by_id: Mapped[uuid.UUID | None]
    approved_by_id: Mapped[uuid.UUID | None]
    approved_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    paid_at: Mapped[datetime | None]
    paid_minor: Mapped[int | None]
    discarded_because: Mapped[str] = mapped_column(default="")

    @property
    def heading(self) -> str:
        return f"{self.period_from.isoformat()} – {self.period_to.isoformat()}"


class SettlementLine(db.Model):  # type: ignore[name-defined,misc]
    """The share of one party in one line, taken from one posting. Negative where a refund took it back."""

    __tablename__ = "billing_settlement_line"
    __table_args__ = (Index("ix_billing_settlement_line_party", "settlement_id", "party_id"),)
    # deferred: the lines are written by one statement inside the command whose end writes the settlement itself
    settlement_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("billing_settlement.id", deferrable=True, initially="DEFERRED"), primary_key=True
    )
    posting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("billing_posting.id"), primary_key=True)
    invoice_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("billing_invoice.id"))
    line_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("billing_invoice_line.id"))
    operator_id: Mapped[uuid.UUID]
    party_id: Mapped[uuid.UUID]
    party_role: Mapped[str]
    item_id: Mapped[uuid.UUID]
    gross_minor: Mapped[int]
    share_bp: Mapped[int]
    share_minor: Mapped[int]
    waived_minor: Mapped[int]


class Statement(Record):
    """What one party receives under a settlement, as the document it was told with."""

    __tablename__ = "billing_statement"
    __table_args__ = (UniqueConstraint("settlement_id", "party_id"),)
    settlement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("billing_settlement.id"), index=True)
    party_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    party_name: Mapped[str]
    jurisdiction: Mapped[str]
    period_from: Mapped[date]
    period_to: Mapped[date]
    share_minor: Mapped[int]
    payable_minor: Mapped[int]
    waived_minor: Mapped[int]
    document_id: Mapped[uuid.UUID]
    created_at: Mapped[datetime]

    @property
    def heading(self) -> str:
        return self.party_name


append_only(SettlementLine.__table__)
append_only(Statement.__table__)
