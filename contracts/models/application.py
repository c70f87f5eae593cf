"""Applications for development rights, what they ask for, how assessors see them."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.db import Case, Record, db


class Application(Case, Record):
    """What somebody asked for: to develop these sources for these purposes, there, from when to when.

    `gaps`: rows {part, what} that the authority found missing; `filled`: sections the applicant has saved;
    `adviser_ids`: who recommended or countersigned; `decider_ids`: who took decisions that fell; `selection_id`: the
    selection whose award it rests on.
    """

    __tablename__ = "contracts_application"
    level: Mapped[str] = mapped_column(index=True)
    applicant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    title: Mapped[str]
    purposes: Mapped[list[str]]
    purpose_text: Mapped[str] = mapped_column(default="")
    plan: Mapped[str] = mapped_column(default="")
    ability: Mapped[str] = mapped_column(default="")
    security: Mapped[str] = mapped_column(default="")
    territory: Mapped[list[str]]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    funding_mode: Mapped[str | None]
    # no foreign key: rights point back to their application, and two tables must not wait for each other
    parent_right_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    shared_source_ids: Mapped[list[str]] = mapped_column(default=list)
    provider_consent: Mapped[str] = mapped_column(default="")
    files: Mapped[list[Any]] = mapped_column(default=list)
    gaps: Mapped[list[Any]] = mapped_column(default=list)
    returned_by_ids: Mapped[list[str]] = mapped_column(default=list)
    exclusive: Mapped[bool] = mapped_column(default=False)
    filled: Mapped[list[str]] = mapped_column(default=list)
    adviser_ids: Mapped[list[str]] = mapped_column(default=list)
    decider_ids: Mapped[list[str]] = mapped_column(default=list)
    selection_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    comments: Mapped[str] = mapped_column(default="")
    drafted_by_id: Mapped[uuid.UUID | None]
    submitted_by_id: Mapped[uuid.UUID | None]
    submitted_at: Mapped[datetime | None]
    assessor_ids: Mapped[list[str]] = mapped_column(default=list)
    sources: Mapped[list["ApplicationSource"]] = relationship(lazy="raise_on_sql", passive_deletes=True)

    @property
    def heading(self) -> str:
        return self.title


class ApplicationSource(db.Model):  # type: ignore[name-defined,misc]
    """A resource or an element an application asks for, and how it was decided where each was decided apart."""

    __tablename__ = "contracts_application_source"
    application_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("contracts_application.id"), primary_key=True
    )
    source_id: Mapped[uuid.UUID] = mapped_column(primary_key=True, index=True)
    source_type: Mapped[str]
    outcome: Mapped[str | None]
    reasons: Mapped[str] = mapped_column(default="")
    conditions: Mapped[str] = mapped_column(default="")
    funding_mode: Mapped[str | None]


class Assessment(Record):
    """How one assessor sees an application: points from 0 to 100 by criterion, and an opinion."""

    __tablename__ = "contracts_assessment"
    __table_args__ = (UniqueConstraint("application_id", "assessor_id"),)
    application_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_application.id"))
    assessor_id: Mapped[uuid.UUID]
    assessor_name: Mapped[str]
    scores: Mapped[dict[str, Any]]
    opinion: Mapped[str]
    at: Mapped[datetime]
