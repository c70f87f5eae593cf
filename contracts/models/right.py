"""Development rights, what they rest on, why they are suspended."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel import audit
from kernel.db import Case, Record, db


@audit.sealed
class DevelopmentRight(Case, Record):
    """What may be done, by whom, with what, where, for which purposes, from when to when."""

    __tablename__ = "contracts_right"
    number: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    level: Mapped[str] = mapped_column(index=True)
    holder_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    granted_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    application_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_application.id"), index=True)
    decision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_decision.id"), unique=True)
    parent_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("contracts_right.id"), index=True)
    purposes: Mapped[list[str]]
    territory: Mapped[list[str]]
    starts_on: Mapped[date]
    ends_on: Mapped[date] = mapped_column(index=True)
    income_shares: Mapped[list[Any]]
    funding_mode: Mapped[str | None]
    market_mode: Mapped[str | None]
    in_force_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[str] = mapped_column(default="")
    notice_at: Mapped[datetime | None]
    notice_by_id: Mapped[uuid.UUID | None]
    notice_text: Mapped[str] = mapped_column(default="")
    reply_due: Mapped[date | None]
    reply_text: Mapped[str] = mapped_column(default="")
    reply_at: Mapped[datetime | None]
    surrender_at: Mapped[datetime | None]
    surrender_by_id: Mapped[uuid.UUID | None]
    surrender_text: Mapped[str] = mapped_column(default="")
    restricted: Mapped[list[Any]] = mapped_column(default=list)
    sources: Mapped[list["RightSource"]] = relationship(lazy="raise_on_sql", passive_deletes=True)

    @property
    def heading(self) -> str:
        return f"{self.title} ({self.number})"


class RightSource(db.Model):  # type: ignore[name-defined,misc]
    """A resource or an element a right rests on."""

    __tablename__ = "contracts_right_source"
    right_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_right.id"), primary_key=True)
    source_id: Mapped[uuid.UUID] = mapped_column(primary_key=True, index=True)
    source_type: Mapped[str]


class Suspension(Record):
    """One ground why a right is suspended; `cause_id` is the resource, element, licence holder or right behind it.

    `scope`: all, or a part (resources, products, new_sales) with the ids it names; a part leaves the rest in use.
    """

    __tablename__ = "contracts_suspension"
    __table_args__ = (Index("ix_contracts_suspension_open", "right_id", "ended_at"),)
    right_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_right.id"))
    ground: Mapped[str]
    cause_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    reason: Mapped[str]
    basis: Mapped[str]
    scope: Mapped[str] = mapped_column(default="all")
    scope_ids: Mapped[list[Any]] = mapped_column(default=list)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[str] = mapped_column(default="")
