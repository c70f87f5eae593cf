"""The visible stamp of a signature: a small page drawn by our own template, so that the file stays PDF/A.

It stands where the document left a place named `sign-1`, `sign-2`, …; in a document without such places in a row at the
foot of its last page.
"""

import base64
import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import StaticStampStyle

from kernel import pdf
from kernel.clock import LEGAL_ZONE
from kernel.signing.interface import SigningRequest
from kernel.words import N_, translate

FOLDER = Path(__file__).parents[2] / "templates" / "pdf"
WIDTH, HEIGHT = 228, 72
FOOT, LEFT = 6, 69
WORDS = {
    "signed": N_("Signed electronically"),
    "signer": N_("Signer"),
    "capacity": N_("Capacity"),
    "moment": N_("Time of signing"),
    "demonstration": N_("Demonstration: without legal effect"),
}
_TEMPLATES = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)


@dataclass(frozen=True)
class Place:
    """Where a stamp stands: page from 0, and its box as PDF counts, from below."""

    page: int
    box: tuple[int, int, int, int]


def places(reader: PdfFileReader, count: int) -> list[Place]:
    """A place for each of the signatories, in order."""
    found = _named(reader)
    last = int(reader.root["/Pages"]["/Count"]) - 1
    return [
        found.get(f"sign-{number}")
        or Place(last, (LEFT + (number - 1) * (WIDTH + 4), FOOT, LEFT + number * (WIDTH + 4) - 4, FOOT + HEIGHT))
        for number in range(1, count + 1)
    ]


@contextmanager
def style(request: SigningRequest, *, demonstration: bool, seal: bytes | None = None) -> Iterator[StaticStampStyle]:
    """The stamp of a signature as pyHanko takes it."""
    moment = request.at.astimezone(LEGAL_ZONE)
    page = _TEMPLATES.get_template("stamp.html").render(
        width=WIDTH,
        height=HEIGHT,
        organisation=request.organisation_name or request.name,
        name=request.name,
        capacity=request.capacity["zh"],
        moment=f"{moment:%Y-%m-%d %H:%M:%S} (UTC+8)",
        number=request.number,
        demonstration=demonstration,
        seal="data:image/png;base64," + base64.b64encode(seal).decode() if seal else "",
        words={name: translate(said, "zh") for name, said in WORDS.items()},
        family=pdf.FAMILY,
    )
    identifier = hashlib.sha256(page.encode()).digest()[:16]
    drawn = pdf.render(page, title=request.number, created=request.at, identifier=identifier)
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(drawn)
        file.flush()
        yield StaticStampStyle.from_pdf_file(file.name, border_width=0, background_opacity=1.0)


def _named(reader: PdfFileReader) -> dict[str, Place]:
    """The places a document left for stamps: its named destinations."""
    pages = {_page(reader, number): number for number in range(int(reader.root["/Pages"]["/Count"]))}
    found = {}
    for name, target in _destinations(reader):
        if name.startswith("sign-"):
            left, top = int(target[2]), int(target[3])
            page = pages[target.raw_get(0).reference]
            found[name] = Place(page, (left, top - HEIGHT, left + WIDTH, top))
    return found


def _page(reader: PdfFileReader, number: int) -> Any:
    return reader.find_page_for_modification(number)[0].reference


def _destinations(reader: PdfFileReader) -> Iterator[tuple[str, Any]]:
    names = reader.root.get("/Names", {}).get("/Dests", {}).get("/Names", [])
    for index in range(0, len(names), 2):
        yield str(names[index]), names[index + 1]
