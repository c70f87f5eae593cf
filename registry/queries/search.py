"""The search over the catalogue: words, filters, and how many entries each further filter would leave."""

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from accounts import queries as accounts
from kernel.actor import Actor
from kernel.db import db
from kernel.permissions import visible_to
from registry.models import CatalogueEntry, EntryTerm
from registry.vocabulary import fold

COLUMNS = {
    "agency": CatalogueEntry.agency_id,
    "opening": CatalogueEntry.opening_attribute,
    "jurisdiction": CatalogueEntry.jurisdiction,
    "state": CatalogueEntry.state,
}
TERMS = {"theme": "theme", "data_format": "format"}
SEARCHED = ("title", "resource_code", "abstract", "provider")
_MOST_WORDS, _LONGEST_WORD = 8, 40


def searchable(fields: Mapping[str, Any], agency_name: str = "") -> str:
    """The text a search reads: each part folded (width, case, blanks), one part a line."""
    parts: list[str] = [str(fields.get(name) or "") for name in SEARCHED]
    parts += [agency_name, *(fields.get("keywords") or ())]
    parts += [str(item.get("name", "")) for item in fields.get("items") or ()]
    return "\n".join(dict.fromkeys(word for word in map(fold, parts) if word))


def search_entries(actor: Actor, words: str, filters: Mapping[str, Sequence[str]]) -> Select[CatalogueEntry]:
    """The entries an actor may see that hold every word, narrowed by filters (theme, agency, opening,
    data_format, jurisdiction, state: each a list of which one must fit). Those with a word in the title come first."""
    query = select(CatalogueEntry).where(*_conditions(actor, words, filters))
    asked = _words(words)
    if asked:
        in_title = CatalogueEntry.title.icontains(words.strip(), autoescape=True)
        query = query.order_by(in_title.desc())
    ordered = query.order_by(
        CatalogueEntry.public_since.desc(), CatalogueEntry.created_at.desc(), CatalogueEntry.id
    )
    return ordered.options(joinedload(CatalogueEntry.agency))


def facets(
    actor: Actor, words: str, filters: Mapping[str, Sequence[str]], names: Iterable[str]
) -> dict[str, list[tuple[str, int]]]:
    """For each filter its values with the number of entries, counted without that filter itself, most first."""
    counted: dict[str, list[tuple[str, int]]] = {}
    for name in names:
        others = {other: values for other, values in filters.items() if other != name}
        conditions = _conditions(actor, words, others)
        value: Any = EntryTerm.code if name in TERMS else COLUMNS[name]
        query = (
            select(value, func.count())
            .select_from(CatalogueEntry)
            .where(*conditions, value.is_not(None))
            .group_by(value)
        )
        if name in TERMS:
            query = query.join(EntryTerm, EntryTerm.entry_id == CatalogueEntry.id).where(
                EntryTerm.kind == TERMS[name]
            )
        rows = db.session.execute(query.order_by(func.count().desc(), value)).all()
        counted[name] = [(str(code), number) for code, number in rows]
    return counted


def agency_names(ids: Iterable[Any]) -> dict[str, str]:
    """The names of agencies by id in words, for the labels of a filter."""
    return {str(row_id): name for row_id, name in accounts.names_of(list(ids)).items()}


def _words(text: str) -> list[str]:
    parts = re.split(r"[\s、，,;；。]+", text)
    return [word for part in parts[:_MOST_WORDS] if (word := fold(part)[:_LONGEST_WORD])]


def _conditions(actor: Actor, words: str, filters: Mapping[str, Sequence[str]]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [visible_to(actor, CatalogueEntry)]
    found += [CatalogueEntry.words.contains(word, autoescape=True) for word in _words(words)]
    for name, values in filters.items():
        if not values:
            continue
        if name in TERMS:
            term = aliased(EntryTerm)
            bears = exists().where(term.entry_id == CatalogueEntry.id, term.kind == TERMS[name])
            found.append(bears.where(term.code.in_(values)))
        elif name == "agency":
            found.append(CatalogueEntry.agency_id.in_([uuid.UUID(value) for value in values]))
        else:
            found.append(COLUMNS[name].in_(values))
    return found
