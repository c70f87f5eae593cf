"""What the marketplace puts on the desk of buyers, sellers and the authority."""

from kernel import clock
from kernel.actor import Actor
from kernel.db import db
from kernel.pages import DeskRow, DeskSection, address_of, desk_section
from kernel.words import N_, Text
from marketplace import queries
from marketplace.models import DataProduct
from marketplace.permissions import buys, seller

SHOWN = 8
NOTES = {
    "awaiting_signature": N_("Waits for signatures."),
    "awaiting_payment": N_("Waits for payment."),
}


@desk_section(30)
def orders_that_wait(actor: Actor) -> DeskSection | None:
    """For both sides: orders that wait for a signature or for payment."""
    if not buys(actor, None):
        return None
    waiting = [
        row
        for state in NOTES
        for row in db.session.scalars(queries.orders(actor, state=state).limit(SHOWN))
        if actor.organisation_id in (row.buyer_id, row.seller_id)
    ]
    rows = [
        DeskRow(
            row.heading,
            address_of(row),
            Text(NOTES[row.state]),
            row.state,
            row.sign_by if row.state == "awaiting_signature" else None,
        )
        for row in waiting
    ]
    if not rows and "buyer" not in actor.roles:
        return None
    return DeskSection(
        Text(N_("Orders that wait")),
        rows[:SHOWN],
        more="/orders",
        empty=Text(N_("No order waits for you.")),
        action=(Text(N_("Find data")), "/products"),
    )


@desk_section(40)
def data_in_use(actor: Actor) -> DeskSection | None:
    """For users: their running rights of use, those ending first first."""
    if actor.organisation_id is None:
        return None
    today = clock.today()
    rows = db.session.scalars(queries.entitlements(actor, own=True, state="active").limit(SHOWN)).all()
    rested = db.session.scalars(queries.entitlements(actor, own=True, state="suspended").limit(SHOWN)).all()
    shown = [
        DeskRow(row.heading, address_of(row), "", row.state, row.ends_on)
        for row in [*rested, *rows]
        if row.ends_on >= today
    ]
    if not shown and "buyer" not in actor.roles:
        return None
    return DeskSection(
        Text(N_("My data")), shown[:SHOWN], more="/my-data", empty=Text(N_("You have no data in use yet."))
    )


@desk_section(35)
def products_for_sale(actor: Actor) -> DeskSection | None:
    """For operators and developers: drafts to finish and products that are stopped."""
    if not seller(actor, None):
        return None
    query = queries.products_of_seller(actor.organisation_id).where(
        DataProduct.state.in_(("draft", "suspended"))
    )
    rows = [
        DeskRow(row.title, address_of(row), row.ended_because, row.state)
        for row in db.session.scalars(query.limit(SHOWN))
    ]
    return DeskSection(
        Text(N_("My products")),
        rows,
        more="/my-products",
        empty=Text(N_("No draft waits, and nothing is stopped.")),
        action=(Text(N_("New product")), "/products/new"),
    )


@desk_section(60)
def stopped_products(actor: Actor) -> DeskSection | None:
    """For the authority: products of its place that are suspended."""
    if "authority" not in actor.roles:
        return None
    query = queries.products(actor, state="suspended").where(
        DataProduct.jurisdiction.in_(actor.jurisdictions)
    )
    rows = [
        DeskRow(row.title, address_of(row), row.ended_because, row.state)
        for row in db.session.scalars(query.limit(SHOWN))
    ]
    return (
        DeskSection(Text(N_("Suspended products")), rows, more="/my-products?state=suspended")
        if rows
        else None
    )
