"""Bills as pages: what is owed for what, how to pay it, and how it was shared."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request

from billing import commands, gateway, queries
from billing.models import Invoice
from billing.states import INVOICE
from billing.views.door import facet, filters, pages, signed_in, state_facet
from kernel.documents import documents_of
from kernel.errors import NotFound
from kernel.money import Money
from kernel.pages import current_actor, form_page, page_of, paged, sheet
from kernel.words import N_

SIDES = [("issued", N_("Issued by us")), ("received", N_("Sent to us"))]
HEADINGS = [
    N_("Bill number"), N_("Issued on"), N_("Seller"), N_("Buyer"), N_("Amount in fen"), N_("Waived in fen"),
    N_("Due on"), N_("State"),
]  # fmt: skip


@page_of(Invoice)
def address(bill: Invoice) -> str:
    """The page of a bill."""
    return f"/invoices/{bill.id}"


@pages.get("/invoices")
def invoices() -> Any:
    """The bills the reader may see; also as a file."""
    signed_in()
    chosen = filters("state", "side", "q", "format")
    rows = queries.invoices(
        current_actor(), state=chosen.get("state"), side=chosen.get("side"), text=chosen.get("q")
    )
    page = paged(rows, size=10_000 if "format" in chosen else None)
    if "format" in chosen:
        return sheet("bills", HEADINGS, map(_cells, page.items), chosen["format"])
    facets = [state_facet(INVOICE, chosen), facet("side", N_("Side"), SIDES, chosen)]
    return render_template("billing/invoices.html", page=page, facets=facets, q=chosen.get("q"))


def _cells(bill: Invoice) -> list[Any]:
    owed = (bill.total_minor, bill.waived_minor, bill.due_on, bill.state)
    return [bill.number, bill.issued_on, bill.issuer_name, bill.buyer_name, *owed]


@pages.get("/invoices/<uuid:row_id>")
def invoice(row_id: UUID) -> Any:
    """One bill: lines with cap and purpose, payments, documents, and for those it concerns how it was shared."""
    bill = queries.seen(current_actor(), Invoice, row_id)
    lines, paid = queries.lines_of(bill.id), queries.payments_of(bill.id)
    return render_template(
        "billing/invoice.html",
        bill=bill,
        lines=lines,
        payments=paid,
        documents=documents_of(bill),
        shares=queries.shares_of(bill, lines),
        bookings=_bookings(bill, [row.id for row in paid]),
        under_way=queries.open_payment_of(bill.id),
    )


def _bookings(bill: Invoice, payment_ids: list[UUID]) -> list[dict[str, Any]]:
    """The ledger of a bill is shown to its issuer and to those who oversee the place."""
    actor = current_actor()
    overseen = bool(actor.roles & queries.OVERSEERS) and bill.jurisdiction in actor.jurisdictions
    own = bill.issuer_id == actor.organisation_id
    return queries.entries_about([bill.id, *payment_ids]) if own or overseen else []


@pages.route("/invoices/<uuid:row_id>/pay", methods=["GET", "POST"])
def pay(row_id: UUID) -> Any:
    """How to pay: the reference and account first, then the announcement of the transfer with its voucher."""
    bill = queries.seen(current_actor(), Invoice, row_id)
    if bill.buyer_id != current_actor().organisation_id:
        raise NotFound()
    values = {"invoice_id": str(bill.id), "amount_minor": Money(bill.total_minor).yuan}
    return form_page(
        "billing/pay.html",
        commands.payment.announce,
        then=lambda paid: redirect(f"/payments/{paid.id}"),
        values=values if request.method == "GET" else None,
        bill=bill,
        bank_account=queries.account_to_pay(bill),
        online=gateway.is_configured(),
        under_way=queries.open_payment_of(bill.id),
    )
