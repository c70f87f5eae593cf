"""Catalogue entries: who sees which, one entry, what waits for review."""

import uuid
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from accounts import queries as accounts
from kernel.actor import Actor
from kernel.db import db
from kernel.errors import NotFound
from kernel.permissions import visible, visible_to
from registry.models import CatalogueEntry
from registry.vocabulary import FIELDS

# Roles that see what was handed in, in their place.
OVERSEEING = frozenset({"authority", "auditor", "government", "registrar"})


@visible(CatalogueEntry)
def _visible_entries(actor: Actor) -> ColumnElement[bool]:
    """Published ones for all; one's own; for those who oversee a place, what was handed in or imported there."""
    seen: list[ColumnElement[bool]] = [CatalogueEntry.state == "published"]
    if actor.organisation_id is not None:
        seen.append(CatalogueEntry.agency_id == actor.organisation_id)
    if OVERSEEING & actor.roles:
        handed_in = or_(CatalogueEntry.state != "draft", CatalogueEntry.import_id.is_not(None))
        seen.append(and_(CatalogueEntry.jurisdiction.in_(actor.jurisdictions), handed_in))
    return or_(*seen)


def entry(entry_id: uuid.UUID) -> CatalogueEntry:
    """The entry of that id, or NotFound. Asks nobody's permission: for the work of packages, not for pages."""
    found = db.session.get(CatalogueEntry, entry_id)
    if found is None:
        raise NotFound()
    return found


def entry_page(actor: Actor, entry_id: uuid.UUID) -> CatalogueEntry:
    """The entry with its agency, where the actor may see it, or NotFound."""
    query = select(CatalogueEntry).options(joinedload(CatalogueEntry.agency))
    found = db.session.scalar(query.where(CatalogueEntry.id == entry_id, visible_to(actor, CatalogueEntry)))
    if found is None:
        raise NotFound()
    return found


def entries(actor: Actor, *, state: str | None = None, own: bool = False) -> Select[CatalogueEntry]:
    """The entries an actor may see, newest first; only its own agency's with `own`."""
    query = select(CatalogueEntry).where(visible_to(actor, CatalogueEntry))
    if own:
        query = query.where(CatalogueEntry.agency_id == actor.organisation_id)
    if state:
        query = query.where(CatalogueEntry.state == state)
    ordered = query.order_by(CatalogueEntry.created_at.desc(), CatalogueEntry.id)
    return ordered.options(joinedload(CatalogueEntry.agency))


def entry_counts(actor: Actor) -> dict[str, int]:
    """How many entries of the actor's own agency are in each state."""
    query = select(CatalogueEntry.state, func.count()).where(
        CatalogueEntry.agency_id == actor.organisation_id
    )
    return {state: number for state, number in db.session.execute(query.group_by(CatalogueEntry.state))}


def submitted_entries(actor: Actor) -> Select[CatalogueEntry]:
    """What waits for the review of the actor's authority, the oldest first."""
    query = select(CatalogueEntry).where(
        CatalogueEntry.state == "submitted", CatalogueEntry.jurisdiction.in_(actor.jurisdictions)
    )
    return query.order_by(CatalogueEntry.created_at, CatalogueEntry.id).options(
        joinedload(CatalogueEntry.agency)
    )


def ready_drafts(import_id: uuid.UUID) -> list[CatalogueEntry]:
    """The drafts of an import that say everything the rule asks for, in the order of the file."""
    query = select(CatalogueEntry).where(
        CatalogueEntry.import_id == import_id, CatalogueEntry.state == "draft"
    )
    rows = db.session.scalars(query.order_by(CatalogueEntry.created_at, CatalogueEntry.id))
    return [row for row in rows if not row.missing]


def choosable_entries(actor: Actor, entry_ids: Iterable[uuid.UUID]) -> list[CatalogueEntry]:
    """Which of these entries a holder may make a resource of: published ones, an agency only its own; by title."""
    query = select(CatalogueEntry).where(
        CatalogueEntry.id.in_(set(entry_ids)), CatalogueEntry.state == "published"
    )
    if "agency" in actor.roles:
        query = query.where(CatalogueEntry.agency_id == actor.organisation_id)
    return list(db.session.scalars(query.order_by(CatalogueEntry.title, CatalogueEntry.id)))


def attributes_of(found: CatalogueEntry) -> dict[str, Any]:
    """The entry as the rules read it: our field names with their values."""
    return {field: getattr(found, field) for field in FIELDS.codes}


def is_party(actor: Actor, found: CatalogueEntry) -> bool:
    """Whether the actor acts for the agency of the entry or oversees its place: then nothing of it is hidden."""
    if "system" in actor.roles or actor.organisation_id is not None and actor.organisation_id == found.agency_id:
        return True
    return bool(OVERSEEING & actor.roles) and found.jurisdiction in actor.jurisdictions


def is_same_place(actor: Actor, jurisdiction: str) -> bool:
    """Whether the body the actor acts for belongs to that very place (not to a level above it)."""
    return accounts.organisation(actor.organisation_id).jurisdiction == jurisdiction
