"""Orders: placed on a form that shows the server's price, listed, and followed to the data."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template

from billing import queries as billing
from contracts import queries as contracts
from kernel import clock, documents
from kernel.command import available
from kernel.db import db
from kernel.errors import DomainError, NotAllowed
from kernel.pages import address_of, form_page, paged, sheet
from kernel.states import state_word
from kernel.words import N_, Text
from marketplace import queries
from marketplace.commands import order as commands
from marketplace.models import DataProduct, Order
from marketplace.permissions import buys
from marketplace.states import ORDER
from marketplace.views.door import asked, options, pages, purpose_word, signed_in, unit_word
from registry.vocabulary.purposes import CHOICES as PURPOSE_CHOICES

HEADINGS = [
    N_("Number"),
    N_("Product"),
    N_("Buyer"),
    N_("Seller"),
    N_("Purpose"),
    N_("Quantity"),
    N_("Charging unit"),
    N_("Price of a unit in fen"),
    N_("Total in fen"),
    N_("Waived in fen"),
    N_("State"),
    N_("Ordered on"),
    N_("Until"),
]


@pages.get("/orders")
def orders() -> Any:
    """The orders one may see, with filters and as a file."""
    actor = signed_in()
    chosen = {name: asked(name) or None for name in ("state", "side", "purpose")}
    query = queries.orders(actor, text=asked("q") or None, sort=asked("sort"), **chosen)
    if kind := asked("format"):
        return sheet("orders", HEADINGS, (_cells(row) for row in db.session.scalars(query)), kind)
    return render_template(
        "marketplace/orders.html",
        page=paged(query),
        q=asked("q"),
        chosen=chosen,
        states=sorted(ORDER.states),
        state_word=state_word,
        purposes=PURPOSE_CHOICES,
        purpose_word=purpose_word,
        options=options,
        actor=actor,
    )


def _cells(row: Order) -> list[Any]:
    amounts = [row.unit_price_minor, row.total_minor, row.waived_minor]
    who = [row.number, row.product_title, row.buyer_name, row.seller_name]
    what = [purpose_word(row.purpose_class), row.quantity, unit_word(row.unit)]
    return [*who, *what, *amounts, Text(state_word(row.state)), row.placed_on, row.ends_on]


@pages.route("/products/<uuid:row_id>/order", methods=["GET", "POST"])
def place_order(row_id: UUID) -> Any:
    """Order a product: plan, purpose, quantity. The price is the server's."""
    actor, on = signed_in(), clock.today()
    if not buys(actor, None):
        raise NotAllowed(
            Text(N_("To order you act for an organisation and need its mandate to apply. See your account."))
        )
    sold = queries.seen(actor, DataProduct, row_id)
    plans = queries.open_plans_of([sold.id], on).get(sold.id, [])
    values = {name: asked(name) for name in ("plan_id", "purpose_class") if asked(name)}
    start = {"product_id": str(sold.id), "quantity": asked("quantity") or "1"}
    return form_page(
        "marketplace/order_form.html",
        commands.place,
        values=start | ({"plan_id": str(plans[0][1].id)} if len(plans) == 1 else {}) | values,
        product=sold,
        plans=plans,
        purposes=[one for one in sold.purposes if any(one in offer.purposes for offer, _ in plans)],
        priced=_overview(sold, plans, on, actor),
        unit_word=unit_word,
        purpose_word=purpose_word,
        then=lambda made: redirect(address_of(made)),
    )


def _overview(sold: DataProduct, plans: list[Any], on: Any, actor: Any) -> list[dict[str, Any]]:
    """For every purpose offered what one unit of each plan costs this buyer, or why it cannot be had."""
    rows = []
    for purpose in sold.purposes:
        fitting = [plan for offer, plan in plans if purpose in offer.purposes]
        for plan, answer in queries.answers_for(sold, fitting, purpose, on, actor.organisation_id):
            refused = answer.message if isinstance(answer, DomainError) else None
            rows.append({"purpose": purpose, "plan": plan, "answer": answer, "refusal": refused})
    return rows


@pages.get("/orders/<uuid:row_id>")
def order(row_id: UUID) -> Any:
    """One order: price, contract, bill, data, and what happens next."""
    actor = signed_in()
    found = queries.seen(actor, Order, row_id)
    agreement = queries.agreement_of(found.id)
    paper = contracts.document_of(agreement) if agreement else None
    return render_template(
        "marketplace/order.html",
        order=found,
        agreement=agreement,
        papers=[paper] if paper else [],
        signers=_signers(found, agreement),
        to_sign=_may_sign(actor, agreement),
        signatures=documents.signatures(paper) if paper else [],
        bill=billing.invoice_about(found.id),
        held=queries.entitlement_of_order(found.id),
        mine=actor.organisation_id == found.buyer_id,
        purpose=purpose_word(found.purpose_class),
        unit=unit_word(found.unit),
    )


def _signers(found: Order, agreement: Any) -> list[str]:
    """Whose signature is missing, by name."""
    if agreement is None or agreement.state not in ("drawn_up", "partly_signed"):
        return []
    names = {found.seller_id: found.seller_name, found.buyer_id: found.buyer_name}
    missing = [one for one in agreement.must_sign_ids if str(one) not in agreement.signed_by_ids]
    return [names[one] for one in missing if one in names]


def _may_sign(actor: Any, agreement: Any) -> bool:
    """Whether the reader is one whose signature is awaited."""
    return agreement is not None and any(one.verb == "sign" for one in available(agreement, actor))
