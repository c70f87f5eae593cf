"""Dossiers: the papers of an operator, kept once and used by every application."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Case, Record


class Dossier(Case, Record):
    """Everything an operator or developer has to show about itself; one for each organisation."""

    __tablename__ = "registry_dossier"
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), unique=True)
    name: Mapped[str]

    @property
    def heading(self) -> str:
        return self.name


class Paper(Record):
    """One version of one paper. The current version of a kind is the one without `replaced_at`.

    `file`: facts of the stored file (name, media_type, size, sha256, storage_key); `valid_until` None: no end.
    """

    __tablename__ = "registry_dossier_paper"
    __table_args__ = (UniqueConstraint("dossier_id", "kind", "version"),)
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("registry_dossier.id"), index=True)
    kind: Mapped[str]
    version: Mapped[int]
    number: Mapped[str] = mapped_column(default="")
    issuer: Mapped[str]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None] = mapped_column(index=True)
    file: Mapped[dict[str, Any]]
    added_at: Mapped[datetime]
    added_by_id: Mapped[uuid.UUID | None]
    replaced_at: Mapped[datetime | None] = mapped_column(index=True)

    def is_current(self, on: date) -> bool:
        """Whether it can be relied on that day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)

    def facts(self) -> dict[str, Any]:
        """The paper as plain values, as an application keeps it from the day it is handed in."""
        return {
            **self.file,
            "paper_id": str(self.id),
            "kind": self.kind,
            "version": self.version,
            "number": self.number,
            "issuer": self.issuer,
            "valid_from": self.valid_from.isoformat(),
            "valid_until": self.valid_until and self.valid_until.isoformat(),
        }
