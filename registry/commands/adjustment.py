"""Rounds of adjustment: opened by the authority, answered by each agency for its entries, closed with the result."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from marshmallow import Schema

from accounts import queries as accounts
from kernel import clock, due
from kernel.actor import Actor
from kernel.command import Command, command
from kernel.db import db
from kernel.errors import InvalidInput
from kernel.fields import Nothing
from kernel.words import N_, Text
from registry.commands.places import own_place
from registry.models import AdjustmentItem, AdjustmentPart, AdjustmentRound
from registry.permissions import MAY
from registry.queries import rounds
from registry.rules import databases as law
from registry.schemas.databases import (
    PartBeginInput,
    PartChangeInput,
    PartConfirmInput,
    RoundCloseInput,
    RoundInput,
)
from registry.states import ADJUSTMENT, ADJUSTMENT_PART


def _round(
    verb: str, schema: type[Schema] = Nothing, label: str = "", duties: tuple[str, ...] = ()
) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.adjustment.{verb}"
    return command(
        name, may=MAY[name], on=AdjustmentRound, states=ADJUSTMENT, schema=schema, label=label, duties=duties
    )


def _part(
    verb: str, schema: type[Schema] = Nothing, label: str = "", duties: tuple[str, ...] = ()
) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.adjustment_part.{verb}"
    return command(
        name,
        may=MAY[name],
        on=AdjustmentPart,
        states=ADJUSTMENT_PART,
        schema=schema,
        label=label,
        duties=duties,
    )


@_round("open", RoundInput, N_("Open a round of adjustment"), duties=("O02", "C06"))
def open_(*, actor: Actor, now: datetime, jurisdiction: str, title: str, focus: str) -> AdjustmentRound:
    """The authority opens a round: every agency of the place confirms or changes its published entries."""
    own_place(actor, jurisdiction)
    fresh = AdjustmentRound(jurisdiction=jurisdiction, title=title, focus=focus or None, opened_at=now)
    law.catalogue_is_adjusted_in_rounds(due.profile(fresh))
    if rounds.round_of_place(jurisdiction, "open") is not None:
        raise InvalidInput({"jurisdiction": [Text(N_("A round of this place is open already."))]})
    if (last := rounds.round_of_place(jurisdiction, "closed")) is not None:
        due.stop(last, "next_adjustment", now)
    return fresh


@_round("close", RoundCloseInput, N_("Close the round"), duties=("O02",))
def close(found: AdjustmentRound, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The authority closes the round and keeps its result; the next is due when the rules say so."""
    waiting = rounds.parts_of_round(found.id, "open")
    law.round_is_answered([row.title for row in waiting], reasons)
    parts = rounds.parts_of_round(found.id)
    counted = rounds.outcomes(row.id for row in parts).values()
    found.result = {
        "agencies": len(parts),
        "unanswered": len(waiting),
        **{name: sum(row.get(name, 0) for row in counted) for name in ("confirmed", "changed", "open")},
    }
    found.closed_at, found.reasons = now, reasons or None


@_part("begin", PartBeginInput, duties=("O02",))
def begin(*, actor: Actor, now: datetime, round_id: uuid.UUID, agency_id: uuid.UUID) -> AdjustmentPart:
    """An agency is asked in a round; its clock runs."""
    found = db.session.get(AdjustmentRound, round_id)
    if found is None:
        raise InvalidInput({"round_id": [Text(N_("There is no such round."))]})
    entries = rounds.published_of(agency_id, found.jurisdiction)
    fresh = AdjustmentPart(
        round_id=round_id,
        agency_id=agency_id,
        jurisdiction=found.jurisdiction,
        title=f"{found.title} · {accounts.organisation(agency_id).name}",
        items=[AdjustmentItem(entry_id=row, outcome="open") for row in entries],
    )
    return fresh


@_part("confirm", PartConfirmInput, N_("Confirm entries as they are"), duties=("O02",))
def confirm(
    part: AdjustmentPart, *, actor: Actor, now: datetime, entry_ids: list[uuid.UUID], everything: bool
) -> None:
    """The agency confirms entries as they are; what has to change it changes at the entry itself."""
    found = rounds.open_items(part.id, None if everything else entry_ids)
    if not found:
        raise InvalidInput({"entry_ids": [Text(N_("Choose entries that are still open."))]})
    for item in found:
        item.outcome, item.at = "confirmed", now


@_part("note_change", PartChangeInput, duties=("O02",))
def note_change(part: AdjustmentPart, *, actor: Actor, now: datetime, entry_id: uuid.UUID) -> None:
    """An entry was changed or withdrawn during the round: that is its answer."""
    for item in rounds.open_items(part.id, [entry_id]):
        item.outcome, item.at = "changed", now


@_part("complete", duties=("O02",))
def complete(part: AdjustmentPart, *, actor: Actor, now: datetime) -> None:
    """Every entry of the agency is confirmed or changed."""
    part.answered_on = clock.legal_day(now)


@_part("leave")
def leave(part: AdjustmentPart, *, actor: Actor, now: datetime) -> None:
    """The round was closed before the agency had answered."""
