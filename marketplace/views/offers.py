"""Offers: drawn up and changed by the seller."""

from typing import Any
from uuid import UUID

from flask import redirect

from kernel import clock
from kernel.errors import NotFound
from kernel.pages import address_of, form_page
from marketplace import queries
from marketplace.commands import offer as commands
from marketplace.models import DataProduct, Offer
from marketplace.permissions import seller
from marketplace.queries.offers import plans_of
from marketplace.schemas import OfferInput
from marketplace.views.door import pages, signed_in


@pages.route("/products/<uuid:row_id>/offer", methods=["GET", "POST"])
def new_offer(row_id: UUID) -> Any:
    """Draw up an offer for a product of one's own."""
    sold = queries.seen(signed_in(), DataProduct, row_id)
    if not seller(signed_in(), sold):
        raise NotFound()
    values = {
        "product_id": str(sold.id),
        "purposes": sold.purposes,
        "title": sold.title,
        "open_from": clock.today().isoformat(),
    }
    return form_page("marketplace/offer_form.html", commands.draft, values=values, product=sold, then=_done)


@pages.route("/offers/<uuid:row_id>/edit", methods=["GET", "POST"])
def edit_offer(row_id: UUID) -> Any:
    """Change an offer that is not open yet."""
    found = queries.seen(signed_in(), Offer, row_id)
    if not seller(signed_in(), found):
        raise NotFound()
    dumped = OfferInput().dump(found)
    plans = [OfferInput().fields["plans"].inner.schema.dump(plan) for plan in plans_of(found.id)]  # type: ignore[attr-defined]
    return form_page(
        "marketplace/offer_form.html",
        commands.amend,
        subject=found,
        values=dumped | {"plans": plans},
        product=queries.product(found.product_id),
        then=_done,
    )


def _done(made: Offer) -> Any:
    return redirect(f"{address_of(made)}#offers")
