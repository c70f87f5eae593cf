"""Running deadlines and the calendar in force: rows, so that each can say by when, for whom and why.

The table of deadlines is pure data (kernel.deadlines); the law that gives their length is found through `law`, which
the package of jurisdictions fills in: the kernel knows no jurisdiction.
"""

import uuid
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from kernel import clock
from kernel.calendar import DueDay, WorkingDayCalendar
from kernel.db import Record, db
from kernel.deadlines import Deadline, starting, stopping
from kernel.ledger import Reckoning, reckon

law: dict[str, Callable[..., Any]] = {}


Due = Callable[[date], Iterable[tuple[Any, ...]]]
SWEEPS: list[Due] = []


def sweep(find: Due) -> Due:
    """Register what time itself has to do: `find(today)` yields (command, subject id) or (command, subject id, data).

    The scheduler executes them as the system; nothing may depend on it having run.
    """
    SWEEPS.append(find)
    return find


class DueDate(Record):
    """One running clock of one subject. `state`: running, paused, met, met_late, missed (noted, still open).

    `ledger`: stops and extensions as kernel.ledger reads them; `asked`: an extension that waits for its approval.
    """

    __tablename__ = "due_date"
    subject_type: Mapped[str]
    subject_id: Mapped[uuid.UUID] = mapped_column(index=True)
    heading: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    command: Mapped[str]
    jurisdiction: Mapped[str] = mapped_column(index=True)
    waits_for: Mapped[str] = mapped_column(index=True)
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    started_on: Mapped[date]
    due_on: Mapped[date] = mapped_column(index=True)
    provisional: Mapped[bool] = mapped_column(default=False)
    period_key: Mapped[str]
    profile_version: Mapped[str]
    why: Mapped[dict[str, Any]]
    duties: Mapped[list[str]]
    state: Mapped[str] = mapped_column(default="running", index=True)
    ended_at: Mapped[datetime | None]
    warned_at: Mapped[datetime | None]
    escalated_at: Mapped[datetime | None]
    ledger: Mapped[list[Any]] = mapped_column(default=list)
    asked: Mapped[dict[str, Any]] = mapped_column(default=dict)


class CalendarYear(Record):
    """The official working days of a year, as loaded from the yearly notice; the latest loading of a year holds.

    `days`: lists of ISO day, whether it is worked, and the holiday's name where the notice gives one.
    """

    __tablename__ = "calendar_year"
    year: Mapped[int] = mapped_column(index=True)
    days: Mapped[list[Any]]
    notice: Mapped[str] = mapped_column(default="")
    loaded_at: Mapped[datetime]

    @property
    def heading(self) -> str:
        return str(self.year)


def calendar() -> WorkingDayCalendar:
    """The calendar in force: the shipped years, overridden and extended by the years that were loaded."""
    base: WorkingDayCalendar = law["calendar"]()
    for year in db.session.scalars(select(CalendarYear).order_by(CalendarYear.loaded_at)):
        days = [(date.fromisoformat(day), works, "".join(name)) for day, works, *name in year.days]
        holidays = frozenset(day for day, works, _ in days if not works)
        worked = frozenset(day for day, works, _ in days if works)
        base = base.with_year(year.year, holidays, worked, names={day: name for day, _, name in days if name})
    return base


def profile(subject: Any) -> Any:
    """The rules the case began under; without a version those in force today."""
    version = getattr(subject, "profile_version", None) or None
    return law["profile"](subject.jurisdiction, version=version, on=None if version else clock.today())


def due_day(subject: Any, key: str, start: date) -> DueDay | None:
    """The end of the period `key` from `start` under the subject's rules; None where they are silent."""
    rules = profile(subject)
    return None if rules.get(key) is None else calendar().due(start, rules.period(key))


def follow(command: str, subject: Any, now: datetime) -> None:
    """Stop and start the clocks of `subject` that `command` touches."""
    for row in stopping(command):
        stop(subject, row.name, now)
    for row in starting(command):
        if row.concerns(subject):
            start(subject, row, command, now)


def start(subject: Any, row: Deadline, command: str, now: datetime) -> "DueDate | None":
    """Start one clock; None where the rules give no period."""
    began = getattr(subject, row.counts_from) if row.counts_from else clock.legal_day(now)
    day = due_day(subject, row.period, began)
    if day is None:
        return None
    running = DueDate(
        subject_type=subject.__tablename__,
        subject_id=subject.id,
        heading=str(getattr(subject, "heading", "")),
        name=row.name,
        command=command,
        jurisdiction=subject.jurisdiction,
        waits_for=row.waits_for,
        organisation_id=getattr(subject, row.whose) if row.whose else None,
        started_on=began,
        due_on=day.on,
        provisional=day.provisional,
        period_key=row.period,
        profile_version=getattr(subject, "profile_version", ""),
        why=day.why(),
        duties=list(row.duties),
    )
    db.session.add(running)
    return running


def stop(subject: Any, name: str, now: datetime) -> None:
    """End the running clock of that name, noting whether it was met in time."""
    for row in running_of(subject):
        if row.name == name:
            row.state = "met" if clock.legal_day(now) <= row.due_on else "met_late"
            row.ended_at = now


def extend(subject: Any, name: str, key: str) -> DueDate:
    """Let the running clock of that name run longer by the period `key`, counted from its present last day.

    LookupError where no such clock runs or the rules give no such period: the caller has asked before.
    """
    row = next((row for row in running_of(subject) if row.name == name), None)
    day = due_day(subject, key, row.due_on) if row else None
    if row is None or day is None:
        raise LookupError(f"no clock {name} runs that {key} could extend")
    row.ledger = []  # the extended clock is reckoned from its former last day on
    row.why = day.why() | {"extended_from": row.due_on.isoformat()}
    row.started_on, row.due_on, row.period_key = row.due_on, day.on, key
    row.provisional, row.warned_at, row.state = row.provisional or day.provisional, None, "running"
    return row


def reckoned(row: DueDate, entries: Iterable[Any], today: date) -> tuple[Reckoning, dict[str, Any]]:
    """The last day of a clock under a ledger, and why: also asked before an entry is written, as a preview."""
    current, period = calendar(), profile(row).period(row.period_key)
    found = reckon(current, row.started_on, period, entries, today)
    return found, found.why(current.due(row.started_on, period))


def enter(row: DueDate, entries: list[Any], now: datetime) -> DueDate:
    """Write the ledger of a clock; its last day, its reasons and its state follow from it."""
    found, why = reckoned(row, entries, clock.legal_day(now))
    row.ledger, row.why, row.due_on, row.provisional = entries, why, found.due.on, found.due.provisional
    row.state = "paused" if found.stopped else "running"
    row.warned_at = row.escalated_at = None
    return row


def hand_over(subject: Any, before: uuid.UUID | None, after: uuid.UUID) -> None:
    """Let the running clocks of a subject wait for another organisation."""
    for row in running_of(subject):
        if row.organisation_id == before:
            row.organisation_id = after


def running_of(subject: Any) -> list[DueDate]:
    """The clocks that run for a subject, the nearest first."""
    open_ = DueDate.state.in_(("running", "paused", "missed"))
    query = select(DueDate).where(DueDate.subject_id == subject.id, open_).order_by(DueDate.due_on)
    return list(db.session.scalars(query))


def clocks_of(subject: Any) -> list[DueDate]:
    """All clocks of a subject, also those that ended."""
    query = (
        select(DueDate).where(DueDate.subject_id == subject.id).order_by(DueDate.started_on, DueDate.due_on)
    )
    return list(db.session.scalars(query))


def recompute_provisional(now: datetime) -> list[DueDate]:
    """Compute again every open provisional clock (after a year was loaded); those whose day changed or became firm."""
    changed, current = [], calendar()
    rows = select(DueDate).where(DueDate.provisional, DueDate.state.in_(("running", "missed")))
    for row in db.session.scalars(rows):
        period = profile(row).period(row.period_key)
        found = reckon(current, row.started_on, period, row.ledger, clock.legal_day(now))
        day = found.due
        if (day.on, day.provisional) != (row.due_on, row.provisional):
            row.due_on, row.provisional = day.on, day.provisional
            row.why = found.why(current.due(row.started_on, period))
            if row.state == "missed" and clock.legal_day(now) <= day.on:
                row.state = "running"
            changed.append(row)
    return changed
