"""Payments as pages: announced, confirmed, refused, given back."""

from typing import Any
from uuid import UUID

from flask import render_template

from accounts.queries import names_of, people_of
from billing import queries
from billing.models import Payment
from billing.states import PAYMENT
from billing.views.door import filters, handed_out, pages, signed_in, state_facet
from kernel.errors import NotFound
from kernel.pages import current_actor, page_of, paged


@page_of(Payment)
def address(payment: Payment) -> str:
    """The page of a payment."""
    return f"/payments/{payment.id}"


@pages.get("/payments")
def payments() -> Any:
    """The payments the reader may see."""
    signed_in()
    chosen = filters("state", "q")
    page = paged(queries.payments(current_actor(), state=chosen.get("state"), text=chosen.get("q")))
    return render_template(
        "billing/payments.html",
        page=page,
        names=names_of([who for row in page.items for who in (row.issuer_id, row.buyer_id)]),
        facets=[state_facet(PAYMENT, chosen)],
        q=chosen.get("q"),
    )


@pages.get("/payments/<uuid:row_id>")
def payment(row_id: UUID) -> Any:
    """One payment: what was announced, who confirmed it, what happens next."""
    found = queries.seen(current_actor(), Payment, row_id)
    people = (
        found.announced_by_id,
        found.confirmed_by_id,
        found.countersigned_by_id,
        found.refund_proposed_by_id,
    )
    return render_template(
        "billing/payment.html",
        payment=found,
        bill=queries.invoice(found.invoice_id),
        names=names_of([found.issuer_id, found.buyer_id]),
        people=people_of(people),
    )


@pages.get("/payments/<uuid:row_id>/voucher")
def voucher(row_id: UUID) -> Any:
    """The voucher of a transfer, for those who may see the payment."""
    found = queries.seen(current_actor(), Payment, row_id)
    if not found.voucher:
        raise NotFound()
    return handed_out(found.voucher)
