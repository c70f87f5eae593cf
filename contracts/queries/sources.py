"""What a right rests on, as the registry knows it today: resources with their entries, elements with their state."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from contracts.models import DataElement
from kernel.db import db
from registry.models import CatalogueEntry, DataResource, ResourceEntry

# From the least open to the most: a resource is as open as its least open entry.
_OPENNESS = (None, "", "none", "conditional", "open")


@dataclass(frozen=True)
class ResourceFacts:
    """A resource as it stands: `opening` is the least open attribute of its entries, None where one has none."""

    id: uuid.UUID
    title: str
    code: str | None
    state: str
    registered_until: date | None
    holder_id: uuid.UUID
    jurisdiction: str
    abstract: str
    opening: str | None
    entries: tuple[CatalogueEntry, ...] = field(default=(), repr=False)

    def is_registered(self, on: date) -> bool:
        """Whether its registration holds on that day."""
        return self.state == "registered" and (self.registered_until is None or on <= self.registered_until)


def resources(ids: Iterable[uuid.UUID]) -> list[ResourceFacts]:
    """The resources with these ids, by title."""
    wanted = list(ids)
    rows = db.session.scalars(
        select(DataResource).where(DataResource.id.in_(wanted)).order_by(DataResource.title)
    )
    return facts_of(list(rows))


def facts_of(rows: list[DataResource]) -> list[ResourceFacts]:
    """Resources with what their entries say, in two queries however many they are."""
    linked = (
        select(ResourceEntry.resource_id, CatalogueEntry)
        .join(CatalogueEntry, CatalogueEntry.id == ResourceEntry.entry_id)
        .where(ResourceEntry.resource_id.in_([row.id for row in rows]))
        .order_by(CatalogueEntry.title)
    )
    entries: dict[uuid.UUID, list[CatalogueEntry]] = {}
    for resource_id, entry in db.session.execute(linked):
        entries.setdefault(resource_id, []).append(entry)
    return [_facts(row, entries.get(row.id, [])) for row in rows]


def _facts(row: DataResource, entries: list[CatalogueEntry]) -> ResourceFacts:
    return ResourceFacts(
        id=row.id,
        title=row.title,
        code=row.code,
        state=row.state,
        registered_until=row.registered_until,
        holder_id=row.holder_id,
        jurisdiction=row.jurisdiction,
        abstract=row.abstract,
        opening=None if _is_core(row, entries) else least_open(entries),
        entries=tuple(entries),
    )


def _is_core(row: DataResource, entries: Iterable[CatalogueEntry]) -> bool:
    """Core data are never opened, whatever their entries say."""
    return "core" in (row.national_grade, *(entry.national_grade for entry in entries))


def least_open(entries: Iterable[CatalogueEntry]) -> str | None:
    """The least open attribute of several entries; a withdrawn entry, or none at all, is not open."""
    attributes = [None if entry.state == "withdrawn" else entry.opening_attribute for entry in entries]
    known = [attribute if attribute in _OPENNESS else None for attribute in attributes]
    return min(known, key=_OPENNESS.index, default=None) or None


def openings(ids: Iterable[uuid.UUID]) -> dict[str, str | None]:
    """The opening attribute of each resource, by title."""
    return {facts.title: facts.opening for facts in resources(ids)}


def elements_by_id(ids: Iterable[uuid.UUID]) -> list[DataElement]:
    """The elements with these ids, by title."""
    rows = select(DataElement).where(DataElement.id.in_(list(ids))).order_by(DataElement.title)
    return list(db.session.scalars(rows))


def resources_with_entry(entry_id: uuid.UUID) -> list[uuid.UUID]:
    """The resources a catalogue entry is part of."""
    return list(
        db.session.scalars(select(ResourceEntry.resource_id).where(ResourceEntry.entry_id == entry_id))
    )
