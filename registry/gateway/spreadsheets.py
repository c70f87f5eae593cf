"""Cells of an XLSX file, after its archive was looked at: no bombs, no entities, only values."""

import io
import os
import zipfile
from collections.abc import Iterator
from typing import Any

from kernel.errors import InvalidInput
from kernel.words import N_, Text

os.environ.setdefault("OPENPYXL_LXML", "False")  # openpyxl then parses with defusedxml throughout

from openpyxl import load_workbook  # noqa: E402

MOST_MEMBERS, HIGHEST_RATIO, UNPACKED_TIMES, MOST_COLUMNS = 500, 200, 10, 300
_NOT_A_SPREADSHEET = N_("The file is not a readable XLSX spreadsheet.")
_BOMB = N_("The spreadsheet unpacks to far more than it should and was not opened.")
_ENTITIES = N_("The spreadsheet declares entities, as no spreadsheet program does, and was not opened.")
_NO_SHEET = N_("The spreadsheet has no sheet with rows.")


def spreadsheet_cells(content: bytes, byte_limit: int, row_limit: int) -> Iterator[list[Any]]:
    """The cells of the first sheet that has any, row by row: values, never formulas. Raises InvalidInput."""
    _look_at_archive(content, byte_limit)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheets = book.worksheets
    except Exception as error:
        raise _refuse(_NOT_A_SPREADSHEET) from error
    for sheet in sheets:
        sheet.reset_dimensions()
        cells = _cells(sheet, row_limit)
        first = next(cells, None)
        if first is not None:
            yield first
            yield from cells
            return
    raise _refuse(_NO_SHEET)


def _cells(sheet: Any, row_limit: int) -> Iterator[list[Any]]:
    """Rows up to two beyond the limit, so that the reader of the rows can say that there are too many."""
    given = 0
    try:
        for record in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS):
            if any(cell not in (None, "") for cell in record):
                yield list(record)
                given += 1
            if given > row_limit + 1:
                return
    except Exception as error:
        raise _refuse(_NOT_A_SPREADSHEET) from error


def _look_at_archive(content: bytes, byte_limit: int) -> None:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _refuse(_NOT_A_SPREADSHEET) from error
    if not any(member.filename == "xl/workbook.xml" for member in members):
        raise _refuse(_NOT_A_SPREADSHEET)
    unpacked = sum(member.file_size for member in members)
    steep = any(
        member.file_size > 1_000_000 and member.file_size > HIGHEST_RATIO * max(member.compress_size, 1)
        for member in members
    )
    if len(members) > MOST_MEMBERS or steep or unpacked > UNPACKED_TIMES * byte_limit:
        raise _refuse(_BOMB)
    if any(_declares_entities(archive, member) for member in members):
        raise _refuse(_ENTITIES)


def _declares_entities(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """No part of a spreadsheet has a document type; one that has is an attack, whichever parser reads it."""
    if not member.filename.endswith((".xml", ".rels")):
        return False
    try:
        with archive.open(member) as part:
            return b"<!DOCTYPE" in part.read(65536).replace(b"\x00", b"")
    except Exception as error:
        raise _refuse(_NOT_A_SPREADSHEET) from error


def _refuse(msgid: str) -> InvalidInput:
    return InvalidInput({"file": [Text(msgid)]})
