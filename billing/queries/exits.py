"""What was billed, paid and shared under a development right: for the plan of its end and for the final account."""

import uuid
from collections.abc import Collection

from sqlalchemy import func, select

from billing.models import Invoice, InvoiceLine
from contracts.queries.accounts import Figure, adds_figures
from contracts.queries.plan import Hit, also_hit
from kernel.db import db
from kernel.words import N_, Text

LABELS = {
    "issued": N_("Bills that are not paid"),
    "paid": N_("Bills that were paid"),
    "credited": N_("Bills that were credited"),
    "void": N_("Bills that were taken back"),
}


@also_hit
def open_bills(right_ids: Collection[uuid.UUID]) -> list[Hit]:
    """Claims that are open when a right stops: they stay owed unless their order falls away unpaid."""
    of_rights = select(InvoiceLine.invoice_id).where(InvoiceLine.right_id.in_(list(right_ids)))
    query = (
        select(Invoice).where(Invoice.state == "issued", Invoice.id.in_(of_rights)).order_by(Invoice.number)
    )
    return [Hit("invoice", bill, bill.buyer_id, on=bill.due_on) for bill in db.session.scalars(query)]


@adds_figures
def figures_of_right(right_id: uuid.UUID) -> list[Figure]:
    """Bills by state with their sums, and what of the paid ones belongs to whom, in the order of the bills."""
    sums = (
        select(Invoice.state, func.count(Invoice.id.distinct()), func.sum(InvoiceLine.amount_minor))
        .join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
        .where(InvoiceLine.right_id == right_id)
        .group_by(Invoice.state)
    )
    found = {state: (int(count), int(minor or 0)) for state, count, minor in db.session.execute(sums)}
    return [
        Figure(Text(word), *found.get(state, (0, 0)), is_open=state == "issued")
        for state, word in LABELS.items()
    ]
