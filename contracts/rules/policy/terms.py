"""The vocabulary of policies: purposes in classes, actions, forms and duties, with their ODRL and DPV terms."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from kernel.words import Text
from registry.vocabulary.purposes import TERMS as PURPOSE_TERMS

_FILE = Path(__file__).with_name("terms.toml")


@cache
def terms(kind: str) -> dict[str, dict[str, Any]]:
    """The terms of a kind (purposes, actions, forms, duties) in the order in which they are shown."""
    if kind == "purposes":
        return PURPOSE_TERMS
    with _FILE.open("rb") as source:
        return dict(tomllib.load(source)[kind])


def word(kind: str, code: str) -> Text:
    """A term in words; a code that nobody knows as it is."""
    return Text(terms(kind).get(code, {}).get("en", code))


def words(kind: str, codes: Any) -> list[Text]:
    """Several terms in words, in the order of the vocabulary."""
    return [word(kind, code) for code in in_order(kind, codes)]


def in_order(kind: str, codes: Any) -> list[str]:
    """Codes in the order of the vocabulary, unknown ones last."""
    known = list(terms(kind))
    return sorted(codes, key=lambda code: (known.index(code) if code in known else len(known), code))


def purpose_class(purpose: str) -> str:
    """The class a purpose belongs to; a class belongs to itself."""
    return str(terms("purposes").get(purpose, {}).get("broader", purpose))


def purposes_by_class() -> dict[str, list[str]]:
    """The classes, each with its purposes."""
    found: dict[str, list[str]] = {}
    for code in terms("purposes"):
        found.setdefault(purpose_class(code), [])
        if purpose_class(code) != code:
            found[purpose_class(code)].append(code)
    return found
