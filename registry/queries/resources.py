"""Data resources: who sees which, what they are made of, whether they are registered."""

import uuid
from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from kernel.actor import Actor
from kernel.db import db
from kernel.errors import NotFound
from kernel.permissions import visible, visible_to
from registry.models import CatalogueEntry, DataResource, ResourceEntry
from registry.queries.catalogue import OVERSEEING

PUBLIC = ("registered", "cancelled")


@visible(DataResource)
def _visible_resources(actor: Actor) -> ColumnElement[bool]:
    """Registered ones for all, also when the registration has ended; one's own; all of one's place to oversee."""
    seen: list[ColumnElement[bool]] = [DataResource.state.in_(PUBLIC)]
    if actor.organisation_id is not None:
        seen.append(DataResource.holder_id == actor.organisation_id)
    if OVERSEEING & actor.roles:
        seen.append(DataResource.jurisdiction.in_(actor.jurisdictions))
    return or_(*seen)


def resources(actor: Actor, *, own: bool = False) -> Select[DataResource]:
    """The resources an actor may see, by title; only its own with `own`."""
    query = select(DataResource).where(visible_to(actor, DataResource))
    if own:
        query = query.where(DataResource.holder_id == actor.organisation_id)
    return query.order_by(DataResource.title, DataResource.id).options(joinedload(DataResource.holder))


def resource(resource_id: uuid.UUID, actor: Actor | None = None) -> DataResource:
    """The resource with its holder and entries; with an actor only where it may be seen. Else NotFound."""
    query = select(DataResource).where(DataResource.id == resource_id)
    if actor is not None:
        query = query.where(visible_to(actor, DataResource))
    found = db.session.scalar(
        query.options(joinedload(DataResource.holder), selectinload(DataResource.entries)).execution_options(
            populate_existing=True
        )
    )
    if found is None:
        raise NotFound()
    return found


def resource_or_none(resource_id: uuid.UUID | None) -> DataResource | None:
    """The resource of that id, if there is one."""
    return db.session.get(DataResource, resource_id) if resource_id else None


def entries_of_resource(resource_id: uuid.UUID) -> list[CatalogueEntry]:
    """The catalogue entries a resource is made of, by title."""
    query = select(CatalogueEntry).join(ResourceEntry, ResourceEntry.entry_id == CatalogueEntry.id)
    query = query.where(ResourceEntry.resource_id == resource_id).options(joinedload(CatalogueEntry.agency))
    return list(db.session.scalars(query.order_by(CatalogueEntry.title, CatalogueEntry.id)))


def resources_of_entry(actor: Actor, entry_id: uuid.UUID) -> list[DataResource]:
    """The resources that rest on an entry, as far as the actor may see them."""
    query = select(DataResource).join(ResourceEntry, ResourceEntry.resource_id == DataResource.id)
    query = query.where(ResourceEntry.entry_id == entry_id, visible_to(actor, DataResource))
    return list(db.session.scalars(query.order_by(DataResource.title)))


def resource_is_registered(resource_id: uuid.UUID, on: date) -> bool:
    """Whether a registration of the resource is in force on a day, judged by its dates."""
    found = db.session.get(DataResource, resource_id)
    if found is None or found.state != "registered":
        return False
    return found.registered_until is None or on <= found.registered_until
