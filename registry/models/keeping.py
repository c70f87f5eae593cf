"""Grading rules of a place, archive packages of cases, look-ups made in place of a paper."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.db import Case, Record


class GradingRule(Case, Record):
    """A classification and grading rule of a place.

    Entries of `themes` (none named: all) and of `level` may carry no other attributes than those listed.
    """

    __tablename__ = "registry_grading_rule"
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"))
    title: Mapped[str]
    level: Mapped[str]
    themes: Mapped[list[str]] = mapped_column(default=list)
    openings: Mapped[list[str]] = mapped_column(default=list)
    sharings: Mapped[list[str]] = mapped_column(default=list)
    basis: Mapped[str]
    reasons: Mapped[str | None] = mapped_column(Text)

    @property
    def heading(self) -> str:
        return self.title


class ArchivePackage(Case, Record):
    """A closed case as one file: its record, its events as they were hashed, its documents, and what proves them.

    `case_type` and `case_id` name the case; `keep_until` follows from `retention`, the key of the profile.
    """

    __tablename__ = "registry_archive_package"
    case_type: Mapped[str]
    case_id: Mapped[uuid.UUID] = mapped_column(index=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    title: Mapped[str]
    retention: Mapped[str]
    keep_until: Mapped[date]
    events: Mapped[int]
    documents: Mapped[int]
    file_name: Mapped[str]
    storage_key: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    exported_at: Mapped[datetime]
    archive: Mapped[str | None]
    receipt: Mapped[str | None]
    handed_over_on: Mapped[date | None]

    @property
    def heading(self) -> str:
        return self.title


class Lookup(Case, Record):
    """What an agency asked this platform instead of asking the person for a paper.

    `case_number`: the agency's own number of the case; `result`: what the register said, word for word; `sha256`
    over it, so that the case file can quote it.
    """

    __tablename__ = "registry_lookup"
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    kind: Mapped[str]
    asked: Mapped[str]
    case_number: Mapped[str]
    purpose: Mapped[str] = mapped_column(Text)
    found: Mapped[bool]
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sha256: Mapped[str]
    at: Mapped[datetime]

    agency: Mapped[Any] = relationship("Organisation", lazy="raise_on_sql", viewonly=True)

    @property
    def heading(self) -> str:
        return f"{self.case_number} · {self.asked}"
