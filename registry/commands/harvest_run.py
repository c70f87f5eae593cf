"""One reading of a foreign catalogue, page after page; its records go through the import like those of a file."""

import uuid
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from marshmallow import Schema

from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.command import Command, command
from kernel.db import db, new_id
from kernel.fields import Nothing
from kernel.words import N_
from registry.commands import import_rows
from registry.models import CatalogueImport
from registry.models.harvest import HarvestedRecord, HarvestRun
from registry.permissions import MAY
from registry.queries import harvest as known
from registry.schemas.harvest import HarvestBegin, HarvestExamine, HarvestTake, HarvestTrouble
from registry.states import HARVEST_RUN
from registry.vocabulary.harvest import LISTED, OWN_NAME, TRIES

# What the import calls a row → what the report of a reading calls the record.
OUTCOMES = {"taken": "new", "mended": "new", "changed": "changed", "repeated": "same", "refused": "refused"}


def _command(
    verb: str, schema: type[Schema] = Nothing, label: str = ""
) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.harvest_run.{verb}"
    return command(name, may=MAY[name], on=HarvestRun, states=HARVEST_RUN, schema=schema, label=label)


@_command("begin", HarvestBegin)
def begin(
    *,
    actor: Actor,
    now: datetime,
    source_id: uuid.UUID,
    is_rehearsal: bool,
    started_by_id: uuid.UUID | None = None,
) -> HarvestRun:
    """The reading of a source begins."""
    source = known.harvest_source(SYSTEM, source_id)
    return HarvestRun(
        id=new_id(),
        source_id=source.id,
        agency_id=source.agency_id,
        jurisdiction=source.jurisdiction,
        is_rehearsal=is_rehearsal,
        started_by_id=started_by_id,
        failures=0,
        pages=[],
    )


@_command("take", HarvestTake)
def take(
    run: HarvestRun, *, actor: Actor, now: datetime, storage_key: str, following: str | None = None
) -> None:
    """A page was read; after the last one the records are examined."""
    run.pages = [*run.pages, storage_key]
    run.following, run.failures, run.problem = following, 0, None
    run.state = "fetching" if following else "examining"


@_command("stumble", HarvestTrouble)
def stumble(run: HarvestRun, *, actor: Actor, now: datetime, why: dict[str, Any]) -> None:
    """A page could not be had; it is tried again a few times before the reading is given up."""
    run.failures += 1
    run.problem = why
    run.state = "fetching" if run.failures < TRIES else "failed"
    run.ended_at = None if run.state == "fetching" else now


@_command("examine", HarvestExamine)
def examine(
    run: HarvestRun, *, actor: Actor, now: datetime, import_id: uuid.UUID, doubled: list[dict[str, Any]]
) -> None:
    """The records were put into an import, which compares them with the catalogue."""
    run.import_id, run.doubled = import_id, doubled


@_command("report")
def report(run: HarvestRun, *, actor: Actor, now: datetime) -> None:
    """A rehearsal ends with its report; nothing was entered."""
    _count(run, clock.legal_day(now), write=False)
    run.ended_at = now


@_command("enter")
def enter(run: HarvestRun, *, actor: Actor, now: datetime) -> None:
    """What is new or has changed goes into the catalogue."""


@_command("complete")
def complete(run: HarvestRun, *, actor: Actor, now: datetime) -> None:
    """Everything has been entered; what did not come this time is noted as missing."""
    _count(run, clock.legal_day(now), write=True)
    run.ended_at = now


@_command("fail", HarvestTrouble)
def fail(run: HarvestRun, *, actor: Actor, now: datetime, why: dict[str, Any]) -> None:
    """The reading can not go on."""
    run.problem, run.ended_at = why, now


@_command("cancel", label=N_("Stop the reading"))
def cancel(run: HarvestRun, *, actor: Actor, now: datetime) -> None:
    """The reading is stopped; what was entered already stays."""
    run.ended_at = now


def _count(run: HarvestRun, today: date, *, write: bool) -> None:
    """Compare what came with what is known, and with `write` remember it."""
    found = db.session.get(CatalogueImport, run.import_id)
    if found is None:
        return
    came = _records(found)
    seen = known.known_records(run.source_id)
    counted = Counter(OUTCOMES[outcome] for _, _, outcome in came.values())
    vanished = [row for key, row in seen.items() if key not in came]
    run.vanished = [_told(row, today) for row in vanished[:LISTED]]
    run.counts = {
        "records": len(came) + len(run.doubled),
        **{name: counted[name] for name in set(OUTCOMES.values())},
    }
    run.counts["refused"] += len(run.doubled)
    run.counts["vanished"] = len(vanished)
    if write:
        _remember(run.source_id, came, seen, today)


def _records(found: CatalogueImport) -> dict[str, tuple[uuid.UUID | None, str, str]]:
    """Own name of each record that came → (entry, title, outcome)."""
    rows, came = known.entries_of_rows(found.id), {}
    for row in import_rows.file_of(found).rows:
        entry_id, title, outcome, match_key = rows.get(row.number, (None, "", "refused", ""))
        own = row.values.get(OWN_NAME) if isinstance(row.values, dict) else None
        came[str(own or match_key or f"row {row.number}")] = (entry_id, title, outcome)
    return came


def _told(row: HarvestedRecord, today: date) -> dict[str, Any]:
    since = row.missing_since or today
    entry = str(row.entry_id) if row.entry_id else None
    return {"key": row.key, "title": row.title, "entry_id": entry, "since": since.isoformat()}


def _remember(
    source_id: uuid.UUID,
    came: dict[str, tuple[uuid.UUID | None, str, str]],
    seen: dict[str, HarvestedRecord],
    today: date,
) -> None:
    for key, (entry_id, title, outcome) in came.items():
        row = seen.get(key)
        if row is None and outcome != "refused":
            db.session.add(
                HarvestedRecord(id=new_id(), source_id=source_id, key=key, title=title, entry_id=entry_id)
            )
        elif row is not None:
            row.missing_since, row.title = None, title or row.title
            row.entry_id = entry_id or row.entry_id
    for key, row in seen.items():
        if key not in came:
            row.missing_since = row.missing_since or today
