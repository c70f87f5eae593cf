"""Code lists as data: a term has a code, its words in both languages and, where there is one, a standard address."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

_NOISE = re.compile(r"[\s、，,;；:：·_\-－—/（）()\[\]【】“”\"'《》.。]+")


def fold(word: str) -> str:
    """A word without what does not change its meaning: width, case, blanks, punctuation."""
    return _folded(word) if len(word) <= _KEPT else _fold(word)


def _fold(word: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", word)).casefold()


_KEPT = 60  # longer ones hardly come twice
_folded = lru_cache(maxsize=65_536)(_fold)


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a code list.

    `uri`: full address in a standard list; `also`: other spellings of real files; `family`: group it belongs to;
    `interval`: ISO 8601 duration; `media`: media type; `digit`: its digit in the resource code.
    """

    code: str
    zh: str
    en: str
    uri: str | None = None
    also: tuple[str, ...] = ()
    family: str | None = None
    interval: str | None = None
    media: str | None = None
    digit: str | None = None

    def word(self, locale: str) -> str:
        """The term in words: Chinese for every `zh…` locale, else English."""
        return self.zh if locale.startswith("zh") else self.en


class CodeList:
    """An ordered list of terms, found by code or by any of their words."""

    def __init__(self, name: str, terms: tuple[Term, ...]) -> None:
        self.name, self.terms = name, terms
        self.codes = tuple(term.code for term in terms)
        self._by_code = {term.code: term for term in terms}
        if len(self._by_code) != len(terms):
            raise ValueError(f"the code list {name} names a code twice")
        self._by_word: dict[str, list[Term]] = {}
        for term in terms:
            for word in dict.fromkeys(fold(word) for word in (term.code, term.zh, term.en, *term.also)):
                self._by_word.setdefault(word, []).append(term)

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> Term:
        return self._by_code[code]

    def choices(self, locale: str) -> list[tuple[str, str]]:
        """(code, word) of every term, for a select box."""
        return [(term.code, term.word(locale)) for term in self.terms]

    def find(self, word: str) -> Term | None:
        """The term a word names by code, name or known spelling; None where it names none or several."""
        found = self.find_all(word)
        return found[0] if len(found) == 1 else None

    def find_all(self, word: str) -> tuple[Term, ...]:
        """Every term a word names: portals join two themes in one word."""
        return tuple(self._by_word.get(fold(word), ()))

    def words(self) -> list[str]:
        """Every folded spelling of the list."""
        return list(self._by_word)


def nearest(word: str, codes: CodeList) -> Term | None:
    """The term that was most likely meant by a wrong word, or None. A proposal for a person, never applied silently."""
    wrong = fold(word)
    if not wrong:
        return None
    close = get_close_matches(wrong, codes.words(), n=1, cutoff=0.6)
    if not close:
        close = sorted(
            (known for known in codes.words() if len(known) > 1 and (known in wrong or wrong in known)),
            key=lambda known: -SequenceMatcher(None, wrong, known).ratio(),
        )
    found = codes.find_all(close[0]) if close else ()
    return found[0] if found else None


@cache
def load(file: str, name: str) -> CodeList:
    """The code list `name` of the file `file`.toml beside this module."""
    table = tomllib.loads((Path(__file__).parent / f"{file}.toml").read_text("utf-8"))[name]
    return CodeList(name, tuple(_term(entry, table.get("access", "")) for entry in table["terms"]))


def _term(entry: dict[str, Any], access: str) -> Term:
    uri = f"{access}{entry['uri']}" if "uri" in entry else None
    return Term(**{**entry, "uri": uri, "also": tuple(entry.get("also", ()))})
