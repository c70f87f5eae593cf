"""What follows on the way to a decision and after it: silence of consulted bodies, decisions that fell."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from contracts import commands, queries
from contracts.models import Application, Reconsideration
from contracts.queries import preparing
from contracts.reactions.steps import run
from kernel.audit import AuditEvent
from kernel.command import after
from kernel.due import sweep
from kernel.words import N_

FELL = N_("The decision it rests on was revoked on reconsideration.")


@after("contracts.reconsideration.decide")
def let_the_decision_fall(found: Reconsideration, _event: AuditEvent) -> None:
    """A decision that is changed or revoked takes its right with it; the case is decided anew, unless a grant fell."""
    if found.state == "confirmed":
        return
    held, asked = preparing.right_of(found.application_id), queries.application(found.application_id)
    if held is not None and held.state == "awaiting_signature":
        run(commands.right.lapse, held.id, reason=FELL)
    elif held is not None:
        run(commands.right.terminate, held.id, reason=FELL, basis=found.basis)
    over = found.state == "revoked" and asked is not None and asked.state == "granted"
    step = commands.preparing.set_aside if over else commands.preparing.reopen
    run(step, found.application_id, reason=found.directions or found.reasons)


@after("contracts.application.grant")
@after("contracts.application.refuse")
@after("contracts.application.withdraw")
@after("contracts.application.stop")
def need_no_answer_any_more(asked: Application, _event: AuditEvent) -> None:
    """Questions to others end with the case they were about."""
    for row in preparing.consultations_of(asked.id):
        if row.state == "asked":
            run(commands.consultation.withdraw, row.id)


@sweep
def silence_of_consulted_bodies(today: date) -> Iterator[tuple[Any, ...]]:
    """Opinions that were not given in time are noted as no objection."""
    for consultation_id in preparing.silent_consultations(today):
        yield commands.consultation.lapse, consultation_id
