"""Selections of an operator: notice, opening by two people, ranking, notice of the result, award."""

import uuid
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from marshmallow import Schema

from contracts.models import ImplementationPlan, Selection
from contracts.permissions import MAY
from contracts.queries import selections as queries
from contracts.queries.checks import check_resources
from contracts.rules import selection as law
from contracts.schemas.selection import FailInput, ResultInput, SelectionAmendment, SelectionInput
from contracts.states import SELECTION
from contracts.vocabulary.selection import APPLICATION
from kernel import audit, due
from kernel.actor import Actor
from kernel.clock import LEGAL_ZONE, legal_day
from kernel.command import Command, command
from kernel.errors import InvalidInput, NotFound
from kernel.fields import Nothing
from kernel.words import N_

CLOSING = time(17, 0)


def _command(
    verb: str, schema: type[Schema] = Nothing, label: str = "", duties: tuple[str, ...] = ()
) -> Callable[[Callable[..., Any]], Command]:
    name = f"contracts.selection.{verb}"
    return command(
        name, may=MAY[name], on=Selection, states=SELECTION, schema=schema, label=label, duties=duties
    )


@_command("prepare", SelectionInput, N_("Prepare the selection"), duties=("U01",))
def prepare(*, actor: Actor, now: datetime, plan_id: uuid.UUID, **values: Any) -> Selection:
    """The implementing body prepares the competition for a decided plan."""
    plan = queries.plan(plan_id)
    if plan is None or plan.body_id != actor.organisation_id:
        raise NotFound()
    law.plan_stands(plan.state)
    if plan.method == APPLICATION:
        raise InvalidInput({"plan_id": [N_("By this plan the operator applies; there is no selection.")]})
    found = Selection(
        plan_id=plan.id,
        body_id=plan.body_id,
        jurisdiction=plan.jurisdiction,
        profile_version=plan.profile_version,
        method=plan.method,
    )
    _write(found, actor, values)
    return found


@_command("amend", SelectionAmendment, N_("Change"))
def amend(found: Selection, *, actor: Actor, now: datetime, **values: Any) -> None:
    """The notice is changed before it goes out."""
    _write(found, actor, values)


def _write(
    found: Selection,
    actor: Actor,
    values: dict[str, Any],
) -> None:
    for name in ("title", "notice", "conditions", "criteria"):
        setattr(found, name, values[name])
    law.weights_are_whole([row["weight"] for row in found.criteria])
    if len({row["name"] for row in found.criteria}) != len(found.criteria):
        raise InvalidInput({"criteria": [N_("A criterion stands twice in the list.")]})
    found.invited_ids = [str(one) for one in dict.fromkeys(values["invited"])]
    moment = datetime.combine(values["last_day"], values["last_time"] or CLOSING, LEGAL_ZONE)
    found.bids_until, found.prepared_by_id = moment, actor.user_id


def plan_of(found: Selection) -> ImplementationPlan:
    """The plan a selection is for."""
    plan = queries.plan(found.plan_id)
    if plan is None:
        raise NotFound()
    return plan


@_command("announce", label=N_("Publish the notice"), duties=("U01",))
def announce(found: Selection, *, actor: Actor, now: datetime) -> None:
    """The notice goes out; from now on bids can be handed in, and nobody can read them."""
    rules, plan, today = due.profile(found), plan_of(found), legal_day(now)
    law.plan_stands(plan.state)
    law.way_is_provided_for(found.method, rules.list("op.selection_methods"), False)
    law.enough_are_invited(found.method, len(found.invited_ids), rules.number("selection.least_invited"))
    earliest = queries.earliest_last_day(found, today)
    law.time_for_bids_is_enough(legal_day(found.bids_until), earliest.on if earliest else today)
    check_resources([uuid.UUID(text) for text in plan.resource_ids], today)
    found.announced_by_id, found.announced_at = actor.user_id, now


@_command("open_", label=N_("Open the bids"), duties=("U01",))
def open_(found: Selection, *, actor: Actor, now: datetime) -> None:
    """One of those who have to be there together opens the bids; with the last of them the seals are broken."""
    rules = due.profile(found)
    law.bids_may_be_opened(now, found.bids_until)
    law.bids_are_enough(len(queries.bids_in(found.id, "sealed")), rules.number("selection.least_bids"))
    found.opener_ids = [*found.opener_ids, str(actor.user_id)]
    opened = len(found.opener_ids) >= rules.number("selection.opening_people")
    found.state = "opened" if opened else "taking_bids"
    found.opened_at = now if opened else None


@_command("complete_scoring", duties=("U01",))
def complete_scoring(found: Selection, *, actor: Actor, now: datetime) -> None:
    """Every member has scored: points and opinions are laid open, the bids are ranked."""
    scored, pending = queries.committee_stands(found.id)
    law.committee_is_complete(scored, pending, due.profile(found).number("selection.assessors"))
    members = [row for row in queries.members_of(found.id) if row.state == "scored"]
    ranking = [
        {
            "bid_id": str(bid.id),
            "bidder_id": str(bid.bidder_id),
            "points": _points(found, [row.scores[str(bid.id)] for row in members]),
        }
        for bid in queries.bids_in(found.id, "opened")
    ]
    found.ranking = sorted(ranking, key=lambda row: -row["points"])
    for row in members:
        row.revealed_at = now
        audit.note(assessment=str(row.id), scores=row.scores, opinion=row.opinion)


def _points(found: Selection, scores: list[dict[str, int]]) -> int:
    """The mean of all members by the weights of the criteria, in hundredths of a point."""
    total = sum(row["weight"] * given[row["name"]] for row in found.criteria for given in scores)
    return int(total // len(scores))


@_command("announce_result", ResultInput, N_("Announce the candidate"), duties=("U01",))
def announce_result(
    found: Selection, *, actor: Actor, now: datetime, bid_id: uuid.UUID, reasons: str
) -> None:
    """The best bid is announced with reasons; anybody who bid, or could have, can object."""
    chosen = next((row for row in found.ranking if row["bid_id"] == str(bid_id)), None)
    if chosen is None:
        raise InvalidInput({"bid_id": [N_("Choose one of the bids that were ranked.")]})
    law.best_bid_is_chosen(chosen["points"], found.ranking[0]["points"])
    found.chosen_bid_id, found.result_reasons, found.result_by_id = bid_id, reasons, actor.user_id
    day = due.due_day(found, "selection.result_notice_days", legal_day(now))
    found.result_from, found.result_until = legal_day(now), day.on if day else legal_day(now)


@_command("award", label=N_("Award"), duties=("U01",))
def award(found: Selection, *, actor: Actor, now: datetime) -> None:
    """Another person awards after the notice of the result; the winner's application is laid out from plan and bid."""
    objections = [row.state for row in queries.objections_to_result(found.id)]
    until: date = found.result_until or legal_day(now)
    law.result_notice_is_over(legal_day(now), until, objections.count("lodged"), objections.count("upheld"))
    law.plan_stands(plan_of(found).state)
    found.awarded_at = now


@_command("fail", FailInput, N_("Let the selection fail"), duties=("U01",))
def fail(found: Selection, *, actor: Actor, now: datetime, reason: str) -> None:
    """The selection ends without an operator, with reasons; sealed bids go back unread."""
    found.failed_because = reason
