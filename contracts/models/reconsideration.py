"""Requests that a decision be looked at again."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from kernel import audit
from kernel.db import Case, Record


@audit.sealed
class Reconsideration(Case, Record):
    """A decision looked at again by somebody else: what is asked, whether it is admitted, what came of it."""

    __tablename__ = "contracts_reconsideration"
    application_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_application.id"), index=True)
    decision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_decision.id"), index=True)
    applicant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    subject_name: Mapped[str]
    grounds: Mapped[str] = mapped_column(Text)
    files: Mapped[list[Any]] = mapped_column(default=list)
    filed_by_id: Mapped[uuid.UUID | None]
    filed_on: Mapped[date]
    involved_ids: Mapped[list[str]] = mapped_column(default=list)
    outcome: Mapped[str] = mapped_column(default="")
    reasons: Mapped[str] = mapped_column(Text, default="")
    basis: Mapped[str] = mapped_column(default="")
    directions: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[uuid.UUID | None]
    decided_by_name: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    document_id: Mapped[uuid.UUID | None]

    @property
    def heading(self) -> str:
        return self.subject_name
