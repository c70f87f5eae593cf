"""What follows on access to conditionally open data: two documents, force by the last signature, its end."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from contracts import commands
from contracts.models import Agreement, OpenAccess
from contracts.queries.access import ABOUT, KINDS, access, access_terms, accesses_past_end, kinds_in_force
from contracts.queries.agreements import agreements_about
from contracts.reactions.steps import end_texts, run
from kernel.audit import AuditEvent
from kernel.command import after
from kernel.due import sweep
from kernel.words import N_

TERM_OVER = N_("The term is over.")
WITHDRAWN = N_("The application was withdrawn.")


@after("contracts.access.admit")
def draw_up_both(admitted: OpenAccess, _event: AuditEvent) -> None:
    """Open-use agreement and security commitment are put before their parties."""
    for terms in access_terms(admitted):
        run(commands.agreement.draw_up, **terms)


@after("contracts.agreement.sign")
def open_access(signed: Agreement, _event: AuditEvent) -> None:
    """The last signature under the second document opens the access."""
    row = access(signed.about_id) if signed.about_type == ABOUT and signed.state == "in_force" else None
    if row is not None and row.state == "awaiting_signature" and kinds_in_force(row) == set(KINDS):
        run(commands.access.come_into_force, row.id)


@after("contracts.access.withdraw")
@after("contracts.access.end")
def end_documents(row: OpenAccess, _event: AuditEvent) -> None:
    """Its documents end with the access."""
    end_texts(agreements_about(ABOUT, row.id), row.ended_because or WITHDRAWN)


@sweep
def accesses_that_end(today: date) -> Iterator[tuple[Any, ...]]:
    """Accesses end after their last day."""
    for row in accesses_past_end(today):
        yield commands.access.end, row.id, {"reasons": TERM_OVER}
