"""Publicly funded projects, and the list of data an agency holds, catalogued or not."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.db import Case, Record
from registry.models.catalogue import CatalogueEntry


class Project(Case, Record):
    """An information system built or bought, or a service bought, with public money. `agency_id` is the project unit.

    `gate`: what the gate report said at the last decision, by step; `funds`: money allotted later, each with its day,
    purpose and amount in fen.
    """

    __tablename__ = "registry_project"
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    title: Mapped[str]
    number: Mapped[str | None]
    kind: Mapped[str]
    summary: Mapped[str] = mapped_column(Text)
    budget_minor: Mapped[int]
    completes_on: Mapped[date | None]
    applied_by_id: Mapped[uuid.UUID | None]
    approved_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    reasons: Mapped[str | None] = mapped_column(Text)
    basis: Mapped[str | None]
    gate: Mapped[dict[str, Any]] = mapped_column(default=dict)
    funds: Mapped[list[Any]] = mapped_column(default=list)

    agency: Mapped[Any] = relationship("Organisation", lazy="raise_on_sql", viewonly=True)

    @property
    def heading(self) -> str:
        return self.title


class Holding(Case, Record):
    """Data that an agency holds: a row of the list of data resources beside the catalogue.

    `entry_id` is the entry that catalogues it, where there is one; `project_id` the project it comes from.
    """

    __tablename__ = "registry_holding"
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    project_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("registry_project.id"), index=True)
    entry_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("registry_entry.id"), index=True)
    title: Mapped[str]
    system: Mapped[str]
    items: Mapped[list[str]] = mapped_column(default=list)
    data_form: Mapped[str | None]
    record_count: Mapped[int | None]
    note: Mapped[str | None] = mapped_column(Text)
    reasons: Mapped[str | None] = mapped_column(Text)

    agency: Mapped[Any] = relationship("Organisation", lazy="raise_on_sql", viewonly=True)
    project: Mapped[Project | None] = relationship(lazy="raise_on_sql", viewonly=True)
    entry: Mapped[CatalogueEntry | None] = relationship(lazy="raise_on_sql", viewonly=True)

    @property
    def heading(self) -> str:
        return self.title
