"""Rights of use: they begin with the settled bill, rest with what they rest on, and end."""

import uuid
from datetime import datetime
from typing import Any

from kernel.actor import Actor
from kernel.clock import legal_day
from kernel.command import command
from kernel.errors import NotFound
from kernel.words import N_
from marketplace import queries
from marketplace.commands.order import term_of
from marketplace.models import Entitlement
from marketplace.permissions import MAY
from marketplace.schemas import CancelInput, GroundInput, OrderRef
from marketplace.states import ENTITLEMENT
from marketplace.vocabulary import Ground


@command(
    "marketplace.entitlement.establish",
    may=MAY["marketplace.entitlement.establish"],
    on=Entitlement,
    states=ENTITLEMENT,
    schema=OrderRef,
)
def establish(*, actor: Actor, now: datetime, order_id: uuid.UUID) -> Entitlement:
    """The buyer may use what it ordered, from now on and never shorter than the contract says."""
    order = queries.order(order_id)
    if order.state != "active":
        raise NotFound()
    sold, on = queries.product(order.product_id), legal_day(now)
    return Entitlement(
        order_id=order.id,
        product_id=order.product_id,
        right_id=order.right_id,
        product_title=order.product_title,
        jurisdiction=order.jurisdiction,
        seller_id=order.seller_id,
        holder_id=order.buyer_id,
        purpose_class=order.purpose_class,
        free=order.is_free,
        starts_on=on,
        ends_on=max(order.ends_on, term_of(order.right_id, on, order.term_months)),
        edition=sold.edition,
        calls_included=order.calls_included,
        grounds=[],
    )


@command(
    "marketplace.entitlement.suspend",
    may=MAY["marketplace.entitlement.suspend"],
    on=Entitlement,
    states=ENTITLEMENT,
    schema=GroundInput,
    label=N_("Suspend"),
)
def suspend(held: Entitlement, *, actor: Actor, now: datetime, reason: str, ground: Ground | None) -> None:
    """The next request is refused, until the ground is gone."""
    held.grounds = [*dict.fromkeys([*held.grounds, str(_ground(actor, ground))])]
    held.ended_because = reason


@command(
    "marketplace.entitlement.resume",
    may=MAY["marketplace.entitlement.resume"],
    on=Entitlement,
    states=ENTITLEMENT,
    schema=GroundInput,
    label=N_("Lift the suspension"),
)
def resume(held: Entitlement, *, actor: Actor, now: datetime, reason: str, ground: Ground | None) -> None:
    """One ground is gone; with the last one the data can be fetched again."""
    held.grounds = [one for one in held.grounds if one != str(_ground(actor, ground))]
    held.state = "suspended" if held.grounds else "active"
    held.ended_because = reason if held.grounds else ""


def _ground(actor: Actor, given: Any) -> Ground:
    """People order; only the product itself names another ground."""
    return Ground(given) if actor.organisation_id is None and given is not None else Ground.ORDER


@command(
    "marketplace.entitlement.end",
    may=MAY["marketplace.entitlement.end"],
    on=Entitlement,
    states=ENTITLEMENT,
    schema=CancelInput,
)
def end(held: Entitlement, *, actor: Actor, now: datetime, reason: str) -> None:
    """The right of use is over: its term, its payment or its product ended."""
    held.ended_because = reason


@command(
    "marketplace.entitlement.expire",
    may=MAY["marketplace.entitlement.expire"],
    on=Entitlement,
    states=ENTITLEMENT,
)
def expire(held: Entitlement, *, actor: Actor, now: datetime) -> None:
    """The last day of the right of use is over."""
    held.ended_because = N_("The term is over.")
