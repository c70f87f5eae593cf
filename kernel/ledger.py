"""A clock as a pure function over what happened to it: stops with cause and proof, extensions with their approver.

Whatever is written here comes in as plain entries and goes out as a day and the steps that led to it; nothing asks for
the time. The days after a stop, up to and with the day on which the clock goes on, do not count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kernel.calendar import DueDay, Period, WorkingDayCalendar

STOP, EXTENSION = "stop", "extension"


@dataclass(frozen=True)
class Reckoning:
    """The last day of a clock with its ledger. `stopped`: it stands still, `due` is as if it went on today."""

    due: DueDay
    stopped: bool
    steps: tuple[dict[str, Any], ...]

    def why(self, first: DueDay) -> dict[str, Any]:
        """The facts behind the day, as DueDay.why gives them, with every step since the start."""
        facts = first.why() | {"due": self.due.on.isoformat(), "provisional": self.due.provisional}
        if self.steps:
            facts["steps"] = [dict(step) for step in self.steps]
            facts["moved_from"] = self.due.moved_from.isoformat() if self.due.moved_from else None
        return facts


def reckon(
    calendar: WorkingDayCalendar,
    start: date,
    period: Period,
    entries: Iterable[Mapping[str, Any]],
    today: date,
) -> Reckoning:
    """The last day of `period` from `start` under a ledger of entries in their order.

    A stop is {kind: stop, on, until (None while it lasts), …}; an extension {kind: extension, on, count, unit, …}; days
    as ISO text. Each step says the day it led to; whatever else the entry holds (cause, proof, who) goes along.
    """
    due, stopped, steps = calendar.due(start, period), False, list[dict[str, Any]]()
    for entry in entries:
        if entry["kind"] == STOP:
            stopped = entry["until"] is None
            until = today if stopped else date.fromisoformat(entry["until"])
            due = _after_stop(calendar, due, date.fromisoformat(entry["on"]), until)
        else:
            longer = Period(
                entry["count"], entry["unit"], period.key, entry.get("basis", ""), entry.get("trust", "")
            )
            due = _kept(due, calendar.due(due.on, longer))
        steps.append({**entry, "due": due.on.isoformat()})
    return Reckoning(due, stopped, tuple(steps))


def _after_stop(calendar: WorkingDayCalendar, due: DueDay, began: date, until: date) -> DueDay:
    """What was left of the period when the clock stopped runs on from the day it goes on; a clock run out stays so."""
    last = due.moved_from or due.on
    if until <= began or last < began:
        return due
    if due.period.unit == "working_days":
        left = Period(calendar.working_days_between(began, last), "working_days")
    else:
        left = Period((last - began).days, "days")
    after = calendar.due(until, left)
    if not left.count:
        after = replace(after, on=calendar.next_working_day(until))
    return _kept(due, after)


def _kept(before: DueDay, after: DueDay) -> DueDay:
    """The later day, under the name and basis of the period the clock began with."""
    provisional = before.provisional or after.provisional
    return replace(after, provisional=provisional, start=before.start, period=before.period)
