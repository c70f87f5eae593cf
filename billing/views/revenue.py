"""Permitted revenue as pages: the formula with its figures, and how much of it income has used up."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template

from billing import commands, queries
from billing.models import PermittedRevenue
from billing.states import PERMITTED_REVENUE
from billing.views.door import filters, pages, signed_in, state_facet
from kernel import due
from kernel.pages import current_actor, form_page, page_of, paged
from kernel.routes.page_door import allow


@page_of(PermittedRevenue)
def address(row: PermittedRevenue) -> str:
    """The page of a permitted revenue."""
    return f"/permitted-revenue/{row.id}"


@pages.get("/permitted-revenue")
def permitted_revenues() -> Any:
    """The permitted revenues the reader may see, each with its gauge."""
    signed_in()
    chosen = filters("state")
    page = paged(queries.permitted_revenues(current_actor(), state=chosen.get("state")))
    return render_template(
        "billing/permitted_revenues.html",
        page=page,
        gauges={row.id: queries.gauge_of(row) for row in page.items if row.state in ("in_force", "closed")},
        facets=[state_facet(PERMITTED_REVENUE, chosen)],
    )


@pages.route("/permitted-revenue/new", methods=["GET", "POST"])
def new_permitted_revenue() -> Any:
    """Propose a permitted revenue: the authority chooses the operator, an operator speaks for itself."""
    allow(commands.permitted_revenue.propose, None, None)
    return form_page(
        "billing/permitted_revenue_form.html",
        commands.permitted_revenue.propose,
        then=lambda made: redirect(address(made)),
    )


@pages.get("/permitted-revenue/<uuid:row_id>")
def permitted_revenue(row_id: UUID) -> Any:
    """One permitted revenue: the formula in figures, the gauge, what was carried over."""
    found = queries.seen(current_actor(), PermittedRevenue, row_id)
    profile = due.profile(found)
    return render_template(
        "billing/permitted_revenue.html",
        row=found,
        gauge=queries.gauge_of(found),
        before=queries.permitted_before(found.operator_id, found.period_from),
        levels=profile.numbers("revenue.warning_levels"),
        base=profile.text("price.profit_base"),
        computed=commands.permitted_revenue.computed(found, profile),
    )
