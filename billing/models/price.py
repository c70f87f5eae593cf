"""The price book: caps, permitted revenue and declared purposes."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Case, Record


class FeeCap(Case, Record):
    """The most that may be charged for a unit of an item for a purpose, from a day on."""

    __tablename__ = "billing_fee_cap"
    __table_args__ = (Index("ix_billing_fee_cap_of", "item_id", "purpose_class", "unit", "valid_from"),)
    item_id: Mapped[uuid.UUID]
    item_title: Mapped[str]
    operator_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    purpose_class: Mapped[str]
    unit: Mapped[str]
    amount_minor: Mapped[int]
    currency: Mapped[str]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    document_number: Mapped[str]
    grounds: Mapped[str] = mapped_column(default="")
    proposed_by_id: Mapped[uuid.UUID | None]
    put_in_force_by_id: Mapped[uuid.UUID | None]
    in_force_at: Mapped[datetime | None]
    rejected_because: Mapped[str] = mapped_column(default="")

    @property
    def heading(self) -> str:
        return self.item_title


class PermittedRevenue(Case, Record):
    """The most an operator may take in during a period, with everything it was computed from."""

    __tablename__ = "billing_permitted_revenue"
    operator_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    operator_name: Mapped[str]
    period_from: Mapped[date] = mapped_column(index=True)
    period_to: Mapped[date] = mapped_column(index=True)
    cost_minor: Mapped[int]
    subsidy_minor: Mapped[int]
    capital_minor: Mapped[int]
    profit_rate_bp: Mapped[int]
    bond_yield_bp: Mapped[int]
    tax_minor: Mapped[int]
    deduction_minor: Mapped[int]
    amount_minor: Mapped[int]
    currency: Mapped[str]
    document_number: Mapped[str]
    proposed_by_id: Mapped[uuid.UUID | None]
    approved_by_id: Mapped[uuid.UUID | None]
    in_force_at: Mapped[datetime | None]
    rejected_because: Mapped[str] = mapped_column(default="")
    warned_percent: Mapped[int] = mapped_column(default=0)
    income_minor: Mapped[int | None]
    excess_minor: Mapped[int | None]
    closed_at: Mapped[datetime | None]

    @property
    def heading(self) -> str:
        return f"{self.operator_name} {self.period_from.isoformat()} – {self.period_to.isoformat()}"


class PurposeDeclaration(Case, Record):
    """What a buyer says it will use an item for, with evidence. Verified by neither buyer nor seller."""

    __tablename__ = "billing_declaration"
    __table_args__ = (Index("ix_billing_declaration_of", "buyer_id", "item_id", "purpose_class"),)
    buyer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    buyer_name: Mapped[str]
    seller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"))
    purpose_class: Mapped[str]
    item_id: Mapped[uuid.UUID] = mapped_column(index=True)
    item_title: Mapped[str]
    text: Mapped[str]
    evidence: Mapped[dict[str, Any]]
    declared_by_id: Mapped[uuid.UUID | None]
    decided_by_id: Mapped[uuid.UUID | None]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]

    @property
    def heading(self) -> str:
        return f"{self.buyer_name}: {self.item_title}"
