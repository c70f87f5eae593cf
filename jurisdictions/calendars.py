"""The national working-day calendar: the shipped years, and reading a yearly notice that somebody hands in.

A notice names only what differs from Monday to Friday: days off and weekend days worked. Two forms are read:
our own TOML (`[[break]]` with name, from, to, worked) and the widespread JSON with a list of
{"name", "date", "isOffDay"}.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from kernel.calendar import SATURDAY, WorkingDayCalendar, calendar_from_days
from kernel.words import N_, Text

FOLDER = Path(__file__).parent / "data" / "calendars"
# The days that every year has off by the statute; a notice without them is not a whole one.
ALWAYS_OFF = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
Row = tuple[date, bool, str]


class NoticeUnreadable(ValueError):
    """A yearly notice cannot be used; `problems` lists everything that is wrong with it, translatable."""

    def __init__(self, problems: list[Text]) -> None:
        super().__init__(" ".join(map(str, problems)))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Notice:
    """One year's notice: rows (day, is it a working day, holiday's name), and where it was announced."""

    year: int
    rows: tuple[Row, ...]
    notice: str = ""

    def plain(self) -> list[list[Any]]:
        """The rows as JSON data: [ISO day, is it a working day, name]."""
        return [[day.isoformat(), works, name] for day, works, name in self.rows]


@cache
def national_calendar() -> WorkingDayCalendar:
    """The calendar of the years shipped with the product."""
    notices = [read_notice(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))]
    rows = [row for notice in notices for row in notice.rows]
    return calendar_from_days(rows, years=[notice.year for notice in notices])


def read_notice(text: str) -> Notice:
    """A notice from TOML or JSON text; raises NoticeUnreadable with everything that is wrong."""
    text = text.removeprefix("\ufeff").lstrip()
    try:
        data = json.loads(text) if text.startswith("{") else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise NoticeUnreadable(
            [Text(N_("The file is neither TOML nor JSON: {error}."), error=str(error))]
        ) from error
    problems: list[Text] = []
    year = data.get("year")
    if isinstance(year, bool) or not isinstance(year, int) or not 2000 <= year <= 2100:
        problems.append(
            Text(N_("Give the year as a number, for example year = 2027, not {year}."), year=repr(year))
        )
        raise NoticeUnreadable(problems)
    days = data.get("days") if "days" in data else data.get("break")
    rows = list(_days(days, problems) if "days" in data else _breaks(days, problems))
    problems += _doubts(year, rows)
    if problems:
        raise NoticeUnreadable(problems)
    return Notice(year, tuple(sorted(rows)), _source(data))


def _source(data: Mapping[str, Any]) -> str:
    """Where the notice was published: our `notice`, or the addresses in `papers`."""
    papers = data.get("papers")
    return str(data.get("notice") or (" ".join(map(str, papers)) if isinstance(papers, list) else ""))


def _days(days: Any, problems: list[Text]) -> Iterator[Row]:
    """Rows of the JSON form."""
    for number, item in enumerate(_tables(days, problems), 1):
        day, off = _day(item.get("date")), item.get("isOffDay")
        if day is None:
            problems.append(_not_a_day(number, item.get("date")))
        elif not isinstance(off, bool):
            problems.append(
                Text(
                    N_("Entry {number}: isOffDay must be true or false, not {value}."),
                    number=number,
                    value=repr(off),
                )
            )
        else:
            yield day, not off, str(item.get("name", ""))


def _breaks(breaks: Any, problems: list[Text]) -> Iterator[Row]:
    """Rows of our own form."""
    for number, item in enumerate(_tables(breaks, problems), 1):
        name, worked = str(item.get("name", "")), item.get("worked", [])
        first, last = _day(item.get("from")), _day(item.get("to", item.get("from")))
        if first is None or last is None:
            problems.append(_not_a_day(number, item.get("to") if first else item.get("from")))
        elif not 0 <= (last - first).days <= 30:
            problems.append(
                Text(
                    N_("Entry {number}: the break from {first} to {last} is not possible."),
                    number=number,
                    first=first,
                    last=last,
                )
            )
        else:
            yield from ((first + timedelta(days=n), False, name) for n in range((last - first).days + 1))
        for value in worked if isinstance(worked, list) else [worked]:
            day = _day(value)
            if day is None:
                problems.append(_not_a_day(number, value))
            else:
                yield day, True, name


def _tables(items: Any, problems: list[Text]) -> list[Mapping[str, Any]]:
    if not isinstance(items, list) or not items or not all(isinstance(item, dict) for item in items):
        problems.append(Text(N_("The file lists no days: expected [[break]] tables, or a list called days.")))
        return []
    return items


def _day(value: Any) -> date | None:
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _not_a_day(number: int, value: Any) -> Text:
    return Text(
        N_("Entry {number}: {value} is not a day; write it like 2027-01-01."),
        number=number,
        value=repr(value),
    )


def _doubts(year: int, rows: list[Row]) -> Iterator[Text]:
    """What no true notice would say."""
    seen: dict[date, bool] = {}
    for day, works, _ in rows:
        if (
            abs((day - date(year, 7, 1)).days) > 215
        ):  # a break may reach into the neighbouring month, no further
            yield Text(N_("{day} does not belong to {year}."), day=day, year=year)
        if works and day.weekday() < SATURDAY:
            yield Text(N_("{day} is no Saturday or Sunday, so it need not be named as worked."), day=day)
        if day in seen:
            yield Text(N_("{day} is named twice."), day=day)
        seen[day] = works
    for month, number in ALWAYS_OFF if rows else ():
        day = date(year, month, number)
        if seen.get(day) is not False:
            yield Text(N_("{day} is a statutory holiday but is not among the days off."), day=day)
