"""Assessments: who was named to assess an application, what they declared, and how they scored."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Case, Record


class Assessment(Case, Record):
    """One assessor of one application for a licence.

    `scores` by criterion and `opinion` are seen by nobody else until all are in (`revealed_at`); `seal` is the hash of
    both with `salt`, and stands in the log from the moment of scoring. `conflict` is a key of vocabulary.CONFLICTS.
    """

    __tablename__ = "registry_assessment"
    __table_args__ = (UniqueConstraint("licence_id", "assessor_id"),)
    licence_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("registry_licence.id"), index=True)
    applicant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"))
    assessor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_person.id"), index=True)
    assessor_name: Mapped[str]
    assessor_body_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"))
    assessor_body: Mapped[str]
    named_by_id: Mapped[uuid.UUID | None]
    subject_name: Mapped[str]
    declared_at: Mapped[datetime | None]
    conflict: Mapped[str | None]
    conflict_text: Mapped[str] = mapped_column(Text, default="")
    scores: Mapped[dict[str, Any]] = mapped_column(default=dict)
    opinion: Mapped[str] = mapped_column(Text, default="")
    seal: Mapped[str] = mapped_column(default="")
    salt: Mapped[str] = mapped_column(default="")
    scored_at: Mapped[datetime | None]
    revealed_at: Mapped[datetime | None]

    @property
    def heading(self) -> str:
        return f"{self.subject_name} · {self.assessor_name}"
