"""What a step on a right brings about is carried out: the same list that the page showed before it was confirmed."""

from typing import Any

from contracts.queries import cascade  # noqa: F401  what happens within contracts
from contracts.queries.plan import ENDS, SUSPEND, direct
from contracts.reactions.steps import run
from kernel.audit import AuditEvent
from kernel.command import COMMANDS, after

CARRIED_OUT = (
    SUSPEND,
    *ENDS,
    "contracts.right.restrict",
    "contracts.right.relax",
    "contracts.right.adjust",
    "contracts.element.suspend",
    "contracts.element.withdraw",
    "contracts.change.lapse",
    "contracts.change.withdraw",
)


def carry_out(subject: Any, event: AuditEvent) -> None:
    """Run the next steps, each as a command of its own in the same transaction."""
    for hit in direct(subject, event.command, event.data):
        step = COMMANDS.get(hit.step)
        if step is not None and step.verb in step.states.allowed(hit.subject.state):
            run(step, hit.subject.id, **hit.data)


for _step in CARRIED_OUT:
    after(_step)(carry_out)
