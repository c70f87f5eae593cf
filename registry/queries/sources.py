"""From whom data items come: similar entries of others, lead sources, overlaps explained, sources compared."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import joinedload

from accounts import queries as accounts
from jurisdictions import tree
from jurisdictions.profile import Profile
from kernel.actor import Actor
from kernel.db import db
from kernel.permissions import visible, visible_to
from registry.models import CatalogueEntry, Comparison, EntryName, LeadSource, Overlap
from registry.queries.scope import for_managing_bodies, narrowed, one_of, own_or_overseen
from registry.rules.collection import Likeness, counts_as_the_same, likeness
from registry.vocabulary.collecting import item_name, telling_names, title_name

MOST_NAMES, MOST_CANDIDATES, MOST_SHOWN = 200, 40, 8
SHARED = ("unconditional", "conditional")


@dataclass(frozen=True)
class Similar:
    """An entry of another agency that is like one's own. `again`: it counts as collecting the same again."""

    entry: CatalogueEntry
    likeness: Likeness
    again: bool


def similar_entries(
    title: str, items: Iterable[Any], agency_id: uuid.UUID | None, profile: Profile
) -> list[Similar]:
    """Published, shared entries of other agencies in the line of the place that are like this title and items.

    Those that count as the same come first, then those with most items in common.
    """
    items = list(items)
    rows = [
        Similar(entry, found, counts_as_the_same(found, profile))
        for entry in _candidates(title, items, agency_id, profile.code)
        if (found := likeness(title, items, entry.title, entry.items)).same_title or len(found.items) > 1
    ]
    rows.sort(key=lambda row: (not row.again, -row.likeness.percent - row.likeness.title_percent))
    return rows[:MOST_SHOWN]


def _candidates(
    title: str, items: Sequence[Any], agency_id: uuid.UUID | None, place: str
) -> list[CatalogueEntry]:
    names = list(telling_names(items))[:MOST_NAMES]
    same_title = and_(EntryName.kind == "title", EntryName.name == title_name(title))
    same_item = and_(EntryName.kind == "item", EntryName.name.in_(names))
    others = or_(EntryName.agency_id != agency_id, EntryName.agency_id.is_(None)) if agency_id else None
    best = (
        select(EntryName.entry_id)
        .where(or_(same_title, same_item), EntryName.jurisdiction.in_(places_around(place)))
        .where(*([others] if others is not None else []))
        .group_by(EntryName.entry_id)
        .order_by(func.sum(case((EntryName.kind == "title", MOST_NAMES), else_=1)).desc(), EntryName.entry_id)
        .limit(MOST_CANDIDATES)
    )
    query = select(CatalogueEntry).where(
        CatalogueEntry.id.in_(best),
        CatalogueEntry.state == "published",
        CatalogueEntry.sharing_attribute.in_(SHARED),
    )
    return list(db.session.scalars(query.options(joinedload(CatalogueEntry.agency))))


def profile_of_actor(actor: Actor) -> Profile:
    """The rules of the place of the organisation acted for."""
    return tree.profile_of(accounts.organisation(actor.organisation_id).jurisdiction)


def places_around(place: str) -> frozenset[str]:
    """The place, those above it and those below: whose data its agencies can have by sharing."""
    return frozenset(accounts.authorities_above(place)) | accounts.places_below(place)


def to_be_explained(entry: CatalogueEntry, fields: Mapping[str, Any], profile: Profile) -> list[Similar]:
    """Similar entries that count as the same and of which the agency has said nothing that stands."""
    found = similar_entries(fields["title"], fields.get("items") or (), entry.agency_id, profile)
    said = {row.other_id for row in overlaps_of_entry(entry.id) if row.state != "questioned"}
    return [row for row in found if row.again and row.entry.id not in said]


def obtained_names(entry_id: uuid.UUID) -> set[str]:
    """Compared names of the items that the agency says it obtains by sharing from other entries."""
    query = select(CatalogueEntry.items).join(Overlap, Overlap.other_id == CatalogueEntry.id)
    stands = Overlap.manner == "by_sharing", Overlap.state != "questioned"
    rows = db.session.scalars(query.where(Overlap.entry_id == entry_id, *stands))
    return {name for items in rows for name in telling_names(items)}


def items_with_other_source(entry: CatalogueEntry, names: dict[str, str], profile: Profile) -> dict[str, str]:
    """Data item → the agency that is its lead source, where that is another and sharing from it is not stated."""
    if not names:
        return {}
    obtained = {row.other_agency_id for row in overlaps_of_entry(entry.id) if row.manner == "by_sharing"}
    query = select(LeadSource).where(
        LeadSource.state == "in_force",
        LeadSource.name.in_(names),
        LeadSource.jurisdiction.in_(accounts.authorities_above(profile.code)),
    )
    rows = db.session.scalars(query.options(joinedload(LeadSource.agency)))
    return {
        names[row.name]: row.agency.name
        for row in rows
        if row.agency_id != entry.agency_id and row.agency_id not in obtained
    }


@visible(LeadSource)
def _visible_sources(actor: Actor) -> ColumnElement[bool]:
    return for_managing_bodies(actor, LeadSource)


def lead_sources(actor: Actor, **filters: str) -> Select[LeadSource]:
    """The lead sources of the actor's line of places, by item."""
    query = select(LeadSource).where(visible_to(actor, LeadSource)).options(joinedload(LeadSource.agency))
    query = narrowed(query, LeadSource, filters, (LeadSource.item, LeadSource.basis))
    return query.order_by(LeadSource.item, LeadSource.id)


def lead_source(actor: Actor, source_id: uuid.UUID) -> LeadSource:
    """The decision of that id where the actor may see it, or NotFound."""
    query = select(LeadSource).options(joinedload(LeadSource.agency))
    found: LeadSource = one_of(actor, query, LeadSource, source_id)
    return found


def lead_source_of(item: str, jurisdiction: str) -> LeadSource | None:
    """The decision in force on an item in a place, or None."""
    query = select(LeadSource).where(
        LeadSource.state == "in_force",
        LeadSource.jurisdiction == jurisdiction,
        LeadSource.name == item_name(item),
    )
    return db.session.scalar(query.options(joinedload(LeadSource.agency)))


def contested_items(jurisdictions: Iterable[str], words: str = "") -> Select[str, int, int]:
    """(item, agencies, entries) of items that several agencies of these places hold, most agencies first."""
    agencies = func.count(EntryName.agency_id.distinct())
    query = select(EntryName.name, agencies, func.count(EntryName.entry_id)).where(
        EntryName.kind == "item", EntryName.jurisdiction.in_(list(jurisdictions))
    )
    if words:
        query = query.where(EntryName.name.contains(item_name(words), autoescape=True))
    grouped = query.group_by(EntryName.name).having(agencies > 1)
    return grouped.order_by(agencies.desc(), EntryName.name)


def lead_sources_by_name(names: Iterable[str], jurisdictions: Iterable[str]) -> dict[str, LeadSource]:
    """Compared name → the decision in force on it in one of these places."""
    query = select(LeadSource).where(
        LeadSource.state == "in_force",
        LeadSource.name.in_(list(names)),
        LeadSource.jurisdiction.in_(list(jurisdictions)),
    )
    return {row.name: row for row in db.session.scalars(query.options(joinedload(LeadSource.agency)))}


def holders_of_item(actor: Actor, name: str, jurisdictions: Iterable[str]) -> list[CatalogueEntry]:
    """The entries of these places, as far as the actor may see them, that hold an item of that name, by title."""
    holds = exists().where(
        EntryName.kind == "item",
        EntryName.name == item_name(name),
        EntryName.entry_id == CatalogueEntry.id,
        EntryName.jurisdiction.in_(list(jurisdictions)),
    )
    query = select(CatalogueEntry).where(holds, visible_to(actor, CatalogueEntry))
    ordered = query.order_by(CatalogueEntry.title, CatalogueEntry.id).limit(50)
    return list(db.session.scalars(ordered.options(joinedload(CatalogueEntry.agency))))


@visible(Overlap)
def _visible_overlaps(actor: Actor) -> ColumnElement[bool]:
    return own_or_overseen(actor, Overlap, Overlap.agency_id, Overlap.other_agency_id)


def overlaps(actor: Actor, **filters: str) -> Select[Overlap]:
    """The explained overlaps the actor may see, the newest first."""
    query = select(Overlap).where(visible_to(actor, Overlap))
    query = narrowed(query, Overlap, filters, (Overlap.title, Overlap.reason))
    both = (joinedload(Overlap.entry), joinedload(Overlap.other).joinedload(CatalogueEntry.agency))
    return query.order_by(Overlap.created_at.desc(), Overlap.id).options(*both)


def overlap(actor: Actor, overlap_id: uuid.UUID) -> Overlap:
    """The overlap of that id where the actor may see it, or NotFound."""
    both = (
        joinedload(Overlap.entry).joinedload(CatalogueEntry.agency),
        joinedload(Overlap.other).joinedload(CatalogueEntry.agency),
    )
    found: Overlap = one_of(actor, select(Overlap).options(*both), Overlap, overlap_id)
    return found


def overlaps_of_entry(entry_id: uuid.UUID) -> list[Overlap]:
    """What was said about an entry's likeness to others."""
    query = select(Overlap).where(Overlap.entry_id == entry_id).order_by(Overlap.created_at)
    return list(db.session.scalars(query))


@visible(Comparison)
def _visible_comparisons(actor: Actor) -> ColumnElement[bool]:
    return own_or_overseen(actor, Comparison, Comparison.agency_id, Comparison.organisation_id)


def comparisons(actor: Actor, **filters: str) -> Select[Comparison]:
    """The comparisons of sources the actor may see, the newest first."""
    query = select(Comparison).where(visible_to(actor, Comparison)).options(joinedload(Comparison.agency))
    query = narrowed(query, Comparison, filters, (Comparison.item,))
    return query.order_by(Comparison.created_at.desc(), Comparison.id)


def comparison(actor: Actor, comparison_id: uuid.UUID) -> Comparison:
    """The comparison of that id where the actor may see it, or NotFound."""
    query = select(Comparison).options(joinedload(Comparison.agency))
    found: Comparison = one_of(actor, query, Comparison, comparison_id)
    return found


def comparable_entries(actor: Actor, words: str = "", limit: int = 200) -> list[CatalogueEntry]:
    """Published entries of the actor's line of places whose sources can be compared, by title."""
    query = select(CatalogueEntry).where(
        CatalogueEntry.state == "published", CatalogueEntry.title.icontains(words, autoescape=True)
    )
    ordered = query.where(visible_to(actor, CatalogueEntry)).order_by(CatalogueEntry.title).limit(limit)
    return list(db.session.scalars(ordered.options(joinedload(CatalogueEntry.agency))))
