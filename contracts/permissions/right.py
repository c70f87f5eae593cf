"""Who may put into force, suspend and end a right; who may change, mend, give up and leave it."""

from typing import Any

from kernel.actor import Actor
from kernel.permissions import Predicate, every, in_jurisdiction, role, system


def holder(actor: Actor, right: Any) -> bool:
    """Acts for the holder of the right and may apply for it."""
    return right.holder_id == actor.organisation_id and "apply" in actor.mandates


def notice_was_given(_actor: Actor, right: Any) -> bool:
    """The holder was given notice of the termination."""
    return right.notice_at is not None


def no_notice_yet(_actor: Actor, right: Any) -> bool:
    """No notice of termination is running."""
    return right.notice_at is None


def other_than_announcer(actor: Actor, right: Any) -> bool:
    """Is not the person who gave the notice."""
    return bool(right.notice_by_id != actor.user_id)


def has_not_replied(_actor: Actor, right: Any) -> bool:
    """Nothing has been answered to the notice yet."""
    return right.reply_at is None


def partly_suspended(_actor: Actor, right: Any) -> bool:
    """A part of the right is suspended."""
    return bool(right.restricted)


def surrender_asked(_actor: Actor, right: Any) -> bool:
    """The holder has given the right up."""
    return right.surrender_at is not None


def surrender_not_asked(_actor: Actor, right: Any) -> bool:
    """The holder has not given the right up."""
    return right.surrender_at is None


def of_applying_body(actor: Actor, _subject: Any) -> bool:
    """Acts for an operator or a developer, and may apply for it."""
    return bool(actor.roles & {"operator", "developer"}) and "apply" in actor.mandates


def proposer_of_change(actor: Actor, change: Any) -> bool:
    """Acts for the body that proposed the change."""
    return change.proposed_for_id == actor.organisation_id and bool({"apply", "decide"} & actor.mandates)


def other_than_proposer(actor: Actor, change: Any) -> bool:
    """Is not the person who proposed or announced the change, nor of the body that asks for it as its holder."""
    of_holder = actor.organisation_id in (change.holder_id, change.new_holder_id)
    return change.proposed_by_id != actor.user_id and not of_holder


def new_holder(actor: Actor, change: Any) -> bool:
    """Acts for the body that takes the right over and has not consented yet."""
    mine = change.new_holder_id is not None and change.new_holder_id == actor.organisation_id
    return mine and change.consented_at is None and "apply" in actor.mandates


def other_than_reporter(actor: Actor, item: Any) -> bool:
    """Is not the person who reported it as mended, nor of the body that had to mend it."""
    return item.reported_by_id != actor.user_id and item.holder_id != actor.organisation_id


def other_than_who_handed_in(actor: Actor, left: Any) -> bool:
    """Is not the person who handed in the proof, nor of the body that leaves."""
    return left.handed_in_by_id != actor.user_id and left.holder_id != actor.organisation_id


authority = every(role("authority", "decide"), in_jurisdiction)

MAY: dict[str, list[Predicate]] = {
    "contracts.right.establish": [system],
    "contracts.right.come_into_force": [system],
    "contracts.right.lapse": [authority, system],
    "contracts.right.suspend": [authority, system],
    "contracts.right.lift": [authority, system],
    "contracts.right.announce_termination": [every(authority, no_notice_yet)],
    "contracts.right.reply": [every(holder, notice_was_given, has_not_replied)],
    "contracts.right.drop_termination": [every(authority, notice_was_given)],
    "contracts.right.terminate": [every(authority, notice_was_given, other_than_announcer), system],
    "contracts.right.expire": [system],
    "contracts.right.restrict": [authority],
    "contracts.right.relax": [every(authority, partly_suspended)],
    "contracts.right.adjust": [system],
    "contracts.right.ask_surrender": [every(holder, surrender_not_asked)],
    "contracts.right.withdraw_surrender": [every(holder, surrender_asked)],
    "contracts.right.surrender": [every(authority, surrender_asked)],
    "contracts.change.amend": [of_applying_body, authority],
    "contracts.change.renew": [of_applying_body],
    "contracts.change.transfer": [of_applying_body],
    "contracts.change.reduce": [of_applying_body],
    "contracts.change.announce_reduction": [authority],
    "contracts.change.consent": [new_holder],
    "contracts.change.reply": [every(holder, has_not_replied)],
    "contracts.change.approve": [every(authority, other_than_proposer)],
    "contracts.change.refuse": [every(authority, other_than_proposer)],
    "contracts.change.withdraw": [proposer_of_change],
    "contracts.change.impose": [every(authority, other_than_proposer)],
    "contracts.change.take_effect": [system],
    "contracts.change.lapse": [system],
    "contracts.rectification.order": [authority, system],
    "contracts.rectification.report": [holder],
    "contracts.rectification.send_back": [every(authority, other_than_reporter)],
    "contracts.rectification.close": [every(authority, other_than_reporter)],
    "contracts.rectification.miss": [system],
    "contracts.rectification.drop": [system],
    "contracts.exit.begin": [system],
    "contracts.exit.hand_in": [holder],
    "contracts.exit.send_back": [every(authority, other_than_who_handed_in)],
    "contracts.exit.oversee": [every(authority, other_than_who_handed_in)],
    "contracts.exit.settle": [authority],
    "contracts.exit.close": [authority],
}
