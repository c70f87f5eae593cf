"""Products and rights of use follow the right they rest on: fewer purposes, or another holder."""

import uuid
from datetime import datetime

from kernel.actor import Actor
from kernel.command import command
from marketplace.models import DataProduct, Entitlement
from marketplace.permissions import MAY
from marketplace.schemas.passing import HandOverInput, NarrowInput
from marketplace.states import ENTITLEMENT, PRODUCT


@command(
    "marketplace.product.narrow",
    may=MAY["marketplace.product.narrow"],
    on=DataProduct,
    states=PRODUCT,
    schema=NarrowInput,
    duties=("L04",),
)
def narrow(product: DataProduct, *, actor: Actor, now: datetime, purposes: list[str]) -> None:
    """The right covers fewer purposes; the product is offered for those that are left."""
    product.purposes = purposes


@command(
    "marketplace.product.hand_over",
    may=MAY["marketplace.product.hand_over"],
    on=DataProduct,
    states=PRODUCT,
    schema=HandOverInput,
    duties=("U04",),
)
def hand_over(product: DataProduct, *, actor: Actor, now: datetime, seller_id: uuid.UUID) -> None:
    """The right has passed on; the new holder sells the product from now on."""
    product.seller_id = seller_id


@command(
    "marketplace.entitlement.hand_over",
    may=MAY["marketplace.entitlement.hand_over"],
    on=Entitlement,
    states=ENTITLEMENT,
    schema=HandOverInput,
    duties=("U04",),
)
def hand_over_use(held: Entitlement, *, actor: Actor, now: datetime, seller_id: uuid.UUID) -> None:
    """The right has passed on; the new holder serves the running use to its end."""
    held.seller_id = seller_id
