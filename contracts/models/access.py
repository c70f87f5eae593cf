"""Access to data that are opened on conditions."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Case, Record


class OpenAccess(Case, Record):
    """An application for conditionally open data, and the access that came of it.

    `condition`: the condition of opening as it stood; `file`: facts of what the agency provides (name, media_type,
    size, sha256, storage_key); empty until it is admitted.
    """

    __tablename__ = "contracts_open_access"
    entry_id: Mapped[uuid.UUID] = mapped_column(index=True)
    title: Mapped[str]
    condition: Mapped[str] = mapped_column(default="")
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    applicant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    applied_by_id: Mapped[uuid.UUID | None]
    purpose: Mapped[str]
    purpose_text: Mapped[str]
    ability: Mapped[str] = mapped_column(default="")
    measures: Mapped[str]
    wanted_until: Mapped[date]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None] = mapped_column(index=True)
    file: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reasons: Mapped[str] = mapped_column(default="")
    in_force_at: Mapped[datetime | None]
    ended_because: Mapped[str] = mapped_column(default="")

    @property
    def heading(self) -> str:
        return self.title
