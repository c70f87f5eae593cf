"""What follows on a licence: notices, objections, re-checks, debarments, successions."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Case, Record


class Notice(Case, Record):
    """The notice of an adverse act, with the answer to it. `act` is a key of vocabulary.ACTS.

    About a licence (`licence_id`), or about the organisation alone (a debarment).
    """

    __tablename__ = "registry_notice"
    act: Mapped[str]
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    licence_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("registry_licence.id"), index=True)
    organisation_name: Mapped[str]
    reasons: Mapped[str] = mapped_column(Text)
    basis: Mapped[str]
    given_by_id: Mapped[uuid.UUID | None]
    reply_due: Mapped[date]
    reply_text: Mapped[str] = mapped_column(Text, default="")
    reply_at: Mapped[datetime | None]
    dropped_because: Mapped[str] = mapped_column(Text, default="")
    document_id: Mapped[uuid.UUID | None]

    @property
    def heading(self) -> str:
        return self.organisation_name


class LicenceObjection(Case, Record):
    """An objection to a licence that stands in public notice; its receipt number is the key for who lodged it."""

    __tablename__ = "registry_licence_objection"
    licence_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("registry_licence.id"), index=True)
    receipt: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    contact: Mapped[str]
    grounds: Mapped[str] = mapped_column(Text)
    lodged_by_id: Mapped[uuid.UUID | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]

    @property
    def heading(self) -> str:
        return self.receipt


class Recheck(Case, Record):
    """A check of a licensed operator: what was looked at, what was found, how it was put right.

    `findings`: rows {what, basis}; `found_by_id` is who found them, and somebody else closes.
    """

    __tablename__ = "registry_recheck"
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    licence_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("registry_licence.id"), index=True)
    organisation_name: Mapped[str]
    kind: Mapped[str]
    begun_on: Mapped[date] = mapped_column(index=True)
    looked_at: Mapped[str] = mapped_column(Text, default="")
    findings: Mapped[list[Any]] = mapped_column(default=list)
    found_by_id: Mapped[uuid.UUID | None]
    found_at: Mapped[datetime | None]
    report: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    returned_because: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[str] = mapped_column(Text, default="")
    ended_on: Mapped[date | None]

    @property
    def heading(self) -> str:
        return self.organisation_name


class Debarment(Case, Record):
    """An organisation that may not apply for a licence, from a day until a day. Public."""

    __tablename__ = "registry_debarment"
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    organisation_name: Mapped[str]
    ground: Mapped[str]
    reasons: Mapped[str] = mapped_column(Text)
    basis: Mapped[str]
    starts_on: Mapped[date] = mapped_column(index=True)
    ends_on: Mapped[date] = mapped_column(index=True)
    imposed_by_id: Mapped[uuid.UUID | None]
    lifted_because: Mapped[str] = mapped_column(Text, default="")
    ended_on: Mapped[date | None]
    document_id: Mapped[uuid.UUID | None]

    @property
    def heading(self) -> str:
        return self.organisation_name


class Succession(Case, Record):
    """One organisation takes over licences and dossier of another. Approved ones are public, for the register."""

    __tablename__ = "registry_succession"
    predecessor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    successor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    predecessor_name: Mapped[str]
    successor_name: Mapped[str]
    ground: Mapped[str]
    explanation: Mapped[str] = mapped_column(Text)
    evidence: Mapped[dict[str, Any]]
    effective_on: Mapped[date]
    applied_by_id: Mapped[uuid.UUID | None]
    reasons: Mapped[str] = mapped_column(Text, default="")
    basis: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    document_id: Mapped[uuid.UUID | None]

    @property
    def heading(self) -> str:
        return f"{self.predecessor_name} → {self.successor_name}"
