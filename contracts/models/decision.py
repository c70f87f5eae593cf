"""Decisions about applications."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kernel import audit
from kernel.db import Record


@audit.sealed
class Decision(Record):
    """What was decided about an application: outcome, reasons, legal basis, conditions, shares, by whom and when.

    `library_conditions`: those chosen from the library, as they stood then. `income_shares` is a list of
    {party, party_name, role, share_bp}, ten thousand basis points altogether.
    `served_on` is proof of service; `ended_at` when it fell on reconsideration: the one without it stands.
    """

    __tablename__ = "contracts_decision"
    application_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_application.id"), index=True)
    outcome: Mapped[str]
    reasons: Mapped[str]
    basis: Mapped[str]
    conditions: Mapped[str] = mapped_column(default="")
    library_conditions: Mapped[list[Any]] = mapped_column(default=list)
    income_shares: Mapped[list[Any]] = mapped_column(default=list)
    funding_mode: Mapped[str | None]
    market_mode: Mapped[str | None]
    ends_on: Mapped[date | None]
    decided_by_id: Mapped[uuid.UUID]
    decided_by_name: Mapped[str]
    authority_id: Mapped[uuid.UUID]
    at: Mapped[datetime]
    document_id: Mapped[uuid.UUID | None]
    served_on: Mapped[date | None]
    served_how: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[str] = mapped_column(default="")
