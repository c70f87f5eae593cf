"""Supervision's own table: when time itself last did its work."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Record


class Tick(Record):
    """One run of what time itself has to do. `result`: counts warned, missed, swept, and the refused steps in words."""

    __tablename__ = "supervision_tick"
    ran_at: Mapped[datetime] = mapped_column(index=True)
    day: Mapped[date] = mapped_column(index=True)
    result: Mapped[dict[str, Any]]

    @property
    def heading(self) -> str:
        return self.ran_at.isoformat(timespec="seconds")
