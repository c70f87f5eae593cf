"""What a right asks of somebody by a day."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Case, Record


class Obligation(Case, Record):
    """Something a right asks of somebody by a day: a condition, a report, what to do on leaving.

    `condition`: the library's condition it comes from, as it was chosen; `proof`: facts of the file handed in;
    `findings`: what the authority found when it looked at the report.
    """

    __tablename__ = "contracts_obligation"
    right_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_right.id"), index=True)
    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    what: Mapped[str]
    basis: Mapped[str]
    due_on: Mapped[date | None] = mapped_column(index=True)
    condition: Mapped[dict[str, Any] | None]
    proof: Mapped[dict[str, Any] | None]
    findings: Mapped[str] = mapped_column(default="")
    report: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]

    @property
    def heading(self) -> str:
        return self.what
