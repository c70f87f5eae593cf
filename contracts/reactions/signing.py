"""What follows when a party refuses to sign, and the yearly work on time stamps."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from contracts import commands, queries
from contracts.models import Agreement
from contracts.queries.signing import stamps_to_renew
from contracts.reactions.steps import run
from kernel.audit import AuditEvent
from kernel.command import after
from kernel.due import sweep
from kernel.words import N_

REFUSED = N_("A party refused to sign.")


@after("contracts.agreement.refuse")
def drop_right(refused: Agreement, _event: AuditEvent) -> None:
    """A right whose text is refused lapses, and with it the other texts that wait for signatures."""
    if refused.about_type != "right":
        return
    held = queries.right(refused.about_id)
    if held is not None and held.state == "awaiting_signature":
        run(commands.right.lapse, held.id, reason=REFUSED)


@sweep
def stamps_grow_old(today: date) -> Iterator[tuple[Any, ...]]:
    """Time stamps are renewed before they grow old, by the period of the place."""
    for drawn_up in stamps_to_renew(today):
        yield commands.agreement.renew_stamp, drawn_up.id
