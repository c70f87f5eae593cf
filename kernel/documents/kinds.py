"""What kinds of documents exist, and how their data becomes a snapshot that can be printed again years later."""

import re
import unicodedata
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from kernel.money import Money
from kernel.words import N_, Text, translate

LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class Kind:
    """A kind of document: its name (also of its template), the letters its numbers begin with, its usual title."""

    name: str
    prefix: str
    title: str
    template: str = ""

    @property
    def template_file(self) -> str:
        """The template below templates/pdf."""
        return f"{self.template or self.name}.html"


@dataclass(frozen=True)
class Attachment:
    """Data embedded in the PDF for machines: `data` is written as canonical JSON."""

    name: str
    data: Any
    description: str = ""
    media_type: str = ""

    @property
    def mime(self) -> str:
        """The media type given, else by the ending: .jsonld or plain JSON."""
        return self.media_type or ("application/ld+json" if self.name.endswith(".jsonld") else "application/json")


@dataclass(frozen=True)
class StoredFile:
    """A file that stands in the store already and is embedded as it is; it must never be deleted from there."""

    name: str
    key: str
    media_type: str
    description: str = ""
    relationship: str = "Source"


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known; its name and prefix must be its own."""
    if not re.fullmatch(r"[A-Z]{2,4}", kind.prefix):
        raise ValueError(f"{kind.name}: a prefix is two to four capital letters, not {kind.prefix!r}")
    for other in KINDS.values():
        if kind != other and (kind.name == other.name or kind.prefix == other.prefix):
            raise ValueError(f"{kind.name} ({kind.prefix}) is too like {other.name} ({other.prefix})")
    return KINDS.setdefault(kind.name, kind)


SIGNATURE_SHEET = register(Kind("signature_sheet", "QS", N_("Record of signatures")))


def pair(text: Any) -> dict[str, str]:
    """A text in both languages: from a Text, a plain string (the same in both) or a pair."""
    if isinstance(text, dict):
        return {language: _clean(str(text[language])) for language in LANGUAGES}
    return {language: _clean(translate(text, language)) for language in LANGUAGES}


def snapshot(value: Any) -> Any:
    """`value` as plain JSON: texts as pairs, days and moments as ISO, money as minor units; floats are refused."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, dict):
        return {str(name): snapshot(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [snapshot(part) for part in value]
    return _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return pair(value)
    if isinstance(value, Money):
        return {"minor": value.minor, "currency": value.currency}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    raise TypeError(f"{value!r} cannot stand in a document: use whole numbers, Money, dates, texts")


def _clean(text: str) -> str:
    """NFC, and line ends as they are on every machine."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n")


def spoken(value: Any, language: str) -> Any:
    """A snapshot with every {"zh", "en"} pair replaced by its text in `language`."""
    if isinstance(value, dict):
        if set(value) == set(LANGUAGES):
            return value[language]
        return {name: spoken(part, language) for name, part in value.items()}
    return [spoken(part, language) for part in value] if isinstance(value, list) else value

