"""Licences: who is qualified to develop public data."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel import audit
from kernel.db import Case, Record


@audit.sealed
class Licence(Case, Record):
    """The qualification of an operator or developer, from the application to its end.

    `statements`: what the applicant says, by criterion; `papers`: the papers of the dossier as they were handed in;
    `assessor_ids`: everybody who was ever named to assess it; `grounds`: keys of vocabulary.REFUSAL_GROUNDS;
    `renews_id`: the licence it follows; `previous_holders`: rows {organisation_id, name, uscc, until, succession_id}.
    """

    __tablename__ = "registry_licence"
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    applied_by_id: Mapped[uuid.UUID | None]
    level: Mapped[str]
    scope: Mapped[str] = mapped_column(Text)
    statements: Mapped[dict[str, Any]] = mapped_column(default=dict)
    papers: Mapped[list[Any]] = mapped_column(default=list)
    supplement: Mapped[str | None] = mapped_column(Text)
    assessor_ids: Mapped[list[str]] = mapped_column(default=list)
    notice_from: Mapped[date | None]
    notice_until: Mapped[date | None] = mapped_column(index=True)
    reasons: Mapped[str | None] = mapped_column(Text)
    basis: Mapped[str | None]
    grounds: Mapped[list[str]] = mapped_column(default=list)
    granted_by_id: Mapped[uuid.UUID | None]
    granted_on: Mapped[date | None] = mapped_column(index=True)
    number: Mapped[str | None] = mapped_column(unique=True)
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None] = mapped_column(index=True)
    ended_on: Mapped[date | None]
    renews_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("registry_licence.id"))
    previous_holders: Mapped[list[Any]] = mapped_column(default=list)
    document_id: Mapped[uuid.UUID | None]
    letter_id: Mapped[uuid.UUID | None]

    organisation: Mapped[Any] = relationship("Organisation", lazy="raise_on_sql", viewonly=True)

    @property
    def heading(self) -> str:
        return self.number or self.scope[:80]
