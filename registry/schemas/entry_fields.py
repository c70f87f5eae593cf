"""The fields of an entry as marshmallow fields, made from their one file: label, help, citation, length, vocabulary."""

from collections.abc import Callable
from typing import Any

from marshmallow import Schema, fields, validate

from kernel.fields import Words
from registry.schemas.choices import classes
from registry.schemas.periods import Period
from registry.vocabulary.codelist import CodeList
from registry.vocabulary.entry_fields import ENTRY_FIELDS, FORM_FIELDS, ITEM_FIELDS, PERIODS, EntryField
from registry.vocabulary.terms import TermCode

SEPARATOR = r"[、,，;；\n]"
LINE, TEXT = 300, 4000
MOST_WORDS, MOST_ITEMS, MOST_RECORDS = 50, 500, 10**15
Made = fields.Field[Any]


def _about(row: EntryField, **more: Any) -> dict[str, Any]:
    told = {"label": row.label, "basis": row.basis, "hint": row.help, "widget": row.widget} | more
    return {name: value for name, value in told.items() if value}


def _words(row: EntryField) -> Made:
    longest = row.longest or (TEXT if row.type == "text" else LINE)
    if row.required:
        return Words(required=True, validate=validate.Length(1, longest), metadata=_about(row))
    widget = {"widget": "textarea"} if row.type == "text" else {}
    return Words(validate=validate.Length(max=longest), allow_none=True, metadata=_about(row, **widget))


def _codes(row: EntryField) -> CodeList:
    codes = row.code_list
    if codes is None:
        raise ValueError(f"the field {row.name} names no code list")
    return codes


def _term(row: EntryField) -> Made:
    choices = classes(row.classes, row.choices) if row.classes else row.choices
    widget = row.widget or "select"
    return TermCode(_codes(row), allow_none=True, metadata=_about(row, widget=widget, choices=choices))


def _terms(row: EntryField) -> Made:
    return fields.List(TermCode(_codes(row)), metadata=_about(row, choices=row.choices))


def _choice(row: EntryField) -> Made:
    one_of = validate.OneOf([code for code, _ in row.choices])
    return fields.String(
        allow_none=True, validate=one_of, metadata=_about(row, choices=row.choices, widget="select")
    )


def _word_list(row: EntryField) -> Made:
    word = Words(validate=validate.Length(1, row.longest))
    return fields.List(
        word, validate=validate.Length(max=MOST_WORDS), metadata=_about(row, separator=SEPARATOR)
    )


def _items(row: EntryField) -> Made:
    return fields.List(
        fields.Nested(ItemInput), validate=validate.Length(max=MOST_ITEMS), metadata=_about(row)
    )


def _count(row: EntryField) -> Made:
    return fields.Integer(
        strict=False, allow_none=True, validate=validate.Range(0, MOST_RECORDS), metadata=_about(row)
    )


def _day(row: EntryField) -> Made:
    return fields.Date(allow_none=True, metadata=_about(row))


def _period(row: EntryField) -> Made:
    return Period(is_last=row.name in dict(PERIODS).values(), allow_none=True, metadata=_about(row))


def _flag(row: EntryField) -> Made:
    return fields.Boolean(metadata=_about(row, widget="checkbox"))


def _address(row: EntryField) -> Made:
    return fields.Url(schemes={"http", "https"}, allow_none=True, metadata=_about(row))


def _email(row: EntryField) -> Made:
    return fields.Email(allow_none=True, metadata=_about(row))


MAKE: dict[str, Callable[[EntryField], Made]] = {
    "line": _words,
    "text": _words,
    "code": _words,
    "words": _word_list,
    "term": _term,
    "terms": _terms,
    "choice": _choice,
    "items": _items,
    "count": _count,
    "day": _day,
    "period": _period,
    "flag": _flag,
    "address": _address,
    "email": _email,
}


class ItemInput(Schema.from_dict({name: MAKE[row.type](row) for name, row in ITEM_FIELDS.items()})):  # type: ignore[misc]
    """One data item (column) of an entry."""


ENTRY_INPUT: dict[str, Made] = {
    name: MAKE[ENTRY_FIELDS[name].type](ENTRY_FIELDS[name]) for name in FORM_FIELDS
}
