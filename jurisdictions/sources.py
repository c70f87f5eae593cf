"""Reading the files that say what the rules are, and refusing bad ones with everything that is wrong at once.

A file is one jurisdiction, or several as `[[jurisdiction]]`. Each names `code`, `valid_from` and, the first time a code
appears, `level`, `parent`, `name_zh`, `name_en`; below `values` stand only the differences from the level above and
from its own earlier version: `reg.accept_wd = { value = 3, basis = "…", trust = "confirmed" }`. `silent = true` in
place of a value takes an inherited value away.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from jurisdictions.keys import CADENCES, TIME_UNITS, TRUST, WHOLE_UNITS, Key, UnknownKey, Words, key, leaves
from jurisdictions.profile import Value

LEVELS = ("national", "province", "prefecture", "county")
SECTION_FIELDS = {"code", "valid_from", "level", "parent", "name_zh", "name_en", "values"}
ENTRY_FIELDS = {"value", "silent", "unit", "basis", "trust", "note_en", "note_zh", "en", "zh"}


class RulesUnreadable(ValueError):
    """The rule files cannot be used; `problems` lists everything that is wrong with them."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("The rules cannot be loaded:\n- " + "\n- ".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Section:
    """What one file says of one jurisdiction from one day on. A value of None: the text takes it away."""

    code: str
    valid_from: date
    source: str
    level: str = ""
    parent: str | None = None
    name_zh: str = ""
    name_en: str = ""
    values: Mapping[str, Value | None] = field(default_factory=dict)
    shipped: bool = False


def read(paths: list[Path], problems: list[str], *, shipped: bool = False) -> list[Section]:
    """The sections of the files in order; what is wrong is added to `problems`."""
    sections: list[Section] = []
    for path in paths:
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            problems.append(f"{path.name}: not readable as TOML ({error}).")
            continue
        several = data.get("jurisdiction")
        tables = several if isinstance(several, list) else [data]
        if several is not None and set(data) != {"jurisdiction"}:
            problems.append(f"{path.name}: beside [[jurisdiction]] nothing else may stand at the top.")
        for table in tables:
            sections += _section(path.name, table, problems, shipped)
    return sections


def _section(source: str, table: Any, problems: list[str], shipped: bool) -> Iterator[Section]:
    code = table.get("code") if isinstance(table, dict) else None
    if not isinstance(code, str) or not re.fullmatch(r"CN|\d{6}", code):
        problems.append(f"{source}: code must be CN or six digits in quotes, not {code!r}.")
        return
    where = f"{source}, {code}"
    problems += [f"{where}: unknown field {name}." for name in sorted(set(table) - SECTION_FIELDS)]
    valid_from = table.get("valid_from")
    if type(valid_from) is not date:
        problems.append(
            f"{where}: valid_from must be a day such as 2027-01-01 without quotes, not {valid_from!r}."
        )
        return
    yield Section(
        code=code,
        valid_from=valid_from,
        source=source,
        level=str(table.get("level", "")),
        parent=table.get("parent"),
        name_zh=str(table.get("name_zh", "")),
        name_en=str(table.get("name_en", "")),
        values=dict(_values(where, code, table.get("values", {}), problems)),
        shipped=shipped,
    )


def _values(where: str, code: str, table: Any, problems: list[str]) -> Iterator[tuple[str, Value | None]]:
    if not isinstance(table, dict):
        problems.append(f"{where}: values must be a table.")
        return
    for name, entry in leaves(table, "value", "silent", "trust", "basis"):
        wrong = list(_entry_problems(name, entry))
        problems += [f"{where}: {name}: {problem}" for problem in wrong]
        if not wrong:
            yield name, None if entry.get("silent") else _value(key(name), entry, code)


def _value(of: Key, entry: Mapping[str, Any], code: str) -> Value:
    raw = entry["value"]
    return Value(
        key=of.name,
        value=tuple(raw) if isinstance(raw, list) else raw,
        unit=entry.get("unit", of.unit),
        basis=entry.get("basis", ""),
        trust=entry["trust"],
        origin=code,
        note=Words(entry.get("note_en", ""), entry.get("note_zh", "")),
        words=Words(entry.get("en", ""), entry.get("zh", "")),
    )


def _entry_problems(name: str, entry: Mapping[str, Any]) -> Iterator[str]:
    try:
        of = key(name)
    except UnknownKey as error:
        yield str(error.args[0])
        return
    extra = sorted(set(entry) - ENTRY_FIELDS)
    if extra:
        yield f"unknown {', '.join(extra) or 'form'}; write {{ value = …, basis = …, trust = … }}."
        return
    texts = [
        field
        for field in sorted(ENTRY_FIELDS - {"value", "silent"})
        if not isinstance(entry.get(field, ""), str)
    ]
    if texts:
        yield f"{', '.join(texts)} must be text in quotes."
    if "silent" in entry:
        if entry["silent"] is not True or "value" in entry:
            yield "write either silent = true or a value."
        return
    if entry.get("trust") not in TRUST:
        yield f"trust must be one of: {', '.join(TRUST)}; not {entry.get('trust')!r}."
    unit = entry.get("unit", of.unit)
    if unit != of.unit and not (unit in TIME_UNITS and of.unit in TIME_UNITS):
        yield f"the unit is {of.unit}; it cannot be changed to {unit}."
    if "value" not in entry:
        yield "there is no value."
    elif not _fits(of, entry["value"]):
        yield f"{entry['value']!r} is no {_expected(of)}."


def _fits(of: Key, value: Any) -> bool:
    """Whether a raw value has the form that the parameter's unit asks for."""
    if of.unit in WHOLE_UNITS:
        return type(value) is int and value >= 0
    if of.unit == "flag":
        return isinstance(value, bool)
    if of.unit in ("list", "numbers"):
        kind = str if of.unit == "list" else int
        unique = isinstance(value, list) and len(set(map(str, value))) == len(value) > 0
        return unique and all(type(item) is kind for item in value)
    if of.unit == "date":
        return type(value) is date
    if of.unit == "month-day":
        return isinstance(value, str) and _month_day(value)
    allowed = tuple(CADENCES) if of.unit == "period" else of.choices
    return isinstance(value, str) and bool(value) and (not allowed or value in allowed)


def _month_day(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d\d-\d\d", text)) and bool(date.fromisoformat(f"2000-{text}"))
    except ValueError:
        return False


def _expected(of: Key) -> str:
    """What would have fitted, in words."""
    allowed = tuple(CADENCES) if of.unit == "period" else of.choices
    if allowed:
        return f"known code ({', '.join(allowed)})"
    if of.unit in WHOLE_UNITS:
        return f"whole number of {of.unit}, 0 or more"
    forms = {
        "flag": "true or false",
        "list": "list of codes, each once",
        "numbers": "list of numbers, each once",
    }
    return forms.get(of.unit) or {"date": "day such as 2027-01-01", "month-day": 'day like "03-31"'}.get(
        of.unit, "text"
    )
