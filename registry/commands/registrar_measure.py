"""What the authority does about a registrar: talks, guidance; suspension and cancellation after a hearing."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from marshmallow import Schema

from kernel import clock, due
from kernel.actor import Actor
from kernel.command import Command, command
from kernel.errors import WrongState
from kernel.words import N_
from registry.commands.registrar import registrar_for
from registry.models import RegistrarMeasure
from registry.permissions import MAY
from registry.rules import registrar as law
from registry.schemas.registrar import MeasureInput, MeasureReplyInput, OutcomeInput, ServiceInput
from registry.states import REGISTRAR_MEASURE


def _command(verb: str, schema: type[Schema], label: str) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.registrar_measure.{verb}"
    return command(
        name, may=MAY[name], on=RegistrarMeasure, states=REGISTRAR_MEASURE, schema=schema, label=label, duties=("R05",)
    )


@_command("record", MeasureInput, N_("Record an interview or guidance"))
def record(*, actor: Actor, now: datetime, registrar_id: uuid.UUID, kind: str, **values: Any) -> RegistrarMeasure:
    """The authority talked to a registrar, or guided it on the spot, and records why."""
    law.measure_is_of_its_kind(kind, adverse=False)
    return _measure(actor, registrar_id, kind, values)


@_command("announce", MeasureInput, N_("Give notice of a suspension or cancellation"))
def announce(
    *, actor: Actor, now: datetime, registrar_id: uuid.UUID, kind: str, **values: Any
) -> RegistrarMeasure:
    """The authority tells a registrar what it intends, on which facts and under which rule."""
    law.measure_is_of_its_kind(kind, adverse=True)
    return _measure(actor, registrar_id, kind, values)


def _measure(actor: Actor, registrar_id: uuid.UUID, kind: str, values: dict[str, Any]) -> RegistrarMeasure:
    about = registrar_for(actor, registrar_id)
    if about.state == "cancelled":
        raise WrongState(N_("This qualification is cancelled already."))
    return RegistrarMeasure(
        registrar_id=about.id,
        organisation_id=about.organisation_id,
        organisation_name=about.organisation_name,
        jurisdiction=about.jurisdiction,
        kind=kind,
        taken_by_id=actor.user_id,
        **values,
    )


@_command("conclude", OutcomeInput, N_("Record the outcome"))
def conclude(measure: RegistrarMeasure, *, actor: Actor, now: datetime, outcome: str) -> None:
    """What came of the interview or the guidance."""
    measure.outcome, measure.ended_on = outcome, clock.legal_day(now)


@_command("serve", ServiceInput, N_("Record the service of the notice"))
def serve(measure: RegistrarMeasure, *, actor: Actor, now: datetime, service: str, served_on: date) -> None:
    """The notice came into the registrar's hands: from the next day on the days to reply count."""
    law.service_is_proven(served_on, clock.legal_day(measure.created_at), clock.legal_day(now))
    day = due.due_day(measure, "adverse.reply_wd", served_on)
    measure.service, measure.served_on, measure.reply_due = service, served_on, day.on if day else served_on


@_command("reply", MeasureReplyInput, N_("Reply to the notice"))
def reply(measure: RegistrarMeasure, *, actor: Actor, now: datetime, reply: str) -> None:
    """The registrar answers; its words are quoted in the decision."""
    measure.reply_text, measure.replied_at = reply, now


@_command("decide", OutcomeInput, N_("Decide"))
def decide(measure: RegistrarMeasure, *, actor: Actor, now: datetime, outcome: str) -> None:
    """Another person of the authority decides that the qualification is suspended or cancelled."""
    law.another_decides_on_registrar(measure.taken_by_id, actor.user_id)
    law.registrar_is_heard(measure.reply_due, measure.replied_at is not None, clock.legal_day(now))
    measure.outcome, measure.ended_on = outcome, clock.legal_day(now)


@_command("drop", OutcomeInput, N_("Drop what was intended"))
def drop(measure: RegistrarMeasure, *, actor: Actor, now: datetime, outcome: str) -> None:
    """The authority does not pursue what it gave notice of."""
    measure.outcome, measure.ended_on = outcome, clock.legal_day(now)
