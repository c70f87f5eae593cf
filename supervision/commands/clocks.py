"""Clocks that stand still, go on, are lengthened, or are put before the superiors."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from marshmallow import Schema

from kernel import clock, due
from kernel.actor import Actor
from kernel.command import Command, command
from kernel.due import DueDate
from kernel.errors import Conflict
from kernel.fields import Nothing
from kernel.ledger import EXTENSION, STOP
from kernel.words import N_
from supervision import rules
from supervision.permissions import MAY
from supervision.schemas.clocks import ExtensionInput, ExtensionRefusal, PauseInput
from supervision.states import CLOCK


def _command(
    verb: str, label: str, schema: type[Schema] = Nothing
) -> Callable[[Callable[..., Any]], Command]:
    name = f"supervision.clock.{verb}"
    return command(name, may=MAY[name], on=DueDate, states=CLOCK, schema=schema, label=label, duties=("X11",))


@_command("escalate", N_("Put before the superiors"))
def escalate(row: DueDate, *, actor: Actor, now: datetime) -> None:
    """A clock that is about to be missed is put before the superiors."""
    if row.escalated_at is not None:
        raise Conflict()
    row.escalated_at = now


@_command("pause", N_("Stop the clock"), PauseInput)
def pause(
    row: DueDate, *, actor: Actor, now: datetime, cause: str, explanation: str, served_on: date, proof: str
) -> None:
    """The clock of an office stands still for a cause the law names, from the day the notice of it was served."""
    rules.stop_was_served(served_on, row.started_on, clock.legal_day(now))
    entry = {"kind": STOP, "on": served_on.isoformat(), "until": None, "cause": cause}
    entry |= {"explanation": explanation, "proof": proof, "by": actor.name}
    due.enter(row, [*row.ledger, entry], now)


@_command("resume", N_("Let the clock go on"))
def resume(row: DueDate, *, actor: Actor, now: datetime) -> None:
    """The cause is gone: what was left of the time runs on from tomorrow."""
    today = clock.legal_day(now)
    last = row.ledger[-1]
    if not actor.is_signed_in:
        began = date.fromisoformat(last["on"])
        longest = due.profile(row).number("deadline.stop_wd")
        rules.stop_is_over(due.calendar().working_days_between(began, today), longest)
    due.enter(row, [*row.ledger[:-1], last | {"until": today.isoformat()}], now)


@_command("ask_extension", N_("Ask for more time for the office"), ExtensionInput)
def ask_extension(row: DueDate, *, actor: Actor, now: datetime, days: int, reasons: str) -> None:
    """An office asks for more time, with reasons; somebody else decides."""
    profile = due.profile(row)
    earlier = sum(entry["kind"] == EXTENSION for entry in row.ledger)
    rules.extension_is_within_the_ceiling(
        days, profile.number("deadline.extension_wd"), earlier, profile.number("deadline.extension_times")
    )
    row.asked = {"days": days, "reasons": reasons, "by": actor.name, "by_id": str(actor.user_id)}


@_command("approve_extension", N_("Approve more time"))
def approve_extension(row: DueDate, *, actor: Actor, now: datetime) -> None:
    """Another person approves: the clock runs longer, and says by whom and why."""
    due.enter(row, [*row.ledger, extension(row.asked, clock.legal_day(now), actor.name)], now)
    row.asked = {}


def extension(asked: dict[str, Any], on: date, approver: str) -> dict[str, Any]:
    """The entry of an extension."""
    entry = {"kind": EXTENSION, "on": on.isoformat(), "count": asked["days"], "unit": "working_days"}
    return entry | {"cause": asked["reasons"], "by": asked["by"], "approved_by": approver}


@_command("refuse_extension", N_("Refuse more time for the office"), ExtensionRefusal)
def refuse_extension(row: DueDate, *, actor: Actor, now: datetime, reasons: str) -> None:
    """Another person refuses; the clock runs on as it did."""
    row.asked = {}
