"""Implementation plans of authorised operation."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kernel import audit
from kernel.db import Case, Record


@audit.sealed
class ImplementationPlan(Case, Record):
    """How an implementing body wants public data to be operated: what, in which mode, by whom, how long.

    `contents`: text by the part the rules name (op.plan_contents); `method`: the way the operator is found; `decision`:
    {meeting, on, number, approved, note, by, by_id, at, file} of the collective decision in force, `decisions` those
    before it; `files` as facts (name, media_type, size, sha256, key).
    """

    __tablename__ = "contracts_plan"
    body_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    title: Mapped[str]
    mode: Mapped[str]
    coverage: Mapped[str] = mapped_column(default="")
    contents: Mapped[dict[str, Any]] = mapped_column(default=dict)
    resource_ids: Mapped[list[str]] = mapped_column(default=list)
    purposes: Mapped[list[str]] = mapped_column(default=list)
    territory: Mapped[list[str]] = mapped_column(default=list)
    term_years: Mapped[int]
    funding_mode: Mapped[str]
    method: Mapped[str]
    drafted_by_id: Mapped[uuid.UUID | None]
    submitted_by_id: Mapped[uuid.UUID | None]
    submitted_at: Mapped[datetime | None]
    decision: Mapped[dict[str, Any]] = mapped_column(default=dict)
    decisions: Mapped[list[Any]] = mapped_column(default=list)
    revision: Mapped[int] = mapped_column(default=1)

    @property
    def heading(self) -> str:
        return self.title
