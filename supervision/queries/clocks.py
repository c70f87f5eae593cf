"""Running clocks: who sees them, what waits for whom, what is overdue; and the loaded calendar years."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true

from kernel import due
from kernel.actor import Actor
from kernel.calendar import WorkingDayCalendar
from kernel.clock import LEGAL_ZONE
from kernel.db import db
from kernel.due import CalendarYear, DueDate
from kernel.pages.addresses import PAGES, address_of
from kernel.permissions import visible, visible_to
from kernel.states import state_word
from supervision.rules import clock_may_escalate

OVERSEERS = frozenset({"authority", "auditor", "government"})
OPEN = ("running", "paused", "missed")


@visible(DueDate)
def clocks_of_actor(actor: Actor) -> ColumnElement[bool]:
    """Clocks that wait for the actor's organisation or office; those who oversee see all of their area."""
    if actor.roles & OVERSEERS:
        return DueDate.jurisdiction.in_(actor.jurisdictions)
    return _mine(actor)


def _mine(actor: Actor) -> ColumnElement[bool]:
    """Named organisation: that one alone. None named: every office of that role in the place."""
    if actor.organisation_id is None:
        return false()
    office = and_(DueDate.waits_for.in_(actor.roles), DueDate.jurisdiction.in_(actor.jurisdictions))
    return or_(
        DueDate.organisation_id == actor.organisation_id, and_(DueDate.organisation_id.is_(None), office)
    )


@visible(CalendarYear)
def calendar_years_of_actor(_actor: Actor) -> ColumnElement[bool]:
    """Working days are public."""
    return true()


def open_clocks(actor: Actor) -> Select[Any]:
    """The clocks that still run, nearest first."""
    running = DueDate.state.in_(OPEN)
    return (
        select(DueDate).where(running, visible_to(actor, DueDate)).order_by(DueDate.due_on, DueDate.heading)
    )


def clocks(
    actor: Actor,
    *,
    state: str | None = None,
    waits_for: str | None = None,
    step: str | None = None,
    until: date | None = None,
    q: str | None = None,
) -> Select[Any]:
    """The running clocks that fit. `state`: running, warned, missed or provisional; `until` the latest last day."""
    query = open_clocks(actor)
    kinds: dict[str, ColumnElement[bool]] = {
        "running": DueDate.state == "running",
        "missed": DueDate.state == "missed",
        "paused": DueDate.state == "paused",
        "escalated": and_(DueDate.state == "running", DueDate.escalated_at.is_not(None)),
        "warned": and_(DueDate.state == "running", DueDate.warned_at.is_not(None)),
        "provisional": DueDate.provisional.is_(True),
    }
    if state:
        query = query.where(kinds.get(state, false()))
    if waits_for:
        query = query.where(DueDate.waits_for == waits_for)
    if step:
        query = query.where(DueDate.name == step)
    if until:
        query = query.where(DueDate.due_on <= until)
    return query.where(DueDate.heading.icontains(q, autoescape=True)) if q else query


def steps(actor: Actor) -> tuple[list[str], list[str]]:
    """Names of steps and roles that occur among the actor's running clocks, for the filters."""
    found = open_clocks(actor).order_by(None).with_only_columns(DueDate.name, DueDate.waits_for).distinct()
    rows = db.session.execute(found).all()
    return sorted({name for name, _ in rows}), sorted({role for _, role in rows})


def clock(actor: Actor, clock_id: uuid.UUID) -> DueDate | None:
    """A clock the actor may see, by its identity."""
    return db.session.scalar(select(DueDate).where(DueDate.id == clock_id, visible_to(actor, DueDate)))


def calendar_years(actor: Actor) -> Select[Any]:
    """The loaded years, latest first."""
    return select(CalendarYear).where(visible_to(actor, CalendarYear)).order_by(CalendarYear.loaded_at.desc())


@dataclass(frozen=True)
class Work:
    """A row of due work on a desk. `left`: working days left, negative when overdue."""

    heading: str
    address: str
    what: str
    who: str
    due_on: date
    left: int
    provisional: bool
    why: dict[str, Any]


def due_work(actor: Actor, today: date, limit: int = 50) -> list[Work]:
    """What waits for this actor's organisation or office, by date."""
    rows = db.session.scalars(open_clocks(actor).where(_mine(actor)).limit(limit)).all()
    return _work(rows, today)


def overdue_in_area(actor: Actor, today: date, limit: int = 20) -> list[Work]:
    """For those who oversee: what others have left undone. The authority's own delays come first for a government."""
    query = open_clocks(actor).where(DueDate.due_on < today)
    if "government" in actor.roles:
        query = query.order_by(None).order_by(
            (DueDate.waits_for != "authority"), DueDate.due_on, DueDate.heading
        )
    return _work(db.session.scalars(query.limit(limit)).all(), today)


def _work(rows: Sequence[DueDate], today: date) -> list[Work]:
    days, where = due.calendar(), addresses_of(rows)
    return [
        Work(
            heading=row.heading or state_word(row.name),
            address=where[row.id],
            what=state_word(row.name),
            who=state_word(row.waits_for),
            due_on=row.due_on,
            left=days_left(days, today, row.due_on),
            provisional=row.provisional,
            why=row.why,
        )
        for row in rows
    ]


def addresses_of(rows: Iterable[Any]) -> dict[uuid.UUID, str]:
    """The pages of the subjects of clocks or events, by the row's identity: one question a table, not one a row."""
    wanted: dict[str, set[uuid.UUID]] = {}
    listed = list(rows)
    for row in listed:
        wanted.setdefault(row.subject_type, set()).add(row.subject_id)
    found: dict[uuid.UUID, str] = {}
    for model in PAGES:
        if ids := wanted.get(getattr(model, "__tablename__", "")):
            table: Any = model
            for subject in db.session.scalars(select(table).where(table.id.in_(ids))):
                found[subject.id] = address_of(subject)
    return {row.id: found.get(row.subject_id, "") for row in listed}


def days_left(calendar: WorkingDayCalendar, today: date, due_on: date) -> int:
    """Working days from today to the last day; negative once it has ended, also when only days off have passed."""
    left = calendar.working_days_between(today, due_on)
    return min(left, -1) if due_on < today else left


def area_figures(actor: Actor, today: date) -> dict[str, int]:
    """How the clocks of the actor's area stand: running, warned, overdue, provisional, met late since New Year."""
    since = datetime(today.year, 1, 1, tzinfo=LEGAL_ZONE)
    running = DueDate.state == "running"
    counted: dict[str, ColumnElement[bool]] = {
        "running": DueDate.state.in_(OPEN),
        "warned": and_(running, DueDate.warned_at.is_not(None), DueDate.due_on >= today),
        "overdue": and_(DueDate.state.in_(OPEN), DueDate.due_on < today),
        "provisional": and_(DueDate.state.in_(OPEN), DueDate.provisional.is_(True)),
        "late": and_(DueDate.state == "met_late", DueDate.ended_at >= since),
    }
    columns = [func.count().filter(condition).label(name) for name, condition in counted.items()]
    row = db.session.execute(select(*columns).where(visible_to(actor, DueDate))).one()
    return dict(row._mapping)


def overdue(today: date) -> Iterable[DueDate]:
    """Running clocks whose last day has ended."""
    query = select(DueDate).where(DueDate.state == "running", DueDate.due_on < today).order_by(DueDate.due_on)
    return db.session.scalars(query).all()


def not_warned(today: date) -> Iterable[DueDate]:
    """Running clocks that have not warned yet."""
    where = (DueDate.state == "running", DueDate.warned_at.is_(None), DueDate.due_on >= today)
    return db.session.scalars(select(DueDate).where(*where).order_by(DueDate.due_on)).all()


def to_escalate(today: date) -> list[uuid.UUID]:
    """Running clocks whose superiors have not been told yet that they are about to be missed."""
    where = (DueDate.state == "running", DueDate.escalated_at.is_(None), DueDate.due_on >= today)
    calendar, found = due.calendar(), db.session.scalars(select(DueDate).where(*where).order_by(DueDate.due_on)).all()
    return [
        row.id
        for row in found
        if clock_may_escalate(
            days_left(calendar, today, row.due_on), due.profile(row).number("deadline.escalate_wd")
        )
    ]


def stopped_too_long(today: date) -> list[uuid.UUID]:
    """Clocks that have stood still as long as the rules allow."""
    calendar, found = due.calendar(), db.session.scalars(select(DueDate).where(DueDate.state == "paused")).all()
    return [
        row.id
        for row in found
        if calendar.working_days_between(date.fromisoformat(row.ledger[-1]["on"]), today)
        >= due.profile(row).number("deadline.stop_wd")
    ]
