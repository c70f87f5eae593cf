"""Data elements and what they were made from."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.db import Case, Record, db


class DataElement(Case, Record):
    """Standardised, machine-readable data made from resources under a first-level right."""

    __tablename__ = "contracts_element"
    right_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_right.id"), index=True)
    operator_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    title: Mapped[str]
    abstract: Mapped[str] = mapped_column(default="")
    fields: Mapped[list[Any]]
    treatment: Mapped[str] = mapped_column(default="")
    edition: Mapped[date | None]
    file_name: Mapped[str | None]
    storage_key: Mapped[str | None]
    sha256: Mapped[str | None]
    size: Mapped[int | None]
    rows: Mapped[int | None]
    format: Mapped[str | None]
    delivered_at: Mapped[datetime | None]
    ended_because: Mapped[str] = mapped_column(default="")
    rests_under_id: Mapped[uuid.UUID | None]
    lineage: Mapped[list["ElementResource"]] = relationship(lazy="raise_on_sql", passive_deletes=True)

    @property
    def heading(self) -> str:
        return self.title


class ElementResource(db.Model):  # type: ignore[name-defined,misc]
    """A resource an element was made from."""

    __tablename__ = "contracts_element_resource"
    element_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_element.id"), primary_key=True)
    resource_id: Mapped[uuid.UUID] = mapped_column(primary_key=True, index=True)
