"""Selections of an operator: the procedure, sealed bids, how they are assessed, objections to the result."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kernel import audit
from kernel.db import Case, Record


@audit.sealed
class Selection(Case, Record):
    """One fair competition for one plan, from the notice to the award.

    `criteria`: rows {name, weight}, together one hundred; `opener_ids`: who was there when the bids were opened;
    `ranking`: rows {bid_id, bidder_id, points} from the best, points in hundredths.
    """

    __tablename__ = "contracts_selection"
    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_plan.id"), index=True)
    body_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    title: Mapped[str]
    method: Mapped[str] = mapped_column(index=True)
    notice: Mapped[str] = mapped_column(Text)
    conditions: Mapped[str] = mapped_column(Text, default="")
    criteria: Mapped[list[Any]] = mapped_column(default=list)
    invited_ids: Mapped[list[str]] = mapped_column(default=list)
    bids_until: Mapped[datetime]
    prepared_by_id: Mapped[uuid.UUID | None]
    announced_by_id: Mapped[uuid.UUID | None]
    announced_at: Mapped[datetime | None]
    opener_ids: Mapped[list[str]] = mapped_column(default=list)
    opened_at: Mapped[datetime | None]
    assessor_ids: Mapped[list[str]] = mapped_column(default=list)
    ranking: Mapped[list[Any]] = mapped_column(default=list)
    chosen_bid_id: Mapped[uuid.UUID | None]
    result_reasons: Mapped[str] = mapped_column(Text, default="")
    result_by_id: Mapped[uuid.UUID | None]
    result_from: Mapped[date | None]
    result_until: Mapped[date | None]
    awarded_at: Mapped[datetime | None]
    failed_because: Mapped[str] = mapped_column(default="")

    @property
    def heading(self) -> str:
        return self.title


@audit.sealed
class Bid(Case, Record):
    """A bid: ciphertext in the store until it is opened, `contents` in words afterwards.

    `seal` is the hash of what was handed in, with a salt inside; it stands in the log from that moment, so that what is
    opened is known to be what was sealed. `files`: facts of the file, once opened; `minutes`: rows {at, by, text}.
    """

    __tablename__ = "contracts_bid"
    selection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_selection.id"), index=True)
    body_id: Mapped[uuid.UUID]
    bidder_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    subject_name: Mapped[str]
    handed_in_by_id: Mapped[uuid.UUID | None]
    handed_in_at: Mapped[datetime]
    seal: Mapped[str]
    sealed_key: Mapped[str]
    contents: Mapped[dict[str, Any]] = mapped_column(default=dict)
    files: Mapped[list[Any]] = mapped_column(default=list)
    opened_at: Mapped[datetime | None]
    minutes: Mapped[list[Any]] = mapped_column(default=list)
    ended_because: Mapped[str] = mapped_column(default="")

    @property
    def heading(self) -> str:
        return self.subject_name


class BidAssessment(Case, Record):
    """One member of the assessing committee: what he declared, how he scored each bid.

    `scores`: points by criterion by bid; nobody else sees them before all members have scored (`revealed_at`).
    """

    __tablename__ = "contracts_bid_assessment"
    __table_args__ = (UniqueConstraint("selection_id", "assessor_id"),)
    selection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_selection.id"), index=True)
    body_id: Mapped[uuid.UUID]
    assessor_id: Mapped[uuid.UUID] = mapped_column(index=True)
    assessor_name: Mapped[str]
    assessor_body_id: Mapped[uuid.UUID]
    assessor_body: Mapped[str]
    subject_name: Mapped[str]
    declared_at: Mapped[datetime | None]
    conflict: Mapped[str | None]
    conflict_text: Mapped[str] = mapped_column(Text, default="")
    scores: Mapped[dict[str, Any]] = mapped_column(default=dict)
    opinion: Mapped[str] = mapped_column(Text, default="")
    scored_at: Mapped[datetime | None]
    revealed_at: Mapped[datetime | None]

    @property
    def heading(self) -> str:
        return f"{self.subject_name} · {self.assessor_name}"


class SelectionObjection(Case, Record):
    """What somebody has against the result of a selection, and the answer."""

    __tablename__ = "contracts_selection_objection"
    selection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_selection.id"), index=True)
    body_id: Mapped[uuid.UUID]
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    subject_name: Mapped[str]
    grounds: Mapped[str] = mapped_column(Text)
    lodged_by_id: Mapped[uuid.UUID | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]

    @property
    def heading(self) -> str:
        return self.subject_name
