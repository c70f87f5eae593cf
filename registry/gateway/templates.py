"""The file an agency fills in to hand over a whole catalogue: XLSX with choices to pick from, or CSV."""

import csv
import io
from collections.abc import Collection
from typing import Any

import xlsxwriter

from kernel.words import N_, Text, translate
from registry.vocabulary.entry_fields import ENTRY_FIELDS, GROUPS, VERSION, EntryField

ROWS = 2_000  # rows of the sheet that offer their choices
_ENTRIES, _GUIDE, _LISTS = N_("Entries"), N_("How to fill it in"), N_("Lists")
_GUIDE_HEADINGS = (N_("Field"), N_("Needed here"), N_("What can stand there"), N_("Help"), N_("Basis"))
_VERSION = N_(
    "Metadata schema {version}. Leave the headings as they are; the order of the columns does not matter."
)
_SEVERAL, _ANY_OF = N_("several, parted by 、: {words}"), N_("one of: {words}")
_KINDS = {
    "line": N_("text"),
    "text": N_("text, several lines"),
    "code": N_("a code such as 307001/000001"),
    "words": N_("words, parted by 、"),
    "items": N_("names of the data items, parted by 、"),
    "count": N_("a whole number"),
    "period": N_("a year, a month or a day: 2019, 2019-03, 2019-03-31"),
    "day": N_("a day such as 2026-05-01"),
    "address": N_("an address that begins with http:// or https://"),
    "email": N_("an e-mail address"),
}
_WIDE, _NARROW = 28, 18


def template_fields() -> list[EntryField]:
    """The fields of the template, in the order of the form."""
    return [ENTRY_FIELDS[name] for group in GROUPS for name in group.names]


def csv_template(locale: str) -> bytes:
    """The headings alone, as a spreadsheet program reads them."""
    out = io.StringIO()
    csv.writer(out).writerow([row.word(locale) for row in template_fields()])
    return out.getvalue().encode("utf-8-sig")


def xlsx_template(locale: str, needed: Collection[str]) -> bytes:
    """A workbook: a sheet to fill in with lists to pick from, a guide to every field, the lists themselves.

    `needed`: the fields that the rules of the place ask for; their headings stand out.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet, guide, lists = (
            book.add_worksheet(translate(name, locale)) for name in (_ENTRIES, _GUIDE, _LISTS)
        )
        _entries(book, sheet, locale, needed, _listed(lists, locale))
        _guide(book, guide, locale, needed)
    return out.getvalue()


def _words(row: EntryField, locale: str) -> list[str]:
    return [translate(word, locale) for _, word in row.choices]


def _listed(sheet: Any, locale: str) -> dict[str, str]:
    """Write every list into a column of its own; the range of each by field."""
    ranges: dict[str, str] = {}
    for column, row in enumerate(row for row in template_fields() if row.choices):
        words = _words(row, locale)
        sheet.write_column(0, column, [row.word(locale), *words])
        letters = xlsxwriter.utility.xl_col_to_name(column)
        ranges[row.name] = f"='{translate(_LISTS, locale)}'!${letters}$2:${letters}${len(words) + 1}"
    return ranges


def _entries(book: Any, sheet: Any, locale: str, needed: Collection[str], ranges: dict[str, str]) -> None:
    must = book.add_format({"bold": True, "bg_color": "#f4d9c6", "text_wrap": True})
    may = book.add_format({"bold": True, "bg_color": "#e3e9ea", "text_wrap": True})
    for column, row in enumerate(template_fields()):
        sheet.write(0, column, row.word(locale), must if row.name in needed else may)
        sheet.set_column(
            column, column, _WIDE if row.type in ("text", "items") or row.name == "title" else _NARROW
        )
        about = "\n".join(
            part for part in (_what(row, locale), translate(row.help, locale), row.basis) if part
        )
        sheet.write_comment(0, column, about[:1000])
        if check := _check(row, ranges):
            sheet.data_validation(1, column, ROWS, column, check)
    sheet.freeze_panes(1, 1)


def _check(row: EntryField, ranges: dict[str, str]) -> dict[str, Any] | None:
    """What a cell of this field lets through; several terms in one cell can only be advised."""
    if row.type in ("term", "choice"):
        return {"validate": "list", "source": ranges[row.name]}
    if row.type == "count":
        return {"validate": "integer", "criteria": ">=", "value": 0}
    if row.longest and not row.is_list:
        return {"validate": "length", "criteria": "<=", "value": row.longest}
    return None


def _what(row: EntryField, locale: str) -> str:
    if row.choices:
        shape = _SEVERAL if row.is_list else _ANY_OF
        return translate(Text(shape, words="、".join(_words(row, locale))), locale)
    return translate(_KINDS[row.type], locale)


def _guide(book: Any, sheet: Any, locale: str, needed: Collection[str]) -> None:
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 1, _NARROW)
    sheet.set_column(2, 4, 2 * _WIDE)
    sheet.write(0, 0, translate(Text(_VERSION, version=VERSION), locale))
    for column, heading in enumerate(_GUIDE_HEADINGS):
        sheet.write(2, column, translate(heading, locale), bold)
    for number, row in enumerate(template_fields(), start=3):
        asked = translate(N_("yes"), locale) if row.name in needed else ""
        told = (row.word(locale), asked, _what(row, locale), translate(row.help, locale), row.basis)
        for column, cell in enumerate(told):
            sheet.write(number, column, cell, wrapped)
