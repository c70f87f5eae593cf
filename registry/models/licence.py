"""Licences: who is qualified to develop public data."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.db import Case, Record


class Licence(Case, Record):
    """The qualification of an operator or developer, from the application to its end.

    `dossier`: what the applicant states, by criterion; `files`: facts of the papers behind it; `assessments`: one row
    per assessor (user_id, name, at, scores by criterion, opinion); `granted_by_id`: the person who decided.
    """

    __tablename__ = "registry_licence"
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    applied_by_id: Mapped[uuid.UUID | None]
    level: Mapped[str]
    scope: Mapped[str] = mapped_column(Text)
    dossier: Mapped[dict[str, Any]] = mapped_column(default=dict)
    files: Mapped[dict[str, Any]] = mapped_column(default=dict)
    supplement: Mapped[str | None] = mapped_column(Text)
    assessments: Mapped[list[Any]] = mapped_column(default=list)
    reasons: Mapped[str | None] = mapped_column(Text)
    basis: Mapped[str | None]
    granted_by_id: Mapped[uuid.UUID | None]
    number: Mapped[str | None] = mapped_column(unique=True)
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None] = mapped_column(index=True)
    document_id: Mapped[uuid.UUID | None]

    organisation: Mapped[Any] = relationship("Organisation", lazy="raise_on_sql", viewonly=True)

    @property
    def heading(self) -> str:
        return self.number or self.scope[:80]
