"""Base and theme databases with their lead department, and the entries that belong to them."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.db import Case, Record
from registry.models.catalogue import CatalogueEntry


class Database(Case, Record):
    """A base or theme database of a place. `agency_id` is its lead department; `code` the database the rules name.

    `version`, `compiled_at` and `members_sha256` tell the catalogue that the lead department compiled last.
    """

    __tablename__ = "registry_database"
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    kind: Mapped[str] = mapped_column(index=True)
    code: Mapped[str | None]
    title: Mapped[str]
    scope: Mapped[str] = mapped_column(Text, default="")
    basis: Mapped[str]
    version: Mapped[int] = mapped_column(default=0)
    compiled_at: Mapped[datetime | None]
    members_sha256: Mapped[str | None]
    note: Mapped[str | None] = mapped_column(Text)
    reasons: Mapped[str | None] = mapped_column(Text)

    agency: Mapped[Any] = relationship("Organisation", lazy="raise_on_sql", viewonly=True)

    @property
    def heading(self) -> str:
        return self.title


class DatabaseEntry(Record):
    """An entry of a database, with the data items that go into it (none named: all of them)."""

    __tablename__ = "registry_database_entry"
    database_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("registry_database.id"))
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("registry_entry.id"), index=True)
    items: Mapped[list[str]] = mapped_column(default=list)
    enlisted_at: Mapped[datetime]

    entry: Mapped[CatalogueEntry] = relationship(lazy="raise_on_sql", viewonly=True)

    __table_args__ = (Index("uq_registry_database_entry", "database_id", "entry_id", unique=True),)
