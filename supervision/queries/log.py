"""The log for those who audit: every event of their area, found by person, command, subject and day."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, false, or_, select

from accounts.models import Organisation, Person
from kernel.actor import Actor
from kernel.audit import AuditEvent
from kernel.clock import LEGAL_ZONE
from kernel.db import db
from kernel.duty import DUTIES
from kernel.permissions import visible, visible_to
from supervision.queries.clocks import OVERSEERS


def oversees(actor: Actor) -> bool:
    """Whether the actor reads the log of an area: authority, auditor, government."""
    return bool(actor.roles & OVERSEERS)


@visible(AuditEvent)
def events_of_area(actor: Actor) -> ColumnElement[bool]:
    """Events under the rules of the area, and what organisations of the area did elsewhere."""
    if not oversees(actor):
        return false()
    here = select(Organisation.id).where(Organisation.jurisdiction.in_(actor.jurisdictions))
    return or_(AuditEvent.profile.in_(actor.jurisdictions), AuditEvent.organisation_id.in_(here))


def events(
    actor: Actor,
    *,
    who: str | None = None,
    command: str | None = None,
    subject: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Select[Any]:
    """The events the actor may read, latest first.

    `who`: part of the name of a person or organisation, or a whole e-mail address; `command`: part of its name;
    `subject`: the identity of a case, or the beginning of its kind; `since`, `until`: legal days, both included.
    """
    query = select(AuditEvent).where(visible_to(actor, AuditEvent))
    if who:
        query = query.where(_done_by(who))
    if command:
        query = query.where(AuditEvent.command.icontains(command, autoescape=True))
    if subject:
        query = query.where(_about(subject))
    if since:
        query = query.where(AuditEvent.at >= _midnight(since))
    if until:
        query = query.where(AuditEvent.at < _midnight(until + timedelta(days=1)))
    return query.order_by(AuditEvent.at.desc(), AuditEvent.id.desc())


def _done_by(who: str) -> ColumnElement[bool]:
    people = select(Person.id).where(
        or_(Person.name.icontains(who, autoescape=True), Person.email == who.lower())
    )
    bodies = select(Organisation.id).where(Organisation.name.icontains(who, autoescape=True))
    return or_(AuditEvent.user_id.in_(people), AuditEvent.organisation_id.in_(bodies))


def _about(subject: str) -> ColumnElement[bool]:
    try:
        return AuditEvent.subject_id == uuid.UUID(subject)
    except ValueError:
        return AuditEvent.subject_type.startswith(subject.replace(".", "_"), autoescape=True)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LEGAL_ZONE)


def event(actor: Actor, event_id: uuid.UUID) -> AuditEvent | None:
    """One event the actor may read."""
    return db.session.scalar(
        select(AuditEvent).where(AuditEvent.id == event_id, visible_to(actor, AuditEvent))
    )


def event_facts(row: AuditEvent) -> dict[str, Any]:
    """What an event says beyond its columns: input, results, and the duties that were checked with their articles."""
    facts = row.facts
    duties = [(name, DUTIES[name].basis if name in DUTIES else "") for name in facts["duties"]]
    following = select(AuditEvent).where(AuditEvent.caused_by_id == row.id).order_by(AuditEvent.id)
    return {
        "data": facts["data"],
        "notes": facts["notes"],
        "duties": duties,
        "profile_version": facts["profile_version"],
        "caused": db.session.scalars(following).all(),
        "cause": db.session.get(AuditEvent, row.caused_by_id) if row.caused_by_id else None,
    }


def names_of_events(rows: Iterable[AuditEvent]) -> dict[uuid.UUID, tuple[str, str]]:
    """Person and organisation of each event, as they were called when they acted."""
    named = ((row.id, row.facts) for row in rows)
    return {event_id: (str(facts["actor"]), str(facts["organisation"] or "")) for event_id, facts in named}
