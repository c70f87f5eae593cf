"""Foreign catalogues that are read again and again, and each reading of one."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.db import Case, Record


class HarvestSource(Case, Record):
    """A catalogue of somebody else that is read here: entries come in as drafts, like those of an imported file.

    `agency_id`: whose entries they become; none where each record names its body. `secret`: credentials, encrypted;
    they are never shown. `grace_days`: how long a record may be missing there before anything follows. `next_at`: when
    it is read next by itself.
    """

    __tablename__ = "registry_harvest_source"
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    agency_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    proposed_by_id: Mapped[uuid.UUID | None]
    title: Mapped[str]
    kind: Mapped[str]
    address: Mapped[str] = mapped_column(Text)
    rhythm: Mapped[str]
    grace_days: Mapped[int]
    when_vanished: Mapped[str]
    credential: Mapped[str] = mapped_column(default="none")
    secret: Mapped[str | None] = mapped_column(Text)
    reasons: Mapped[str | None] = mapped_column(Text)
    next_at: Mapped[datetime | None] = mapped_column(index=True)

    @property
    def heading(self) -> str:
        return self.title


class HarvestRun(Case, Record):
    """One reading of a source. A rehearsal ends with the report; else the news go into the catalogue.

    `agency_id`: whose source it is, none where it is the authority's; `pages`: storage keys of the pages read so
    far; `following`: the address of the next one; `failures`: how often in a row it did not answer; `problem`: why
    the run failed; `doubled`: records that came twice, each refused; `vanished`: known records that did not come;
    `counts`: records by what became of them.
    """

    __tablename__ = "registry_harvest_run"
    source_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("registry_harvest_source.id"), index=True)
    agency_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    is_rehearsal: Mapped[bool]
    started_by_id: Mapped[uuid.UUID | None]
    pages: Mapped[list[str]] = mapped_column(default=list)
    following: Mapped[str | None] = mapped_column(Text)
    failures: Mapped[int] = mapped_column(default=0)
    problem: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    import_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("registry_import.id"), index=True)
    doubled: Mapped[list[Any]] = mapped_column(default=list)
    vanished: Mapped[list[Any]] = mapped_column(default=list)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    ended_at: Mapped[datetime | None]

    source: Mapped[HarvestSource] = relationship(lazy="raise_on_sql", viewonly=True)

    @property
    def heading(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M}"


class HarvestedRecord(Record):
    """What is known of one record of a source: its own name there, our entry, since when it has been missing."""

    __tablename__ = "registry_harvested_record"
    source_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("registry_harvest_source.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(default="")
    entry_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    missing_since: Mapped[date | None]

    __table_args__ = (Index("uq_registry_harvested_record_source_id_key", "source_id", "key", unique=True),)
