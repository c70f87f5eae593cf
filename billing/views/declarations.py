"""Declared purposes as pages: declare with evidence, verify, see what holds until when."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template

from accounts.queries import names_of
from billing import commands, queries
from billing.models import PurposeDeclaration
from billing.states import DECLARATION
from billing.views.door import filters, handed_out, pages, signed_in, state_facet
from kernel.pages import current_actor, form_page, page_of, paged
from kernel.routes.page_door import allow


@page_of(PurposeDeclaration)
def address(declared: PurposeDeclaration) -> str:
    """The page of a declared purpose."""
    return f"/declarations/{declared.id}"


@pages.get("/declarations")
def declarations() -> Any:
    """The declared purposes the reader may see."""
    signed_in()
    chosen = filters("state")
    page = paged(queries.declarations(current_actor(), state=chosen.get("state")))
    return render_template("billing/declarations.html", page=page, facets=[state_facet(DECLARATION, chosen)])


@pages.route("/declarations/new", methods=["GET", "POST"])
def new_declaration() -> Any:
    """Declare a purpose; the item and the purpose may come with the address."""
    allow(commands.declaration.declare, None, None)
    return form_page(
        "billing/declaration_form.html",
        commands.declaration.declare,
        then=lambda made: redirect(address(made)),
    )


@pages.get("/declarations/<uuid:row_id>")
def declaration(row_id: UUID) -> Any:
    """One declared purpose."""
    found = queries.seen(current_actor(), PurposeDeclaration, row_id)
    return render_template(
        "billing/declaration.html", declared=found, names=names_of([found.buyer_id, found.seller_id])
    )


@pages.get("/declarations/<uuid:row_id>/evidence")
def evidence(row_id: UUID) -> Any:
    """The evidence, for those who may see the declaration."""
    return handed_out(queries.seen(current_actor(), PurposeDeclaration, row_id).evidence)
