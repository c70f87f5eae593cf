"""The seller's side: its products in every state, described, changed."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template

from kernel.db import db
from kernel.errors import NotAllowed, NotFound
from kernel.pages import address_of, form_page, paged, sheet
from kernel.states import state_word
from kernel.words import N_, Text
from marketplace import queries
from marketplace.commands import product as commands
from marketplace.models import DataProduct
from marketplace.permissions import seller
from marketplace.queries.products import element_ids
from marketplace.schemas import ProductInput
from marketplace.views.door import asked, kind_word, pages, signed_in

HEADINGS = [
    N_("Product"),
    N_("Kind of product"),
    N_("State"),
    N_("Edition"),
    N_("Rows"),
    N_("SHA-256"),
    N_("Listed"),
]


@pages.get("/my-products")
def my_products() -> Any:
    """The products of one's organisation, drafts too; for those who oversee a place all that were listed there."""
    actor = signed_in()
    own = bool(actor.roles & {"operator", "developer"})
    query = (
        queries.products_of_seller(actor.organisation_id)
        if own
        else queries.products(actor, state=asked("state") or None)
    )
    if own and asked("state"):
        query = query.where(DataProduct.state == asked("state"))
    if kind := asked("format"):
        return sheet("products", HEADINGS, (_cells(row) for row in db.session.scalars(query)), kind)
    return render_template("marketplace/my_products.html", page=paged(query), own=own, kind_word=kind_word)


def _cells(row: DataProduct) -> list[Any]:
    state = Text(state_word(row.state))
    return [row.title, kind_word(row.kind), state, row.edition, row.rows, row.sha256, row.listed_at]


@pages.route("/products/new", methods=["GET", "POST"])
def new_product() -> Any:
    """Describe a product."""
    actor = signed_in()
    if not seller(actor, None):
        raise NotAllowed()
    return form_page("marketplace/product_form.html", commands.draft, then=_done)


@pages.route("/products/<uuid:row_id>/edit", methods=["GET", "POST"])
def edit_product(row_id: UUID) -> Any:
    """Change the description of a draft."""
    found = queries.seen(signed_in(), DataProduct, row_id)
    if not seller(signed_in(), found):
        raise NotFound()
    values = dict(ProductInput().dump(found)) | {"elements": element_ids(found.id)}
    return form_page(
        "marketplace/product_form.html", commands.amend, subject=found, values=values, then=_done
    )


def _done(made: DataProduct) -> Any:
    return redirect(address_of(made))
