"""Rounds of adjustment: the rounds of a place, the parts of its agencies, how far each is."""

import uuid
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from kernel.actor import Actor
from kernel.db import db
from kernel.permissions import visible, visible_to
from registry.models import AdjustmentItem, AdjustmentPart, AdjustmentRound, CatalogueEntry
from registry.queries.scope import for_managing_bodies, narrowed, one_of, own_or_overseen


@visible(AdjustmentRound)
def _visible_rounds(actor: Actor) -> ColumnElement[bool]:
    return for_managing_bodies(actor, AdjustmentRound)


@visible(AdjustmentPart)
def _visible_parts(actor: Actor) -> ColumnElement[bool]:
    return own_or_overseen(actor, AdjustmentPart, AdjustmentPart.agency_id)


def rounds(actor: Actor, **filters: str) -> Select[AdjustmentRound]:
    """The rounds of adjustment of the actor's line of places, the newest first."""
    query = select(AdjustmentRound).where(visible_to(actor, AdjustmentRound))
    query = narrowed(query, AdjustmentRound, filters)
    return query.order_by(AdjustmentRound.opened_at.desc(), AdjustmentRound.id)


def adjustment_round(actor: Actor, round_id: uuid.UUID) -> AdjustmentRound:
    """The round of that id where the actor may see it, or NotFound."""
    found: AdjustmentRound = one_of(actor, select(AdjustmentRound), AdjustmentRound, round_id)
    return found


def round_of_place(jurisdiction: str, state: str) -> AdjustmentRound | None:
    """The newest round of a place in that state."""
    query = select(AdjustmentRound).where(
        AdjustmentRound.jurisdiction == jurisdiction, AdjustmentRound.state == state
    )
    return db.session.scalar(query.order_by(AdjustmentRound.opened_at.desc()).limit(1))


def agencies_with_entries(jurisdiction: str) -> list[uuid.UUID]:
    """The agencies that have published entries in a place."""
    query = select(CatalogueEntry.agency_id).where(
        CatalogueEntry.jurisdiction == jurisdiction, CatalogueEntry.state == "published"
    )
    return [row for row in db.session.scalars(query.distinct().order_by(CatalogueEntry.agency_id)) if row]


def published_of(agency_id: uuid.UUID, jurisdiction: str) -> list[uuid.UUID]:
    """The published entries of an agency in a place."""
    query = select(CatalogueEntry.id).where(
        CatalogueEntry.agency_id == agency_id,
        CatalogueEntry.jurisdiction == jurisdiction,
        CatalogueEntry.state == "published",
    )
    return list(db.session.scalars(query))


def parts(actor: Actor, round_id: uuid.UUID | None = None) -> Select[AdjustmentPart]:
    """The parts of agencies in rounds that the actor may see: of one round, or all."""
    query = select(AdjustmentPart).where(visible_to(actor, AdjustmentPart))
    if round_id is not None:
        query = query.where(AdjustmentPart.round_id == round_id)
    ordered = query.order_by(AdjustmentPart.state.desc(), AdjustmentPart.title, AdjustmentPart.id)
    return ordered.options(joinedload(AdjustmentPart.agency))


def part(actor: Actor, part_id: uuid.UUID) -> AdjustmentPart:
    """The part of that id with its round, where the actor may see it, or NotFound."""
    query = select(AdjustmentPart).options(
        joinedload(AdjustmentPart.round), joinedload(AdjustmentPart.agency)
    )
    found: AdjustmentPart = one_of(actor, query, AdjustmentPart, part_id)
    return found


def part_items(part_id: uuid.UUID, outcome: str = "") -> Select[AdjustmentItem]:
    """The entries of an agency in a round, those still open first; of one outcome where it is named."""
    query = select(AdjustmentItem).where(AdjustmentItem.part_id == part_id)
    if outcome:
        query = query.where(AdjustmentItem.outcome == outcome)
    ordered = query.order_by(AdjustmentItem.outcome.desc(), AdjustmentItem.id)
    return ordered.options(joinedload(AdjustmentItem.entry))


def open_items(part_id: uuid.UUID, entry_ids: Iterable[uuid.UUID] | None = None) -> list[AdjustmentItem]:
    """The entries of a part that nobody has answered for: those named, or all."""
    query = select(AdjustmentItem).where(AdjustmentItem.part_id == part_id, AdjustmentItem.outcome == "open")
    if entry_ids is not None:
        query = query.where(AdjustmentItem.entry_id.in_(list(entry_ids)))
    return list(db.session.scalars(query))


def outcomes(part_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, dict[str, int]]:
    """Part → outcome → number of entries."""
    ids = list(part_ids)
    found: dict[uuid.UUID, dict[str, int]] = {part_id: {} for part_id in ids}
    query = select(AdjustmentItem.part_id, AdjustmentItem.outcome, func.count())
    query = query.where(AdjustmentItem.part_id.in_(ids)).group_by(
        AdjustmentItem.part_id, AdjustmentItem.outcome
    )
    for part_id, outcome, number in db.session.execute(query) if ids else ():
        found[part_id][outcome] = number
    return found


def parts_of_round(round_id: uuid.UUID, state: str = "") -> list[AdjustmentPart]:
    """The parts of a round, in a state where one is named. Asks nobody's permission: for the work of the round."""
    query = select(AdjustmentPart).where(AdjustmentPart.round_id == round_id)
    if state:
        query = query.where(AdjustmentPart.state == state)
    return list(db.session.scalars(query.order_by(AdjustmentPart.title)))


def open_part_of_entry(entry_id: uuid.UUID) -> uuid.UUID | None:
    """The open part in which that entry waits for an answer."""
    query = (
        select(AdjustmentPart.id)
        .join(AdjustmentItem, AdjustmentItem.part_id == AdjustmentPart.id)
        .where(
            AdjustmentItem.entry_id == entry_id,
            AdjustmentItem.outcome == "open",
            AdjustmentPart.state == "open",
        )
    )
    return db.session.scalar(query.limit(1))


def is_answered(part_id: uuid.UUID) -> bool:
    """Whether no entry of the part is open any longer."""
    return not open_items(part_id)
