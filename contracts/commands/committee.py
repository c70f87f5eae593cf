"""The committee that assesses bids, and objections to its result."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from marshmallow import Schema

from accounts import queries as accounts
from contracts.models import BidAssessment, Selection, SelectionObjection
from contracts.permissions import MAY
from contracts.queries import selections as queries
from contracts.queries.seen import seen
from contracts.rules import selection as law
from contracts.schemas.committee import (
    BidScoreInput,
    CommitteeInput,
    ReleaseInput,
    ResultAnswerInput,
    ResultObjectionInput,
    TieInput,
)
from contracts.states import BID_ASSESSMENT, SELECTION_OBJECTION
from kernel.actor import Actor
from kernel.clock import legal_day
from kernel.command import Command, command
from kernel.errors import InvalidInput, NotFound, WrongState
from kernel.words import N_, Text
from registry.rules import assessment as fairness


def _member(
    verb: str, schema: type[Schema], label: str, duties: tuple[str, ...] = ()
) -> Callable[[Callable[..., Any]], Command]:
    name = f"contracts.bid_assessment.{verb}"
    return command(
        name,
        may=MAY[name],
        on=BidAssessment,
        states=BID_ASSESSMENT,
        schema=schema,
        label=label,
        duties=duties,
    )


def _objection(
    verb: str, schema: type[Schema], label: str, duties: tuple[str, ...] = ()
) -> Callable[[Callable[..., Any]], Command]:
    name = f"contracts.selection_objection.{verb}"
    return command(
        name,
        may=MAY[name],
        on=SelectionObjection,
        states=SELECTION_OBJECTION,
        schema=schema,
        label=label,
        duties=duties,
    )


@_member("name_assessor", CommitteeInput, N_("Name a member"), duties=("U01",))
def name_assessor(*, actor: Actor, now: datetime, selection_id: uuid.UUID, assessor: str) -> BidAssessment:
    """After the opening the body names who assesses the bids; ties known here bar at once."""
    found = queries.selection(selection_id)
    if found is None or found.body_id != actor.organisation_id:
        raise NotFound()
    if found.state != "opened":
        raise WrongState(Text(N_("Members are named once the bids are opened: only then is known who bids.")))
    person_id, body_id = (uuid.UUID(part) for part in assessor.split(":"))
    listed = accounts.deciders(
        ("authority", "expert", "agency"), accounts.authorities_above(found.jurisdiction), legal_day(now)
    )
    named = next((row for row in listed if (row[0], row[2]) == (person_id, body_id)), None)
    if named is None:
        said = Text(
            N_("Choose somebody who may decide for the authority, an agency or an expert body of the place.")
        )
        raise InvalidInput({"assessor": [said]})
    fairness.each_assesses_once(str(person_id), found.assessor_ids)
    bids = queries.bids_in(found.id, "opened", "excluded")
    fairness.nothing_ties_to_the_applicant(queries.tie_to_bidders(person_id, body_id, bids))
    found.assessor_ids = [*found.assessor_ids, str(person_id)]
    return BidAssessment(
        selection_id=found.id,
        body_id=found.body_id,
        jurisdiction=found.jurisdiction,
        profile_version=found.profile_version,
        subject_name=found.title,
        assessor_id=person_id,
        assessor_name=named[1],
        assessor_body_id=body_id,
        assessor_body=named[3],
    )


@_member("declare", TieInput, N_("Declare ties to the bidders"), duties=("U01",))
def declare(
    member: BidAssessment,
    *,
    actor: Actor,
    now: datetime,
    impartial: str,
    conflict: str | None,
    explanation: str,
) -> None:
    """A member declares whether anything ties him to a bidder; whoever is tied is out of the case at once."""
    bids = queries.bids_in(member.selection_id, "opened", "excluded")
    found = queries.tie_to_bidders(member.assessor_id, member.assessor_body_id, bids)
    tied = found or (conflict if impartial == "no" else None)
    member.declared_at, member.conflict, member.conflict_text = now, tied, explanation
    member.state = "recused" if tied else "declared"


@_member("score", BidScoreInput, N_("Score the bids"), duties=("U01",))
def score(
    member: BidAssessment, *, actor: Actor, now: datetime, scores: list[dict[str, Any]], opinion: str
) -> None:
    """A member scores every bid by every criterion; nobody else sees the points before the ranking."""
    found = queries.selection(member.selection_id)
    if found is None or found.state != "opened":
        raise WrongState(Text(N_("The assessment of these bids is closed.")))
    bids = queries.bids_in(found.id, "opened")
    fairness.nothing_ties_to_the_applicant(queries.tie_to_bidders(actor.user_id, actor.organisation_id, bids))
    law.everybody_was_negotiated_with(found.method, [row.subject_name for row in bids if not row.minutes])
    wanted = [(str(bid.id), row["name"]) for bid in bids for row in found.criteria]
    law.every_bid_is_scored([(str(row["bid_id"]), row["criterion"]) for row in scores], wanted)
    member.scores = {
        str(bid.id): {row["criterion"]: row["points"] for row in scores if row["bid_id"] == bid.id}
        for bid in bids
    }
    member.opinion, member.scored_at = opinion, now


@_member("recuse", ReleaseInput, N_("Release from the committee"), duties=("U01",))
def recuse(member: BidAssessment, *, actor: Actor, now: datetime, conflict: str, explanation: str) -> None:
    """A member is released: a tie became known, or he cannot assess; what he scored does not count."""
    found = queries.selection(member.selection_id)
    if found is None or found.state != "opened":
        raise WrongState(Text(N_("The assessment of these bids is closed.")))
    member.conflict, member.conflict_text = conflict, explanation


@_objection("lodge", ResultObjectionInput, N_("Object to the result"), duties=("U01",))
def lodge(*, actor: Actor, now: datetime, selection_id: uuid.UUID, grounds: str) -> SelectionObjection:
    """Somebody who bid, or could have, objects to the announced result."""
    found = seen(actor, Selection, selection_id)
    running = found.result_until if found.state == "result_announced" else None
    law.objection_is_in_time(legal_day(now), running)
    return SelectionObjection(
        selection_id=found.id,
        body_id=found.body_id,
        jurisdiction=found.jurisdiction,
        profile_version=found.profile_version,
        organisation_id=actor.organisation_id,
        subject_name=found.title,
        grounds=grounds,
        lodged_by_id=actor.user_id,
    )


@_objection("uphold", ResultAnswerInput, N_("Uphold"), duties=("U01",))
def uphold(objection: SelectionObjection, *, actor: Actor, now: datetime, answer: str) -> None:
    """The objection is right: this result is not awarded."""
    objection.answer, objection.answered_at = answer, now


@_objection("dismiss", ResultAnswerInput, N_("Do not uphold"), duties=("U01",))
def dismiss(objection: SelectionObjection, *, actor: Actor, now: datetime, answer: str) -> None:
    """The objection does not stand; the result can be awarded after the notice."""
    objection.answer, objection.answered_at = answer, now
