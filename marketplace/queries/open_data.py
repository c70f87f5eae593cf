"""Open data: the files anybody may fetch, searched by words and theme."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select

from kernel.db import db
from kernel.errors import NotFound
from kernel.search import matching
from registry import queries as registry
from registry.models import CatalogueEntry, EntryTerm, Release


def open_files(words: str = "", themes: Sequence[str] = (), formats: Sequence[str] = ()) -> Select[Any]:
    """Released files whose title or entry holds every word, of one of the themes and formats, the latest first."""
    query = registry.released_files().join(CatalogueEntry, CatalogueEntry.id == Release.entry_id)
    return query.where(*_conditions(words, themes, formats))


def _conditions(words: str, themes: Sequence[str], formats: Sequence[str]) -> list[Any]:
    # An entry that is not open any more takes its files with it, whether or not somebody suspended them.
    found: list[Any] = [CatalogueEntry.state == "published", CatalogueEntry.opening_attribute == "open"]
    for word in words.split()[:8]:
        in_entry = CatalogueEntry.id.in_(matching("entry", word[:40]))
        found.append(or_(in_entry, Release.title.icontains(word[:40], autoescape=True)))
    if themes:
        term = exists().where(EntryTerm.entry_id == CatalogueEntry.id, EntryTerm.kind == "theme")
        found.append(term.where(EntryTerm.code.in_(list(themes))))
    if formats:
        found.append(Release.format.in_(list(formats)))
    return found


def open_themes(words: str = "", formats: Sequence[str] = ()) -> list[tuple[str, int]]:
    """The themes of open files with the number of files, most first."""
    query = (
        select(EntryTerm.code, func.count())
        .select_from(Release)
        .join(CatalogueEntry, CatalogueEntry.id == Release.entry_id)
        .join(EntryTerm, and_(EntryTerm.entry_id == CatalogueEntry.id, EntryTerm.kind == "theme"))
        .where(Release.state == "released", *_conditions(words, (), formats))
        .group_by(EntryTerm.code)
    )
    rows = db.session.execute(query.order_by(func.count().desc(), EntryTerm.code))
    return [(code, number) for code, number in rows]


def open_formats(words: str = "", themes: Sequence[str] = ()) -> list[tuple[str, int]]:
    """The formats of open files with the number of files, most first."""
    query = (
        select(Release.format, func.count())
        .join(CatalogueEntry, CatalogueEntry.id == Release.entry_id)
        .where(Release.state == "released", *_conditions(words, themes, ()))
        .group_by(Release.format)
    )
    rows = db.session.execute(query.order_by(func.count().desc(), Release.format))
    return [(code, number) for code, number in rows]


def release_for_all(release_id: uuid.UUID) -> Release:
    """An open file that anybody may fetch at this moment, with entry and agency; NotFound otherwise."""
    found = db.session.scalar(open_files().where(Release.id == release_id))
    if found is None:
        raise NotFound()
    return found
