"""Supervision's own tables: the daily run of time, synonyms of the search, saved searches."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Case, Record


class Tick(Record):
    """One run of what time itself has to do. `result`: counts warned, missed, swept, and the refused steps in words."""

    __tablename__ = "supervision_tick"
    ran_at: Mapped[datetime] = mapped_column(index=True)
    day: Mapped[date] = mapped_column(index=True)
    result: Mapped[dict[str, Any]]

    @property
    def heading(self) -> str:
        return self.ran_at.isoformat(timespec="seconds")


class Synonym(Case, Record):
    """Words that mean the same to the search of the whole site, kept by an authority."""

    __tablename__ = "supervision_synonym"
    words: Mapped[list[str]]
    reason: Mapped[str] = mapped_column(default="")

    @property
    def heading(self) -> str:
        return "、".join(self.words)


class SavedSearch(Record):
    """A search that somebody keeps and is told of.

    `kinds` and `narrowed` (an address's query) say what is searched; `feed` is the part of its feed's address that
    nobody can guess; what is dated after `seen_at` is new. `mails`: how often a mail tells (vocabulary.MAILS); what is
    dated after `told_at` no mail has told yet. `off` stands in the mails alone: whoever knows it ends them.
    """

    __tablename__ = "supervision_saved_search"
    person_id: Mapped[uuid.UUID] = mapped_column(index=True)
    title: Mapped[str]
    kinds: Mapped[list[str]]
    words: Mapped[str] = mapped_column(default="")
    narrowed: Mapped[str] = mapped_column(default="")
    feed: Mapped[str] = mapped_column(unique=True)
    mails: Mapped[str] = mapped_column(default="never", index=True)
    off: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    told_at: Mapped[datetime]

    @property
    def heading(self) -> str:
        return self.title


class OperatingTeam(Case, Record):
    """The team by which an agency has its data operated, as it is filed with the authority (DG9).

    `manner`: own_subordinate or purchased_service; `tasks`: keys of vocabulary.TASKS.
    """

    __tablename__ = "supervision_team"
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    operator_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    operator_name: Mapped[str]
    agency_name: Mapped[str]
    manner: Mapped[str]
    field: Mapped[str]
    tasks: Mapped[list[str]]
    separation: Mapped[str]
    selection: Mapped[str]
    exclusive: Mapped[bool] = mapped_column(default=False)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    filed_by_id: Mapped[uuid.UUID | None]
    answer: Mapped[str] = mapped_column(default="")
    ended_because: Mapped[str] = mapped_column(default="")

    @property
    def heading(self) -> str:
        return f"{self.agency_name} · {self.operator_name}"


class OperatingMandate(Case, Record):
    """What the authority lets an operating body do in its name, from the first day to the last (DG9)."""

    __tablename__ = "supervision_mandate"
    authority_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    operator_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    operator_name: Mapped[str]
    tasks: Mapped[list[str]]
    delegated: Mapped[str]
    conditions: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date] = mapped_column(index=True)
    given_by_id: Mapped[uuid.UUID | None]
    ended_because: Mapped[str] = mapped_column(default="")
    document_id: Mapped[uuid.UUID | None]

    @property
    def heading(self) -> str:
        return self.operator_name


class Operation(Record):
    """One thing an operating body did under its mandate. Never changed."""

    __tablename__ = "supervision_operation"
    mandate_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("supervision_mandate.id"), index=True)
    operator_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    jurisdiction: Mapped[str] = mapped_column(index=True)
    task: Mapped[str]
    what: Mapped[str]
    case_number: Mapped[str] = mapped_column(default="")
    on: Mapped[date]
    by: Mapped[str]
    by_id: Mapped[uuid.UUID | None]
    state: Mapped[str]
    created_at: Mapped[datetime]

    @property
    def heading(self) -> str:
        return self.what[:80]
