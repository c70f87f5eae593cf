"""Obligations of a right: imposed, fulfilled, waived, overdue."""

import uuid
from datetime import date, datetime

from contracts import queries
from contracts.models import Obligation
from contracts.permissions import MAY
from contracts.schemas import FulfilInput, ObligationInput, WaiveInput
from contracts.states import OBLIGATION
from kernel.actor import Actor
from kernel.command import command
from kernel.errors import NotFound
from kernel.permissions import may_see
from kernel.words import N_


@command(
    "contracts.obligation.impose",
    may=MAY["contracts.obligation.impose"],
    on=Obligation,
    states=OBLIGATION,
    schema=ObligationInput,
    label=N_("Impose an obligation"),
)
def impose(
    *, actor: Actor, now: datetime, right_id: uuid.UUID, what: str, basis: str, due_on: date | None
) -> Obligation:
    """The holder of a right owes something by a day."""
    held = queries.right(right_id)
    if held is None or not may_see(actor, held):
        raise NotFound()
    return Obligation(
        right_id=held.id,
        owner_id=held.holder_id,
        jurisdiction=held.jurisdiction,
        profile_version=held.profile_version,
        what=what,
        basis=basis,
        due_on=due_on,
    )


@command(
    "contracts.obligation.fulfil",
    may=MAY["contracts.obligation.fulfil"],
    on=Obligation,
    states=OBLIGATION,
    schema=FulfilInput,
    label=N_("Report as done"),
)
def fulfil(owed: Obligation, *, actor: Actor, now: datetime, report: str) -> None:
    """The holder reports what was done."""
    owed.report, owed.ended_at = report, now


@command(
    "contracts.obligation.waive",
    may=MAY["contracts.obligation.waive"],
    on=Obligation,
    states=OBLIGATION,
    schema=WaiveInput,
    label=N_("Waive"),
)
def waive(owed: Obligation, *, actor: Actor, now: datetime, report: str) -> None:
    """The authority releases the holder from the obligation, with its reason."""
    owed.report, owed.ended_at = report, now


@command("contracts.obligation.miss", may=MAY["contracts.obligation.miss"], on=Obligation, states=OBLIGATION)
def miss(owed: Obligation, *, actor: Actor, now: datetime) -> None:
    """The day has passed without a report."""
