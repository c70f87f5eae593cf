"""Work given to service providers."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Case, Record


class Outsourcing(Case, Record):
    """Work on platforms or data that a body gives to a service provider, from the plan to the exit.

    `review`: {at, by_id, by, passed, findings, report}; `people`: rows {membership_id, name, post, since, until};
    `tests`: rows {kind, on, result, report, at, by}; `deletion`: {method, media, proof, at, by_id, by};
    `overseen`: {at, by_id, by, note}. Files are kept as facts (name, media_type, size, sha256, storage_key).
    """

    __tablename__ = "contracts_outsourcing"
    body_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    title: Mapped[str]
    tasks: Mapped[str]
    data_scope: Mapped[str]
    standards: Mapped[str] = mapped_column(default="")
    measures: Mapped[str] = mapped_column(default="")
    breach: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date] = mapped_column(index=True)
    plan: Mapped[dict[str, Any]] = mapped_column(default=dict)
    described_by_id: Mapped[uuid.UUID | None]
    review: Mapped[dict[str, Any]] = mapped_column(default=dict)
    people: Mapped[list[Any]] = mapped_column(default=list)
    tests: Mapped[list[Any]] = mapped_column(default=list)
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[str] = mapped_column(default="")
    access_revoked_at: Mapped[datetime | None]
    deletion: Mapped[dict[str, Any]] = mapped_column(default=dict)
    overseen: Mapped[dict[str, Any]] = mapped_column(default=dict)

    @property
    def heading(self) -> str:
        return self.title

    @property
    def reviewed(self) -> bool:
        """Whether the security review was passed."""
        return self.review.get("passed") is True
