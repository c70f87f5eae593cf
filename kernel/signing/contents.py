"""What stands in a PDF beside its pages: title, embedded files, and where its signatures lie.

Nothing here raises over a file.
"""

import hashlib
import io
from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader

from kernel.signing.examine import UNREADABLE

BROKEN = "unreadable"


@dataclass(frozen=True)
class Gap:
    """The bytes of a file that hold a signature or a time stamp themselves."""

    kind: str  # signature or stamp
    field: str
    begin: int
    end: int


def title_of(content: bytes) -> str:
    """The title of a file; nothing where it has none."""
    try:
        return str(PdfFileReader(io.BytesIO(content)).trailer_view["/Info"]["/Title"])
    except UNREADABLE:
        return ""


def attached(content: bytes) -> dict[str, str] | None:
    """The embedded files with their hashes; None where the file cannot be read at all."""
    try:
        names = PdfFileReader(io.BytesIO(content)).root.get("/Names", {})
        listed = names["/EmbeddedFiles"]["/Names"] if "/EmbeddedFiles" in names else []
        return {_name(listed[n + 1]): _digest(listed[n + 1]) for n in range(0, len(listed), 2)}
    except UNREADABLE:
        return None


def gaps(content: bytes) -> list[Gap]:
    """Where signatures and time stamps lie in a file, in the order they were written."""
    try:
        return [
            Gap(_kind(one), str(one.field_name), *_ends(one))
            for one in PdfFileReader(io.BytesIO(content)).embedded_signatures
        ]
    except UNREADABLE:
        return []


def _kind(embedded: Any) -> str:
    return "stamp" if embedded.sig_object.get("/Type") == "/DocTimeStamp" else "signature"


def _ends(embedded: Any) -> tuple[int, int]:
    first, length, second, _ = (int(part) for part in embedded.byte_range)
    return first + length, second


def _name(spec: Any) -> str:
    return str(spec.get("/UF") or spec.get("/F"))


def _digest(spec: Any) -> str:
    try:
        return hashlib.sha256(spec["/EF"]["/F"].data).hexdigest()
    except Exception:  # a stream that does not unpack, whatever the filter says of it: it is not what it was
        return BROKEN
