"""Code lists as form fields: choices to pick from, and words typed by people read as codes."""

from typing import Any

from marshmallow import ValidationError, fields

from kernel.words import N_, Text
from registry.vocabulary.codelist import CodeList, nearest

UNKNOWN = N_("“{word}” is not in the list.")
UNKNOWN_NEAR = N_("“{word}” is not in the list. Perhaps “{near}” is meant?")


def choices(codes: CodeList) -> list[tuple[str, str]]:
    """(code, English word) of every term; the page translates the word."""
    return [(term.code, term.en) for term in codes]


class TermCode(fields.String):
    """A term of a code list, typed as code, name or a known spelling; kept as its code."""

    def __init__(self, codes: CodeList, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.codes = codes

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        word = str(super()._deserialize(value, attr, data, **kwargs)).strip()
        if word in self.codes:
            return word
        term = self.codes.find(word)
        if term is not None:
            return term.code
        near = nearest(word, self.codes)
        said = Text(UNKNOWN_NEAR, word=word, near=Text(near.en)) if near else Text(UNKNOWN, word=word)
        raise ValidationError([said])  # type: ignore[list-item]
