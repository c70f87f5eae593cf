"""The metadata schema of an entry as JSON Schema 2020-12, made from the one file of fields."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from registry.vocabulary import RESOURCE_CODE
from registry.vocabulary.entry_fields import ENTRY_FIELDS, ITEM_FIELDS, VERSION, EntryField
from registry.vocabulary.periods import PATTERN as PERIOD
from registry.vocabulary.steps import GROUND_REMOVED_BY, OPENING_GROUNDS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_LINE, _TEXT, _ITEMS, _WORDS, _MOST = 300, 4000, 500, 50, 10**15
Made = dict[str, Any]


def entry_schema(address: str, required: Iterable[str] = (), words: Mapping[str, str] | None = None) -> Made:
    """The schema under the address it is published at; `required`: the fields that the rules of a place ask for.

    `words`: help and labels in the reader's language by their English message.
    """
    said = (words or {}).get
    fields = {name: row for name, row in ENTRY_FIELDS.items() if row.form}
    asked = [name for name in dict.fromkeys(("title", *required)) if name in fields]
    return {
        "$schema": DIALECT,
        "$id": address,
        "title": "Catalogue entry of public data",
        "version": VERSION,
        "type": "object",
        "properties": {name: _property(row, said) for name, row in fields.items()},
        "required": asked,
        "additionalProperties": False,
    }


def _property(row: EntryField, said: Callable[[str, str], str | None]) -> Made:
    made = _MAKE[row.type](row) | {"title": said(row.label, row.label), "x-title-zh": row.zh}
    told: dict[str, Any] = {
        "description": said(row.help, row.help) if row.help else "",
        "x-basis": row.basis,
        "x-dcat": row.dcat,
    }
    told |= {"x-standard": row.standard, "x-public": row.public, "x-group": row.group}
    return made | {name: value for name, value in told.items() if value not in ("", True)}


def _text(row: EntryField) -> Made:
    longest = row.longest or (_TEXT if row.type == "text" else _LINE)
    return {"type": "string", "maxLength": longest} | ({"minLength": 1} if row.required else {})


def _codes(row: EntryField) -> Made:
    codes = row.code_list
    if codes is None:
        grounds = {**OPENING_GROUNDS, **GROUND_REMOVED_BY}
        return {"oneOf": [{"const": code, "title": grounds[code]} for code, _ in row.choices]}
    told = [{"const": term.code, "title": term.en, "x-title-zh": term.zh} for term in codes]
    return {
        "oneOf": [
            made | ({"x-uri": term.uri} if term.uri else {}) for made, term in zip(told, codes, strict=True)
        ]
    }


def _many_codes(row: EntryField) -> Made:
    return {"type": "array", "items": _codes(row), "uniqueItems": True}


def _items(_row: EntryField) -> Made:
    item = {name: _property(part, lambda text, other: other) for name, part in ITEM_FIELDS.items()}
    required = [name for name, part in ITEM_FIELDS.items() if part.required]
    of_one = {"type": "object", "properties": item, "required": required, "additionalProperties": False}
    return {"type": "array", "items": of_one, "maxItems": _ITEMS}


_MAKE: dict[str, Callable[[EntryField], Made]] = {
    "line": _text,
    "text": _text,
    "code": lambda row: {"type": "string", "pattern": f"^(?:{RESOURCE_CODE.pattern})$"},
    "words": lambda row: {
        "type": "array",
        "items": {"type": "string", "minLength": 1, "maxLength": row.longest},
        "maxItems": _WORDS,
    },
    "term": _codes,
    "terms": _many_codes,
    "choice": _codes,
    "items": _items,
    "count": lambda row: {"type": "integer", "minimum": 0, "maximum": _MOST},
    "period": lambda row: {"type": "string", "pattern": f"^(?:{PERIOD})$"},
    "day": lambda row: {"type": "string", "format": "date"},
    "flag": lambda row: {"type": "boolean"},
    "address": lambda row: {"type": "string", "format": "uri", "pattern": "^https?://"},
    "email": lambda row: {"type": "string", "format": "email"},
}
