"""Periods that the data of foreign catalogues cover: in a column each, or both in one (2015年至2020年, 2015/..)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from kernel.words import N_, Text
from registry.gateway.readings import NOTHING, EntryReading, Problem, Reading
from registry.gateway.spellings import is_empty
from registry.vocabulary import ENTRY_FIELDS, fold, periods
from registry.vocabulary.entry_fields import PERIODS

_NO_PERIOD = N_("“{word}” is no period that can be read; it is written like 2019, 2019-03 or 2019-03-31.")
_READ_AS_PERIOD = N_("“{word}” was read as {period}.")
_BACKWARDS = N_("The data cannot begin with {first} and end with {last}; neither was taken over.")
_ENDS = dict(PERIODS)
_RANGES = frozenset(fold(heading) for row in ENTRY_FIELDS.values() for heading in row.ranges)


def tells_both(field: str, heading: str) -> bool:
    """Whether a column of this heading, read as this field, tells the first and the last period in one cell."""
    return field in _ENDS and fold(heading) in _RANGES


def read_first(value: Any) -> Reading:
    """The first period; a cell may tell the last one as well."""
    return _read(value, _first)


def read_last(value: Any) -> Reading:
    """The last period; a word such as 至今 leaves it open."""
    return _read(value, _last)


def read_both(value: Any) -> Reading:
    """Both periods of one cell; a single one is both."""
    return _read(value, _both)


def _read(value: Any, reader: Callable[[str], Reading | None]) -> Reading:
    if is_empty(value) or isinstance(value, bool):
        return NOTHING
    word = value.isoformat()[:10] if isinstance(value, date) else " ".join(str(value).split())
    shown = word[: periods.LONGEST]
    found = reader(word)
    if found is None:
        return Reading(refused=Text(_NO_PERIOD, word=shown))
    if found.value in (None, word):
        return found
    said = Text(_READ_AS_PERIOD, word=shown, period=found.value)
    return Reading(found.value, "period_form", said, also=found.also)


def _first(word: str) -> Reading | None:
    one = periods.read(word)
    return Reading(one) if one else _both(word)


def _last(word: str) -> Reading | None:
    if periods.is_open(word):
        return NOTHING
    one = periods.read(word)
    return Reading(one) if one else None


def _both(word: str) -> Reading | None:
    found = periods.read_range(word)
    if found is None:
        return None
    first, last = found
    return Reading(first, also=tuple((end, last) for end in _ENDS.values() if last))


def check_order(entry: EntryReading) -> None:
    """Periods that contradict each other are reported and kept as they were read, beside the fields."""
    for begin, end in PERIODS:
        first, last = entry.fields.get(begin), entry.fields.get(end)
        if not periods.in_order(first, last):
            message = Text(_BACKWARDS, first=first, last=last)
            entry.problems.append(Problem(end, "out_of_order", message))
            entry.extras |= {ENTRY_FIELDS[name].zh: entry.fields.pop(name) for name in (begin, end)}
