"""Base and theme databases, and the catalogues of places that the level above reviews."""

import hashlib
import uuid
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from accounts import queries as accounts
from kernel.actor import Actor
from kernel.db import db
from kernel.permissions import visible, visible_to
from registry.models import CatalogueEntry, Database, DatabaseEntry, EntryName, LocalCatalogue
from registry.queries.scope import OVERSEEING, for_managing_bodies, narrowed, one_of, own_or_overseen


@visible(Database)
def _visible_databases(actor: Actor) -> ColumnElement[bool]:
    return for_managing_bodies(actor, Database)


def databases(actor: Actor, **filters: str) -> Select[Database]:
    """The databases of the actor's line of places; by words, kind, place, state."""
    query = select(Database).where(visible_to(actor, Database)).options(joinedload(Database.agency))
    query = narrowed(query, Database, filters, (Database.title, Database.scope))
    return query.order_by(Database.jurisdiction, Database.kind, Database.title, Database.id)


def database(actor: Actor, database_id: uuid.UUID) -> Database:
    """The database of that id with its lead department, where the actor may see it, or NotFound."""
    found: Database = one_of(
        actor, select(Database).options(joinedload(Database.agency)), Database, database_id
    )
    return found


def database_or_none(database_id: uuid.UUID | None) -> Database | None:
    """The database of that id; asks nobody's permission."""
    return db.session.get(Database, database_id) if database_id else None


def standing_database(jurisdiction: str, code: str | None, title: str) -> Database | None:
    """The open database of a place that the rule's code or the title names already."""
    same = Database.code == code if code else Database.title == title
    query = select(Database).where(
        Database.jurisdiction == jurisdiction, Database.state.in_(("established", "compiled")), same
    )
    return db.session.scalar(query.limit(1))


def open_databases(jurisdiction: str) -> list[Database]:
    """The open databases of a place and those above it: where its data can go."""
    line = accounts.authorities_above(jurisdiction)
    query = select(Database).where(
        Database.jurisdiction.in_(line), Database.state.in_(("established", "compiled"))
    )
    return list(db.session.scalars(query.order_by(Database.kind, Database.title)))


def database_members(database_id: uuid.UUID) -> Select[DatabaseEntry]:
    """The entries of a database, by title, with the agencies that hold them."""
    entry = joinedload(DatabaseEntry.entry).joinedload(CatalogueEntry.agency)
    query = select(DatabaseEntry).join(CatalogueEntry, CatalogueEntry.id == DatabaseEntry.entry_id)
    ordered = query.where(DatabaseEntry.database_id == database_id).order_by(CatalogueEntry.title)
    return ordered.order_by(DatabaseEntry.id).options(entry)


def database_member(database_id: uuid.UUID, entry_id: uuid.UUID) -> DatabaseEntry | None:
    """The membership of an entry in a database, or None."""
    query = select(DatabaseEntry).where(
        DatabaseEntry.database_id == database_id, DatabaseEntry.entry_id == entry_id
    )
    return db.session.scalar(query)


def database_digest(database_id: uuid.UUID) -> tuple[int, str]:
    """How many entries a database has, and the SHA-256 over their identities, versions and items."""
    query = (
        select(DatabaseEntry.entry_id, CatalogueEntry.version, DatabaseEntry.items)
        .join(CatalogueEntry, CatalogueEntry.id == DatabaseEntry.entry_id)
        .where(DatabaseEntry.database_id == database_id)
    )
    lines = [f"{entry} {version} {'、'.join(items)}" for entry, version, items in db.session.execute(query)]
    return len(lines), _digest(lines)


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def entries_to_enlist(found: Database, words: str, limit: int = 20) -> list[CatalogueEntry]:
    """Published entries of the place and below that fit into the database and are not in it yet, by title."""
    inside = exists().where(
        DatabaseEntry.database_id == found.id, DatabaseEntry.entry_id == CatalogueEntry.id
    )
    query = select(CatalogueEntry).where(
        CatalogueEntry.state == "published",
        CatalogueEntry.jurisdiction.in_(accounts.places_below(found.jurisdiction)),
        or_(CatalogueEntry.database_level == found.kind, CatalogueEntry.database_level.is_(None)),
        CatalogueEntry.title.icontains(words, autoescape=True),
        ~inside,
    )
    ordered = query.order_by(CatalogueEntry.title, CatalogueEntry.id).limit(limit)
    return list(db.session.scalars(ordered.options(joinedload(CatalogueEntry.agency))))


def published_entry(entry_id: uuid.UUID, jurisdiction: str) -> CatalogueEntry | None:
    """The published entry of that id in a place or below it, or None."""
    found = db.session.get(CatalogueEntry, entry_id)
    if found is None or found.state != "published":
        return None
    return found if found.jurisdiction in accounts.places_below(jurisdiction) else None


def databases_of(entry_id: uuid.UUID) -> list[Database]:
    """The databases an entry belongs to."""
    query = select(Database).join(DatabaseEntry, DatabaseEntry.database_id == Database.id)
    return list(db.session.scalars(query.where(DatabaseEntry.entry_id == entry_id).order_by(Database.title)))


def counts_by_level(actor: Actor) -> dict[str | None, int]:
    """Published entries the actor may see, counted by base, theme and department resources; None: not told."""
    query = select(CatalogueEntry.database_level, func.count()).where(
        CatalogueEntry.state == "published", visible_to(actor, CatalogueEntry)
    )
    return {
        level: number for level, number in db.session.execute(query.group_by(CatalogueEntry.database_level))
    }


@visible(LocalCatalogue)
def _visible_local_catalogues(actor: Actor) -> ColumnElement[bool]:
    return own_or_overseen(actor, LocalCatalogue, LocalCatalogue.organisation_id)


def local_catalogues(actor: Actor, **filters: str) -> Select[LocalCatalogue]:
    """The catalogues of places that were compiled for the level above, the newest first."""
    query = select(LocalCatalogue).where(visible_to(actor, LocalCatalogue))
    query = narrowed(query, LocalCatalogue, filters).options(joinedload(LocalCatalogue.organisation))
    return query.order_by(LocalCatalogue.compiled_at.desc(), LocalCatalogue.id)


def local_catalogue(actor: Actor, catalogue_id: uuid.UUID) -> LocalCatalogue:
    """The catalogue of that id where the actor may see it, or NotFound."""
    query = select(LocalCatalogue).options(joinedload(LocalCatalogue.organisation))
    found: LocalCatalogue = one_of(actor, query, LocalCatalogue, catalogue_id)
    return found


def counts_by_place(actor: Actor) -> dict[str, dict[str, int]]:
    """Place → state → number of entries, of the places the actor oversees."""
    if not OVERSEEING & actor.roles:
        return {}
    query = select(CatalogueEntry.jurisdiction, CatalogueEntry.state, func.count()).where(
        CatalogueEntry.jurisdiction.in_(actor.jurisdictions), visible_to(actor, CatalogueEntry)
    )
    found: dict[str, dict[str, int]] = {}
    for place, state, number in db.session.execute(
        query.group_by(CatalogueEntry.jurisdiction, CatalogueEntry.state)
    ):
        found.setdefault(place, {})[state] = number
    return found


def catalogue_of_place(jurisdiction: str) -> dict[str, Any]:
    """The published catalogue of one place: entries, agencies, waiting (handed in), sha256 of all."""
    of_place = CatalogueEntry.jurisdiction == jurisdiction
    query = select(CatalogueEntry.id, CatalogueEntry.version, CatalogueEntry.agency_id)
    rows = db.session.execute(query.where(of_place, CatalogueEntry.state == "published")).all()
    waiting = select(func.count(CatalogueEntry.id)).where(of_place, CatalogueEntry.state == "submitted")
    return {
        "entries": len(rows),
        "agencies": len({agency for _, _, agency in rows}),
        "waiting": db.session.scalar(waiting) or 0,
        "sha256": _digest(f"{entry} {version}" for entry, version, _ in rows),
    }


def titles_known_above(jurisdiction: str, limit: int = 20) -> list[str]:
    """Titles of the place's published entries that an entry of a place above bears as well."""
    above = accounts.authorities_above(jurisdiction)[1:]
    own, other = aliased(EntryName), aliased(EntryName)
    standing = aliased(CatalogueEntry)
    query = (
        select(CatalogueEntry.title)
        .join(own, own.entry_id == CatalogueEntry.id)
        .join(other, (other.kind == "title") & (other.name == own.name))
        .join(standing, standing.id == other.entry_id)
        .where(own.kind == "title", own.jurisdiction == jurisdiction, other.jurisdiction.in_(above))
        .where(CatalogueEntry.state == "published", standing.state == "published")
    )
    return list(db.session.scalars(query.distinct().order_by(CatalogueEntry.title).limit(limit)))
