"""The log of aggregation: when an entry's data were delivered to where the rules have them, and how many rows."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from marshmallow import Schema

from kernel.actor import Actor
from kernel.command import Command, command
from kernel.db import db
from kernel.due import profile
from kernel.errors import InvalidInput
from kernel.words import N_, Text
from registry.models import Aggregation, CatalogueEntry
from registry.permissions import MAY
from registry.queries import places
from registry.rules.aggregation import aggregation_target
from registry.schemas.collection import AggregationInput, AggregationVoidInput
from registry.states import AGGREGATION


def _command(verb: str, schema: type[Schema], label: str) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.aggregation.{verb}"
    return command(
        name, may=MAY[name], on=Aggregation, states=AGGREGATION, schema=schema, label=label, duties=("A04",)
    )


@_command("record", AggregationInput, N_("Record an aggregation"))
def record(
    *,
    actor: Actor,
    now: datetime,
    entry_id: uuid.UUID,
    manner: str,
    rows: int,
    note: str,
    database_id: uuid.UUID | None = None,
    sha256: str | None = None,
) -> Aggregation:
    """An agency records that the data of its entry were aggregated: where, how, how many rows."""
    entry = db.session.get(CatalogueEntry, entry_id)
    if entry is None or entry.agency_id != actor.organisation_id or entry.state != "published":
        raise InvalidInput({"entry_id": [Text(N_("Choose a published entry of your own catalogue."))]})
    database = places.database_or_none(database_id)
    standing = {row.id for row in places.open_databases(entry.jurisdiction)}
    if database_id is not None and (database is None or database.id not in standing):
        raise InvalidInput({"database_id": [Text(N_("Choose an open database of this place or above it."))]})
    fresh = Aggregation(
        entry_id=entry.id,
        agency_id=actor.organisation_id,
        database_id=database_id,
        jurisdiction=entry.jurisdiction,
        title=entry.title,
        manner=manner,
        rows=rows,
        sha256=sha256,
        at=now,
        note=note or None,
    )
    fresh.target = aggregation_target(manner, database.kind if database else None, note, profile(fresh))
    return fresh


@_command("void", AggregationVoidInput, N_("Declare the record wrong"))
def void(aggregation: Aggregation, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The agency declares a record of aggregation wrong; it counts no longer, and stays in the log."""
    aggregation.reasons = reasons
