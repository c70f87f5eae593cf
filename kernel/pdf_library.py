"""What we do to the library that writes PDF files: faster where it does things twice, clearer where readers differ.

`prepare` once, `finish` on every file; `kernel.pdf` alone uses this.
"""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

import pydyf  # type: ignore[import-untyped]

from kernel import long_tables

HEAVY = {"#101010": (16, 16, 16), "#c00000": (192, 0, 0)}
_OUTLINE = 0.035  # share of the font size by which heavy text is outlined
_AS_WRITTEN = pydyf.Stream.data.fget


def prepare(weasyprint: Any) -> None:
    """Change the library, once in a process."""
    _end_streams_clearly()
    pydyf.PDF.page_references = property(_Pages)
    _tag_long_tables(weasyprint)


def _end_streams_clearly() -> None:
    """Close every stream with CR LF: after an LF alone, a reader cannot tell a last CR of the data from the line's."""
    pydyf.Stream.data = property(
        lambda self: _AS_WRITTEN(self).removesuffix(b"\nendstream") + b"\r\nendstream"
    )


def _tag_long_tables(weasyprint: Any) -> None:
    """Tags are built from boxes; what long tables draw has none, so it is set aside first and tagged afterwards."""
    build = weasyprint.pdf.add_tags

    def add_tags(pdf: Any, document: Any, version: Any, page_streams: list[Any]) -> None:
        cells = long_tables.set_aside(page_streams)
        build(pdf, document, version, page_streams)
        if any(cells):
            long_tables.tag(pdf, cells)

    weasyprint.pdf.add_tags = add_tags


class _Pages:
    """The references to a file's pages; the library makes all of them anew for every element it tags."""

    def __init__(self, pdf: Any) -> None:
        self.kids = pdf.pages["Kids"]

    def __getitem__(self, number: int) -> bytes:
        return b"%d 0 R" % self.kids[3 * number]


class _Written(pydyf.Object):  # type: ignore[misc]
    """An object of the file in its final bytes; the library would make them twice, for the file and for its hash."""

    compressible, data = True, b""  # properties up there

    def __init__(self, made: Any) -> None:
        self.number, self.offset, self.generation, self.free = (
            made.number,
            made.offset,
            made.generation,
            made.free,
        )
        self.compressible = made.compressible
        self.data = made.data if made.free != "f" else b""


def finish(pdf: Any, attachments: Sequence[Any]) -> None:
    """What the variant leaves to us: readable metadata, media types of the embedded files, heavy text."""
    types = {hashlib.md5(a.content, usedforsecurity=False).hexdigest(): a.media_type for a in attachments}
    for part in pdf.objects:
        extra = getattr(part, "extra", None)
        if extra is None:
            continue
        if extra.get("Type") == "/Metadata":
            part.compress = False
        elif extra.get("Type") == "/EmbeddedFile":
            media_type = types[extra["Params"]["CheckSum"].strip("<>")]
            extra["Subtype"] = "/" + media_type.replace("/", "#2f")
        elif isinstance(part.stream, list) and b"BT" in part.stream:
            part.stream = list(_outlined(part.stream))
    pdf.objects[:] = [_Written(part) for part in pdf.objects]


def _outlined(operators: Sequence[Any]) -> Iterator[Any]:
    """A page's operators with text in a heavy colour filled and outlined."""
    fill: list[bytes] = [b""]
    heavy = False
    for operator in operators:
        raw = operator if isinstance(operator, bytes) else b""
        if raw == b"q":
            fill.append(fill[-1])
        elif raw == b"Q":
            fill.pop()
        elif raw.endswith(b" rg"):
            fill[-1] = raw
        elif raw == b"BT" and _is_heavy(fill[-1]):
            heavy = True
            yield from (b"q", fill[-1].replace(b"rg", b"RG"), b"1 j 2 Tr")
        yield operator
        if heavy and raw.endswith(b" Tf"):
            size = float(raw.split()[1])
            yield f"{size * _OUTLINE:.4f} w".encode()
        if heavy and raw == b"ET":
            heavy = False
            yield b"Q"


def _is_heavy(fill: bytes) -> bool:
    channels = fill.split()[:3]
    return len(channels) == 3 and tuple(round(float(c) * 255) for c in channels) in HEAVY.values()
