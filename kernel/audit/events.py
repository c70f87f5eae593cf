"""Events: who did what to which subject, when, under which rules; the exact bytes of it are what is hashed."""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, select
from sqlalchemy.orm import Mapped, mapped_column

from kernel.audit import entries
from kernel.audit.entries import rest_of, told_of, write
from kernel.audit.guards import append_only
from kernel.audit.rows import touched
from kernel.audit.spelling import canonical
from kernel.db import Record, db, new_id


class AuditEvent(Record):
    """Who did what to which subject, when, under which rules. `body` holds the exact bytes of all of it.

    `profile` is the jurisdiction whose rules applied; who supervises that place may read the event.
    """

    __tablename__ = "audit_event"
    at: Mapped[datetime] = mapped_column(index=True)
    command: Mapped[str] = mapped_column(index=True)
    user_id: Mapped[uuid.UUID | None]
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    subject_type: Mapped[str]
    subject_id: Mapped[uuid.UUID] = mapped_column(index=True)
    from_state: Mapped[str | None]
    to_state: Mapped[str | None]
    profile: Mapped[str | None] = mapped_column(index=True)
    caused_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("audit_event.id"))
    request_key: Mapped[str | None] = mapped_column(unique=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)

    @property
    def facts(self) -> dict[str, Any]:
        """What the event says beyond its columns: actor, organisation, data, duties, notes, profile_version."""
        return dict(json.loads(rest_of(self.body)))

    @property
    def data(self) -> dict[str, Any]:
        """The input of the command, without secrets."""
        return dict(self.facts["data"])

    @property
    def duties(self) -> list[str]:
        """The names of the duties that were checked."""
        return list(self.facts["duties"])

    @property
    def notes(self) -> list[dict[str, Any]]:
        """What the command produced: documents with their hashes, signatures."""
        return list(self.facts["notes"])

    @property
    def actor_name(self) -> str:
        return str(self.facts["actor"])


COLUMNS = ("from_state", "to_state", "profile", "caused_by_id", "request_key")
_notes: ContextVar[list[dict[str, Any]] | None] = ContextVar("notes", default=None)


@contextmanager
def noting() -> Iterator[list[dict[str, Any]]]:
    """Collect what the running command produces, for its event."""
    notes: list[dict[str, Any]] = []
    token = _notes.set(notes)
    try:
        yield notes
    finally:
        _notes.reset(token)


def note(**facts: Any) -> None:
    """Put something the running command produced (a document and its hash, a signature) into its event.

    A fact `public=…` stands in the log's entry too, for everybody to read.
    """
    notes = _notes.get()
    if notes is not None:
        notes.append(facts)


def record(
    *, at: datetime, command: str, actor: Any, subject: Any, data: dict[str, Any], **facts: Any
) -> AuditEvent:
    """Write the event of a command.

    `facts`: from_state, to_state, duties, notes, profile, profile_version, caused_by_id, request_key.
    """
    fresh = AuditEvent(
        id=new_id(),
        at=at,
        command=command,
        user_id=actor.user_id,
        organisation_id=actor.organisation_id,
        subject_type=subject.__tablename__,
        subject_id=subject.id,
        **{name: facts.get(name) for name in COLUMNS},
    )
    if fresh.request_key and not fresh.request_key.isprintable():
        fresh.request_key = None  # such a key is made by hand, and would break the lines of the bytes
    rest = {
        "actor": actor.name,
        "organisation": actor.organisation_name,
        "data": data,
        "duties": facts.get("duties", []),
        "notes": facts.get("notes", []),
        "profile_version": facts.get("profile_version"),
    }
    columns = {name: getattr(fresh, name) for name in entries.COLUMNS}
    fresh.body = write(columns, told_of(rest["notes"]), touched(db.session()), canonical(rest))
    db.session.add(fresh)
    return fresh


def events_of(subject: Any) -> list[AuditEvent]:
    """The events of a subject, oldest first."""
    query = (
        select(AuditEvent).where(AuditEvent.subject_id == subject.id).order_by(AuditEvent.at, AuditEvent.id)
    )
    return list(db.session.scalars(query))


append_only(AuditEvent.__table__)
