"""What follows on the conditions of a grant: obligations when the right begins, and again as long as they repeat."""

from datetime import date
from typing import Any

from contracts import commands, queries
from contracts.models import DevelopmentRight, Obligation
from contracts.reactions.steps import run
from contracts.rules.conditions import Condition, condition_of, plain
from kernel.audit import AuditEvent
from kernel.clock import legal_day
from kernel.command import after


@after("contracts.right.come_into_force")
def impose_conditions(held: DevelopmentRight, event: AuditEvent) -> None:
    """Each condition of the decision becomes an obligation of the holder with its day."""
    decided = queries.decision(held.decision_id)
    for row in decided.library_conditions if decided else ():
        _owe(held, condition_of(row), max(legal_day(event.at), held.starts_on))


@after("contracts.obligation.fulfil")
@after("contracts.obligation.miss")
def impose_again(owed: Obligation, _event: AuditEvent) -> None:
    """What repeats is owed again, counted from the day it was due, until the right ends."""
    held = queries.right(owed.right_id)
    if not owed.condition or owed.due_on is None or held is None or held.state not in ("in_force", "suspended"):
        return
    condition = condition_of(owed.condition)
    later = [row.due_on for row in queries.obligations_of(held.id) if _same(row, owed) and row.due_on is not None]
    if condition.repeats and max(later, default=owed.due_on) == owed.due_on:
        _owe(held, condition, owed.due_on)


def _same(row: Obligation, owed: Obligation) -> bool:
    return bool(row.condition and owed.condition and row.condition["code"] == owed.condition["code"])


def _owe(held: DevelopmentRight, condition: Condition, counted_from: date) -> None:
    due = condition.due_after(counted_from, held.ends_on)
    if due is None and condition.count and condition.repeats:
        return  # the right ends before it would fall due once more
    data: dict[str, Any] = {
        "right_id": str(held.id),
        "what": condition.what_zh,
        "basis": condition.basis,
        "condition": plain(condition),
    }
    run(commands.obligation.impose, **data | ({"due_on": due.isoformat()} if due else {}))
