"""The quality of catalogues by agency: fields told, freshness, aggregation, what is open."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, func, or_, select

from accounts import queries as accounts
from kernel.actor import Actor
from kernel.db import db
from kernel.due import DueDate
from registry.models import CatalogueEntry, Comparison, Overlap, Reconciliation
from registry.queries.aggregations import is_stale, last_times
from registry.queries.scope import OVERSEEING, own_or_overseen
from registry.rules.aggregation import Quality, quality_of
from registry.vocabulary import FREQUENCIES
from registry.vocabulary.collecting import QUALITY_FIELDS


@dataclass(frozen=True)
class AgencyQuality:
    """The figures of one agency's published entries. `told`: field → how many entries tell it."""

    agency_id: uuid.UUID | None
    agency: str
    entries: int
    told: dict[str, int]
    quality: Quality


def _is_told(name: str) -> ColumnElement[bool]:
    column = getattr(CatalogueEntry, name)
    return and_(column.is_not(None), cast(column, String).not_in(("", "[]", "{}", "null")))


def _whole(condition: ColumnElement[bool]) -> Any:
    return func.sum(case((condition, 1), else_=0))


def quality(actor: Actor, today: date, jurisdiction: str = "") -> list[AgencyQuality]:
    """Every agency whose published entries the actor answers for or oversees, the lowest score first."""
    last = last_times()
    dated = CatalogueEntry.update_frequency.in_([term.code for term in FREQUENCIES if term.interval])
    fresh = and_(dated, last.c.last_at.is_not(None), ~is_stale(last.c.last_at, today))
    query = (
        select(
            CatalogueEntry.agency_id,
            func.count(CatalogueEntry.id),
            _whole(dated),
            _whole(fresh),
            _whole(last.c.last_at.is_not(None)),
            *(_whole(_is_told(name)) for name in QUALITY_FIELDS),
        )
        .outerjoin(last, last.c.entry_id == CatalogueEntry.id)
        .where(
            CatalogueEntry.state == "published",
            own_or_overseen(actor, CatalogueEntry, CatalogueEntry.agency_id),
        )
        .group_by(CatalogueEntry.agency_id)
    )
    if jurisdiction:
        query = query.where(CatalogueEntry.jurisdiction == jurisdiction)
    found = db.session.execute(query).all()
    names = accounts.names_of([row[0] for row in found])
    corrections, overdue = _open_corrections(actor), _overdue(actor, today)
    rows = [_figures(row, names, corrections, overdue) for row in found]
    return sorted(
        rows, key=lambda row: (row.quality.score if row.quality.score is not None else 101, row.agency)
    )


def _figures(
    row: Any, names: dict[uuid.UUID, str], corrections: dict[Any, int], overdue: dict[Any, int]
) -> AgencyQuality:
    agency_id, entries, dated, fresh, aggregated, *fields = row
    told = {name: int(number or 0) for name, number in zip(QUALITY_FIELDS, fields, strict=True)}
    asked = entries * len(QUALITY_FIELDS)
    figures = int(fresh or 0), int(dated or 0), int(aggregated or 0), entries
    measured = quality_of(
        sum(told.values()),
        asked,
        *figures,
        open_corrections=corrections.get(agency_id, 0),
        overdue=overdue.get(agency_id, 0),
    )
    return AgencyQuality(agency_id, names.get(agency_id, ""), entries, told, measured)


def _open_corrections(actor: Actor) -> dict[Any, int]:
    """Agency → entries returned, explanations questioned, comparisons not confirmed, copies that differ."""
    found: dict[Any, int] = {}
    waiting = (
        (CatalogueEntry, "returned"), (Overlap, "questioned"), (Comparison, "compared"), (Reconciliation, "different")
    )  # fmt: skip
    for model, state in waiting:
        query = select(model.agency_id, func.count(model.id)).where(
            model.state == state, own_or_overseen(actor, model, model.agency_id)
        )
        for agency_id, number in db.session.execute(query.group_by(model.agency_id)):
            found[agency_id] = found.get(agency_id, 0) + number
    return found


def _overdue(actor: Actor, today: date) -> dict[Any, int]:
    """Agency → clocks of its entries and answers that have run out."""
    mine = [DueDate.organisation_id == actor.organisation_id] if actor.organisation_id else []
    overseen = [DueDate.jurisdiction.in_(actor.jurisdictions)] if OVERSEEING & actor.roles else []
    if not mine and not overseen:
        return {}
    late = and_(DueDate.state.in_(("running", "missed")), DueDate.due_on < today)
    query = select(DueDate.organisation_id, func.count(DueDate.id)).where(
        late, DueDate.waits_for == "agency", or_(*mine, *overseen)
    )
    grouped = db.session.execute(query.group_by(DueDate.organisation_id))
    return {agency_id: number for agency_id, number in grouped}


def told_by_field(rows: Iterable[AgencyQuality]) -> list[tuple[str, int, int]]:
    """(field, per cent of entries that tell it, entries that lack it) over these agencies, the weakest first."""
    rows = list(rows)
    entries = sum(row.entries for row in rows)
    found = [(name, sum(row.told[name] for row in rows)) for name in QUALITY_FIELDS]
    shares = [(name, 100 * told // entries if entries else 0, entries - told) for name, told in found]
    return sorted(shares, key=lambda row: row[1])
