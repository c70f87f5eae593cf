"""Implementation plans: drawn up, decided collectively, changed only by a new decision."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from marshmallow import Schema

from accounts import queries as accounts
from contracts.models import ImplementationPlan
from contracts.permissions import MAY
from contracts.queries.checks import check_resources
from contracts.queries.selections import may_be_applied_for, selections_of
from contracts.queries.sources import resources
from contracts.rules import selection as law
from contracts.rules import term_is_lawful
from contracts.schemas.selection import PlanChangeInput, PlanDecisionInput, PlanInput
from contracts.states import PLAN
from kernel import due
from kernel.actor import Actor
from kernel.calendar import Period, term_end
from kernel.clock import legal_day
from kernel.command import Command, command
from kernel.config import settings
from kernel.errors import InvalidInput, WrongState
from kernel.fields import File, Nothing
from kernel.storage import accept_upload, store
from kernel.words import N_, Text

UNDER_WAY = ("taking_bids", "opened", "scored", "result_announced")


def _command(
    verb: str, schema: type[Schema] = Nothing, label: str = "", duties: tuple[str, ...] = ()
) -> Callable[[Callable[..., Any]], Command]:
    name = f"contracts.plan.{verb}"
    return command(
        name, may=MAY[name], on=ImplementationPlan, states=PLAN, schema=schema, label=label, duties=duties
    )


@_command("draft", PlanInput, N_("New plan"), duties=("U01",))
def draft(*, actor: Actor, now: datetime, **values: Any) -> ImplementationPlan:
    """An implementing body draws up how public data are to be operated."""
    body = accounts.organisation(actor.organisation_id)
    plan = ImplementationPlan(body_id=body.id, jurisdiction=body.jurisdiction, drafted_by_id=actor.user_id)
    _write(plan, values)
    return plan


@_command("amend", PlanInput, N_("Change"))
def amend(plan: ImplementationPlan, *, actor: Actor, now: datetime, **values: Any) -> None:
    """The implementing body changes the plan before it is decided."""
    _write(plan, values)
    plan.drafted_by_id = actor.user_id


def _write(plan: ImplementationPlan, values: dict[str, Any]) -> None:
    for name in ("title", "mode", "coverage", "purposes", "term_years", "funding_mode", "method"):
        setattr(plan, name, values[name])
    found = resources(values["resources"])
    if len(found) != len(set(values["resources"])):
        raise InvalidInput({"resources": [N_("Some of these resources do not exist.")]})
    places = {facts.jurisdiction for facts in found}
    if len(places) != 1:
        raise InvalidInput(
            {"resources": [N_("Choose resources of one jurisdiction; plan for each place apart.")]}
        )
    plan.resource_ids = [str(facts.id) for facts in found]
    plan.jurisdiction, plan.territory = places.pop(), [found[0].jurisdiction]
    plan.contents = {row["part"]: row["text"] for row in values["contents"] if row["text"]}


@_command("submit", label=N_("Put to the decision"), duties=("U01",))
def submit(plan: ImplementationPlan, *, actor: Actor, now: datetime) -> None:
    """The plan is put before the collective leadership: complete, lawful in mode, way, term and data."""
    check_plan(plan, legal_day(now))
    plan.submitted_by_id, plan.submitted_at = actor.user_id, now


def check_plan(plan: ImplementationPlan, on: date) -> None:
    """Refuse a plan the rules do not allow."""
    rules = due.profile(plan)
    law.plan_is_complete(plan.contents, rules.list("op.plan_contents"))
    law.mode_is_provided_for(plan.mode, rules.list("op.modes"), plan.coverage)
    law.way_is_provided_for(plan.method, rules.list("op.selection_methods"), may_be_applied_for(rules))
    longest = term_end(on, rules.period("op.max_term_years"))
    term_is_lawful(on, term_end(on, Period(plan.term_years, "years")), longest)
    check_resources([facts.id for facts in resources_of(plan)], on)


def resources_of(plan: ImplementationPlan) -> list[Any]:
    """The resources of a plan as the registry knows them."""
    return resources([UUID(text) for text in plan.resource_ids])


@_command("record_decision", PlanDecisionInput, N_("Record the collective decision"), duties=("U01",))
def record_decision(
    plan: ImplementationPlan,
    *,
    actor: Actor,
    now: datetime,
    approved: str,
    meeting: str,
    decided_on: date,
    number: str,
    note: str,
    minutes: File | None,
) -> None:
    """Somebody other than the planner records what the collective leadership decided."""
    if decided_on > legal_day(now):
        raise InvalidInput({"decided_on": [N_("The meeting cannot lie in the future.")]})
    law.plan_is_decided_collectively(due.profile(plan).flag("op.collective_decision"), meeting, number)
    if approved == "yes":
        check_plan(plan, legal_day(now))
    plan.decision = {
        "approved": approved == "yes",
        "meeting": meeting,
        "on": decided_on.isoformat(),
        "number": number,
        "note": note,
        "by": actor.name,
        "by_id": str(actor.user_id),
        "at": now.isoformat(),
        "file": _kept(minutes) if minutes else None,
    }
    plan.state = "decided" if approved == "yes" else "returned"


def _kept(file: File) -> dict[str, Any]:
    facts = accept_upload(file.name, file.content, max_bytes=settings().max_upload_bytes, field="minutes")
    key = store().keep("plans", file.content, facts.kind)
    return {
        "name": facts.name,
        "media_type": facts.media_type,
        "size": facts.size,
        "sha256": facts.sha256,
        "key": key,
    }


@_command("revise", PlanChangeInput, N_("Change the decided plan"), duties=("U01",))
def revise(plan: ImplementationPlan, *, actor: Actor, now: datetime, reason: str) -> None:
    """A decided plan is changed: it is a draft again and has to be decided anew."""
    if any(row.state in UNDER_WAY for row in selections_of(plan.id)):
        raise WrongState(
            Text(N_("A selection for this plan is under way. Let it end or fail before the plan changes."))
        )
    plan.decisions = [*plan.decisions, plan.decision | {"changed_because": reason}]
    plan.decision, plan.revision = {}, plan.revision + 1


@_command("withdraw", label=N_("Withdraw"))
def withdraw(plan: ImplementationPlan, *, actor: Actor, now: datetime) -> None:
    """The implementing body gives the plan up before it is decided."""
