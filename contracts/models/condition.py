"""The library of conditions of a place."""

import uuid
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Case, Record


class LibraryCondition(Case, Record):
    """A condition that an authority wrote or retired for its place; `facts` as contracts.rules.conditions.Condition."""

    __tablename__ = "contracts_condition"
    code: Mapped[str] = mapped_column(index=True)
    facts: Mapped[dict[str, Any]]
    added_by_id: Mapped[uuid.UUID | None]
    reason: Mapped[str] = mapped_column(default="")

    @property
    def heading(self) -> str:
        return str(self.facts["what_zh"])
