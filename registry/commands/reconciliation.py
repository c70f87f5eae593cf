"""Holding the shared copy against the agency's own data: what differs stays open until a delivery puts it right."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from marshmallow import Schema

from kernel.actor import Actor
from kernel.command import Command, command
from kernel.errors import InvalidInput
from kernel.words import N_, Text
from registry.models import Reconciliation
from registry.permissions import MAY
from registry.queries import aggregations
from registry.rules.aggregation import copy_agrees
from registry.schemas.collection import ReconciliationCorrectInput, ReconciliationInput
from registry.states import RECONCILIATION


def _command(
    verb: str, schema: type[Schema], label: str | None = None
) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.reconciliation.{verb}"
    said = {"label": label} if label else {}
    return command(
        name, may=MAY[name], on=Reconciliation, states=RECONCILIATION, schema=schema, duties=("A11",), **said
    )


@_command("record", ReconciliationInput, N_("Reconcile with the shared copy"))
def record(
    *, actor: Actor, now: datetime, entry_id: uuid.UUID, rows: int, note: str, sha256: str | None = None
) -> Reconciliation:
    """An agency tells what its own data count; held against its last delivery, they match or a correction opens."""
    held = next(iter(aggregations.aggregations_of(entry_id, 1)), None)
    if held is None or held.agency_id != actor.organisation_id:
        raise InvalidInput({"entry_id": [Text(N_("Choose an entry of your own whose data were delivered."))]})
    agrees = copy_agrees(rows, sha256, held.rows, held.sha256)
    return Reconciliation(
        state="matching" if agrees else "different",
        entry_id=entry_id,
        agency_id=held.agency_id,
        aggregation_id=held.id,
        jurisdiction=held.jurisdiction,
        title=held.title,
        rows=rows,
        sha256=sha256,
        copy_rows=held.rows,
        copy_sha256=held.sha256,
        note=note or None,
    )


@_command("correct", ReconciliationCorrectInput)
def correct(
    reconciliation: Reconciliation, *, actor: Actor, now: datetime, aggregation_id: uuid.UUID
) -> None:
    """The copy is the same as the agency's own data again: a delivery, or a fresh count, put the difference right."""
    reconciliation.corrected_by_id = aggregation_id
