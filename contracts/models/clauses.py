"""Versions of clause templates."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kernel import audit
from kernel.db import Case, Record


@audit.sealed
class ClauseTemplate(Case, Record):
    """One version of the clauses of a kind of document in a place. Never changed: each saving is a version of its own.

    `clauses`: rows of contracts.rules.clauses.Clause; `based_on`: the version it was written from.
    """

    __tablename__ = "contracts_clause_template"
    __table_args__ = (UniqueConstraint("kind", "jurisdiction", "number"),)
    kind: Mapped[str] = mapped_column(index=True)
    number: Mapped[int]
    clauses: Mapped[list[Any]]
    based_on: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    drafted_by_id: Mapped[uuid.UUID | None]
    drafted_by: Mapped[str]
    published_by: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime | None]

    @property
    def heading(self) -> str:
        return f"{self.kind} {self.number}"
