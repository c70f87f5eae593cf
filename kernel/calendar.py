"""Legal time: periods, the working-day calendar, and due days that can say why they are what they are.

Pure: the calendar is data that comes in, the day a period starts comes in; nothing here asks for the time.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Literal

UNITS = ("working_days", "days", "months", "years", "at_once")
Unit = Literal["working_days", "days", "months", "years", "at_once"]
Reason = Literal["weekend", "holiday", "worked_weekend"]

SATURDAY, SUNDAY = 5, 6
# The statutory days with a fixed date; the others follow the moon and are known only from the yearly notice.
FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


class CalendarUnknown(LookupError):
    """The official calendar of that year is not loaded."""

    def __init__(self, year: int) -> None:
        super().__init__(f"The working-day calendar of {year} is not loaded; load the yearly notice.")
        self.year = year


@dataclass(frozen=True)
class Period:
    """A length of legal time; `key`, `basis` and `trust` say which rule it comes from."""

    count: int
    unit: Unit
    key: str = ""
    basis: str = ""
    trust: str = ""

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise ValueError(f"Unknown unit of time {self.unit!r}; known are {', '.join(UNITS)}.")
        if isinstance(self.count, bool) or not isinstance(self.count, int) or self.count < 0:
            raise ValueError(f"A period counts whole units from 0 up, not {self.count!r}.")


@dataclass(frozen=True)
class DayFact:
    """One day on the way to a due day that did not simply count: why, and the holiday's name if known."""

    on: date
    reason: Reason
    name: str = ""

    def plain(self) -> dict[str, str]:
        """As plain data."""
        return {"on": self.on.isoformat(), "reason": self.reason, "name": self.name}


@dataclass(frozen=True)
class DueDay:
    """The last day of a period. `provisional`: it rests on a year whose calendar is not loaded yet."""

    on: date
    provisional: bool
    start: date
    period: Period
    skipped: tuple[date, ...] = ()
    facts: tuple[DayFact, ...] = field(default=(), compare=False, repr=False)
    moved_from: date | None = None

    def why(self) -> dict[str, Any]:
        """The facts behind the day as plain data (days as ISO text), to be stored and explained.

        Keys: start, counted_from, count, unit, due, skipped and worked_weekends (each a list of {on, reason,
        name}), moved_from (the last day before a holiday moved it, or None), provisional, key, basis, trust.
        """
        at_once = self.period.unit == "at_once" or self.period.count == 0
        return {
            "start": self.start.isoformat(),
            "counted_from": (self.start if at_once else self.start + timedelta(days=1)).isoformat(),
            "count": self.period.count,
            "unit": self.period.unit,
            "due": self.on.isoformat(),
            "skipped": [fact.plain() for fact in self.facts if fact.reason != "worked_weekend"],
            "worked_weekends": [fact.plain() for fact in self.facts if fact.reason == "worked_weekend"],
            "moved_from": self.moved_from.isoformat() if self.moved_from else None,
            "provisional": self.provisional,
            "key": self.period.key,
            "basis": self.period.basis,
            "trust": self.period.trust,
        }


def term_end(start: date, period: Period, *, day_before: bool = False) -> date:
    """The last day of a term of validity: counted as in Civil Code 201-202, never moved by a holiday.

    `day_before=True` gives the day before the corresponding day, as some registries print it.
    Working days have no corresponding day: they need a calendar, so they are refused here.
    """
    if period.unit == "working_days":
        raise ValueError("A term in working days needs a calendar: use WorkingDayCalendar.due.")
    if period.unit == "at_once":
        return start
    if period.unit == "days":
        last = start + timedelta(days=period.count)
    else:
        last = _corresponding_day(start, period.count * (12 if period.unit == "years" else 1))
    return last - timedelta(days=1) if day_before else last


def _corresponding_day(start: date, months: int) -> date:
    """The same day of the month some months on, or that month's end where it has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class WorkingDayCalendar:
    """Which days are worked: the weekend, minus days off, plus weekend days worked in exchange.

    `years`: the years whose yearly notice is loaded; `names`: holiday names for explanations, may be partial.
    """

    years: frozenset[int] = frozenset()
    holidays: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    weekend: frozenset[int] = frozenset({SATURDAY, SUNDAY})
    names: Mapping[date, str] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        for name in ("years", "holidays", "worked", "weekend"):
            object.__setattr__(self, name, frozenset(getattr(self, name)))
        both = self.holidays & self.worked
        if both:
            raise ValueError(f"Both a day off and a day worked: {', '.join(map(str, sorted(both)))}.")

    def knows(self, day: date) -> bool:
        """Whether the official calendar of that day's year is loaded."""
        return day.year in self.years

    def is_working_day(self, day: date) -> bool:
        """By the official calendar; raises CalendarUnknown for a year that is not loaded."""
        if not self.knows(day):
            raise CalendarUnknown(day.year)
        return self.counts(day)

    def counts(self, day: date) -> bool:
        """As far as is known: in a year not loaded, Monday to Friday minus the fixed statutory days."""
        if day in self.worked:
            return True
        if day.weekday() in self.weekend or day in self.holidays:
            return False
        return self.knows(day) or (day.month, day.day) not in FIXED_HOLIDAYS

    def due(self, start: date, period: Period) -> DueDay:
        """The last day of `period` after `start`, which itself never counts (Civil Code 201).

        Working days: the N-th working day after the start. Days, months, years: the corresponding day, or the
        month's end (202); where that is a day off, the next working day (203). At once: the same day.
        """
        if period.unit == "at_once" or period.count == 0:
            return DueDay(start, False, start, period)
        if period.unit == "working_days":
            return self._working_days(start, period)
        return self._natural(start, period)

    def _working_days(self, start: date, period: Period) -> DueDay:
        day, left, facts, provisional = start, period.count, list[DayFact](), False
        while left:
            day += timedelta(days=1)
            provisional = provisional or not self.knows(day)
            left -= self.counts(day)
            facts += self._fact(day)
        return self._due_day(day, provisional, start, period, facts)

    def _natural(self, start: date, period: Period) -> DueDay:
        last = day = term_end(start, period)
        facts, provisional = list[DayFact](), not self.knows(day)
        while not self.counts(day):
            facts += self._fact(day)
            day += timedelta(days=1)
            provisional = provisional or not self.knows(day)
        due = self._due_day(day, provisional, start, period, facts)
        return replace(due, moved_from=last) if day != last else due

    @staticmethod
    def _due_day(on: date, provisional: bool, start: date, period: Period, facts: list[DayFact]) -> DueDay:
        skipped = tuple(fact.on for fact in facts if fact.reason != "worked_weekend")
        return DueDay(on, provisional, start, period, skipped, tuple(facts))

    def _fact(self, day: date) -> list[DayFact]:
        name = self.names.get(day, "")
        if self.counts(day):
            return [DayFact(day, "worked_weekend", name)] if day in self.worked else []
        plain_weekend = day.weekday() in self.weekend and day not in self.holidays
        return [DayFact(day, "weekend" if plain_weekend else "holiday", name)]

    def working_days_between(self, first: date, last: date) -> int:
        """Working days after `first` up to and including `last`; negative when `last` comes first.

        So `due(a, N working days).on == b` means `working_days_between(a, b) == N`. Years not loaded are
        counted as `counts` says.
        """
        if last < first:
            return -self.working_days_between(last, first)
        return sum(self.counts(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))

    def next_working_day(self, day: date) -> date:
        """That day if it is worked, else the first one after it that is (as far as is known)."""
        while not self.counts(day):
            day += timedelta(days=1)
        return day

    def with_year(
        self,
        year: int,
        holidays: Iterable[date],
        worked: Iterable[date],
        names: Mapping[date, str] | None = None,
    ) -> "WorkingDayCalendar":
        """A new calendar in which `year` is as given.

        Days of a neighbouring year may be among them (a New Year break can begin in December): they are
        changed in that year one by one, and the year does not become known by it.
        """
        off, on = frozenset(holidays), frozenset(worked)
        kept_off = frozenset(day for day in self.holidays if day.year != year) - on
        kept_on = frozenset(day for day in self.worked if day.year != year) - off
        return replace(
            self,
            years=self.years | {year},
            holidays=kept_off | off,
            worked=kept_on | on,
            names={**self.names, **(names or {})},
        )


def calendar_from_days(
    rows: Iterable[tuple[date, bool, str]], years: Iterable[int] | None = None
) -> WorkingDayCalendar:
    """A calendar from rows (day, is it a working day, holiday's name): every day, or only the exceptions.

    Without `years`, a year counts as known when its 1 October is among the rows: a notice always names that
    day, while stray days of a neighbouring year do not make that year known.
    """
    table = {day: (works, name) for day, works, name in rows}
    known = {day.year for day in table if (day.month, day.day) == (10, 1)} if years is None else set(years)
    weekend = {day for day in table if day.weekday() in (SATURDAY, SUNDAY)}
    off = {day for day, (works, name) in table.items() if not works and (name or day not in weekend)}
    worked = {day for day, (works, _) in table.items() if works and day in weekend}
    names = {day: name for day, (_, name) in table.items() if name}
    return WorkingDayCalendar(frozenset(known), frozenset(off), frozenset(worked), names=names)
