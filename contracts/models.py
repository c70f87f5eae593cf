"""Tables of contracts. Application, decision, right, document and obligation are records of their own, never merged."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contracts.vocabulary import SIGNED_BY_ONE
from kernel import audit
from kernel.db import Case, Record, db


class Application(Case, Record):
    """What somebody asked for: to develop these sources for these purposes, there, from when to when."""

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
    """A resource or an element an application asks for."""

    __tablename__ = "contracts_application_source"
    application_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("contracts_application.id"), primary_key=True
    )
    source_id: Mapped[uuid.UUID] = mapped_column(primary_key=True, index=True)
    source_type: Mapped[str]


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


@audit.sealed
class Decision(Record):
    """What was decided about an application: outcome, reasons, legal basis, conditions, shares, by whom and when.

    `income_shares` is a list of {party, party_name, role, share_bp}, ten thousand basis points altogether.
    """

    __tablename__ = "contracts_decision"
    application_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_application.id"), unique=True)
    outcome: Mapped[str]
    reasons: Mapped[str]
    basis: Mapped[str]
    conditions: Mapped[str] = mapped_column(default="")
    income_shares: Mapped[list[Any]] = mapped_column(default=list)
    funding_mode: Mapped[str | None]
    market_mode: Mapped[str | None]
    ends_on: Mapped[date | None]
    decided_by_id: Mapped[uuid.UUID]
    decided_by_name: Mapped[str]
    authority_id: Mapped[uuid.UUID]
    at: Mapped[datetime]
    document_id: Mapped[uuid.UUID | None]


@audit.sealed
class DevelopmentRight(Case, Record):
    """What may be done, by whom, with what, where, for which purposes, from when to when."""

    __tablename__ = "contracts_right"
    number: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    level: Mapped[str] = mapped_column(index=True)
    holder_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    granted_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    application_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_application.id"), unique=True)
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
    """One ground why a right is suspended; `cause_id` is the resource, element, licence holder or right behind it."""

    __tablename__ = "contracts_suspension"
    __table_args__ = (Index("ix_contracts_suspension_open", "right_id", "ended_at"),)
    right_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_right.id"))
    ground: Mapped[str]
    cause_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    reason: Mapped[str]
    basis: Mapped[str]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[str] = mapped_column(default="")


@audit.sealed
class Agreement(Case, Record):
    """A text two parties bind themselves by, or a commitment of party B towards party A, about a right or an order."""

    __tablename__ = "contracts_agreement"
    __table_args__ = (UniqueConstraint("about_id", "kind"),)
    kind: Mapped[str] = mapped_column(index=True)
    about_type: Mapped[str]
    about_id: Mapped[uuid.UUID]
    title: Mapped[str]
    party_a_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    party_b_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    document_id: Mapped[uuid.UUID] = mapped_column(index=True)
    signed_by_ids: Mapped[list[str]] = mapped_column(default=list)
    applied_by_id: Mapped[uuid.UUID | None]
    in_force_at: Mapped[datetime | None]
    ended_because: Mapped[str] = mapped_column(default="")

    @property
    def heading(self) -> str:
        return self.title

    @property
    def signed_by_a(self) -> bool:
        """Whether party A signs too; a commitment is signed by party B alone."""
        return self.kind not in SIGNED_BY_ONE

    @property
    def must_sign_ids(self) -> list[uuid.UUID]:
        """The organisations whose signatures bring it into force."""
        return [self.party_a_id, self.party_b_id] if self.signed_by_a else [self.party_b_id]


class Outsourcing(Case, Record):
    """Work on platforms or data that a body gives to a service provider, from the plan to the exit.

    `review`: {at, by_id, by, passed, findings, report}; `people`: rows {membership_id, name, post, since, until};
    `tests`: rows {kind, on, result, report, at, by}; `deletion`: {method, media, proof, at, by_id, by};
    `overseen`: {at, by_id, by, note}. Files are kept as facts (name, media_type, size, sha256, storage_key).
    """

    __tablename__ = "contracts_outsourcing"
    body_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    title: Mapped[str]
    tasks: Mapped[str]
    data_scope: Mapped[str]
    standards: Mapped[str] = mapped_column(default="")
    measures: Mapped[str] = mapped_column(default="")
    breach: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date] = mapped_column(index=True)
    plan: Mapped[dict[str, Any]] = mapped_column(default=dict)
    described_by_id: Mapped[uuid.UUID | None]
    review: Mapped[dict[str, Any]] = mapped_column(default=dict)
    people: Mapped[list[Any]] = mapped_column(default=list)
    tests: Mapped[list[Any]] = mapped_column(default=list)
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[str] = mapped_column(default="")
    access_revoked_at: Mapped[datetime | None]
    deletion: Mapped[dict[str, Any]] = mapped_column(default=dict)
    overseen: Mapped[dict[str, Any]] = mapped_column(default=dict)

    @property
    def heading(self) -> str:
        return self.title

    @property
    def reviewed(self) -> bool:
        """Whether the security review was passed."""
        return self.review.get("passed") is True


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
    lineage: Mapped[list["ElementResource"]] = relationship(lazy="raise_on_sql", passive_deletes=True)

    @property
    def heading(self) -> str:
        return self.title


class ElementResource(db.Model):  # type: ignore[name-defined,misc]
    """A resource an element was made from."""

    __tablename__ = "contracts_element_resource"
    element_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_element.id"), primary_key=True)
    resource_id: Mapped[uuid.UUID] = mapped_column(primary_key=True, index=True)


class Obligation(Case, Record):
    """Something a right asks of somebody by a day: a condition, a report, what to do on leaving."""

    __tablename__ = "contracts_obligation"
    right_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_right.id"), index=True)
    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    what: Mapped[str]
    basis: Mapped[str]
    due_on: Mapped[date | None] = mapped_column(index=True)
    report: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]

    @property
    def heading(self) -> str:
        return self.what
