"""From whom each data item comes: names of items, lead sources, overlaps explained, sources compared; aggregation."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.db import Case, Record, db
from registry.models.catalogue import CatalogueEntry
from registry.models.databases import Database


class EntryName(db.Model):  # type: ignore[name-defined,misc]
    """A name by which an entry in review or published is found as similar: its title or an item, folded.

    `kind`: title or item. Agency and place stand here too, so that an index alone counts the sources of an item.
    """

    __tablename__ = "registry_entry_name"
    kind: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("registry_entry.id", ondelete="CASCADE"), primary_key=True
    )
    jurisdiction: Mapped[str]
    agency_id: Mapped[uuid.UUID | None]

    __table_args__ = (
        Index("ix_registry_entry_name_source", "kind", "jurisdiction", "name", "agency_id"),
        Index("ix_registry_entry_name_entry_id", "entry_id"),
    )


class LeadSource(Case, Record):
    """Which agency of a place collects a data item, as the authority decided. One in force for an item."""

    __tablename__ = "registry_lead_source"
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    item: Mapped[str]
    name: Mapped[str]
    basis: Mapped[str]
    reasons: Mapped[str | None] = mapped_column(Text)

    agency: Mapped[Any] = relationship("Organisation", lazy="raise_on_sql", viewonly=True)

    __table_args__ = (
        Index(
            "uq_registry_lead_source_in_force",
            "jurisdiction",
            "name",
            unique=True,
            sqlite_where=text("state = 'in_force'"),
            postgresql_where=text("state = 'in_force'"),
        ),
    )

    @property
    def heading(self) -> str:
        return self.item


class Overlap(Case, Record):
    """What an agency says about an entry that is like another agency's. `manner`: by_sharing or collected_again."""

    __tablename__ = "registry_overlap"
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("registry_entry.id"), index=True)
    other_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("registry_entry.id"), index=True)
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    other_agency_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    title: Mapped[str]
    manner: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    basis: Mapped[str | None]
    question: Mapped[str | None] = mapped_column(Text)

    entry: Mapped[CatalogueEntry] = relationship(lazy="raise_on_sql", viewonly=True, foreign_keys=[entry_id])
    other: Mapped[CatalogueEntry] = relationship(lazy="raise_on_sql", viewonly=True, foreign_keys=[other_id])

    __table_args__ = (Index("uq_registry_overlap", "entry_id", "other_id", unique=True),)

    @property
    def heading(self) -> str:
        return self.title


class Comparison(Case, Record):
    """A data item compared over the files of several sources. Only counts and hashes stay, never a value.

    `agency_id`: the source department that confirms; `sources`: entry_id, title, agency, rows and sha256 of each;
    `counts`: keys in all sources, equal, different, missing by source; `right_id`: the entry found to be right.
    """

    __tablename__ = "registry_comparison"
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    item: Mapped[str]
    key: Mapped[str]
    sources: Mapped[list[Any]]
    counts: Mapped[dict[str, Any]]
    right_id: Mapped[uuid.UUID | None]
    finding: Mapped[str | None] = mapped_column(Text)
    confirmed_by: Mapped[str | None]

    agency: Mapped[Any] = relationship("Organisation", lazy="raise_on_sql", viewonly=True)

    @property
    def heading(self) -> str:
        return self.item


class Aggregation(Case, Record):
    """One delivery of an entry's data to where the rules have them aggregated. `manner`: physical or logical."""

    __tablename__ = "registry_aggregation"
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("registry_entry.id"))
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    database_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("registry_database.id"), index=True)
    title: Mapped[str]
    target: Mapped[str]
    manner: Mapped[str]
    rows: Mapped[int]
    sha256: Mapped[str | None]
    at: Mapped[datetime]
    note: Mapped[str | None] = mapped_column(Text)
    reasons: Mapped[str | None] = mapped_column(Text)

    entry: Mapped[CatalogueEntry] = relationship(lazy="raise_on_sql", viewonly=True)
    database: Mapped[Database | None] = relationship(lazy="raise_on_sql", viewonly=True)

    __table_args__ = (Index("ix_registry_aggregation_entry_id_state", "entry_id", "state", "at"),)

    @property
    def heading(self) -> str:
        return self.title


class Reconciliation(Case, Record):
    """The shared copy of an entry's data held against the data of the agency: counts, and hashes where both tell one.

    `rows`, `sha256`: the agency's own data on that day; `copy_rows`, `copy_sha256`: the delivery they were held
    against; `corrected_by_id`: the delivery that put a difference right.
    """

    __tablename__ = "registry_reconciliation"
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("registry_entry.id"))
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    aggregation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("registry_aggregation.id"), index=True)
    corrected_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("registry_aggregation.id"), index=True)
    title: Mapped[str]
    rows: Mapped[int]
    sha256: Mapped[str | None]
    copy_rows: Mapped[int]
    copy_sha256: Mapped[str | None]
    note: Mapped[str | None] = mapped_column(Text)

    entry: Mapped[CatalogueEntry] = relationship(lazy="raise_on_sql", viewonly=True)

    __table_args__ = (Index("ix_registry_reconciliation_entry_id_state", "entry_id", "state"),)

    @property
    def heading(self) -> str:
        return self.title
