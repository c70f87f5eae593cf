"""What follows on changes of rights: texts from an approval, force from signatures, the right adjusted, the exit."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from contracts import commands, queries
from contracts.models import Agreement, DevelopmentRight, RightChange, RightExit
from contracts.queries.change_checks import check_change
from contracts.queries.change_texts import agreements_to_draw
from contracts.queries.changes import agreements_of_change, changes_past_offer, items_past_due
from contracts.queries.rights import obligations_of
from contracts.reactions.steps import run
from kernel.audit import AuditEvent
from kernel.clock import legal_day
from kernel.command import after
from kernel.due import sweep
from kernel.errors import NotFound
from kernel.words import N_

NOT_SIGNED_IN_TIME = N_("The agreements on the change were not signed in time.")
EXIT_DONE = N_("The exit is closed.")


@after("contracts.change.approve")
def draw_up_change(change: RightChange, _event: AuditEvent) -> None:
    """The supplementary agreements are put before the parties."""
    for terms in agreements_to_draw(change, _held(change)):
        run(commands.agreement.draw_up, **terms)


@after("contracts.agreement.sign")
def let_change_take_effect(signed: Agreement, event: AuditEvent) -> None:
    """Nobody signs what could not be agreed today; the last signature lets the change take effect."""
    change = queries.change(signed.about_id) if signed.about_type == "change" else None
    if change is None:
        return
    check_change("sign", change.kind, _held(change), change.terms, legal_day(event.at), change)
    if all(text.state == "in_force" for text in agreements_of_change(change.id)):
        run(commands.change.take_effect, change.id)


@after("contracts.change.take_effect")
@after("contracts.change.impose")
def adjust_right(change: RightChange, _event: AuditEvent) -> None:
    """The right reads as the change says, and what rests on it follows; who passed it on leaves."""
    terms = {name: value for name, value in change.terms.items() if name != "clauses"}
    if "holder_id" in terms:
        terms["old_holder_id"] = change.before["holder_id"]
    run(commands.right_life.adjust, change.right_id, change_id=str(change.id), **terms)
    if change.kind == "novation":
        run(commands.leaving.begin, right_id=str(change.right_id), holder_id=change.before["holder_id"])


@after("contracts.exit.close")
def fulfil_exit(left: RightExit, _event: AuditEvent) -> None:
    """With the exit is fulfilled what its holder owed."""
    for owed in obligations_of(left.right_id):
        if owed.state in ("open", "overdue") and owed.owner_id == left.holder_id:
            run(commands.obligation.fulfil, owed.id, report=EXIT_DONE)


@sweep
def what_time_drops(today: date) -> Iterator[tuple[Any, ...]]:
    """Changes not signed in time lapse; items not reported by their day are overdue."""
    for change in changes_past_offer(today):
        yield commands.change.lapse, change.id, {"reason": NOT_SIGNED_IN_TIME}
    for item in items_past_due(today):
        yield commands.rectification.miss, item.id


def _held(change: RightChange) -> DevelopmentRight:
    held = queries.right(change.right_id)
    if held is None:
        raise NotFound()
    return held
