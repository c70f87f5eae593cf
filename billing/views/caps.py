"""Fee caps as pages: the caps in force for everybody, proposals for those they concern."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template

from accounts.queries import names_of
from billing import commands, queries
from billing.models import FeeCap
from billing.states import CAP
from billing.views.door import PURPOSE_OPTIONS, facet, filters, pages, state_facet
from kernel import clock
from kernel.documents import documents_of
from kernel.pages import current_actor, form_page, page_of, paged
from kernel.routes.page_door import allow
from kernel.words import N_


@page_of(FeeCap)
def address(cap: FeeCap) -> str:
    """The page of a cap."""
    return f"/caps/{cap.id}"


@pages.get("/caps")
def caps() -> Any:
    """The caps the reader may see: those in force for all, with their history; proposals for those concerned."""
    chosen, actor = filters("state", "purpose_class", "q"), current_actor()
    page = paged(
        queries.caps(
            actor,
            state=chosen.get("state"),
            purpose_class=chosen.get("purpose_class"),
            text=chosen.get("q"),
        )
    )
    return render_template(
        "billing/caps.html",
        page=page,
        names=names_of([row.operator_id for row in page.items]),
        facets=[state_facet(CAP, chosen), facet("purpose_class", N_("Purpose"), PURPOSE_OPTIONS, chosen)],
        q=chosen.get("q"),
    )


@pages.route("/caps/new", methods=["GET", "POST"])
def new_cap() -> Any:
    """Propose a cap."""
    allow(commands.cap.propose, None, None)
    return form_page("billing/cap_form.html", commands.cap.propose, then=lambda made: redirect(address(made)))


@pages.get("/caps/<uuid:row_id>")
def cap(row_id: UUID) -> Any:
    """One cap, with those before and after it for the same item, purpose and unit."""
    actor = current_actor()
    found = queries.seen(actor, FeeCap, row_id)
    series = queries.caps(actor, item_id=found.item_id, purpose_class=found.purpose_class)
    return render_template(
        "billing/cap.html",
        cap=found,
        series=[row for row in paged(series, size=50).items if row.unit == found.unit],
        names=names_of([found.operator_id]),
        documents=documents_of(found),
        applies=queries.cap_in_force(found.item_id, found.purpose_class, found.unit, clock.today()),
    )
