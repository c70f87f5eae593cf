"""HTML to PDF/A-3, the same bytes every time: the only module that knows WeasyPrint.

The page must bring everything with it (styles inline, pictures as `data:`): any other address stops the
rendering. The font is the one of the package `noto-cjk-sans-otc`, never one of the machine, and every character
is looked up in it first, because WeasyPrint would otherwise quietly take another font or print an empty box.
The package has the regular weight only and WeasyPrint makes none up: text in a colour of `pdf_library.HEAVY` is
outlined.
"""

import gc
import hashlib
import html as entities
import logging
import os
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import noto_cjk_sans_otc
from fontTools.ttLib import TTCollection  # type: ignore[import-untyped]

from kernel import long_tables, pdf_library
from kernel.errors import DomainError
from kernel.words import N_, Text

FAMILY = "Noto Sans CJK SC"
_SPACES = frozenset("\n\r\t")
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
    html: str,
    *,
    title: str,
    created: datetime,
    identifier: bytes,
    attachments: Sequence[Embedded] = (),
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """The tagged PDF/A-3b of a complete HTML page whose language stands in its `lang`.

    `identifier` (16 bytes) and `created` go into the file; equal arguments give equal bytes as long as
    `renderer()` says the same. `progress` is told the number of each page as it is laid out.
    Raises MissingGlyphs, PdfFailed.
    """
    check_glyphs(html + title)
    weasyprint, fonts = _loaded()
    with _LOCK, _unswept(), _strictly(), _told(progress):
        try:
            shorter, rows = long_tables.take_out(html, _face)
            page = weasyprint.HTML(string=shorter, url_fetcher=_refuse_addresses(weasyprint))
            document = page.render(font_config=fonts, cache=dict(rows))
            document.metadata.title = title
            document.metadata.generator = "Shuheng"
            document.metadata.created = document.metadata.modified = created.astimezone(UTC).isoformat()
            result = document.write_pdf(
                pdf_variant="pdf/a-3b",
                pdf_tags=True,
                pdf_identifier=identifier,
                attachments=[_attachment(weasyprint, part, created) for part in attachments],
                finisher=lambda _document, pdf: pdf_library.finish(pdf, attachments),
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
    return f"{names} pango {pango} harfbuzz {shaper} font {font} {long_tables.WRITER}"


def check_glyphs(text: str) -> None:
    """Every character must stand in the font, else MissingGlyphs."""
    missing = sorted({c for c in entities.unescape(text) if ord(c) not in _printable() and c not in _SPACES})
    if missing:
        raise MissingGlyphs(missing)


@cache
def _printable() -> frozenset[int]:
    """The code points of the Simplified Chinese face."""
    return frozenset(_font().getBestCmap())


@cache
def _font() -> Any:
    """The Simplified Chinese face; its tables are read when they are asked for."""
    collection = TTCollection(str(noto_cjk_sans_otc.FONT_PATH), lazy=True)
    return next(font for font in collection.fonts if font["name"].getDebugName(1) == FAMILY)


@cache
def _face() -> long_tables.Face:
    """What long tables are set with: the same font, read by ourselves."""
    font, named = _font(), _font().getBestCmap()
    em, line, advances = font["head"].unitsPerEm, font["hhea"], font["hmtx"]
    glyph = cache(lambda char: font.getGlyphID(named[ord(char)]))
    advance = cache(lambda char: advances[named[ord(char)]][0] / em)
    return long_tables.Face(glyph, advance, line.ascent / em, -line.descent / em)


@cache
def _loaded() -> tuple[Any, Any]:
    """The library and our one font configuration, made at first use (loading takes a second)."""
    with _LOCK, tempfile.TemporaryDirectory(prefix="shuheng-fonts-") as folder, _private_fonts(Path(folder)):
        import weasyprint

        pdf_library.prepare(weasyprint)
        steps = logging.getLogger("weasyprint.progress")  # each step of each page: for `_told`, not for our log
        steps.propagate = False
        steps.setLevel(logging.WARNING)
        from weasyprint.text.ffi import harfbuzz_subset
        from weasyprint.text.fonts import FontConfiguration

        if harfbuzz_subset is None:  # the other subsetter writes the time of day into the font
            raise PdfFailed(N_("Documents need the system library libharfbuzz-subset. Please install it."))
        return weasyprint, FontConfiguration()


@contextmanager
def _unswept() -> Iterator[None]:
    """Without the search for cyclic garbage: it would walk all the process holds several times a document."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


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
def _told(progress: Callable[[int], None] | None) -> Iterator[None]:
    """While a page is printed, tell how many of its pages are laid out; the library says it in its log alone."""
    if progress is None:
        yield
        return
    tell = progress

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if "Page %d" in str(record.msg) and record.args:
                tell(int(tuple(record.args)[0]))  # type: ignore[call-overload]

    logger, listener = logging.getLogger("weasyprint.progress"), Listener(logging.INFO)
    logger.addHandler(listener)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.setLevel(logging.WARNING)
        logger.removeHandler(listener)


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
