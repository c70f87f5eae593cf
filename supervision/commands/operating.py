"""Operating teams are filed, operating bodies mandated; what they do is entered, and anything else is refused."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from marshmallow import Schema

from accounts import queries as accounts
from accounts.rules import credit_code
from kernel import clock, documents, due
from kernel.actor import Actor
from kernel.command import Command, command
from kernel.db import new_id
from kernel.errors import InvalidInput, NotFound
from kernel.fields import Nothing
from kernel.states import StateMachine
from kernel.words import N_, Text
from supervision import deadlines, queries, rules  # noqa: F401  the clock of a filing
from supervision.models import OperatingMandate, OperatingTeam, Operation
from supervision.permissions import MAY
from supervision.schemas.operating import AnswerInput, EndInput, MandateInput, OperationInput, TeamInput
from supervision.states import MANDATE, OPERATION, TEAM
from supervision.vocabulary import TASKS


def _command(
    name: str, on: type, states: StateMachine, schema: type[Schema] = Nothing, label: str = ""
) -> Callable[[Callable[..., Any]], Command]:
    full, duty = f"supervision.{name}", "P04" if states is TEAM else "P06"
    return command(full, may=MAY[full], on=on, states=states, schema=schema, label=label, duties=(duty,))


def _operator(uscc: str) -> Any:
    found = accounts.organisation_by_code(credit_code(uscc))
    if found is None:
        said = Text(N_("No organisation with this credit code is known here. Let it register first."))
        raise InvalidInput({"operator_uscc": [said]})
    return found


@_command("team.file", OperatingTeam, TEAM, TeamInput, N_("File an operating team"))
def file(*, actor: Actor, now: datetime, **values: Any) -> OperatingTeam:
    """An agency files the team by which it has its data operated."""
    agency = accounts.organisation(actor.organisation_id)
    team = OperatingTeam(agency_id=agency.id, agency_name=agency.name, jurisdiction=agency.jurisdiction)
    rules.teams_are_filed_here(due.profile(team).flag("supervision.operating_team_filing"))
    _write(team, actor, now, values)
    return team


@_command("team.correct", OperatingTeam, TEAM, TeamInput, N_("Correct the filing"))
def correct(team: OperatingTeam, *, actor: Actor, now: datetime, **values: Any) -> None:
    """The agency corrects what the authority found wrong, and files again."""
    _write(team, actor, now, values)


def _write(team: OperatingTeam, actor: Actor, now: datetime, values: dict[str, Any]) -> None:
    operator, today = _operator(values.pop("operator_uscc")), clock.legal_day(now)
    rules.body_is_of_the_operating_side(operator.side)
    rules.work_has_a_term(values["starts_on"], values["ends_on"], today)
    rules.tasks_can_be_operated(values["tasks"], due.profile(team).list("supervision.operating_tasks"))
    rules.nobody_is_kept_out(values["exclusive"], values["selection"])
    rules.operators_do_not_decide(queries.members_who_decide(operator.id, team.agency_id, today).values())
    team.operator_id, team.operator_name, team.filed_by_id = operator.id, operator.name, actor.user_id
    for name, value in values.items():
        setattr(team, name, value)


@_command("team.note", OperatingTeam, TEAM, AnswerInput, N_("Note the filing"))
def note(team: OperatingTeam, *, actor: Actor, now: datetime, answer: str) -> None:
    """The authority takes note of the team; managing stays with the agency."""
    today = clock.legal_day(now)
    rules.operators_do_not_decide(queries.members_who_decide(team.operator_id, team.agency_id, today).values())
    team.answer = answer


@_command("team.return_", OperatingTeam, TEAM, AnswerInput, N_("Send back"))
def return_(team: OperatingTeam, *, actor: Actor, now: datetime, answer: str) -> None:
    """The authority says what is wrong with the filing."""
    team.answer = answer


@_command("team.end", OperatingTeam, TEAM, EndInput, N_("End the team"))
def end(team: OperatingTeam, *, actor: Actor, now: datetime, reason: str) -> None:
    """The team no longer operates the data of the agency."""
    team.ended_because = reason


@_command("mandate.give", OperatingMandate, MANDATE, MandateInput, N_("Give a mandate"))
def give(
    *,
    actor: Actor,
    now: datetime,
    operator_uscc: str,
    tasks: list[str],
    delegated: str,
    conditions: str,
    starts_on: date,
    ends_on: date,
) -> OperatingMandate:
    """The authority lets an operating body do named tasks in its name, and nothing else."""
    authority, operator = accounts.organisation(actor.organisation_id), _operator(operator_uscc)
    mandate = OperatingMandate(
        id=new_id(),
        authority_id=authority.id,
        jurisdiction=authority.jurisdiction,
        operator_id=operator.id,
        operator_name=operator.name,
        tasks=sorted(set(tasks)),
        delegated=delegated,
        conditions=conditions,
        starts_on=starts_on,
        ends_on=ends_on,
        given_by_id=actor.user_id,
    )
    rules.body_is_of_the_operating_side(operator.side)
    rules.tasks_can_be_operated(mandate.tasks, due.profile(mandate).list("supervision.operating_tasks"))
    rules.work_has_a_term(starts_on, ends_on, clock.legal_day(now))
    if "delegated_cases" in tasks and not delegated.strip():
        raise InvalidInput({"delegated": [Text(N_("Say which cases are delegated."))]})
    mandate.document_id = _letter(mandate, authority, operator, now).id
    return mandate


def _letter(mandate: OperatingMandate, authority: Any, operator: Any, now: datetime) -> documents.Document:
    data = {
        "issuer": authority.name,
        "operator": {
            "name": operator.name,
            "uscc": operator.uscc or "",
            "representative": operator.legal_representative,
            "address": operator.address,
        },
        "tasks": [Text(TASKS[task]) for task in mandate.tasks],
        "delegated": mandate.delegated,
        "conditions": mandate.conditions,
        "starts_on": mandate.starts_on,
        "ends_on": mandate.ends_on,
        "given_on": clock.legal_day(now),
    }
    return documents.draw_up(
        "operating_mandate",
        subject=mandate,
        data=data,
        now=now,
        parties=[authority.id, operator.id],
        public=True,
    )


@_command("mandate.revoke", OperatingMandate, MANDATE, EndInput, N_("Revoke the mandate"))
def revoke(mandate: OperatingMandate, *, actor: Actor, now: datetime, reason: str) -> None:
    """The authority takes the mandate back; from now on nothing can be done under it."""
    mandate.ended_because = reason
    document = documents.current("operating_mandate", mandate)
    if document is not None:
        documents.revoke(document, now=now, reason=reason)


@_command("mandate.expire", OperatingMandate, MANDATE)
def expire(mandate: OperatingMandate, *, actor: Actor, now: datetime) -> None:
    """The last day of the mandate has passed."""
    rules.mandate_is_over(mandate.ends_on, clock.legal_day(now))


@_command("operation.carry_out", Operation, OPERATION, OperationInput, N_("Enter what was done"))
def carry_out(
    *, actor: Actor, now: datetime, mandate_id: uuid.UUID, task: str, what: str, case_number: str, on: date
) -> Operation:
    """An operating body enters what it did under its mandate; what the mandate does not name is refused."""
    mandate = queries.operating_mandate(mandate_id)
    if mandate.operator_id != actor.organisation_id:
        raise NotFound()
    if on > clock.legal_day(now):
        raise InvalidInput({"on": [Text(N_("This day has not come yet."))]})
    in_force = mandate.state == "in_force" and mandate.starts_on <= on <= mandate.ends_on
    rules.task_is_mandated(task, mandate.tasks, in_force)
    return Operation(
        mandate_id=mandate.id,
        operator_id=mandate.operator_id,
        jurisdiction=mandate.jurisdiction,
        task=task,
        what=what,
        case_number=case_number,
        on=on,
        by=actor.name,
        by_id=actor.user_id,
    )
