"""Reading the files operators deliver: CSV, JSON or XLSX as one table, and values that are not of their type."""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import openpyxl

from kernel.errors import InvalidInput
from kernel.uploads import decoded
from kernel.words import N_, Text

MAX_ROWS = 1_000_000
SHOWN_MISFITS = 5
_CODE = re.compile(r"\S{1,200}")


@dataclass(frozen=True)
class Table:
    """Column names and rows of text; an empty cell is ''."""

    columns: list[str]
    rows: list[list[str]]


def read_table(kind: str, content: bytes) -> Table:
    """The table in a file of kind csv, json or xlsx. Raises InvalidInput on `file` with what to do about it."""
    table = {"csv": _csv, "json": _json, "xlsx": _xlsx}[kind](content)
    if len(set(table.columns)) != len(table.columns) or not all(table.columns):
        raise _bad(N_("Every column needs a name of its own in the first row."))
    if len(table.rows) > MAX_ROWS:
        raise _bad(N_("The file has more than {most} rows. Deliver it in parts."), most=MAX_ROWS)
    return table


def misfits(table: Table, types: Mapping[str, str]) -> list[Text]:
    """The first values that are not of the type their field claims; `types`: field name to type."""
    found: list[Text] = []
    checks = [
        (number, name, _CHECKS.get(types.get(name, "text"))) for number, name in enumerate(table.columns)
    ]
    for line, row in enumerate(table.rows, start=2):
        for number, name, check in checks:
            if check is not None and row[number] and not check(row[number]):
                said = N_("Row {row}: “{value}” in {field} is not of its type.")
                found.append(Text(said, row=line, value=row[number][:40], field=name))
                if len(found) == SHOWN_MISFITS:
                    return found
    return found


def _bad(msgid: str, **params: Any) -> InvalidInput:
    return InvalidInput({"file": [Text(msgid, **params)]})


def _csv(content: bytes) -> Table:
    text = decoded(content)
    if text is None:
        raise _bad(N_("The file is neither UTF-8 nor GB 18030. Save it as CSV in UTF-8."))
    try:
        lines = list(csv.reader(io.StringIO(text), strict=True))
    except csv.Error as error:
        raise _bad(N_("The file is not sound CSV: {cause}."), cause=str(error)) from error
    return _table([line for line in lines if any(cell.strip() for cell in line)])


def _json(content: bytes) -> Table:
    try:
        listed = json.loads(content.decode("utf-8-sig"))
    except ValueError as error:
        raise _bad(N_("The file is not sound JSON in UTF-8.")) from error
    if not isinstance(listed, list) or not all(isinstance(row, dict) for row in listed):
        raise _bad(N_("The JSON file must be a list of objects with the same names."))
    columns = list(dict.fromkeys(name for row in listed for name in row))
    return Table(columns, [[_text(row.get(name)) for name in columns] for row in listed])


def _xlsx(content: bytes) -> Table:
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Exception as error:  # the library raises whatever the damage leads to
        raise _bad(N_("The workbook cannot be read. Save it again as .xlsx.")) from error
    try:
        first = book.worksheets[0]
        lines = [[_text(cell) for cell in row] for row in first.iter_rows(values_only=True)]
    finally:
        book.close()
    return _table([line for line in lines if any(line)])


def _table(lines: Sequence[Sequence[str]]) -> Table:
    if not lines:
        raise _bad(N_("The file is empty."))
    columns = [name.strip() for name in lines[0]]
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(columns):
            said = N_("Row {row} has {found} cells, the first row {expected}.")
            raise _bad(said, row=number, found=len(line), expected=len(columns))
    return Table(columns, [list(line) for line in lines[1:]])


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(sep=" ")
    if isinstance(cell, dict | list):
        return json.dumps(cell, ensure_ascii=False)
    return str(cell).strip()


def _decimal(value: str) -> bool:
    try:
        return Decimal(value.replace(",", "")).is_finite()
    except InvalidOperation:
        return False


def _iso(read: Any) -> Any:
    def check(value: str) -> bool:
        try:
            read(value)
        except ValueError:
            return False
        return True

    return check


_CHECKS = {
    "integer": re.compile(r"[+-]?\d{1,3}(,?\d{3})*|[+-]?\d+").fullmatch,
    "decimal": _decimal,
    "date": _iso(date.fromisoformat),
    "datetime": _iso(datetime.fromisoformat),
    "boolean": re.compile(r"(?i)true|false|0|1|是|否|yes|no").fullmatch,
    "code": _CODE.fullmatch,
}
