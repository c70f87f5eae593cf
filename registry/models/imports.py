"""A file of catalogue entries and what became of each of its rows."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Case, Record


class CatalogueImport(Case, Record):
    """A file that is examined, then entered or not: nothing of it is in the catalogue before it is carried out.

    `mapping`: heading of the file → field, the preferred heading of a field first; `mapped_by`: proposed, remembered or
    chosen; `fingerprint` of the headings: by it the mapping of the same source is remembered; `unknown`: headings
    without a field; `counts`: rows by outcome; `told`: field → rows that tell it; `agencies`: the bodies the file names
    → number of rows; `samples`: heading → a cell, to recognise the column by; `mode`: best_effort or all_or_nothing;
    `position`: rows done of `total` in the present step, so that a restart goes on where the last chunk ended.
    """

    __tablename__ = "registry_import"
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    agency_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    file_name: Mapped[str]
    storage_key: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    mapping: Mapped[dict[str, Any]] = mapped_column(default=dict)
    unknown: Mapped[list[str]] = mapped_column(default=list)
    suggestions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    problems: Mapped[list[Any]] = mapped_column(default=list)
    mapped_by: Mapped[str] = mapped_column(default="proposed")
    fingerprint: Mapped[str] = mapped_column(default="", index=True)
    mode: Mapped[str] = mapped_column(default="best_effort")
    total: Mapped[int] = mapped_column(default=0)
    position: Mapped[int] = mapped_column(default=0)
    samples: Mapped[dict[str, Any]] = mapped_column(default=dict)
    told: Mapped[dict[str, Any]] = mapped_column(default=dict)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reasons: Mapped[list[Any]] = mapped_column(default=list)
    agencies: Mapped[dict[str, Any]] = mapped_column(default=dict)
    examined_on: Mapped[datetime]

    @property
    def heading(self) -> str:
        return self.file_name


class ImportRow(Record):
    """One row of an imported file. `outcome`: taken, mended, changed, refused, repeated.

    `mendings`, `problems`: what was changed or not understood, each with field, rule and sentence; `missing`: the
    required fields that the row does not tell, so that the entry stays a draft. `entry`: what the row says as an entry;
    it stays, so that each entry can be traced to its row and a later file be compared with it. `entry_id`: the entry it
    becomes, or the one it changes.
    """

    __tablename__ = "registry_import_row"
    import_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("registry_import.id", ondelete="CASCADE"))
    number: Mapped[int]
    outcome: Mapped[str]
    entry_id: Mapped[uuid.UUID | None]
    agency_name: Mapped[str | None]
    title: Mapped[str | None]
    match_key: Mapped[str] = mapped_column(default="")
    mendings: Mapped[list[Any]] = mapped_column(default=list)
    problems: Mapped[list[Any]] = mapped_column(default=list)
    missing: Mapped[list[str]] = mapped_column(default=list)
    entry: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
    is_incomplete: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        Index("ix_registry_import_row_import_id_number", "import_id", "number", unique=True),
        Index("ix_registry_import_row_import_id_outcome", "import_id", "outcome"),
        Index("ix_registry_import_row_entry_id", "entry_id"),
    )
