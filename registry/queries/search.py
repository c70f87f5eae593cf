"""Entries, resources and licences in the search: what of each is read, and the filters of the registry."""

import re
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from accounts import queries as accounts
from accounts.models import Organisation
from accounts.queries.search import identity, named
from kernel.db import db
from kernel.search import Document, Filter, Kind, filter_by, indexed
from kernel.words import N_, translate
from registry.models import CatalogueEntry, DataResource, Licence
from registry.vocabulary import FORMATS, FREQUENCIES, OPENING_ATTRIBUTES, THEMES, CodeList, periods
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
        "year",
        N_("Years covered"),
        "covers",
        lambda years, locale: {year: periods.word(year, locale) for year in years},
        spread=periods.each_year,
        reads=lambda value: value if re.fullmatch(r"[1-9]\d{3}", value, re.ASCII) else None,
        last_first=True,
        most_shown=periods.MOST_YEARS,
    )
)
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
    found = accounts.names_of(list(ids)).items()
    return {None: "", **{row_id: name for row_id, name in found}}


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
            "covers": ["/".join(map(str, row.covered_years or ()))],
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
        filters=("theme", "agency", "opening", "data_format", "frequency", "year", "jurisdiction", "state"),
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
