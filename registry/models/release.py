"""Files of open data."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.db import Case, Record
from registry.models.catalogue import CatalogueEntry


class Release(Case, Record):
    """A file that an agency opens to everybody: prepared by one person, reviewed by another, then released.

    `edition`: the day the data stand for; `treatment`: how they were cleaned, masked or declassified; `review`: what
    the reviewer found, secrecy included; `rows`: records in the file (none where it is not counted).
    """

    __tablename__ = "registry_release"
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("registry_entry.id"), index=True)
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    title: Mapped[str]
    edition: Mapped[date]
    file_name: Mapped[str]
    storage_key: Mapped[str]
    media_type: Mapped[str]
    format: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    rows: Mapped[int | None]
    treatment: Mapped[str] = mapped_column(Text)
    prepared_by_id: Mapped[uuid.UUID | None]
    review: Mapped[str | None] = mapped_column(Text)
    reviewed_by_id: Mapped[uuid.UUID | None]
    reviewed_by: Mapped[str | None]
    reviewed_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None] = mapped_column(index=True)
    reasons: Mapped[str | None] = mapped_column(Text)

    entry: Mapped[CatalogueEntry] = relationship(lazy="raise_on_sql", viewonly=True)
    agency: Mapped[Any] = relationship("Organisation", lazy="raise_on_sql", viewonly=True)

    @property
    def heading(self) -> str:
        return f"{self.title} {self.edition.isoformat()}"
