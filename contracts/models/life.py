"""What happens to a right while it lives and when it ends: changes of its terms, items to mend, the exit."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kernel import audit
from kernel.db import Case, Record


@audit.sealed
class RightChange(Case, Record):
    """A change of a right in force: amendment, renewal, novation or reduction. Until it takes effect the old holds.

    `terms`: what becomes different, by name (purposes, territory, sources, ends_on, holder_id, income_shares, clauses);
    `before`: the same names as they stood when the change took effect.
    """

    __tablename__ = "contracts_change"
    right_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_right.id"), index=True)
    kind: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    holder_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    granted_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"))
    new_holder_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("accounts_organisation.id"), index=True
    )
    proposed_for_id: Mapped[uuid.UUID | None]
    proposed_by_id: Mapped[uuid.UUID | None]
    terms: Mapped[dict[str, Any]]
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[str]
    basis: Mapped[str] = mapped_column(default="")
    performance: Mapped[str] = mapped_column(default="")
    consented_at: Mapped[datetime | None]
    reply_due: Mapped[date | None]
    reply_text: Mapped[str] = mapped_column(default="")
    reply_at: Mapped[datetime | None]
    decided_by_id: Mapped[uuid.UUID | None]
    decided_at: Mapped[datetime | None]
    decision_text: Mapped[str] = mapped_column(default="")
    in_force_at: Mapped[datetime | None]
    ended_because: Mapped[str] = mapped_column(default="")

    @property
    def heading(self) -> str:
        return self.title


class Rectification(Case, Record):
    """One thing a holder has to mend, closed by somebody else than who reported it as mended."""

    __tablename__ = "contracts_rectification"
    right_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_right.id"), index=True)
    holder_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    what: Mapped[str]
    basis: Mapped[str]
    due_on: Mapped[date | None] = mapped_column(index=True)
    ordered_by_id: Mapped[uuid.UUID | None]
    report: Mapped[str] = mapped_column(default="")
    proof: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reported_by_id: Mapped[uuid.UUID | None]
    reported_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")
    closed_by_id: Mapped[uuid.UUID | None]
    closed_at: Mapped[datetime | None]

    @property
    def heading(self) -> str:
        return self.what


@audit.sealed
class RightExit(Case, Record):
    """The exit after a right has ended or passed on: access cut, data given back or destroyed, account drawn up.

    `overseen`: {at, by_id, by, note}; `account`: {rows, open_minor, note, by, at}.
    """

    __tablename__ = "contracts_exit"
    __table_args__ = (UniqueConstraint("right_id", "holder_id"),)
    right_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_right.id"), index=True)
    title: Mapped[str]
    holder_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    granted_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"))
    access_cut_at: Mapped[datetime]
    due_on: Mapped[date | None]
    manner: Mapped[str] = mapped_column(default="")
    media: Mapped[str] = mapped_column(default="")
    kept: Mapped[str] = mapped_column(default="")
    proof: Mapped[dict[str, Any]] = mapped_column(default=dict)
    handed_in_by_id: Mapped[uuid.UUID | None]
    handed_in_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")
    overseen: Mapped[dict[str, Any]] = mapped_column(default=dict)
    account: Mapped[dict[str, Any]] = mapped_column(default=dict)
    closed_at: Mapped[datetime | None]

    @property
    def heading(self) -> str:
        return self.title
