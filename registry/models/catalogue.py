"""What an agency says it holds: catalogue entries, and their terms for counting."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel import clock
from kernel.db import Case, Record, db
from registry.vocabulary import periods


class CatalogueEntry(Case, Record):
    """One entry of an agency's catalogue. Code columns hold codes of registry.vocabulary.

    `agency_id` is unknown only for a draft whose file named nobody, until the authority assigns it. `missing` names
    the required fields that are empty, `comments` what the authority said, by field; `assessments` holds the papers
    some rules want before the entry is handed in; `proposed` a change of a published entry that waits for the
    authority; `opening_ground` what bars opening, `ground_removed_by` how it was removed; `change` what changed in
    law or duties and the extension asked for; `revision` counts every rewriting, so that two people never overwrite
    each other unseen; `match_key` and `source_url` find the entry again when its file is imported once more,
    `source_hash` tells whether the file says something new; `public_changed_at` is when what the public sees of it
    changed last, its withdrawal included: by it other catalogues follow ours.
    """

    __tablename__ = "registry_entry"
    agency_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    import_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("registry_import.id"), index=True)
    title: Mapped[str]
    resource_code: Mapped[str | None]
    abstract: Mapped[str | None] = mapped_column(Text)
    keywords: Mapped[list[str]] = mapped_column(default=list)
    themes: Mapped[list[str]] = mapped_column(default=list)
    industries: Mapped[list[str]] = mapped_column(default=list)
    database_level: Mapped[str | None]
    national_grade: Mapped[str | None]
    local_level: Mapped[str | None]
    provider: Mapped[str | None]
    provider_code: Mapped[str | None]
    collector: Mapped[str | None]
    approver: Mapped[str | None]
    contact_name: Mapped[str | None]
    contact_phone: Mapped[str | None]
    contact_email: Mapped[str | None]
    data_form: Mapped[str | None]
    formats: Mapped[list[str]] = mapped_column(default=list)
    items: Mapped[list[Any]] = mapped_column(default=list)
    record_count: Mapped[int | None]
    update_frequency: Mapped[str | None]
    covers_from: Mapped[str | None]
    covers_until: Mapped[str | None]
    published_on: Mapped[date | None]
    updated_on: Mapped[date | None]
    source_url: Mapped[str | None]
    related_code: Mapped[str | None]
    use_conditions: Mapped[str | None] = mapped_column(Text)
    sharing_attribute: Mapped[str | None]
    sharing_content: Mapped[str | None] = mapped_column(Text)
    sharing_conditions: Mapped[str | None] = mapped_column(Text)
    sharing_scope: Mapped[str | None] = mapped_column(Text)
    sharing_manner: Mapped[str | None] = mapped_column(Text)
    sharing_basis: Mapped[str | None] = mapped_column(Text)
    opening_attribute: Mapped[str | None] = mapped_column(index=True)
    opening_conditions: Mapped[str | None] = mapped_column(Text)
    opening_basis: Mapped[str | None] = mapped_column(Text)
    opening_ground: Mapped[str | None]
    ground_removed_by: Mapped[str | None]
    removal_record: Mapped[str | None] = mapped_column(Text)
    operation_attribute: Mapped[str | None]
    operation_conditions: Mapped[str | None] = mapped_column(Text)
    operation_basis: Mapped[str | None] = mapped_column(Text)
    collection_basis: Mapped[str | None] = mapped_column(Text)
    extras: Mapped[dict[str, Any]] = mapped_column(default=dict)
    missing: Mapped[list[str]] = mapped_column(default=list)
    comments: Mapped[dict[str, Any]] = mapped_column(default=dict)
    assessments: Mapped[dict[str, Any]] = mapped_column(default=dict)
    proposed: Mapped[dict[str, Any]] = mapped_column(default=dict)
    change: Mapped[dict[str, Any]] = mapped_column(default=dict)
    version: Mapped[int] = mapped_column(default=1)
    revision: Mapped[int] = mapped_column(default=1)
    submitted_by_id: Mapped[uuid.UUID | None]
    public_since: Mapped[datetime | None] = mapped_column(index=True)
    public_changed_at: Mapped[datetime | None]
    match_key: Mapped[str] = mapped_column(Text, default="")
    source_hash: Mapped[str | None]

    terms: Mapped[list["EntryTerm"]] = relationship(lazy="raise_on_sql", passive_deletes=True)
    agency: Mapped[Any] = relationship("Organisation", lazy="raise_on_sql", viewonly=True)

    # The catalogue page counts by each of these at every request: an index alone answers.
    __table_args__ = (
        Index("ix_registry_entry_state_public_since", "state", "public_since"),
        Index("ix_registry_entry_state_agency_id", "state", "agency_id"),
        Index("ix_registry_entry_state_jurisdiction", "state", "jurisdiction"),
        Index("ix_registry_entry_state_opening", "state", "opening_attribute"),
        Index("ix_registry_entry_id_state", "id", "state"),
        Index("ix_registry_entry_public_changed_at_id", "public_changed_at", "id"),
    )

    @property
    def heading(self) -> str:
        return self.title

    @property
    def code(self) -> str | None:
        """The resource code by the guide for compiling catalogues."""
        return self.resource_code

    @property
    def theme(self) -> str | None:
        """The first theme."""
        return self.themes[0] if self.themes else None

    @property
    def industry(self) -> str | None:
        """The first industry section."""
        return self.industries[0] if self.industries else None

    @property
    def covered_years(self) -> tuple[int, int] | None:
        """The first and the last year the data tell about, None where it does not say.

        An open end reaches to the year in which the public text changed last: so far somebody stood for it.
        """
        said = clock.legal_day(self.public_changed_at or self.created_at).year
        return periods.years(self.covers_from, self.covers_until, said)

    @property
    def contact(self) -> str:
        """Name, telephone and address of the contact, as far as they are told."""
        return " ".join(filter(None, (self.contact_name, self.contact_phone, self.contact_email)))


class EntryTerm(db.Model):  # type: ignore[name-defined,misc]
    """A term of an entry (kind theme, format, industry), one row each, so that a database can count them."""

    __tablename__ = "registry_entry_term"
    entry_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("registry_entry.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)

    __table_args__ = (Index("ix_registry_entry_term_kind_code", "kind", "code", "entry_id"),)
