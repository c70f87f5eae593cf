"""Who may plan, select, bid and assess. Predicates `(actor, subject)`; a subject of None asks before it exists."""

from typing import Any

from kernel.actor import Actor
from kernel.permissions import Predicate, every, in_jurisdiction, role, system


def implementing_body(actor: Actor, subject: Any) -> bool:
    """Acts for the agency or authority that implements the plan, and may apply or decide for it."""
    own = bool(actor.roles & {"agency", "authority"} and {"apply", "decide"} & actor.mandates)
    return own and (subject is None or subject.body_id == actor.organisation_id)


def decides_for_the_body(actor: Actor, subject: Any) -> bool:
    """May decide for the implementing body."""
    return implementing_body(actor, subject) and "decide" in actor.mandates


def other_than_planner(actor: Actor, plan: Any) -> bool:
    """Neither drafted nor handed in the plan."""
    return actor.user_id not in (plan.drafted_by_id, plan.submitted_by_id)


def other_than_preparer(actor: Actor, selection: Any) -> bool:
    """Is not the person who prepared the selection."""
    return bool(selection.prepared_by_id != actor.user_id)


def has_not_opened(actor: Actor, selection: Any) -> bool:
    """Has not broken the seal of these bids yet: a second person has to."""
    return str(actor.user_id) not in selection.opener_ids


def not_assessing(actor: Actor, selection: Any) -> bool:
    """Was never named to assess the bids."""
    return str(actor.user_id) not in selection.assessor_ids


def other_than_chooser(actor: Actor, selection: Any) -> bool:
    """Is not the person who announced the result."""
    return bool(selection.result_by_id != actor.user_id)


def bidder(actor: Actor, bid: Any) -> bool:
    """Acts for an operator that bids, and may apply for it."""
    if "operator" not in actor.roles or "apply" not in actor.mandates:
        return False
    return bid is None or bid.bidder_id == actor.organisation_id


def named_assessor(actor: Actor, assessment: Any) -> bool:
    """The very person who was named, acting for the same body and still allowed to decide there."""
    same = (assessment.assessor_id, assessment.assessor_body_id) == (actor.user_id, actor.organisation_id)
    return same and "decide" in actor.mandates


def other_than_assessor(actor: Actor, assessment: Any) -> bool:
    """Is not the person the assessment is about."""
    return bool(assessment.assessor_id != actor.user_id)


def interested(actor: Actor, _objection: Any) -> bool:
    """Acts for an operator and may apply for it: who bids, or could have."""
    return "operator" in actor.roles and "apply" in actor.mandates


def other_than_objector(actor: Actor, objection: Any) -> bool:
    """Is not the person who objected, nor of the same organisation."""
    return objection.lodged_by_id != actor.user_id and objection.organisation_id != actor.organisation_id


government = every(role("government", "decide"), in_jurisdiction)
ANSWERS: list[Predicate] = [every(decides_for_the_body, other_than_objector)]

MAY: dict[str, list[Predicate]] = {
    "contracts.plan.draft": [implementing_body],
    "contracts.plan.amend": [implementing_body],
    "contracts.plan.submit": [implementing_body],
    "contracts.plan.record_decision": [every(decides_for_the_body, other_than_planner), government],
    "contracts.plan.revise": [implementing_body],
    "contracts.plan.withdraw": [implementing_body],
    "contracts.selection.prepare": [implementing_body],
    "contracts.selection.amend": [implementing_body],
    "contracts.selection.announce": [every(decides_for_the_body, other_than_preparer)],
    "contracts.selection.open_": [every(decides_for_the_body, has_not_opened)],
    "contracts.selection.complete_scoring": [system],
    "contracts.selection.announce_result": [every(decides_for_the_body, not_assessing)],
    "contracts.selection.award": [every(decides_for_the_body, not_assessing, other_than_chooser)],
    "contracts.selection.fail": [decides_for_the_body],
    "contracts.bid.hand_in": [bidder],
    "contracts.bid.withdraw": [bidder],
    "contracts.bid.unseal": [system],
    "contracts.bid.record_negotiation": [decides_for_the_body],
    "contracts.bid.exclude": [decides_for_the_body],
    "contracts.bid.win": [system],
    "contracts.bid.lose": [system],
    "contracts.bid.return_": [system],
    "contracts.bid_assessment.name_assessor": [decides_for_the_body],
    "contracts.bid_assessment.declare": [named_assessor],
    "contracts.bid_assessment.score": [named_assessor],
    "contracts.bid_assessment.recuse": [every(decides_for_the_body, other_than_assessor)],
    "contracts.selection_objection.lodge": [interested],
    "contracts.selection_objection.uphold": ANSWERS,
    "contracts.selection_objection.dismiss": ANSWERS,
}
