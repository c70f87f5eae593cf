"""What others are asked before a decision, and what the authority's own people advise."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Case, Record


class Consultation(Case, Record):
    """One body asked about one application: for its opinion, or for its consent to the use of data it provided.

    `resource_ids`: what the question is about; `answer`: a key of vocabulary.decision.ANSWERS.
    """

    __tablename__ = "contracts_consultation"
    application_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_application.id"), index=True)
    body_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    subject_name: Mapped[str]
    kind: Mapped[str]
    question: Mapped[str] = mapped_column(Text)
    resource_ids: Mapped[list[str]] = mapped_column(default=list)
    asked_by_id: Mapped[uuid.UUID | None]
    answer: Mapped[str] = mapped_column(default="")
    answer_text: Mapped[str] = mapped_column(Text, default="")
    consent_number: Mapped[str] = mapped_column(default="")
    consent_on: Mapped[date | None]
    answered_by: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]

    @property
    def heading(self) -> str:
        return self.subject_name


class Advice(Record):
    """What is recommended before the decision, apart from the assessment and from the decision itself.

    `needed`: how many countersign; `signatures`: rows {by_id, by, at, note} in their order; `stands` until sent back.
    """

    __tablename__ = "contracts_advice"
    application_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_application.id"), index=True)
    recommendation: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    conditions: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[uuid.UUID | None]
    by_name: Mapped[str]
    at: Mapped[datetime]
    weight: Mapped[str]
    needed: Mapped[int]
    signatures: Mapped[list[Any]] = mapped_column(default=list)
    stands: Mapped[bool] = mapped_column(default=True)
    sent_back_because: Mapped[str] = mapped_column(Text, default="")

    @property
    def is_signed(self) -> bool:
        """Whether as many have countersigned as the case needs."""
        return self.stands and len(self.signatures) >= self.needed
