"""Entries, resources and licences in the search: what of each is read, and the filters of the registry."""

import re
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from accounts import queries as accounts
from accounts.models import Organisation
from accounts.queries.search import identity, named
from kernel.actor import Actor
from kernel.db import db
from kernel.permissions import visible_to
from kernel.search import Document, Filter, Kind, filter_by, indexed
from kernel.words import N_, translate
from registry.models import CatalogueEntry, DataResource, EntryTerm, Licence
from registry.vocabulary import FORMATS, FREQUENCIES, OPENING_ATTRIBUTES, THEMES, CodeList, fold
from registry.vocabulary.steps import LICENCE_LEVELS


def of_list(codes: CodeList) -> Callable[[Sequence[str], str], Mapping[str, str]]:
    """The words of codes of a list."""
    return lambda values, locale: {code: codes[code].word(locale) for code in values if code in codes}


filter_by(Filter("theme", N_("Theme"), "theme", of_list(THEMES), is_open=True))
filter_by(Filter("agency", N_("Agency"), "agency", named, reads=identity))
filter_by(Filter("holder", N_("Holder"), "holder", named, reads=identity))
filter_by(Filter("opening", N_("Opening"), "opening", of_list(OPENING_ATTRIBUTES), is_open=True))
filter_by(Filter("data_format", N_("Format"), "data_format", of_list(FORMATS)))
filter_by(Filter("frequency", N_("Update frequency"), "frequency", of_list(FREQUENCIES)))
filter_by(
    Filter(
        "level",
        N_("Level"),
        "level",
        lambda levels, locale: {
            level: translate(LICENCE_LEVELS[level], locale) for level in levels if level in LICENCE_LEVELS
        },
    )
)


def _names(ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID | None, str]:
    return {None: "", **accounts.names_of(list(ids))}


def _entries(rows: Sequence[CatalogueEntry]) -> Iterable[Document]:
    names = _names(row.agency_id for row in rows)
    for row in rows:
        items = [str(item.get("name") or "") for item in row.items or () if isinstance(item, dict)]
        texts = [row.abstract or "", row.provider or "", names.get(row.agency_id, ""), *items]
        terms = {
            "theme": row.themes or (),
            "agency": [str(row.agency_id or "")],
            "opening": [row.opening_attribute or ""],
            "data_format": row.formats or (),
            "frequency": [row.update_frequency or ""],
            "jurisdiction": [row.jurisdiction],
            "state": [row.state],
        }
        keywords = [row.resource_code or "", *(row.keywords or ())]
        yield Document(row.title, row.public_since or row.created_at, keywords, texts, terms)


indexed(
    Kind(
        name="entry",
        model=CatalogueEntry,
        word=N_("Catalogue entries"),
        documents=_entries,
        shown=lambda ids: (
            select(CatalogueEntry)
            .where(CatalogueEntry.id.in_(ids))
            .options(joinedload(CatalogueEntry.agency))
        ),
        newest=func.coalesce(CatalogueEntry.public_since, CatalogueEntry.created_at),
        filters=("theme", "agency", "opening", "data_format", "frequency", "jurisdiction", "state"),
        depends={
            Organisation: lambda body: select(CatalogueEntry.id).where(CatalogueEntry.agency_id == body.id)
        },
    )
)


def _resources(rows: Sequence[DataResource]) -> Iterable[Document]:
    names = _names(row.holder_id for row in rows)
    for row in rows:
        terms = {"jurisdiction": [row.jurisdiction], "holder": [str(row.holder_id)], "state": [row.state]}
        texts = [row.abstract, row.scenario, names.get(row.holder_id, "")]
        yield Document(row.title, row.created_at, [row.code or ""], texts, terms)


indexed(
    Kind(
        name="resource",
        model=DataResource,
        word=N_("Data resources"),
        documents=_resources,
        shown=lambda ids: (
            select(DataResource).where(DataResource.id.in_(ids)).options(joinedload(DataResource.holder))
        ),
        newest=DataResource.created_at,
        filters=("jurisdiction", "holder", "state"),
        depends={Organisation: lambda body: select(DataResource.id).where(DataResource.holder_id == body.id)},
    )
)


def _licences(rows: Sequence[Licence]) -> Iterable[Document]:
    query = select(Organisation).where(Organisation.id.in_([row.organisation_id for row in rows]))
    holders = {body.id: body for body in db.session.scalars(query)}
    for row in rows:
        holder = holders[row.organisation_id]
        terms = {"level": [row.level], "jurisdiction": [row.jurisdiction], "state": [row.state]}
        keywords = [holder.name_en, holder.uscc or "", row.number or ""]
        yield Document(holder.name, row.created_at, keywords, [row.scope], terms)


indexed(
    Kind(
        name="licence",
        model=Licence,
        word=N_("Licensed operators"),
        documents=_licences,
        shown=lambda ids: (
            select(Licence).where(Licence.id.in_(ids)).options(joinedload(Licence.organisation))
        ),
        newest=Licence.created_at,
        filters=("level", "state", "jurisdiction"),
        depends={Organisation: lambda body: select(Licence.id).where(Licence.organisation_id == body.id)},
    )
)


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
