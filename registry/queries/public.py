"""What other catalogues read of ours: published entries in an order that holds while entries come and go."""

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true, tuple_
from sqlalchemy.orm import aliased, joinedload

from accounts import queries as accounts
from accounts.models import Organisation
from kernel.actor import ANONYMOUS
from kernel.db import db
from kernel.errors import NotFound
from kernel.permissions import visible_to
from registry.models import CatalogueEntry, DataResource, EntryTerm, Release

Place = tuple[datetime, uuid.UUID]


def is_public() -> ColumnElement[bool]:
    """The entries that anybody may see."""
    return visible_to(ANONYMOUS, CatalogueEntry)


def published_after(last: uuid.UUID | None, size: int) -> Sequence[CatalogueEntry]:
    """Up to `size` published entries with their agencies, in the order of their identities, behind `last`."""
    query = select(CatalogueEntry).where(is_public()).options(joinedload(CatalogueEntry.agency))
    if last is not None:
        query = query.where(CatalogueEntry.id > last)
    return db.session.scalars(query.order_by(CatalogueEntry.id).limit(size)).all()


def published_count() -> int:
    """How many entries are published."""
    return db.session.scalar(select(func.count()).select_from(CatalogueEntry).where(is_public())) or 0


def published_ids(start: int = 0, most: int | None = None) -> Sequence[uuid.UUID]:
    """The identities of the published entries, in their order."""
    query = select(CatalogueEntry.id).where(is_public()).order_by(CatalogueEntry.id).offset(start)
    return db.session.scalars(query.limit(most) if most is not None else query).all()


def published_or_none(entry_id: uuid.UUID) -> CatalogueEntry | None:
    """One published entry with its agency, if there is one."""
    query = select(CatalogueEntry).where(CatalogueEntry.id == entry_id, is_public())
    return db.session.scalar(query.options(joinedload(CatalogueEntry.agency)))


def published_entry(entry_id: uuid.UUID) -> CatalogueEntry:
    """One published entry with its agency, or NotFound."""
    found = published_or_none(entry_id)
    if found is None:
        raise NotFound()
    return found


def latest_published(most: int) -> Sequence[CatalogueEntry]:
    """The published entries that changed last, with their agencies."""
    query = select(CatalogueEntry).where(is_public(), CatalogueEntry.public_changed_at.is_not(None))
    ordered = query.order_by(CatalogueEntry.public_changed_at.desc(), CatalogueEntry.id.desc()).limit(most)
    return db.session.scalars(ordered.options(joinedload(CatalogueEntry.agency))).all()


def addresses_of_entries(start: int, most: int) -> Iterator[tuple[uuid.UUID, datetime | None]]:
    """(identity, last change) of published entries, for lists of addresses."""
    query = select(CatalogueEntry.id, CatalogueEntry.public_changed_at).where(is_public())
    rows = db.session.execute(query.order_by(CatalogueEntry.id).offset(start).limit(most))
    yield from ((row_id, changed) for row_id, changed in rows)


def registered_count() -> int:
    """How many resources anybody may see."""
    query = select(func.count()).select_from(DataResource).where(visible_to(ANONYMOUS, DataResource))
    return db.session.scalar(query) or 0


def addresses_of_resources(start: int, most: int) -> Iterator[tuple[uuid.UUID, datetime | None]]:
    """(identity, nothing) of the resources anybody may see."""
    query = select(DataResource.id).where(visible_to(ANONYMOUS, DataResource)).order_by(DataResource.id)
    for row_id in db.session.scalars(query.offset(start).limit(most)):
        yield row_id, None


def latest_files(most: int) -> Sequence[Release]:
    """The files that were opened last, with entry and agency."""
    query = select(Release).where(_is_open_file(), Release.released_at.is_not(None))
    ordered = query.order_by(Release.released_at.desc(), Release.id.desc()).limit(most)
    return db.session.scalars(ordered.options(joinedload(Release.agency), joinedload(Release.entry))).all()


def files_of(entry_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Release]]:
    """The released files of several entries at once, the latest edition first."""
    query = select(Release).where(_is_open_file(), Release.entry_id.in_(entry_ids))
    found: dict[uuid.UUID, list[Release]] = {}
    for row in db.session.scalars(query.order_by(Release.edition.desc(), Release.id)):
        found.setdefault(row.entry_id, []).append(row)
    return found


def entry_of_file(release_id: uuid.UUID) -> uuid.UUID | None:
    """To which entry an open file belongs."""
    return db.session.scalar(select(Release.entry_id).where(Release.id == release_id, _is_open_file()))


def publisher(agency_id: uuid.UUID) -> tuple[Organisation, int] | None:
    """An agency with the number of its published entries; None where it has none."""
    found = db.session.get(Organisation, agency_id)
    number = counted(filtered({"agency": [str(agency_id)]})) if found else 0
    return (found, number) if found and number else None


def publishers() -> Sequence[tuple[Organisation, int]]:
    """The agencies that have published entries, with how many, by name."""
    counted = (
        select(CatalogueEntry.agency_id, func.count().label("number"))
        .where(is_public(), CatalogueEntry.agency_id.is_not(None))
        .group_by(CatalogueEntry.agency_id)
        .subquery()
    )
    query = select(Organisation, counted.c.number).join(counted, counted.c.agency_id == Organisation.id)
    rows = db.session.execute(query.order_by(Organisation.name, Organisation.id))
    return [(row, int(number)) for row, number in rows]


def filtered(
    filters: Mapping[str, Collection[str]], tags: Collection[str] = (), *, changed_first: bool = False
) -> Select[CatalogueEntry]:
    """Published entries in the order of their identities, or the last changed first.

    `filters`: agency, theme, data_format, opening, jurisdiction, frequency, of each one value must fit; of the
    keywords `tags` all.
    """
    query = select(CatalogueEntry).where(is_public(), *(_fits(name, list(filters[name])) for name in filters))
    for tag in tags:
        query = query.where(_is_tagged(tag))
    if changed_first:
        newest = CatalogueEntry.public_changed_at.desc()
        return query.order_by(newest, CatalogueEntry.id.desc())
    return query.order_by(CatalogueEntry.id)


def counted(query: Select[CatalogueEntry]) -> int:
    """How many entries a query finds."""
    return db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0


def with_agencies(query: Select[CatalogueEntry], start: int, most: int) -> Sequence[CatalogueEntry]:
    """A part of what a query finds, each with its agency."""
    part = query.offset(start).limit(most).options(joinedload(CatalogueEntry.agency))
    return db.session.scalars(part).all()


def tags(words: str = "", most: int | None = None) -> list[str]:
    """The keywords of published entries, each once, by their signs; only those that hold `words`."""
    word = _keywords()
    query = select(word).select_from(CatalogueEntry).join(word.table, true()).where(is_public()).distinct()
    if words:
        query = query.where(word.contains(words, autoescape=True))
    return [str(tag) for tag in db.session.scalars(query.order_by(word).limit(most))]


def _keywords() -> Any:
    """The keywords of an entry as rows of their own: the two databases take a list apart by different functions."""
    if db.engine.dialect.name == "postgresql":
        listed = func.json_array_elements_text(CatalogueEntry.keywords).table_valued("value").lateral("tag")
    else:
        listed = func.json_each(CatalogueEntry.keywords).table_valued("value", name="tag")
    return listed.c.value


def _is_tagged(tag: str) -> ColumnElement[bool]:
    word = _keywords()
    return exists(select(1).select_from(word.table).where(word == tag))


def _fits(name: str, values: list[str]) -> ColumnElement[bool]:
    columns = {
        "opening": CatalogueEntry.opening_attribute,
        "jurisdiction": CatalogueEntry.jurisdiction,
        "frequency": CatalogueEntry.update_frequency,
    }
    if name == "agency":
        return CatalogueEntry.agency_id.in_([uuid.UUID(value) for value in values])
    if name in columns:
        return columns[name].in_(values)
    term = aliased(EntryTerm)
    kind = {"theme": "theme", "data_format": "format"}[name]
    bears = exists().where(term.entry_id == CatalogueEntry.id, term.kind == kind)
    return bears.where(term.code.in_(values))


def theme_counts() -> dict[str, int]:
    """How many published entries each theme has."""
    query = select(EntryTerm.code, func.count()).join(CatalogueEntry, CatalogueEntry.id == EntryTerm.entry_id)
    rows = db.session.execute(query.where(is_public(), EntryTerm.kind == "theme").group_by(EntryTerm.code))
    return {str(code): int(number) for code, number in rows}


def changes(
    *,
    since: datetime | None = None,
    before: datetime | None = None,
    behind: Place | None = None,
    of: tuple[str, str] | None = None,
) -> Select[CatalogueEntry]:
    """Entries that are or once were public, in the order of their last public change; `before` is not included.

    `behind`: the (moment, identity) after which to go on; `of`: only an agency, theme or place, by its code.
    """
    query = select(CatalogueEntry).where(_known(), CatalogueEntry.public_changed_at.is_not(None))
    if since is not None:
        query = query.where(CatalogueEntry.public_changed_at >= since)
    if before is not None:
        query = query.where(CatalogueEntry.public_changed_at < before)
    if behind is not None:
        query = query.where(tuple_(CatalogueEntry.public_changed_at, CatalogueEntry.id) > behind)
    if of is not None:
        query = query.where(_belongs_to(*of))
    ordered = query.order_by(CatalogueEntry.public_changed_at, CatalogueEntry.id)
    return ordered.options(joinedload(CatalogueEntry.agency))


def first_changes(most: int, **narrowed: Any) -> Sequence[CatalogueEntry]:
    """The first of `changes`, each with its agency."""
    return db.session.scalars(changes(**narrowed).limit(most)).all()


def known_entry(entry_id: uuid.UUID) -> CatalogueEntry | None:
    """An entry that is or once was public: of one that was withdrawn, only that may be told."""
    query = select(CatalogueEntry).where(CatalogueEntry.id == entry_id, _known())
    return db.session.scalar(query.options(joinedload(CatalogueEntry.agency)))


def earliest_change() -> datetime | None:
    """When the first entry that is known to the public changed last."""
    query = select(func.min(CatalogueEntry.public_changed_at)).where(_known())
    return db.session.scalar(query)


def latest_change() -> datetime | None:
    """When an entry that is known to the public changed last."""
    query = select(CatalogueEntry.public_changed_at).where(CatalogueEntry.public_changed_at.is_not(None))
    return db.session.scalar(query.order_by(CatalogueEntry.public_changed_at.desc()).limit(1))


def earliest_publication() -> datetime | None:
    """When the first entry was published."""
    return db.session.scalar(select(func.min(CatalogueEntry.public_since)))


def main_place() -> str | None:
    """The jurisdiction that has most published entries."""
    query = select(CatalogueEntry.jurisdiction).where(is_public()).group_by(CatalogueEntry.jurisdiction)
    return db.session.scalar(query.order_by(func.count().desc(), CatalogueEntry.jurisdiction).limit(1))


def places_of_entries() -> list[str]:
    """The jurisdictions that have published entries."""
    query = select(CatalogueEntry.jurisdiction).where(is_public()).distinct()
    return sorted(db.session.scalars(query))


def _is_open_file() -> ColumnElement[bool]:
    """Released, and its entry still published as open: an entry that closes takes its files with it."""
    open_ = and_(is_public(), CatalogueEntry.opening_attribute == "open")
    return and_(visible_to(ANONYMOUS, Release), exists().where(CatalogueEntry.id == Release.entry_id, open_))


def _known() -> ColumnElement[bool]:
    withdrawn = and_(CatalogueEntry.state == "withdrawn", CatalogueEntry.public_since.is_not(None))
    return or_(is_public(), withdrawn)


def _identity(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _belongs_to(kind: str, code: str) -> Any:
    if kind == "agency":
        return CatalogueEntry.agency_id.in_([found for found in [_identity(code)] if found])
    if kind == "place":
        return CatalogueEntry.jurisdiction.in_(accounts.places_below(code))
    term = aliased(EntryTerm)
    return exists().where(term.entry_id == CatalogueEntry.id, term.kind == "theme", term.code == code)
