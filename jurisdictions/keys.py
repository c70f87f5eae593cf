"""What each parameter of the rule book governs: its unit, its labels in both languages, the words of its values.

The words stand in `data/keys/*.toml` and `data/terms.toml`, beside the values, so that a page can show the rule book
of a jurisdiction without knowing any parameter by name.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"

TIME_UNITS = ("working days", "days", "months", "years", "at once", "hours", "minutes")
WHOLE_UNITS = (*TIME_UNITS, "percent", "bp", "fen", "number")
UNITS = (*WHOLE_UNITS, "flag", "list", "numbers", "text", "period", "date", "month-day")


@dataclass(frozen=True)
class Words:
    """A short text in both languages."""

    en: str
    zh: str

    def of(self, locale: str) -> str:
        """In 'en', or in Chinese for every locale that begins with 'zh'."""
        return self.zh if str(locale).startswith("zh") else self.en

    def __str__(self) -> str:
        return self.en

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)


CADENCES = {
    "continuous": Words("continuously", "持续"),
    "weekly": Words("weekly", "每周"),
    "monthly": Words("monthly", "每月"),
    "quarterly": Words("quarterly", "每季度"),
    "half_yearly": Words("half-yearly", "每半年"),
    "yearly": Words("yearly", "每年"),
    "regular": Words("regularly", "定期"),
}
TRUST = {
    "published": Words("published", "已公布"),
    "draft": Words("from a draft", "征求意见稿"),
    "confirmed": Words("confirmed by the authority", "主管部门已确认"),
    "unverified, high": Words("unverified, high confidence", "未核实（把握高）"),
    "unverified, medium-high": Words("unverified, fairly high confidence", "未核实（把握较高）"),
    "unverified, medium": Words("unverified, medium confidence", "未核实（把握中等）"),
    "unverified, low-medium": Words("unverified, fairly low confidence", "未核实（把握较低）"),
    "unverified, low": Words("unverified, low confidence", "未核实（把握低）"),
    "our reading": Words("our reading", "本平台理解"),
    "own default": Words("proposed default", "建议值"),
    "demonstration": Words("demonstration", "演示"),
}


@dataclass(frozen=True)
class Key:
    """One parameter: `name` as in profiles, `choices` the codes a text may take, `area` the file that documents it."""

    name: str
    unit: str
    label: Words
    governs: Words
    choices: tuple[str, ...] = ()
    area: str = ""


class UnknownKey(KeyError):
    """No parameter of that name is documented."""

    def __init__(self, name: str) -> None:
        near = get_close_matches(name, keys(), 1)
        hint = f" Did you mean {near[0]}?" if near else ""
        super().__init__(f"No parameter is called {name}.{hint} Parameters are documented in data/keys.")


@cache
def keys() -> Mapping[str, Key]:
    """Every documented parameter, by area and in the order of its file."""
    found: dict[str, Key] = {}
    for path in sorted((DATA / "keys").glob("*.toml")):
        for name, entry in leaves(tomllib.loads(path.read_text(encoding="utf-8")), "unit"):
            found[name] = _key(name, entry, path.stem)
    return found


def key(name: str) -> Key:
    """The parameter of that name; raises UnknownKey."""
    try:
        return keys()[name]
    except KeyError:
        raise UnknownKey(name) from None


def _key(name: str, entry: Mapping[str, Any], area: str) -> Key:
    return Key(
        name=name,
        unit=entry["unit"],
        label=Words(entry["en"], entry["zh"]),
        governs=Words(entry["governs_en"], entry["governs_zh"]),
        choices=tuple(entry.get("choices", ())),
        area=area,
    )


@cache
def _terms() -> Mapping[str, Words]:
    entries = tomllib.loads((DATA / "terms.toml").read_text(encoding="utf-8"))
    return {code: Words(entry["en"], entry["zh"]) for code, entry in entries.items()}


def term(code: str) -> Words:
    """The words for an item of a list; an item that an authority added without words shows as it is written."""
    return _terms().get(code) or Words(code.replace("_", " "), code.replace("_", " "))


def leaves(table: Mapping[str, Any], *marks: str, prefix: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The tables that hold one of `marks`, with their dotted names; a bare value stands as {"": value}."""
    for name, entry in table.items():
        dotted = f"{prefix}{name}"
        if not isinstance(entry, dict):
            yield dotted, {"": entry}
        elif any(mark in entry for mark in marks):
            yield dotted, entry
        else:
            yield from leaves(entry, *marks, prefix=f"{dotted}.")
