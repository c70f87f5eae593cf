"""Long tables, written by ourselves: the typesetter takes milliseconds for every cell, and an annex has thousands.

A grid of plain cells with many rows keeps its head, its columns and its place in the text. Its rows become pictures of
a few rows each, which the typesetter places and breaks over pages; what is in them is drawn here – lines of text and
rules. Afterwards the tags are put right: every row a TR, every cell a TD with its header, in reading order.
`kernel.pdf` is the only one that uses this; a table with anything but words in a cell is left to the typesetter.
"""

import html as entities
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pydyf  # type: ignore[import-untyped]

from kernel.line_breaking import Advance, broken, width_of

MANY, TOGETHER = 60, 4  # from how many rows on; how many rows stay together on a page
PIXEL = 96 / 72  # CSS pixels a point
RULE = 0.5  # points
MARK = "rows:"
WRITER = "rows 1"  # changes when the same table would look otherwise
_GRID = re.compile(
    r'<table class="(fine|grid)">\s*(<colgroup>.*?</colgroup>)\s*(<thead>.*?</thead>)\s*'
    r"<tbody>(.*?)</tbody>\s*</table>",
    re.S,
)
_COLUMN = re.compile(r"width: ([\d.]+)pt")
_ROW = re.compile(r"<tr>(.*?)</tr>", re.S)
_CELL = re.compile(r'<td(?: class="(left|center|right)")?>([^<]*)</td>')
# What needs a shaper: marks over letters, letters that join, directions, variants. Such a table is left alone.
_SHAPED = re.compile(
    "[\\u0300-\\u036f\\u0590-\\u08ff\\u1100-\\u11ff\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f"
    "\\ua960-\\ua97f\\ud7b0-\\ud7ff\\ufe00-\\ufe0f\\U000e0100-\\U000e01ef]"
)


@dataclass(frozen=True)
class Type:
    """How a class of table is set, in points; the same as in `templates/pdf/style.css`."""

    size: float
    leading: float
    across: float
    above: float


SET = {"fine": Type(9, 14, 4, 3), "grid": Type(10.5, 17, 6, 3)}


@dataclass(frozen=True)
class Face:
    """The font: number and advance (in ems) of a character's glyph, height of its line above and below (in ems)."""

    glyph: Callable[[str], int]
    advance: Advance
    ascent: float
    descent: float


@dataclass(frozen=True)
class Cell:
    """The lines of a cell, and where they stand in it."""

    lines: tuple[str, ...]
    align: str


@dataclass(eq=False)
class Rows:
    """A few rows as a picture; the typesetter asks for its size and has it drawn."""

    name: str
    columns: tuple[float, ...]  # left edges and the last right edge, points from the left of the picture
    rows: list[tuple[Cell, ...]]
    type: Type
    face: Face

    def heights(self) -> list[float]:
        """Of each row with half of the rules around it, points."""
        tall = [max(len(cell.lines) for cell in row) for row in self.rows]
        return [lines * self.type.leading + 2 * self.type.above + RULE for lines in tall]

    def get_intrinsic_size(self, _resolution: Any, _font_size: Any) -> tuple[float, float, float]:
        """Width, height in pixels, and their ratio."""
        width = (self.columns[-1] - self.columns[0]) * PIXEL
        height = (sum(self.heights()) - RULE) * PIXEL
        return width, height, width / height

    def draw(self, stream: Any, _width: float, _height: float, style: Any) -> None:
        """Cells as marked content, the first in that which is open already; then the rules, as decoration."""
        font = next(font for font in stream._fonts.values() if font.weight == 400)
        stream.set_color(style["color"])
        opened = len(stream.stream) - 1 - stream.stream[::-1].index("/Figure")
        stream.stream[opened] = "/TD"
        top, edges = -RULE / 2, [-RULE / 2]
        for number, (row, height) in enumerate(zip(self.rows, self.heights(), strict=True)):
            for column, cell in enumerate(row):
                if number or column:
                    self._open(stream, number, column)
                self._write(stream, font, cell, column, top + height / 2)
                stream.end_marked_content()
            top += height
            edges.append(top)
        stream.begin_marked_content("Artifact")  # ended by the typesetter, which believes its own still open
        self._rules(stream, edges)

    def _open(self, stream: Any, row: int, column: int) -> None:
        number = len(stream._tags)
        stream._tags[self, row, column] = {"tag": "TD", "mcid": number}
        stream.begin_marked_content("TD", pydyf.Dictionary({"MCID": number}))

    def _write(self, stream: Any, font: Any, cell: Cell, column: int, middle: float) -> None:
        size, leading, face = self.type.size, self.type.leading, self.face
        left, right = self.columns[column] + self.type.across, self.columns[column + 1] - self.type.across
        baseline = middle - len(cell.lines) * leading / 2
        baseline += (leading - (face.ascent + face.descent) * size) / 2 + face.ascent * size
        stream.begin_text()
        for line in cell.lines:
            free = right - left - width_of(line, face.advance) * size
            x = left + {"center": free / 2, "right": free}.get(cell.align, 0)
            stream.set_text_matrix(1, 0, 0, -1, x * PIXEL, baseline * PIXEL)
            stream.set_font_size(font.hash, size * PIXEL)
            stream.show_text(f"<{''.join(f'{self._used(font, char):04x}' for char in line)}>")
            baseline += leading
        stream.end_text()

    def _used(self, font: Any, char: str) -> int:
        glyph = self.face.glyph(char)
        if glyph not in font.to_unicode:
            font.to_unicode[glyph] = char
            font.widths[glyph] = round(self.face.advance(char) * 1000)
        return glyph

    def _rules(self, stream: Any, edges: list[float]) -> None:
        """Between rows and between columns; the frame is the typesetter's."""
        width, height = ((self.columns[-1] - self.columns[0]), (edges[-1] - edges[0] - RULE))
        lines = [(0.0, y, width, y) for y in edges[1:-1]] + [(x, 0.0, x, height) for x in self.columns[1:-1]]
        stream.push_state()
        stream.set_color_rgb(*[138 / 255] * 3, stroke=True)  # the #8a8a8a of the style
        stream.set_line_width(RULE * PIXEL)
        for from_x, from_y, to_x, to_y in lines:
            stream.move_to(from_x * PIXEL, from_y * PIXEL)
            stream.line_to(to_x * PIXEL, to_y * PIXEL)
        if lines:
            stream.stroke()
        stream.pop_state()


def take_out(page: str, face: Callable[[], Face]) -> tuple[str, dict[str, Rows]]:
    """The page with the rows of its long tables as pictures, and these by their address."""
    taken: dict[str, Rows] = {}

    def shorter(found: re.Match[str]) -> str:
        kind, columns, head, body = found.groups()
        rows = list(_rows_of(body)) if body.count("<tr>") > MANY else []
        widths = [float(width) for width in _COLUMN.findall(columns)]
        if not rows or any(row is None or len(row) != len(widths) for row in rows):
            return found[0]
        set_, edges = SET[kind], tuple(sum(widths[:n]) - RULE / 2 for n in range(len(widths) + 1))
        edges = (0.0, *edges[1:-1], edges[-1] - RULE / 2)
        lines = []
        for start in range(0, len(rows), TOGETHER):
            name = f"{MARK}{len(taken)}"
            together = [_set(row, widths, set_, face()) for row in rows[start : start + TOGETHER] if row]
            taken[name] = Rows(name, edges, together, set_, face())
            width, height, _ = (size / PIXEL for size in taken[name].get_intrinsic_size(1, 1))
            size = f"overflow: visible; vertical-align: top; width: {width:.4f}pt; height: {height:.4f}pt"
            picture = f'<img src="{name}" alt="{name}" style="{size}">'
            lines.append(
                f'<tr><td colspan="{len(widths)}" style="padding: 0; line-height: 0">{picture}</td></tr>'
            )
        return f'<table class="{kind}">{columns}{head}<tbody>{"".join(lines)}</tbody></table>'

    return _GRID.sub(shorter, page), taken


def _rows_of(body: str) -> Iterator[list[tuple[str, str]] | None]:
    """The cells of each row as alignment and words; None for a row with anything else in it."""
    for row in _ROW.findall(body):
        cells = _CELL.findall(row)
        plain = not _CELL.sub("", row).strip() and not _SHAPED.search(entities.unescape(row))
        yield (
            [(align or "left", " ".join(entities.unescape(text).split())) for align, text in cells]
            if plain
            else None
        )


def _set(row: list[tuple[str, str]], widths: list[float], set_: Type, face: Face) -> tuple[Cell, ...]:
    room = [(width - 2 * set_.across - RULE) / set_.size for width in widths]
    return tuple(
        Cell(tuple(broken(text, most, face.advance)), align)
        for (align, text), most in zip(row, room, strict=True)
    )


# ── tags ──────────────────────────────────────────────────────────────────────────────────────────────────────


def set_aside(page_streams: list[Any]) -> list[dict[tuple[Rows, int, int], int]]:
    """The marked contents of our cells, page by page: the typesetter knows no box for them."""
    return [
        {
            key: stream._tags.pop(key)["mcid"]
            for key in [key for key in stream._tags if isinstance(key, tuple)]
        }
        for stream in page_streams
    ]


def tag(pdf: Any, pages: list[dict[tuple[Rows, int, int], int]]) -> None:
    """Give every row and cell its place in the tree of tags."""
    tree = _object(pdf, _object(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    figures = _figures(pdf)
    for number, cells in enumerate(pages):
        if not cells:
            continue
        owners: dict[int, bytes] = {}
        for rows in dict.fromkeys(rows for rows, _, _ in cells):
            mine = {(row, column): mcid for (whose, row, column), mcid in cells.items() if whose is rows}
            owners |= _tag_rows(pdf, figures[rows.name], mine, rows)
        others = iter(list(tree[2 * number + 1]))
        total = len(tree[2 * number + 1]) + len(owners)
        tree[2 * number + 1] = pydyf.Array([owners.get(mcid) or next(others) for mcid in range(total)])


def _figures(pdf: Any) -> Mapping[str, Any]:
    return {
        one["Alt"].string: one
        for one in pdf.objects
        if isinstance(one, dict) and one.get("S") == "/Figure" and one["Alt"].string.startswith(MARK)
    }


def _tag_rows(pdf: Any, figure: Any, mine: Mapping[tuple[int, int], int], rows: Rows) -> dict[int, bytes]:
    """The rows of a picture in place of the one row that held it; marked content → the element that owns it."""
    cell = _above(pdf, figure, "/TD")
    row = _above(pdf, cell, "/TR")
    body = _object(pdf, row["P"])
    headers = list(cell["A"].pop("Headers", []))
    cell["A"].pop("ColSpan", None)
    figure["S"] = "/Span"
    del figure["Alt"], figure["A"]
    owners: dict[int, bytes] = {}
    place = body["K"].index(row.reference)

    def element(kind: str, parent: Any, content: list[Any]) -> Any:
        facts = {
            "Type": "/StructElem",
            "S": kind,
            "K": pydyf.Array(content),
            "Pg": figure["Pg"],
            "P": parent.reference,
        }
        made = pydyf.Dictionary(facts)
        pdf.add_object(made)
        return made

    def headed(made: Any, column: int) -> Any:
        made["A"] = pydyf.Dictionary({"O": "/Table", "Headers": pydyf.Array(headers[column : column + 1])})
        return made

    headed(cell, 0)
    for number in range(len(rows.rows)):
        line = row if number == 0 else element("/TR", body, [])
        if number:
            body["K"].insert(place + number, line.reference)
        for column in range(len(rows.rows[number])):
            if number or column:
                mcid = mine[number, column]
                made = headed(element("/TD", line, [mcid]), column)
                line["K"].append(made.reference)
                owners[mcid] = made.reference
    return owners


def _above(pdf: Any, element: Any, kind: str) -> Any:
    while element["S"] != kind:
        element = _object(pdf, element["P"])
    return element


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
