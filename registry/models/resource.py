"""Data resources: what is registered, made of one or more catalogue entries."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.db import Case, Record, db
from registry.models.catalogue import CatalogueEntry


class DataResource(Case, Record):
    """A public data resource of a holder. `code` is the number of its first registration and stays for good.

    `deposit_sha256`: hash of the evidence deposit (存证) that the holder made before registering.
    """

    __tablename__ = "registry_resource"
    holder_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    title: Mapped[str]
    abstract: Mapped[str] = mapped_column(Text)
    scenario: Mapped[str] = mapped_column(Text)
    source_legality: Mapped[str] = mapped_column(Text)
    storage_location: Mapped[str]
    volume: Mapped[str]
    update_frequency: Mapped[str]
    covers_from: Mapped[date | None]
    covers_until: Mapped[date | None]
    national_grade: Mapped[str]
    local_level: Mapped[str | None]
    deposit_sha256: Mapped[str | None] = mapped_column(String(64))
    code: Mapped[str | None] = mapped_column(unique=True)
    registered_until: Mapped[date | None]

    holder: Mapped[Any] = relationship("Organisation", lazy="raise_on_sql", viewonly=True)
    entries: Mapped[list[CatalogueEntry]] = relationship(
        secondary="registry_resource_entry", lazy="raise_on_sql", order_by=CatalogueEntry.title
    )

    @property
    def heading(self) -> str:
        return self.title


class ResourceEntry(db.Model):  # type: ignore[name-defined,misc]
    """Which catalogue entries make up a resource."""

    __tablename__ = "registry_resource_entry"
    resource_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("registry_resource.id"), primary_key=True)
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("registry_entry.id"), primary_key=True, index=True)
