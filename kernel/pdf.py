"""HTML to PDF/A-3, the same bytes every time: the only module that knows WeasyPrint.

The page must bring everything with it (styles inline, pictures as `data:`): any other address stops the
rendering. The font is the one of the package `noto-cjk-sans-otc`, never one of the machine, and every character
is looked up in it first, because WeasyPrint would otherwise quietly take another font or print an empty box.
The package has the regular weight only and WeasyPrint makes none up: text in a colour of `HEAVY` is outlined.
"""

import hashlib
import html as entities
import logging
import os
import tempfile
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import noto_cjk_sans_otc
import pydyf  # type: ignore[import-untyped]
from fontTools.ttLib import TTCollection  # type: ignore[import-untyped]

from kernel.errors import DomainError
from kernel.words import N_, Text

FAMILY = "Noto Sans CJK SC"
HEAVY = {"#101010": (16, 16, 16), "#c00000": (192, 0, 0)}
_OUTLINE = 0.035  # share of the font size by which heavy text is outlined
_SPACES = frozenset("\n\r\t")
_AS_WRITTEN = pydyf.Stream.data.fget
_LOCK = threading.RLock()  # Pango's font map is not made for two threads


class PdfFailed(DomainError):
    """The page could not be turned into a PDF; the message says what it tripped over."""

    status, code = 500, "pdf_failed"
    default = N_("The document could not be produced.")


class MissingGlyphs(DomainError):
    """The text has characters the font cannot print."""

    status, code = 422, "missing_glyphs"

    def __init__(self, characters: Sequence[str]) -> None:
        self.characters = list(characters)
        shown = ", ".join(f"{c} (U+{ord(c):04X})" for c in self.characters[:20])
        said = N_("The document cannot be printed: the font has no {characters}. Please replace them.")
        super().__init__(Text(said, characters=shown))


@dataclass(frozen=True)
class Embedded:
    """A file embedded in the PDF; `relationship` is Data, Source, Alternative or Supplement (PDF/A-3)."""

    name: str
    content: bytes
    media_type: str
    description: str = ""
    relationship: str = "Data"


def render(
    html: str, *, title: str, created: datetime, identifier: bytes, attachments: Sequence[Embedded] = ()
) -> bytes:
    """The tagged PDF/A-3b of a complete HTML page whose language stands in its `lang`.

    `identifier` (16 bytes) and `created` go into the file; equal arguments give equal bytes as long as
    `renderer()` says the same.
    Raises MissingGlyphs, PdfFailed.
    """
    check_glyphs(html + title)
    with _LOCK, _strictly():
        weasyprint, fonts = _loaded()
        try:
            page = weasyprint.HTML(string=html, url_fetcher=_refuse_addresses(weasyprint))
            document = page.render(font_config=fonts)
            document.metadata.title = title
            document.metadata.generator = "Shuheng"
            document.metadata.created = document.metadata.modified = created.astimezone(UTC).isoformat()
            result = document.write_pdf(
                pdf_variant="pdf/a-3b",
                pdf_tags=True,
                pdf_identifier=identifier,
                attachments=[_attachment(weasyprint, part, created) for part in attachments],
                finisher=lambda _document, pdf: _finish(pdf, attachments),
            )
        except weasyprint.urls.FatalURLFetchingError as error:
            said = N_("The document asks for something outside of itself: {cause}")
            raise PdfFailed(Text(said, cause=str(error))) from error
    return bytes(result)


@cache
def renderer() -> str:
    """What a byte-identical rendering depends on: the versions of the libraries and the hash of the font."""
    weasyprint, _ = _loaded()
    pango, shaper = weasyprint.text.ffi.pango.pango_version(), _harfbuzz_version(weasyprint)
    font = hashlib.sha256(noto_cjk_sans_otc.FONT_PATH.read_bytes()).hexdigest()[:12]
    names = " ".join(f"{name} {version(name)}" for name in ("weasyprint", "pydyf", "fonttools", "pillow"))
    return f"{names} pango {pango} harfbuzz {shaper} font {font}"


def check_glyphs(text: str) -> None:
    """Every character must stand in the font, else MissingGlyphs."""
    missing = sorted({c for c in entities.unescape(text) if ord(c) not in _printable() and c not in _SPACES})
    if missing:
        raise MissingGlyphs(missing)


@cache
def _printable() -> frozenset[int]:
    """The code points of the Simplified Chinese face."""
    with TTCollection(str(noto_cjk_sans_otc.FONT_PATH), lazy=True) as collection:
        face = next(font for font in collection.fonts if font["name"].getDebugName(1) == FAMILY)
        return frozenset(face.getBestCmap())


@cache
def _loaded() -> tuple[Any, Any]:
    """The library and our one font configuration, made at first use (loading takes a second)."""
    with _LOCK, tempfile.TemporaryDirectory(prefix="shuheng-fonts-") as folder, _private_fonts(Path(folder)):
        import weasyprint

        _end_streams_clearly()
        logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)  # each step of each page otherwise
        from weasyprint.text.ffi import harfbuzz_subset
        from weasyprint.text.fonts import FontConfiguration

        if harfbuzz_subset is None:  # the other subsetter writes the time of day into the font
            raise PdfFailed(N_("Documents need the system library libharfbuzz-subset. Please install it."))
        return weasyprint, FontConfiguration()


def _end_streams_clearly() -> None:
    """Close every stream with CR LF: after an LF alone, a reader cannot tell a last CR of the data from the line's."""
    pydyf.Stream.data = property(lambda self: _AS_WRITTEN(self).removesuffix(b"\nendstream") + b"\r\nendstream")


@contextmanager
def _private_fonts(folder: Path) -> Iterator[None]:
    """While fonts are being looked for, let fontconfig see our font only, then put the environment back."""
    configuration = folder / "fonts.conf"
    family = f'<patelt name="family"><string>{FAMILY}</string></patelt>'
    configuration.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
        f"<dir>{noto_cjk_sans_otc.FONT_PATH.parent}</dir><cachedir>{folder}</cachedir><selectfont>"
        '<rejectfont><pattern><patelt name="scalable"><bool>true</bool></patelt></pattern></rejectfont>'
        f"<acceptfont><pattern>{family}</pattern></acceptfont></selectfont></fontconfig>",
        encoding="utf-8",
    )
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(configuration)
    try:
        yield
    finally:
        del os.environ["FONTCONFIG_FILE"]
        if before is not None:
            os.environ["FONTCONFIG_FILE"] = before


def _harfbuzz_version(weasyprint: Any) -> str:
    """The newest version the loaded HarfBuzz says it is at least."""
    at_least = weasyprint.text.ffi.harfbuzz.hb_version_atleast
    major = max(n for n in range(1, 100) if at_least(n, 0, 0))
    return f"{major}.{max(n for n in range(100) if at_least(major, n, 0))}"


def _refuse_addresses(weasyprint: Any) -> Any:
    """A fetcher that opens `data:` and nothing else, and stops the rendering instead of leaving a gap."""

    def fetch(self: Any, url: str, headers: Any = None) -> Any:
        if not url.startswith(("data:image/svg+xml", "data:image/png")):
            raise weasyprint.urls.FatalURLFetchingError(url[:200])
        return base.fetch(self, url, headers)

    base = weasyprint.urls.URLFetcher
    return type("OnlyData", (base,), {"fetch": fetch})(allowed_protocols=["data"], allow_redirects=False)


@contextmanager
def _strictly() -> Iterator[None]:
    """WeasyPrint only logs what it leaves out (a style, a picture, a letter): for us that is a failure."""
    seen: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            seen.append(record.getMessage())

    logger, collector = logging.getLogger("weasyprint"), Collector(logging.WARNING)
    logger.addHandler(collector)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # it leaves its colour profile to be closed by itself
            yield
    finally:
        logger.removeHandler(collector)
    if seen:
        said = N_("The document could not be produced as its template says: {cause}")
        raise PdfFailed(Text(said, cause="; ".join(seen)[:500]))


def _attachment(weasyprint: Any, part: Embedded, created: datetime) -> Any:
    moment = created.astimezone(UTC)
    return weasyprint.Attachment(
        string=part.content,
        name=part.name,
        description=part.description,
        relationship=part.relationship,
        created=moment,
        modified=moment,
    )


def _finish(pdf: Any, attachments: Sequence[Embedded]) -> None:
    """What the variant leaves to us: readable metadata, media types of our own choice, heavy text."""
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
