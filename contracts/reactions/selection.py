"""What follows in a selection: seals are broken, the ranking is made, the winner's application is laid out."""

from typing import Any

from contracts import commands
from contracts.models import BidAssessment, Selection
from contracts.queries import selections as queries
from contracts.reactions.steps import run
from kernel import due
from kernel.audit import AuditEvent
from kernel.command import after
from kernel.words import N_

ANOTHER_WON = N_("Another bid was awarded.")


@after("contracts.selection.open_")
def break_the_seals(found: Selection, _event: AuditEvent) -> None:
    """With the last of those who have to be there, every bid is opened."""
    if found.state == "opened":
        for bid in queries.bids_in(found.id, "sealed"):
            run(commands.bid.unseal, bid.id)


@after("contracts.bid_assessment.score")
@after("contracts.bid_assessment.recuse")
def rank_when_all_have_scored(member: BidAssessment, _event: AuditEvent) -> None:
    """The last member's points make the ranking."""
    scored, pending = queries.committee_stands(member.selection_id)
    found = queries.selection(member.selection_id)
    if found is not None and not pending and scored >= due.profile(found).number("selection.assessors"):
        run(commands.selection.complete_scoring, found.id)


@after("contracts.selection.award")
def settle_the_bids(found: Selection, _event: AuditEvent) -> None:
    """The winner's application is laid out; the others are told that another bid was awarded."""
    for bid in queries.bids_in(found.id, "opened"):
        if bid.id == found.chosen_bid_id:
            run(commands.bid.win, bid.id)
        else:
            run(commands.bid.lose, bid.id, reason=ANOTHER_WON)
    run(commands.received.receive, selection_id=str(found.id))


@after("contracts.selection.fail")
def give_the_bids_back(found: Selection, event: AuditEvent) -> None:
    """Bids of a failed selection are given back; the sealed ones stay unread."""
    reason: Any = event.data["reason"]
    for bid in queries.bids_in(found.id, "sealed", "opened"):
        run(commands.bid.return_, bid.id, reason=reason)
