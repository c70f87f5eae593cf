"""Lists in pages, and the same lists as CSV or XLSX files."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter
from flask import Response, request
from sqlalchemy import Select, func, select

from kernel.db import db
from kernel.errors import InvalidInput, NotFound
from kernel.pages.session import current_locale
from kernel.words import N_, Text, translate

SIZES = (20, 50, 100)
LARGEST_API_PAGE = 200


@dataclass
class Page:
    """One page of a list: `items`, which `page` of how many `pages`, `total` items altogether."""

    items: list[Any]
    page: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        return (self.page - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.total, self.page * self.size)

    def checked(self) -> "Page":
        """The page itself, or NotFound where the list has not so many."""
        if self.page > self.pages:
            raise NotFound()
        return self


def page_asked(size: int | None = None) -> tuple[int, int]:
    """(number, size) of the page that the request asks for."""
    number = _whole("page", 1, 1, 100_000)
    return number, size or _whole("size", SIZES[0], 1, LARGEST_API_PAGE)


def paged(
    query: Select[Any], *, size: int | None = None, number: int | None = None, scalars: bool = True
) -> Page:
    """The page of `query` that the request asks for (`page`, `size`), with the total counted by the database."""
    number, size = (number, size) if number and size else page_asked(size)
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    window = query.limit(size).offset((number - 1) * size)
    rows = db.session.scalars(window).all() if scalars else db.session.execute(window).all()
    return Page(list(rows), number, size, total).checked()


def _whole(name: str, default: int, least: int, most: int) -> int:
    text = request.args.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or not least <= int(text) <= most:
        raise InvalidInput(
            {name: [Text(N_("Enter a whole number from {least} to {most}."), least=least, most=most)]}
        )
    return int(text)


def sheet(name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]], kind: str) -> Response:
    """The rows as a file to download: `kind` is 'csv' or 'xlsx'. Cells that look like formulas stay words."""
    words = [translate(heading, current_locale()) for heading in headings]
    if kind == "xlsx":
        body, media = _xlsx(words, rows), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    elif kind == "csv":
        body, media = _csv(words, rows), "text/csv; charset=utf-8"
    else:
        raise NotFound()
    return Response(
        body, mimetype=media, headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    )


def _csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        page = book.add_worksheet()
        for row_number, row in enumerate([headings, *rows]):
            for column, cell in enumerate(row):
                page.write(row_number, column, _shown(cell))
    return out.getvalue()


def _shown(cell: Any) -> Any:
    if cell is None:
        return ""
    if isinstance(cell, int) and not isinstance(cell, bool):
        return cell
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    return translate(cell, current_locale()) if isinstance(cell, Text | list) else str(cell)


def _harmless(cell: Any) -> Any:
    """A spreadsheet runs a cell that begins with one of these; an apostrophe in front makes it words."""
    text = _shown(cell)
    if isinstance(text, str) and text.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")):
        return "'" + text
    return text
