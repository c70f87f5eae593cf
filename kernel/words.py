"""Words shown to people: marked in the code in English, translated at the doors.

Commands and rules know no web and no language: they refuse with a `Text`, and the door that answers
(page, JSON, shell) translates it. Every `.po` file below `translations/<locale>/LC_MESSAGES` is merged.
"""

import io
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

FOLDER = Path(__file__).parent.parent / "translations"
LOCALES = {"zh": "zh_CN", "en": "en"}


def N_(msgid: str) -> str:
    """Mark a string for translation without translating it yet."""
    return msgid


class Text:
    """A sentence in English with named values, translated when it is shown."""

    __slots__ = ("msgid", "params")

    def __init__(self, msgid: str, **params: Any) -> None:
        self.msgid, self.params = msgid, params

    def __str__(self) -> str:
        return translate(self, "en")

    def __repr__(self) -> str:
        return f"Text({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and (self.msgid, self.params) == (other.msgid, other.params)

    def __hash__(self) -> int:
        return hash(self.msgid)


@cache
def catalog(locale: str) -> Translations:
    """The merged translations of a locale ('zh_CN' or 'en')."""
    merged = Translations()
    for path in sorted((FOLDER / locale / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as source:
            compiled = io.BytesIO()
            write_mo(compiled, read_po(source, locale=locale))
        compiled.seek(0)
        merged = merged.merge(Translations(compiled)) if merged.files else Translations(compiled)
        merged.files.append(str(path))
    return merged


def translate(text: Any, locale: str) -> str:
    """A Text, str or list of them in a locale ('zh', 'zh_CN' or 'en'); a list is joined as the language does it."""
    locale = LOCALES.get(locale, locale)
    if text is None or text == "":
        return ""
    if isinstance(text, list | tuple | set | frozenset):
        return ("、" if locale == "zh_CN" else ", ").join(translate(part, locale) for part in text)
    if not isinstance(text, Text):
        return catalog(locale).gettext(str(text))
    words = {name: _shown(value, locale) for name, value in text.params.items()}
    said = catalog(locale).gettext(text.msgid) if text.msgid else ""  # no words at all: not what the files begin with
    return said.format(**words) if words else said  # without values it may be somebody's own words, braces and all


def _shown(value: Any, locale: str) -> Any:
    if isinstance(value, Text | list | tuple | set | frozenset):
        return translate(value, locale)
    return value.isoformat() if isinstance(value, date) else value
