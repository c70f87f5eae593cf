"""Publicly funded projects: handed in by their unit, approved and accepted by another body, through the gate."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from marshmallow import Schema

from accounts import queries as accounts
from kernel import audit, clock, due
from kernel.actor import Actor
from kernel.command import Command, command
from kernel.fields import Nothing
from kernel.words import N_
from registry.models import Project
from registry.permissions import MAY
from registry.queries import projects
from registry.rules.projects import project_gate_is_passed
from registry.schemas.projects import (
    FundInput,
    ProjectDecisionInput,
    ProjectInput,
    ProjectRefusalInput,
    ProjectReturnInput,
)
from registry.states import PROJECT


def _command(
    verb: str, schema: type[Schema] = Nothing, label: str = "", duties: tuple[str, ...] = ()
) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.project.{verb}"
    return command(name, may=MAY[name], on=Project, states=PROJECT, schema=schema, label=label, duties=duties)


@_command("draft", ProjectInput, N_("Register a project"), duties=("C10",))
def draft(*, actor: Actor, now: datetime, **values: Any) -> Project:
    """A unit describes a project that is paid with public money."""
    unit = accounts.organisation(actor.organisation_id)
    fresh = Project(agency_id=unit.id, jurisdiction=unit.jurisdiction, applied_by_id=actor.user_id)
    _write(fresh, values)
    return fresh


@_command("amend", ProjectInput, N_("Edit"), duties=("C10",))
def amend(project: Project, *, actor: Actor, now: datetime, **values: Any) -> None:
    """The unit changes what it says about the project."""
    _write(project, values)


def _write(
    project: Project, values: dict[str, Any], optional: tuple[str, ...] = ("number", "completes_on")
) -> None:
    for name in (*values, *(name for name in optional if name not in values)):
        setattr(project, name, values.get(name))


@_command("submit", label=N_("Hand in for approval"), duties=("C10",))
def submit(project: Project, *, actor: Actor, now: datetime) -> None:
    """The unit hands the project in with its data list or catalogue."""
    project.applied_by_id, project.reasons = actor.user_id, None


@_command("return_", ProjectReturnInput, N_("Return for supplement"), duties=("C13",))
def return_(project: Project, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The approver returns the project: what has to be supplemented."""
    project.reasons = reasons


@_command("approve", ProjectDecisionInput, N_("Approve the project"), duties=("C13",))
def approve(project: Project, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The approver approves the project once its gate is passed."""
    _pass(project, "approval")
    project.approved_at, project.reasons = now, reasons
    project.decided_by = actor.organisation_name


@_command("refuse", ProjectRefusalInput, N_("Refuse the project"), duties=("C13",))
def refuse(project: Project, *, actor: Actor, now: datetime, reasons: str, basis: str) -> None:
    """The approver refuses the project with reasons and the rule it rests on."""
    project.reasons, project.basis = reasons, basis
    project.decided_by = actor.organisation_name


@_command("request_acceptance", label=N_("Ask for acceptance"), duties=("C10",))
def request_acceptance(project: Project, *, actor: Actor, now: datetime) -> None:
    """The project is built: its unit asks for acceptance."""
    project.applied_by_id, project.reasons = actor.user_id, None


@_command("send_back", ProjectReturnInput, N_("Do not accept yet"), duties=("C13",))
def send_back(project: Project, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The approver does not accept the project yet and says what is missing."""
    project.reasons = reasons


@_command("accept", ProjectDecisionInput, N_("Accept the project"), duties=("C13",))
def accept(project: Project, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The approver accepts the project once its data are catalogued, shared and aggregated."""
    _pass(project, "acceptance")
    project.accepted_at, project.reasons = now, reasons
    project.decided_by = actor.organisation_name


@_command("fund", FundInput, N_("Allot funds or running costs"), duties=("C13",))
def fund(project: Project, *, actor: Actor, now: datetime, purpose: str, amount_minor: int) -> None:
    """Money is allotted to the project, where its gate does not bar it."""
    if project.state == "accepted":
        _pass(project, "funds")
    day: date = clock.legal_day(now)
    allotted = {"on": day.isoformat(), "purpose": purpose, "amount_minor": amount_minor}
    project.funds = [*project.funds, allotted | {"by": actor.organisation_name}]


def _pass(project: Project, step: str) -> None:
    """Check the gate of a step and keep what it said; raises RuleBroken."""
    rules, found = due.profile(project), projects.data_sets(project)
    project_gate_is_passed(step, found, rules)
    report = [f"{row.data_set}: {row.need}" for row in projects.gate_of(project) if row.step == step]
    project.gate = {**project.gate, step: {"on": clock.today().isoformat(), "met": report}}
    audit.note(step=step, met=report)
