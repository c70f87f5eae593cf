"""A file of catalogue entries and what became of each of its rows."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Case, Record


class CatalogueImport(Case, Record):
    """An examined file: nothing of it is in the catalogue before it is carried out.

    `mapping`: heading of the file → field; `unknown`: headings without a field; `counts`: rows by outcome;
    `agencies`: the bodies the file names → number of rows.
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
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reasons: Mapped[list[Any]] = mapped_column(default=list)
    agencies: Mapped[dict[str, Any]] = mapped_column(default=dict)
    examined_on: Mapped[datetime]

    @property
    def heading(self) -> str:
        return self.file_name


class ImportRow(Record):
    """One row of an imported file. `outcome`: taken, mended, refused, repeated.

    `mendings`, `problems`: what was changed or not understood, each with field, rule and sentence; `missing`: the
    required fields that the row does not tell, so that the entry stays a draft. `entry`: the columns of the entry that
    the row will become, until the import is carried out.
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
    )
