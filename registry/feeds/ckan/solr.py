"""The part of Solr's query language that `fq` and `sort` are written in: field:value, several of them, one of several.

    organization:… AND groups:(health OR weather) +res_format:"CSV" tags:雨量

What is not understood is refused, never ignored: a filter that silently does nothing shows what was not asked for.
"""

import re
from dataclasses import dataclass, field

from registry.feeds.ckan.asked import identity
from registry.feeds.ckan.refusals import ActionRefused
from registry.vocabulary import FORMATS

# What CKAN calls it → our filter
FILTERS = {
    "organization": "agency",
    "owner_org": "agency",
    "groups": "theme",
    "res_format": "data_format",
    "license_id": "opening",
    "opening_attribute": "opening",
    "jurisdiction": "jurisdiction",
    "update_frequency": "frequency",
}
ALWAYS_SO = {
    "dataset_type": "dataset",
    "type": "dataset",
    "state": "active",
    "private": "false",
    "capacity": "public",
}
_VALUE = r'"(?:[^"\\]|\\.)*"|[^\s()"]+'
_TERM = re.compile(
    rf"\s*(?:(?:AND|&&)\s+)?(?P<sign>[+-]|NOT\s+)?(?P<field>\w+):(?:\((?P<many>[^()]*)\)|(?P<one>{_VALUE}))"
)
_ORDERS = {
    "score": "",
    "metadata_modified": "newest",
    "metadata_created": "newest",
    "title_string": "title",
    "title": "title",
}


@dataclass
class Narrowed:
    """A filter query: our filters with their values, keywords that all must be there, `nothing` where none can fit."""

    filters: dict[str, list[str]] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    nothing: bool = False


def narrowed(query: str) -> Narrowed:
    """Read a filter query. Raises ActionRefused where a part of it is not understood."""
    found, place = Narrowed(), 0
    while query[place:].strip() not in ("", "*:*"):
        match = _TERM.match(query, place)
        if match is None or (match["sign"] or "+").strip() != "+":
            raise ActionRefused(
                "Search Query Error", f"Search Query is invalid: cannot read {query[place : place + 60]!r}"
            )
        place = match.end()
        parts = [match["one"]] if match["one"] is not None else _several(match["many"])
        _take(found, match["field"], [_bare(part) for part in parts])
    return found


def _several(text: str) -> list[str]:
    parts = re.findall(_VALUE, text)
    if any(part in ("AND", "NOT", "&&") for part in parts):
        raise ActionRefused("Search Query Error", "Search Query is invalid: only OR can stand between values")
    return [part for part in parts if part not in ("OR", "||")]


def _bare(part: str) -> str:
    text = part[1:-1] if part.startswith('"') and part.endswith('"') and len(part) > 1 else part
    return re.sub(r"\\(.)", r"\1", text)


def _take(found: Narrowed, name: str, values: list[str]) -> None:
    if values in (["*"], ["[*"]) and name in (*FILTERS, *ALWAYS_SO):
        return
    if name in ALWAYS_SO:
        found.nothing |= ALWAYS_SO[name] not in [value.lower() for value in values]
    elif name in ("tags", "keywords"):
        if len(values) != 1:
            raise ActionRefused("Search Query Error", "Search Query is invalid: name one tag in each part")
        found.tags.append(values[0])
    elif name in FILTERS:
        known = [code for value in values if (code := _code(name, value)) is not None]
        kept = found.filters.get(FILTERS[name])
        found.filters[FILTERS[name]] = [code for code in known if kept is None or code in kept]
        found.nothing |= not found.filters[FILTERS[name]]
    else:
        raise ActionRefused("Search Query Error", f"Search Query is invalid: there is no field {name[:60]!r}")


def _code(name: str, value: str) -> str | None:
    """A value as our filter knows it; None where it names nothing of ours."""
    if FILTERS[name] == "agency":
        found = identity(value)
        return str(found) if found else None
    if name == "res_format":
        term = FORMATS.find(value)
        return term.code if term else None
    return value if re.fullmatch(r"[\w.-]{1,60}", value) else None


def order_of(sort: str, has_words: bool) -> str:
    """'' (best first), 'newest', 'title' or 'name', of `sort`. Raises ActionRefused where it is not offered."""
    first = [part.strip() for part in re.split(r",", sort) if part.strip()][:1] or ["score desc"]
    name, _, direction = first[0].replace("+", " ").partition(" ")
    rising = direction.strip().lower() in ("", "asc")
    if name in ("name", "id") and rising and not has_words:
        return "name"
    if name in _ORDERS and rising == (_ORDERS[name] == "title"):
        return _ORDERS[name]
    offered = "score desc, metadata_modified desc, title_string asc; without words also name asc"
    raise ActionRefused("Search Query Error", f"Search Query is invalid: it can be sorted by {offered}")
