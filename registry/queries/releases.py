"""Files of open data."""

import uuid

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload

from kernel.actor import Actor
from kernel.db import db
from kernel.errors import NotFound
from kernel.permissions import visible, visible_to
from registry.models import Release


@visible(Release)
def _visible_releases(actor: Actor) -> ColumnElement[bool]:
    """Released ones for all; one's own; for those who oversee a place, all of it."""
    seen: list[ColumnElement[bool]] = [Release.state == "released"]
    if actor.organisation_id is not None:
        seen.append(Release.agency_id == actor.organisation_id)
    if {"authority", "auditor", "government"} & actor.roles:
        seen.append(Release.jurisdiction.in_(actor.jurisdictions))
    return or_(*seen)


def releases(actor: Actor, *, state: str = "") -> Select[Release]:
    """The files an actor may see, newest first."""
    query = select(Release).where(visible_to(actor, Release))
    if state:
        query = query.where(Release.state == state)
    ordered = query.order_by(Release.created_at.desc(), Release.id)
    return ordered.options(joinedload(Release.agency), joinedload(Release.entry))


def release(actor: Actor, release_id: uuid.UUID) -> Release:
    """One file with its entry and agency, where the actor may see it, or NotFound."""
    query = select(Release).where(Release.id == release_id, visible_to(actor, Release))
    found = db.session.scalar(query.options(joinedload(Release.agency), joinedload(Release.entry)))
    if found is None:
        raise NotFound()
    return found


def releases_of(actor: Actor, entry_id: uuid.UUID) -> list[Release]:
    """The files of an entry the actor may see, the latest edition first."""
    query = select(Release).where(Release.entry_id == entry_id, visible_to(actor, Release))
    return list(db.session.scalars(query.order_by(Release.edition.desc(), Release.id)))


def released_files(entry_id: uuid.UUID | None = None) -> Select[Release]:
    """What anybody may fetch now: released files, of one entry or of all, the latest first, with entry and agency."""
    query = select(Release).where(Release.state == "released")
    if entry_id is not None:
        query = query.where(Release.entry_id == entry_id)
    ordered = query.order_by(Release.edition.desc(), Release.released_at.desc(), Release.id)
    return ordered.options(joinedload(Release.agency), joinedload(Release.entry))
