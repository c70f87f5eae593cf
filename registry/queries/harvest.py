"""Sources of foreign catalogues, their readings, and what is known of their records."""

import uuid
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, exists, false, or_, select
from sqlalchemy.orm import joinedload

from kernel.actor import Actor
from kernel.db import db
from kernel.errors import NotFound
from kernel.permissions import visible, visible_to
from registry.models import CatalogueEntry, ImportRow
from registry.models.harvest import HarvestedRecord, HarvestRun, HarvestSource

UNDER_WAY = ("fetching", "examining", "entering")


@visible(HarvestSource)
def _visible_sources(actor: Actor) -> ColumnElement[bool]:
    """One's own; for the authority and its auditors those of the place."""
    if actor.organisation_id is None:
        return false()
    own = or_(
        HarvestSource.organisation_id == actor.organisation_id,
        HarvestSource.agency_id == actor.organisation_id,
    )
    if {"authority", "auditor"} & actor.roles:
        return or_(own, HarvestSource.jurisdiction.in_(actor.jurisdictions))
    return own


@visible(HarvestRun)
def _visible_runs(actor: Actor) -> ColumnElement[bool]:
    """The readings of the sources one may see."""
    return exists().where(HarvestSource.id == HarvestRun.source_id, _visible_sources(actor))


def harvest_sources(actor: Actor, *, state: str = "") -> Select[HarvestSource]:
    """The sources an actor may see, by name."""
    query = select(HarvestSource).where(visible_to(actor, HarvestSource))
    if state:
        query = query.where(HarvestSource.state == state)
    return query.order_by(HarvestSource.title, HarvestSource.id)


def harvest_runs(actor: Actor) -> Select[HarvestRun]:
    """The readings an actor may see, the newest first, each with its source."""
    query = select(HarvestRun).where(visible_to(actor, HarvestRun)).options(joinedload(HarvestRun.source))
    return query.order_by(HarvestRun.created_at.desc(), HarvestRun.id.desc())


def harvest_source(actor: Actor, source_id: uuid.UUID) -> HarvestSource:
    """One source, where the actor may see it, or NotFound."""
    found = db.session.scalar(harvest_sources(actor).where(HarvestSource.id == source_id))
    if found is None:
        raise NotFound()
    return found


def harvest_run(actor: Actor, run_id: uuid.UUID) -> HarvestRun:
    """One reading with its source, where the actor may see it, or NotFound."""
    found = db.session.scalar(harvest_runs(actor).where(HarvestRun.id == run_id))
    if found is None:
        raise NotFound()
    return found


def run_with_source(run_id: uuid.UUID) -> HarvestRun | None:
    """A reading with its source, for the work on it."""
    query = select(HarvestRun).where(HarvestRun.id == run_id).options(joinedload(HarvestRun.source))
    return db.session.scalar(query.execution_options(populate_existing=True))


def run_under_way(source_id: uuid.UUID) -> HarvestRun | None:
    """The reading of a source that is going on."""
    query = select(HarvestRun).where(HarvestRun.source_id == source_id, HarvestRun.state.in_(UNDER_WAY))
    return db.session.scalar(query.limit(1))


def was_rehearsed(source: HarvestSource) -> bool:
    """Whether a rehearsal of the source as it stands has been reported."""
    query = select(HarvestRun.id).where(HarvestRun.source_id == source.id, HarvestRun.state == "reported")
    return db.session.scalar(query.limit(1)) is not None


def run_of_import(import_id: uuid.UUID) -> HarvestRun | None:
    """The reading whose records are in an import."""
    query = select(HarvestRun).where(HarvestRun.import_id == import_id, HarvestRun.state.in_(UNDER_WAY))
    return db.session.scalar(query.options(joinedload(HarvestRun.source)))


def sources_due(now: datetime) -> list[uuid.UUID]:
    """The approved sources whose time has come and that are not being read."""
    busy = exists().where(HarvestRun.source_id == HarvestSource.id, HarvestRun.state.in_(UNDER_WAY))
    query = select(HarvestSource.id).where(
        HarvestSource.state == "approved", HarvestSource.next_at <= now, ~busy
    )
    return list(db.session.scalars(query.order_by(HarvestSource.next_at)))


def known_records(source_id: uuid.UUID) -> dict[str, HarvestedRecord]:
    """What is known of the records of a source, by their own names."""
    query = select(HarvestedRecord).where(HarvestedRecord.source_id == source_id)
    return {row.key: row for row in db.session.scalars(query)}


def entries_of_rows(import_id: uuid.UUID) -> dict[int, tuple[uuid.UUID | None, str, str, str]]:
    """number of the row → (entry, title, outcome, match key) of an import."""
    kept = (ImportRow.number, ImportRow.entry_id, ImportRow.title, ImportRow.outcome, ImportRow.match_key)
    rows = db.session.execute(select(*kept).where(ImportRow.import_id == import_id))
    return {number: (entry, title or "", outcome, key) for number, entry, title, outcome, key in rows}


def published_of(entry_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these entries are published."""
    query = select(CatalogueEntry.id).where(
        CatalogueEntry.id.in_(entry_ids), CatalogueEntry.state == "published"
    )
    return set(db.session.scalars(query))


def gone_for_good(source: HarvestSource, today: date) -> Iterator[HarvestedRecord]:
    """Records that have been missing longer than the days of grace, and whose entry is still published."""
    last = today - timedelta(days=source.grace_days)
    query = select(HarvestedRecord).where(
        HarvestedRecord.source_id == source.id,
        HarvestedRecord.missing_since < last,
        HarvestedRecord.entry_id.is_not(None),
    )
    rows = list(db.session.scalars(query))
    published = published_of([row.entry_id for row in rows if row.entry_id])
    yield from (row for row in rows if row.entry_id in published)
