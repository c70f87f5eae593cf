"""A foreign file read into raw rows: JSON, CSV or a spreadsheet. What is not what it says is refused."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kernel.errors import InvalidInput
from kernel.words import N_, Text
from registry.gateway.damaged import recovered_elements
from registry.gateway.spreadsheets import spreadsheet_cells

_EMPTY = N_("The file is empty.")
_TOO_LARGE = N_("The file has {size} bytes; at most {limit} can be taken. Split it and hand it in in parts.")
_TOO_MANY_ROWS = N_("The file has more than {limit} rows. Split it and hand it in in parts.")
_KIND = N_("“{filename}” is neither JSON nor CSV nor XLSX. Hand in one of these.")
_NOT_WHAT_IT_SAYS = N_("“{filename}” is not what its name says: its content is {found}.")
_OLD_EXCEL = N_("“{filename}” is in the old Excel format. Save it as XLSX or CSV and hand it in again.")
_ENCODING = N_("The text is neither UTF-8 nor GB 18030. Save the file as UTF-8 and hand it in again.")
_NO_ARRAY = N_("The JSON file holds no list of records.")
_NO_HEADINGS = N_("The first row holds no headings.")
_DAMAGED = N_(
    "The JSON file is damaged near line {line}: {count} records could be saved; what stood there is lost."
)
_EXTRA_CELLS = N_("Row {number} has more cells than there are headings; the surplus was left out.")
_DOUBLE_HEADING = N_("The heading “{heading}” stands twice; the second one is called “{renamed}”.")
_FOUND = {
    "pdf": N_("a PDF document"),
    "zip": N_("an archive or a spreadsheet"),
    "old_excel": N_("an old Office file"),
    "html": N_("a web page"),
    "json": N_("JSON"),
    "binary": N_("not text"),
}


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as it stood. `number` counts records from 1; `values`: heading → cell, or what stood there instead."""

    number: int
    values: Any


@dataclass(frozen=True)
class RowFile:
    """The rows of a file. `encoding` is 'utf-8', 'gb18030' or 'xlsx'; `problems` concern the file as a whole."""

    rows: list[RawRow]
    encoding: str
    headings: list[str]
    problems: list[Text] = field(default_factory=list)


def read_rows(filename: str, content: bytes, *, byte_limit: int, row_limit: int) -> RowFile:
    """The rows of a file handed in. Raises InvalidInput with the reason under 'file'.

    `byte_limit` also bounds what an XLSX may unpack to (ten times of it).
    """
    if not content.strip():
        raise _refuse(_EMPTY)
    if len(content) > byte_limit:
        raise _refuse(_TOO_LARGE, size=len(content), limit=byte_limit)
    kind, found = _said(filename), _found(content)
    if found == "old_excel":
        raise _refuse(_OLD_EXCEL, filename=filename)
    if found != {"xlsx": "zip"}.get(kind) and (found in ("pdf", "zip", "html", "binary") or kind == "xlsx"):
        raise _refuse(
            _NOT_WHAT_IT_SAYS, filename=filename, found=Text(_FOUND.get(found or "", N_("plain text")))
        )
    if kind == "xlsx":
        return _table(spreadsheet_cells(content, byte_limit, row_limit), "xlsx", row_limit)
    text, encoding = _decoded(content)
    if kind == "json":
        return _json(text, encoding, row_limit)
    if found == "json":
        raise _refuse(_NOT_WHAT_IT_SAYS, filename=filename, found=Text(_FOUND[found]))
    return _table(_csv_cells(text), encoding, row_limit)


def joined_repeats(rows: list[RawRow]) -> tuple[list[RawRow], dict[int, int]]:
    """Rows without those that repeat an earlier one wholly, and number → number of the row it repeats.

    Only a row that is the same in every cell is joined: agency, title and address repeat in real catalogues.
    """
    first: dict[str, int] = {}
    kept, repeats = [], {}
    for row in rows:
        written = json.dumps(row.values, ensure_ascii=False, sort_keys=True, default=str)
        if written in first:
            repeats[row.number] = first[written]
        else:
            first[written] = row.number
            kept.append(row)
    return kept, repeats


def _refuse(msgid: str, **params: Any) -> InvalidInput:
    return InvalidInput({"file": [Text(msgid, **params)]})


def _said(filename: str) -> str:
    ending = filename.rsplit(".", 1)[-1].lower() if "." in filename else ""
    if ending in ("json", "csv", "xlsx"):
        return ending
    if ending in ("txt", "tsv"):
        return "csv"
    if ending == "xls":
        raise _refuse(_OLD_EXCEL, filename=filename)
    raise _refuse(_KIND, filename=filename)


def _found(content: bytes) -> str | None:
    """What the first bytes show the content to be, or None for text that may be JSON or CSV."""
    head = content[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith(b"%pdf-"):
        return "pdf"
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return "old_excel"
    if head.startswith((b"<!doctype", b"<html", b"<?xml", b"<svg", b"<script")):
        return "html"
    if head.startswith((b"[{", b'{"')) or (head.startswith(b"[") and head[1:].lstrip().startswith(b"{")):
        return "json"
    return "binary" if b"\x00" in content[:4096] else None


def _decoded(content: bytes) -> tuple[str, str]:
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("gb18030"), "gb18030"
    except UnicodeDecodeError as error:
        raise _refuse(_ENCODING) from error


def _json(text: str, encoding: str, row_limit: int) -> RowFile:
    problems: list[Text] = []
    try:
        values = json.loads(text, parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        values = recovered_elements(text, row_limit)
        if not values:
            raise _refuse(_NO_ARRAY) from error
        line = getattr(error, "lineno", 1)
        problems.append(Text(_DAMAGED, line=line, count=len(values)))
    if isinstance(values, dict):
        values = next((part for part in values.values() if isinstance(part, list)), [values])
    if not isinstance(values, list) or not values:
        raise _refuse(_NO_ARRAY)
    if len(values) > row_limit:
        raise _refuse(_TOO_MANY_ROWS, limit=row_limit)
    rows = [RawRow(number, value) for number, value in enumerate(values, start=1)]
    headings = dict.fromkeys(heading for value in values if isinstance(value, dict) for heading in value)
    return RowFile(rows, encoding, list(headings), problems)


def _csv_cells(text: str) -> Iterator[list[Any]]:
    """Cells of every row. The delimiter is the one of , ; tab | that stands most often in the first line."""
    first_line = text.split("\n", 1)[0]
    delimiter = max(",;\t|，", key=first_line.count)
    csv.field_size_limit(1_000_000)
    try:
        yield from csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise _refuse(N_("The CSV file cannot be read: {reason}."), reason=str(error)) from error


def _table(cells: Iterator[list[Any]], encoding: str, row_limit: int) -> RowFile:
    problems: list[Text] = []
    headings = _headings(next(cells, []), problems)
    rows: list[RawRow] = []
    for record in cells:
        if not any(cell not in (None, "") for cell in record):
            continue
        number = len(rows) + 1
        if number > row_limit:
            raise _refuse(_TOO_MANY_ROWS, limit=row_limit)
        if any(cell not in (None, "") for cell in record[len(headings) :]):
            problems.append(Text(_EXTRA_CELLS, number=number))
        rows.append(
            RawRow(number, {head: cell for head, cell in zip(headings, record, strict=False) if head})
        )
    return RowFile(rows, encoding, [heading for heading in headings if heading], problems)


def _headings(record: list[Any], problems: list[Text]) -> list[str]:
    headings: list[str] = []
    for cell in record:
        heading = " ".join(str(cell).split()).rstrip("：:") if cell is not None else ""
        if heading and heading in headings:
            renamed = f"{heading} ({headings.count(heading) + 1})"
            problems.append(Text(_DOUBLE_HEADING, heading=heading, renamed=renamed))
            heading = renamed
        headings.append(heading)
    if not any(headings):
        raise _refuse(_NO_HEADINGS)
    return headings
