"""Everything supervision reads: running clocks, due work, loaded calendars, figures of the whole house."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true

from contracts.models import DevelopmentRight
from jurisdictions.profile import NATIONAL
from kernel import due
from kernel.actor import Actor
from kernel.audit import AuditEvent, unsealed
from kernel.calendar import CalendarUnknown
from kernel.db import db
from kernel.documents import Document
from kernel.due import CalendarYear, DueDate
from kernel.outbox import OutboxMessage
from kernel.pages.addresses import address_by_table
from kernel.permissions import visible, visible_to
from kernel.states import state_word


@visible(DueDate)
def clocks_of_actor(actor: Actor) -> ColumnElement[bool]:
    """Clocks that wait for the actor's organisation or office; the authority and the auditor see all of their area."""
    if actor.roles & {"authority", "auditor", "government"}:
        return DueDate.jurisdiction.in_(actor.jurisdictions)
    if actor.organisation_id is None:
        return false()
    return or_(DueDate.organisation_id == actor.organisation_id, _of_office(actor))


def _of_office(actor: Actor) -> ColumnElement[bool]:
    area = and_(DueDate.waits_for.in_(actor.roles), DueDate.jurisdiction.in_(actor.jurisdictions))
    return and_(DueDate.organisation_id.is_(None), area)


@visible(CalendarYear)
def calendar_years_of_actor(_actor: Actor) -> ColumnElement[bool]:
    """Working days are public."""
    return true()


def open_clocks(actor: Actor) -> Select[Any]:
    """The clocks that still run, nearest first."""
    running = DueDate.state.in_(("running", "missed"))
    return (
        select(DueDate).where(running, visible_to(actor, DueDate)).order_by(DueDate.due_on, DueDate.heading)
    )


def calendar_years(actor: Actor) -> Select[Any]:
    """The loaded years, latest first."""
    return select(CalendarYear).where(visible_to(actor, CalendarYear)).order_by(CalendarYear.loaded_at.desc())


@dataclass(frozen=True)
class Work:
    """A row of due work on a desk. `left`: working days left, negative when overdue, None in an unknown year."""

    heading: str
    address: str
    what: str
    who: str
    due_on: date
    left: int | None
    provisional: bool
    why: dict[str, Any]


def due_work(actor: Actor, today: date, limit: int = 50) -> list[Work]:
    """What waits for this actor (for the authority: its own work), by date."""
    query = open_clocks(actor).where(DueDate.waits_for.in_(actor.roles)).limit(limit)
    days = due.calendar()
    return [
        Work(
            heading=row.heading,
            address=address_by_table(row.subject_type, row.subject_id),
            what=state_word(row.name),
            who=state_word(row.waits_for),
            due_on=row.due_on,
            left=days_left(days, today, row.due_on),
            provisional=row.provisional,
            why=row.why,
        )
        for row in db.session.scalars(query)
    ]


def days_left(calendar: Any, today: date, due_on: date) -> int | None:
    """Working days from today to the last day; None where the calendar does not know the year."""
    try:
        return int(calendar.working_days_between(today, due_on))
    except CalendarUnknown:
        return None


def overdue(today: date) -> Iterable[DueDate]:
    """Running clocks whose last day has ended."""
    query = select(DueDate).where(DueDate.state == "running", DueDate.due_on < today).order_by(DueDate.due_on)
    return db.session.scalars(query).all()


def not_warned(today: date) -> Iterable[DueDate]:
    """Running clocks that have not warned yet."""
    where = (DueDate.state == "running", DueDate.warned_at.is_(None), DueDate.due_on >= today)
    return db.session.scalars(select(DueDate).where(*where).order_by(DueDate.due_on)).all()


def event_of_document(document: Document) -> AuditEvent | None:
    """The event in whose transaction the document was drawn up."""
    moment = AuditEvent.at == document.issued_at
    query = select(AuditEvent).where(AuditEvent.subject_id == document.subject_id, moment)
    for event in db.session.scalars(query.order_by(AuditEvent.id)):
        if any(note.get("sha256") == document.sha256 for note in event.notes):
            return event
    return None


def home_jurisdiction(actor: Actor) -> str:
    """The code whose rules a reader sees first: its own place, else the place most cases belong to, else the nation."""
    if actor.organisation_id is not None and actor.jurisdictions:
        return min(actor.jurisdictions, key=lambda code: (len(code.rstrip("0")), code))
    busiest = select(DueDate.jurisdiction).group_by(DueDate.jurisdiction).order_by(func.count().desc()).limit(1)
    return db.session.scalar(busiest) or NATIONAL


def health() -> dict[str, Any]:
    """Facts about the running installation for operators: database, calendar, queue, log."""
    waiting = OutboxMessage.state == "waiting"
    calendar = due.calendar()
    return {
        "database": db.engine.dialect.name,
        "calendar": {"years": sorted(calendar.years)},
        "queue": {
            "waiting": _count(OutboxMessage, waiting),
            "dead": _count(OutboxMessage, OutboxMessage.state == "dead"),
        },
        "log": {"events": _count(AuditEvent), "unsealed": unsealed()},
    }


def _count(model: Any, *where: Any) -> int:
    return db.session.scalar(select(func.count(model.id)).where(*where)) or 0


def right_of_application(application_id: uuid.UUID) -> DevelopmentRight:
    """The right that a granted application established."""
    query = select(DevelopmentRight).where(DevelopmentRight.application_id == application_id)
    return db.session.scalars(query).one()


def clock(clock_id: uuid.UUID) -> DueDate | None:
    """A clock by its identity."""
    return db.session.get(DueDate, clock_id)
