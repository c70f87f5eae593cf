"""Registrars: who was named, filed and on which rules it works; what was done about it."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel import audit
from kernel.db import Case, Record


@audit.sealed
class Registrar(Case, Record):
    """The qualification of an organisation to register: named by an authority, filed with the level above.

    In office is judged from the state and the days, whatever has run meanwhile.
    """

    __tablename__ = "registry_registrar"
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    organisation_name: Mapped[str]
    named_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("accounts_organisation.id"))
    naming_number: Mapped[str]
    qualified_from: Mapped[date]
    qualified_until: Mapped[date]
    filed_with: Mapped[str] = mapped_column(default="")
    filing_number: Mapped[str] = mapped_column(default="")
    filed_on: Mapped[date | None]
    ended_because: Mapped[str] = mapped_column(Text, default="")

    named_by: Mapped[Any] = relationship(
        "Organisation", foreign_keys=[named_by_id], lazy="raise_on_sql", viewonly=True
    )

    @property
    def heading(self) -> str:
        return self.organisation_name


class BusinessRules(Case, Record):
    """The rules a registrar works by: handed in by it, published with the authority's consent."""

    __tablename__ = "registry_business_rules"
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    title: Mapped[str]
    file: Mapped[dict[str, Any]]
    proposed_by_id: Mapped[uuid.UUID | None]
    decided_on: Mapped[date | None]
    reasons: Mapped[str] = mapped_column(Text, default="")

    @property
    def heading(self) -> str:
        return self.title


@audit.sealed
class RegistrarMeasure(Case, Record):
    """What the authority did about a registrar: talked to it, guided it on the spot, or suspended or cancelled it.

    A suspension or cancellation is announced, served, answered and then decided by another person.
    """

    __tablename__ = "registry_registrar_measure"
    registrar_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("registry_registrar.id"), index=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    organisation_name: Mapped[str]
    kind: Mapped[str]
    fault: Mapped[str]
    facts: Mapped[str] = mapped_column(Text)
    basis: Mapped[str]
    taken_by_id: Mapped[uuid.UUID | None]
    service: Mapped[str] = mapped_column(default="")
    served_on: Mapped[date | None]
    reply_due: Mapped[date | None]
    reply_text: Mapped[str] = mapped_column(Text, default="")
    replied_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(Text, default="")
    ended_on: Mapped[date | None]

    @property
    def heading(self) -> str:
        return self.organisation_name
