"""Products: who sees them, what they are made of, which of them rest on what."""

import uuid
from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, Select, and_, or_, select

from billing.vocabulary import PricedItem, priced_items
from contracts.queries.sources import elements_by_id
from kernel.actor import Actor
from kernel.db import db
from kernel.errors import NotFound
from kernel.permissions import visible, visible_to
from marketplace.models import DataProduct, Entitlement, ProductElement
from marketplace.queries.seen import OVERSEERS

PUBLIC = ("listed", "suspended")
ON_SALE_OR_RESTING = ("listed", "suspended")


@visible(DataProduct)
def visible_products(actor: Actor) -> ColumnElement[bool]:
    """Listed ones for all, also while they are suspended; one's own; those one has a right of use of; a place's own
    for those who oversee it, without the drafts."""
    conditions: list[ColumnElement[bool]] = [DataProduct.state.in_(PUBLIC)]
    if actor.organisation_id:
        used = select(Entitlement.product_id).where(Entitlement.holder_id == actor.organisation_id)
        conditions += [DataProduct.seller_id == actor.organisation_id, DataProduct.id.in_(used)]
    if actor.roles & OVERSEERS:
        here = DataProduct.jurisdiction.in_(actor.jurisdictions)
        conditions.append(and_(here, DataProduct.state != "draft"))
    return or_(*conditions)


def products(actor: Actor, *, state: str | None = None) -> Select[DataProduct]:
    """The products an actor may see, the newest first."""
    query = select(DataProduct).where(visible_to(actor, DataProduct))
    if state:
        query = query.where(DataProduct.state == state)
    return query.order_by(DataProduct.created_at.desc(), DataProduct.id)


def product(product_id: uuid.UUID) -> DataProduct:
    """The product of that id, or NotFound. Asks nobody's permission: for the work, not for pages."""
    found = db.session.get(DataProduct, product_id)
    if found is None:
        raise NotFound()
    return found


def products_of_seller(seller_id: uuid.UUID | None) -> Select[DataProduct]:
    """The products of a seller in every state, the newest first."""
    query = select(DataProduct).where(DataProduct.seller_id == seller_id)
    return query.order_by(DataProduct.created_at.desc(), DataProduct.id)


def products_of_right(right_id: uuid.UUID, states: Collection[str] = ON_SALE_OR_RESTING) -> list[DataProduct]:
    """The products that rest on a right."""
    query = select(DataProduct).where(DataProduct.right_id == right_id, DataProduct.state.in_(states))
    return list(db.session.scalars(query.order_by(DataProduct.title, DataProduct.id)))


def products_of_element(
    element_id: uuid.UUID, states: Collection[str] = ON_SALE_OR_RESTING
) -> list[DataProduct]:
    """The products that are made of an element."""
    made_of = select(ProductElement.product_id).where(ProductElement.element_id == element_id)
    query = select(DataProduct).where(DataProduct.id.in_(made_of), DataProduct.state.in_(states))
    return list(db.session.scalars(query.order_by(DataProduct.title, DataProduct.id)))


def element_ids(product_id: uuid.UUID) -> list[uuid.UUID]:
    """The ids of the elements a product is made of."""
    query = select(ProductElement.element_id).where(ProductElement.product_id == product_id)
    return list(db.session.scalars(query))


def elements_of(product_id: uuid.UUID) -> list:  # type: ignore[type-arg]
    """The elements a product is made of, by title."""
    return elements_by_id(element_ids(product_id))


@priced_items
def products_with_a_price(ids: Iterable[uuid.UUID] | None, actor: Actor) -> list[PricedItem]:
    """Listed products can have a price: the cap is set between listing and the opening of an offer."""
    query = select(DataProduct).where(DataProduct.state.in_(PUBLIC), visible_to(actor, DataProduct))
    if ids is not None:
        query = query.where(DataProduct.id.in_(list(ids)))
    return [
        PricedItem(row.id, row.title, row.seller_id, row.right_id, row.jurisdiction)
        for row in db.session.scalars(query)
    ]
