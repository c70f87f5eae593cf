"""The log of aggregation, and which entries are older than their frequency says."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from kernel import clock
from kernel.actor import Actor
from kernel.db import db
from kernel.permissions import visible, visible_to
from registry.models import Aggregation, CatalogueEntry, Reconciliation
from registry.queries.scope import narrowed, one_of, own_or_overseen
from registry.rules.aggregation import oldest_fresh_day
from registry.vocabulary import FREQUENCIES

STATES = ("overdue", "never", "fresh")


@visible(Aggregation)
def _visible_aggregations(actor: Actor) -> ColumnElement[bool]:
    return own_or_overseen(actor, Aggregation, Aggregation.agency_id)


def aggregations(actor: Actor, **filters: str) -> Select[Aggregation]:
    """The records of aggregation the actor may see, the newest first."""
    query = select(Aggregation).where(visible_to(actor, Aggregation))
    query = narrowed(query, Aggregation, filters, (Aggregation.title,))
    loaded = query.options(joinedload(Aggregation.entry), joinedload(Aggregation.database))
    return loaded.order_by(Aggregation.at.desc(), Aggregation.id)


def aggregation(actor: Actor, aggregation_id: uuid.UUID) -> Aggregation:
    """The record of that id where the actor may see it, or NotFound."""
    query = select(Aggregation).options(joinedload(Aggregation.entry), joinedload(Aggregation.database))
    found: Aggregation = one_of(actor, query, Aggregation, aggregation_id)
    return found


def aggregations_of(entry_id: uuid.UUID, limit: int = 20) -> list[Aggregation]:
    """The latest records of an entry that stand."""
    query = select(Aggregation).where(Aggregation.entry_id == entry_id, Aggregation.state == "recorded")
    loaded = query.options(joinedload(Aggregation.database))
    return list(db.session.scalars(loaded.order_by(Aggregation.at.desc()).limit(limit)))


def aggregated_ids(entry_ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these entries were aggregated at least once."""
    query = select(Aggregation.entry_id).where(
        Aggregation.entry_id.in_(list(entry_ids)), Aggregation.state == "recorded"
    )
    return set(db.session.scalars(query.distinct()))


def last_times() -> Any:
    """Entry → moment of its last aggregation, as a subquery (entry_id, last_at)."""
    query = select(Aggregation.entry_id, func.max(Aggregation.at).label("last_at"))
    return query.where(Aggregation.state == "recorded").group_by(Aggregation.entry_id).subquery()


def is_stale(last_at: Any, today: date) -> ColumnElement[bool]:
    """The SQL condition that an entry was not aggregated for longer than its frequency says."""
    late = []
    for term in FREQUENCIES:
        if term.interval:
            morning = datetime.combine(
                oldest_fresh_day(today, term.interval), time.min, tzinfo=clock.LEGAL_ZONE
            )
            late.append(and_(CatalogueEntry.update_frequency == term.code, last_at < morning))
    return or_(*late)


def freshness(actor: Actor, today: date, state: str = "", q: str = "", agency_id: Any = None) -> Select[Any]:
    """(entry, moment of the last aggregation or None) of published entries one answers for or oversees.

    `state`: overdue (older than the frequency says), never (not aggregated yet), fresh; the oldest first.
    """
    last = last_times()
    query = (
        select(CatalogueEntry, last.c.last_at)
        .outerjoin(last, last.c.entry_id == CatalogueEntry.id)
        .where(
            CatalogueEntry.state == "published",
            own_or_overseen(actor, CatalogueEntry, CatalogueEntry.agency_id),
        )
    )
    if state == "overdue":
        query = query.where(is_stale(last.c.last_at, today))
    elif state == "never":
        query = query.where(last.c.last_at.is_(None))
    elif state == "fresh":
        query = query.where(last.c.last_at.is_not(None), ~is_stale(last.c.last_at, today))
    if q:
        query = query.where(CatalogueEntry.title.icontains(q, autoescape=True))
    if agency_id:
        query = query.where(CatalogueEntry.agency_id == agency_id)
    ordered = query.order_by(last.c.last_at, CatalogueEntry.title, CatalogueEntry.id)
    return ordered.options(joinedload(CatalogueEntry.agency))


@visible(Reconciliation)
def _visible_reconciliations(actor: Actor) -> ColumnElement[bool]:
    return own_or_overseen(actor, Reconciliation, Reconciliation.agency_id)


def reconciliations(actor: Actor, **filters: str) -> Select[Reconciliation]:
    """The reconciliations the actor may see, the newest first."""
    query = select(Reconciliation).where(visible_to(actor, Reconciliation))
    query = narrowed(query, Reconciliation, filters, (Reconciliation.title,))
    return query.options(joinedload(Reconciliation.entry)).order_by(
        Reconciliation.created_at.desc(), Reconciliation.id
    )


def reconciliation(actor: Actor, reconciliation_id: uuid.UUID) -> Reconciliation:
    """The reconciliation of that id where the actor may see it, or NotFound."""
    query = select(Reconciliation).options(joinedload(Reconciliation.entry))
    found: Reconciliation = one_of(actor, query, Reconciliation, reconciliation_id)
    return found


def open_differences(entry_id: uuid.UUID) -> list[Reconciliation]:
    """The reconciliations of an entry whose difference nothing has put right yet, oldest first."""
    query = select(Reconciliation).where(
        Reconciliation.entry_id == entry_id, Reconciliation.state == "different"
    )
    return list(db.session.scalars(query.order_by(Reconciliation.id)))
