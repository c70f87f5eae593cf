"""A row of a foreign file read as a catalogue entry: every value taken, mended with a note, or reported."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from kernel.words import N_, Text
from registry.gateway import contacts, dates, items, periods, prose, spellings
from registry.gateway.readings import NOTHING, EntryReading, Mending, Problem, Reading
from registry.vocabulary import CodeList
from registry.vocabulary.entry_fields import ENTRY_FIELDS, LIST_FIELDS

Reader = Callable[[Any], Reading]
Told = list[tuple[str, Any, str, Any]]  # heading, cell, the other field it tells of, what it tells
_STRICTEST = ("none", "conditional", "undecided", "open")
_LISTS = LIST_FIELDS - {"items"}

READERS: dict[str, Reader] = {
    "abstract": prose.read_abstract,
    "keywords": prose.read_keywords,
    "themes": spellings.read_topics,
    "industries": spellings.read_industries,
    "provider": contacts.read_body,
    "collector": contacts.read_body,
    "approver": contacts.read_body,
    "contact_phone": contacts.read_contact,
    "contact_email": contacts.read_email,
    "data_form": contacts.read_form,
    "formats": contacts.read_formats,
    "items": items.read_items,
    "record_count": dates.read_count,
    "update_frequency": spellings.read_frequency,
    "covers_from": periods.read_first,
    "covers_until": periods.read_last,
    "published_on": dates.read_day,
    "updated_on": dates.read_day,
    "source_url": contacts.read_address,
    "sharing_attribute": spellings.read_sharing,
}


def _reader_of_choice(choices: tuple[tuple[str, str], ...]) -> Reader:
    return lambda value: spellings.read_choice(value, choices)


def _reader_of_term(codes: CodeList) -> Reader:
    return lambda value: spellings.read_term(value, codes)


# Fields with a vocabulary of their own and no reader of their own are read by its words.
for _row in ENTRY_FIELDS.values():
    _codes = _row.code_list
    if _row.type == "choice":
        READERS[_row.name] = _reader_of_choice(tuple(_row.choices))
    elif _row.type == "term" and _codes is not None and _row.name != "opening_attribute":
        READERS.setdefault(_row.name, _reader_of_term(_codes))

# Of a hostile file: patterns that are quick on a cell of this size are slow on a megabyte.
_SHORT_CELL, _LONG_CELL = 2_000, 20_000
_LONG_FIELDS = frozenset({"abstract", "items", "keywords"})

# What differs from row to row anyway is not worth keeping.
_OWN_WORDS = frozenset({"abstract", "source_url", "items"})
_READ_ONCE, _MOST_KEPT = 80, 65_536
_MENDINGS: dict[tuple[str, str, int], tuple[Reading, Mending]] = {}

_CELL_TOO_LONG = N_("The cell is longer than {most} characters.")
_NOT_AN_OBJECT = N_("The row is not a record with named columns.")
_NO_TITLE = N_("The row names no resource: there is nothing in the columns that hold the name.")
_TRIAL = N_("“{title}” looks like a row that was typed to try the form.")
_UPDATED_FIRST = N_("The last update ({updated}) lies before the publication ({published}).")
_IN_THE_FUTURE = N_("The day {day} lies in the future.")
_CONFLICT = N_("Two columns say different things about opening; the stricter one was taken: “{word}”.")
_ALSO_TOLD = N_("Taken from the column “{heading}”.")


def read_entry(raw: Any, mapping: Mapping[str, str], *, today: date | None = None) -> EntryReading:
    """Read a raw row (heading → cell) by a mapping (heading → field; the preferred heading of a field first).

    Fields come back typed: codes of the vocabulary, dates, whole numbers, lists; a field that the file does not
    tell is absent. With `today`, days after it are reported.
    """
    entry = EntryReading()
    if not isinstance(raw, dict):
        entry.refused = Text(_NOT_AN_OBJECT)
        return entry
    told: Told = []
    for heading, field in mapping.items():
        if heading in raw:
            _take(entry, told, field, heading, raw[heading])
    _take_told(entry, told)
    for heading, value in raw.items():
        if heading not in mapping and not spellings.is_empty(value):
            entry.extras[str(heading)] = value
    _finish(entry, today)
    return entry


def _take(entry: EntryReading, told: Told, field: str, heading: str, value: Any) -> None:
    if isinstance(value, str) and len(value) > _SHORT_CELL:
        value = _bounded(entry, field, heading, value)
    if field == "opening_attribute":
        _take_opening(entry, told, heading, value)
        return
    known = entry.fields.get(field)
    if known is not None and field not in _LISTS:
        if value != known and not spellings.is_empty(value):
            entry.extras[heading] = value
        return
    reading = periods.read_both(value) if periods.tells_both(field, heading) else _read(field, value)
    if reading is NOTHING:
        return
    if field == "title" and reading.refused:
        entry.refused = reading.refused
    _record(entry, told, field, heading, value, reading)
    if reading.value is not None:
        _set(entry, field, reading.value)


def _bounded(entry: EntryReading, field: str, heading: str, cell: str) -> str | None:
    """A very long cell: running text is cut, a code or a number is left out."""
    long = field in _LONG_FIELDS or (field not in READERS and field not in ("title", "opening_attribute"))
    most = _LONG_CELL if long else _SHORT_CELL
    if len(cell) <= most:
        return cell
    entry.problems.append(Problem(field, "too_long", Text(_CELL_TOO_LONG, most=most)))
    entry.extras[heading] = cell[:most]
    return cell[:most] if long else None


def _read(field: str, value: Any) -> Reading:
    """A cell read as its field. Portals say the same in thousands of rows: a short cell is read once."""
    if field == "title":
        return prose.read_title(value)
    if isinstance(value, str) and len(value) <= _READ_ONCE and field not in _OWN_WORDS:
        return _read_short(field, value)
    return _read_cell(field, value)


def _read_cell(field: str, value: Any) -> Reading:
    reader = READERS.get(field)
    return reader(value) if reader else prose.read_line(value, prose.LONGEST_TEXT)


_read_short = lru_cache(maxsize=65_536)(_read_cell)


def _set(entry: EntryReading, field: str, value: Any) -> None:
    """Set a field; list fields of several columns are joined."""
    if field in _LISTS:
        entry.fields[field] = list(dict.fromkeys([*entry.fields.get(field, ()), *value]))
    else:
        entry.fields[field] = value


def _record(entry: EntryReading, told: Told, field: str, heading: str, value: Any, reading: Reading) -> None:
    if reading.mended and reading.note is not None:
        entry.mendings.append(_mending(field, value, reading))
    if reading.refused is not None:
        entry.problems.append(Problem(field, "not_understood", reading.refused))
        entry.extras[heading] = value
    for other, words in reading.also:
        told.append((heading, value, other, words))


def _mending(field: str, value: Any, reading: Reading) -> Mending:
    """The remark on a cell that was mended; the same for the same cell of another row."""
    key = (field, value, id(reading)) if isinstance(value, str) and len(value) <= _READ_ONCE else None
    known = _MENDINGS.get(key) if key else None
    if known is not None and known[0] is reading:
        return known[1]
    made = Mending(
        field, reading.mended or "", _shown(value), _shown(reading.value), reading.note or Text("")
    )
    if key:
        if len(_MENDINGS) >= _MOST_KEPT:
            _MENDINGS.clear()
        _MENDINGS[key] = (reading, made)
    return made


def _take_told(entry: EntryReading, told: Told) -> None:
    """What a column tells of another field counts after that field's own columns."""
    for heading, value, field, words in told:
        if field in _LISTS or field not in entry.fields:
            _set(entry, field, words)
            note = Text(_ALSO_TOLD, heading=heading)
            entry.mendings.append(Mending(field, "told_elsewhere", _shown(value), _shown(words), note))


def _take_opening(entry: EntryReading, told: Told, heading: str, value: Any) -> None:
    """Several columns may speak of opening: a stated class beats a mere place, the stricter of two classes wins."""
    reading = spellings.read_opening(value, heading)
    if reading is NOTHING:
        return
    known = entry.fields.get("opening_attribute")
    if known is None:
        _record(entry, told, "opening_attribute", heading, value, reading)
        if reading.value is not None:
            entry.fields["opening_attribute"] = reading.value
            _forget(entry.problems, "not_understood")
        return
    entry.extras[heading] = value
    told.extend((heading, value, field, words) for field, words in reading.also)
    if reading.value is None and "条件" in heading:
        told.append((heading, value, "opening_conditions", str(value).strip()))
    if reading.value not in (None, known):
        _weigh_opening(entry, known, reading, str(value))


def _weigh_opening(entry: EntryReading, known: str, reading: Reading, word: str) -> None:
    """Two columns name different classes."""
    if reading.mended == "channel":
        return
    if any(mending.rule == "channel" for mending in entry.mendings):
        _forget(entry.mendings, "channel")
    else:
        entry.problems.append(Problem("opening_attribute", "columns_differ", Text(_CONFLICT, word=word)))
        reading = min(reading, Reading(known), key=lambda each: _STRICTEST.index(each.value))
    entry.fields["opening_attribute"] = reading.value


def _forget(said: list[Any], rule: str) -> None:
    """What was said of one column on opening no longer holds once another one has answered."""
    said[:] = [each for each in said if (each.field, each.rule) != ("opening_attribute", rule)]


def _finish(entry: EntryReading, today: date | None) -> None:
    fields = entry.fields
    title = fields.get("title")
    if title is None:
        entry.refused = entry.refused or Text(_NO_TITLE)
        return
    entry.refused = None
    if prose.looks_like_a_trial(title):
        entry.problems.append(Problem("title", "trial", Text(_TRIAL, title=title)))
    if "items" not in fields and "abstract" in fields:
        found = items.items_in_abstract(fields["abstract"])
        if found.value:
            fields["items"] = found.value
            before, after = _shown(fields["abstract"]), _shown([item["name"] for item in found.value])
            entry.mendings.append(Mending("items", found.mended or "", before, after, found.note or Text("")))
    _check_days(entry, today)
    periods.check_order(entry)


def _check_days(entry: EntryReading, today: date | None) -> None:
    published, updated = entry.fields.get("published_on"), entry.fields.get("updated_on")
    if published and updated and updated < published:
        message = Text(_UPDATED_FIRST, updated=updated, published=published)
        entry.problems.append(Problem("updated_on", "updated_before_published", message))
    for field, day in (("published_on", published), ("updated_on", updated)):
        if today and day and day > today:
            entry.problems.append(Problem(field, "in_the_future", Text(_IN_THE_FUTURE, day=day)))


def _shown(value: Any) -> str:
    """A value as a person reads it in the report, not longer than a line or two."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        value = "、".join(map(str, value))
    shown = " ".join(str(value)[:1000].split())
    return shown if len(shown) <= 200 else shown[:199] + "…"
