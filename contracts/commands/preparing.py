"""The preparation of a decision: recommendation, countersignatures in their order; then service, and opening anew."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from marshmallow import Schema

from contracts import queries
from contracts.models import Advice, Application
from contracts.permissions import MAY
from contracts.queries import preparing
from contracts.rules import decision as law
from contracts.schemas.consultation import (
    AdviceInput,
    CountersignInput,
    ReopenInput,
    SendBackInput,
    ServiceInput,
)
from contracts.states import APPLICATION
from kernel import documents
from kernel.actor import Actor
from kernel.clock import legal_day
from kernel.command import Command, command
from kernel.db import db
from kernel.errors import NotFound, WrongState
from kernel.words import N_, Text

NO_ADVICE = N_("There is no recommendation that waits for a countersignature.")


def _command(
    verb: str, schema: type[Schema], label: str = "", duties: tuple[str, ...] = ()
) -> Callable[[Callable[..., Any]], Command]:
    name = f"contracts.application.{verb}"
    return command(
        name, may=MAY[name], on=Application, states=APPLICATION, schema=schema, label=label, duties=duties
    )


@_command("advise", AdviceInput, N_("Recommend"), duties=("L02",))
def advise(
    asked: Application, *, actor: Actor, now: datetime, recommendation: str, text: str, conditions: str
) -> None:
    """Somebody of the authority recommends a decision; whoever recommends does not decide."""
    if preparing.standing_advice(asked.id) is not None:
        raise WrongState(
            Text(N_("A recommendation stands already. It has to be sent back before there is another."))
        )
    given = Advice(
        application_id=asked.id,
        recommendation=recommendation,
        text=text,
        conditions=conditions,
        by_id=actor.user_id,
        by_name=actor.name,
        at=now,
        weight=preparing.weight_of(asked).value,
        needed=preparing.countersigners(asked),
    )
    db.session.add(given)
    asked.adviser_ids = [*asked.adviser_ids, str(actor.user_id)]


@_command("countersign", CountersignInput, N_("Countersign"), duties=("L02",))
def countersign(asked: Application, *, actor: Actor, now: datetime, note: str) -> None:
    """The next person countersigns the recommendation; as many do, one after the other, as the case weighs."""
    advice = _awaiting(asked)
    row = {"by_id": str(actor.user_id), "by": actor.name, "at": now.isoformat(), "note": note}
    advice.signatures = [*advice.signatures, row]
    asked.adviser_ids = [*asked.adviser_ids, str(actor.user_id)]


@_command("send_back", SendBackInput, N_("Send the recommendation back"), duties=("L02",))
def send_back(asked: Application, *, actor: Actor, now: datetime, reason: str) -> None:
    """Whoever was to countersign sends the recommendation back: it falls, and another one is needed."""
    advice = _awaiting(asked)
    advice.stands, advice.sent_back_because = False, reason
    asked.adviser_ids = [*asked.adviser_ids, str(actor.user_id)]


def _awaiting(asked: Application) -> Advice:
    advice = preparing.standing_advice(asked.id)
    if advice is None or advice.is_signed:
        raise WrongState(Text(NO_ADVICE))
    return advice


@_command("record_service", ServiceInput, N_("Record the service"), duties=("L02",))
def record_service(asked: Application, *, actor: Actor, now: datetime, served_on: date, how: str) -> None:
    """The letter reached its addressee: from that day on the time for remedies runs."""
    decided = queries.decision_of(asked.id)
    if decided is None:
        raise NotFound()
    law.service_is_proven(served_on, legal_day(decided.at), legal_day(now))
    decided.served_on, decided.served_how = served_on, how


@_command("reopen", ReopenInput, duties=("L02",))
def reopen(asked: Application, *, actor: Actor, now: datetime, reason: str) -> None:
    """A decision fell on reconsideration: the application waits for a new one, by somebody else."""
    _end_decision(asked, now, reason)
    asked.comments = reason


@_command("set_aside", ReopenInput, duties=("L02",))
def set_aside(asked: Application, *, actor: Actor, now: datetime, reason: str) -> None:
    """A grant was revoked on reconsideration; the application ends with it."""
    _end_decision(asked, now, reason)


def _end_decision(asked: Application, now: datetime, reason: str) -> None:
    decided = queries.decision_of(asked.id)
    if decided is None:
        raise NotFound()
    asked.decider_ids = [*asked.decider_ids, str(decided.decided_by_id)]
    decided.ended_at, decided.ended_because = now, reason
    letter = documents.current("decision_letter", asked)
    if letter is not None:
        documents.revoke(letter, now=now, reason=reason)
    advice = preparing.standing_advice(asked.id)
    if advice is not None:
        advice.stands, advice.sent_back_because = False, reason
