"""The fields of a catalogue entry, read from their one file: form, template, JSON Schema, rules and DCAT begin here."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from registry.vocabulary.codelist import CodeList, Term, load
from registry.vocabulary.steps import GROUND_REMOVED_BY, OPENING_GROUNDS

CHOICES = {"OPENING_GROUNDS": OPENING_GROUNDS, "GROUND_REMOVED_BY": GROUND_REMOVED_BY}
LISTS = frozenset({"words", "terms", "items"})


@dataclass(frozen=True, slots=True)
class EntryField:
    """One field of an entry, or one part of a data item. What each value means stands in entry_fields.toml."""

    name: str
    zh: str
    en: str
    type: str
    group: str = ""
    codes: str = ""
    longest: int = 0
    widget: str = ""
    basis: str = ""
    help: str = ""
    standard: str = ""
    dcat: str = ""
    classes: str = ""
    parts: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    asked_with: Mapping[str, frozenset[str]] = field(default_factory=dict)
    headings: tuple[str, ...] = ()
    not_after: str = ""
    ranges: tuple[str, ...] = ()
    public: bool = True
    form: bool = True
    searched: bool = False
    required: bool = False

    @property
    def label(self) -> str:
        """The English name as a heading; its message id."""
        return self.en[:1].upper() + self.en[1:]

    @property
    def code_list(self) -> CodeList | None:
        """The code list its values come from."""
        return None if "." not in self.codes else load(*self.codes.split("."))

    @property
    def choices(self) -> list[tuple[str, str]]:
        """(code, English words) of every value that can be chosen; empty where anything may be written."""
        codes = self.code_list
        if codes is not None:
            return [(term.code, term.en) for term in codes]
        return list(CHOICES[self.codes].items()) if self.codes else []

    @property
    def is_list(self) -> bool:
        """Whether it holds several values."""
        return self.type in LISTS

    def word(self, locale: str) -> str:
        """Its name as a heading."""
        return self.zh if locale.startswith("zh") else self.label


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that stand together in the form and on the page."""

    code: str
    zh: str
    en: str
    names: tuple[str, ...]


def _field(row: dict[str, Any]) -> EntryField:
    told = dict(row)
    told["alternatives"] = tuple(told.pop("or", ()))
    told |= {name: tuple(told.get(name, ())) for name in ("parts", "headings", "ranges")}
    told["asked_with"] = {name: frozenset(values) for name, values in told.get("asked_with", {}).items()}
    return EntryField(**told)


_FILE = tomllib.loads((Path(__file__).parent / "entry_fields.toml").read_text("utf-8"))
VERSION: str = _FILE["version"]
ENTRY_FIELDS: dict[str, EntryField] = {row["name"]: _field(row) for row in _FILE["field"]}
ITEM_FIELDS: dict[str, EntryField] = {row["name"]: _field(row) for row in _FILE["item"]}
FORM_FIELDS = tuple(name for name, row in ENTRY_FIELDS.items() if row.form)
LIST_FIELDS = frozenset(name for name, row in ENTRY_FIELDS.items() if row.is_list)
PUBLIC_FIELDS = frozenset(name for name, row in ENTRY_FIELDS.items() if row.public)
SEARCHED_FIELDS = tuple(name for name, row in ENTRY_FIELDS.items() if row.searched)
GROUPS = tuple(
    FieldGroup(**row, names=tuple(name for name, each in ENTRY_FIELDS.items() if each.group == row["code"]))
    for row in _FILE["group"]
)
# The period that begins what another one ends.
PERIODS = tuple((name, row.not_after) for name, row in ENTRY_FIELDS.items() if row.not_after)
# The fields as a code list, so that a field is found by any of its names.
FIELDS = CodeList("field", tuple(Term(row.name, row.zh, row.en) for row in ENTRY_FIELDS.values()))
# What the rules call a part of an entry → the groups of our fields that show it; one of each group must be filled.
PARTS: dict[str, tuple[tuple[str, ...], ...]] = {}
for _row in ENTRY_FIELDS.values():
    for _part in _row.parts:
        PARTS[_part] = (*PARTS.get(_part, ()), (_row.name, *_row.alternatives))
# Parts that only some entries have: field → (attribute, the values with which it is asked for).
ASKED_WITH: dict[str, tuple[str, frozenset[str]]] = {
    row.name: next(iter(row.asked_with.items())) for row in ENTRY_FIELDS.values() if row.asked_with
}
DCAT: dict[str, str] = {row.name: row.dcat for row in ENTRY_FIELDS.values() if row.dcat}
