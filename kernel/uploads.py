"""What may come in from outside: size, first bytes against the ending, no program, no page, no bomb.

The limits here protect the machine; how large a file the rules allow is the caller's `max_bytes`.
"""

import hashlib
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Collection
from dataclasses import dataclass

from kernel.errors import InvalidInput
from kernel.words import N_, Text

MAX_PIXELS = 60_000_000
MAX_MEMBERS = 10_000
MAX_UNPACKED = 512 * 1024 * 1024
MAX_RATIO = 200
MAX_NAME = 150
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
USUAL_KINDS = frozenset({"pdf", "png", "jpg", "xlsx", "csv", "json", "txt"})
_ACTIVE = re.compile(rb"(?i)\s*(?:<!doctype|<html|<head|<body|<svg|<script|<iframe|<\?php|<\?xml|#!)")


@dataclass(frozen=True)
class Upload:
    """A file that passed: name for people, kind, media type it is served with, size in bytes, SHA-256."""

    name: str
    kind: str
    media_type: str
    size: int
    sha256: str


def accept_upload(
    filename: str,
    content: bytes,
    *,
    kinds: Collection[str] = USUAL_KINDS,
    max_bytes: int,
    field: str = "file",
) -> Upload:
    """Check a file from outside and return its facts; InvalidInput on `field` says what to do about it.

    `kinds` are extensions without the dot; `zip` passes only where it is asked for.
    """
    try:
        name = clean_name(filename)
        kind = name.rpartition(".")[2].lower().replace("jpeg", "jpg")
        if kind not in kinds or kind not in _CHECKS:
            accepted = ", ".join(sorted(kinds))
            raise _Refused(N_("Files of this kind are not accepted here. Accepted: {kinds}."), kinds=accepted)
        _check_size(len(content), max_bytes)
        media_type, check = _CHECKS[kind]
        if not check(content):
            said = N_("The content is not what the ending .{kind} says. Save the file again in this format.")
            raise _Refused(said, kind=kind)
    except _Refused as refusal:
        raise InvalidInput({field: [refusal.text]}) from refusal
    return Upload(name, kind, media_type, len(content), hashlib.sha256(content).hexdigest())


def _check_size(size: int, limit: int) -> None:
    if not size:
        raise _Refused(N_("The file is empty."))
    if size > limit:
        said = N_("The file is too large: {size} MB; at most {limit} MB.")
        raise _Refused(said, size=_mb(size), limit=_mb(limit))


class _Refused(Exception):
    def __init__(self, msgid: str, **params: object) -> None:
        self.text = Text(msgid, **params)
        super().__init__(msgid)


def clean_name(filename: str) -> str:
    """The name as people see it: last part of a path, NFC, no control, direction or invisible characters."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", filename))[-1]
    kept = "".join(c for c in last if unicodedata.category(c) not in _UNSEEN)
    stem, dot, extension = " ".join(kept.split()).strip(" .").rpartition(".")
    if not dot or not stem.strip(" ."):
        raise _Refused(N_("The file needs a name with an ending, such as report.pdf."))
    return f"{stem.strip(' .')[: MAX_NAME - len(extension) - 1]}.{extension}"


def _mb(size: int) -> str:
    tenths = -(-size * 10 // (1024 * 1024))
    return f"{tenths // 10}.{tenths % 10}"


def _is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]


def _is_png(content: bytes) -> bool:
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or content[12:16] != b"IHDR":
        return False
    width, height = int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    return _drawable(width, height)


def _is_jpeg(content: bytes) -> bool:
    """Walks the segments to the frame header: the size of the picture stands there."""
    if not content.startswith(b"\xff\xd8\xff"):
        return False
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = (int.from_bytes(content[at + i : at + i + 2], "big") for i in (5, 7))
            return _drawable(width, height)
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return False


def _drawable(width: int, height: int) -> bool:
    if width * height > MAX_PIXELS:
        said = N_("The picture is too large: {width} × {height} points. Make it smaller.")
        raise _Refused(said, width=width, height=height)
    return width > 0 and height > 0


def _is_zip(content: bytes) -> bool:
    return _members(content) is not None


def _is_xlsx(content: bytes) -> bool:
    names = _members(content)
    if names is None or not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        return False
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise _Refused(N_("The workbook contains macros. Save it without macros as .xlsx."))
    return True


def _members(content: bytes) -> set[str] | None:
    """The names in an archive, None where it is none; refuses bombs and paths that lead out of the folder."""
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return None
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_MEMBERS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * len(content):
        raise _Refused(N_("The archive unpacks to far more than its own size and is not accepted."))
    if any(e.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", e.filename) for e in entries):
        raise _Refused(N_("The archive contains paths that lead outside of it."))
    return {entry.filename for entry in entries}


def decoded(content: bytes) -> str | None:
    """Text in UTF-8 (with or without mark) or GB 18030; None where neither, or with control characters."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if re.search(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]", text) else text
    return None


def _is_text(content: bytes) -> bool:
    return decoded(content) is not None and not _ACTIVE.match(content.removeprefix(b"\xef\xbb\xbf"))


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return True


_CHECKS: dict[str, tuple[str, Callable[[bytes], bool]]] = {
    "pdf": ("application/pdf", _is_pdf),
    "png": ("image/png", _is_png),
    "jpg": ("image/jpeg", _is_jpeg),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _is_xlsx),
    "csv": ("text/csv", _is_text),
    "txt": ("text/plain", _is_text),
    "json": ("application/json", _is_json),
    "zip": ("application/zip", _is_zip),
}
