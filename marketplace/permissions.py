"""Who may run which command of the marketplace. A subject of None asks before it exists."""

from typing import Any

from kernel.actor import Actor
from kernel.permissions import Predicate, anyone, every, in_jurisdiction, role, system
from marketplace.vocabulary import Ground

authority = every(role("authority", "decide"), in_jurisdiction)


def seller(actor: Actor, subject: Any) -> bool:
    """Acts for the operator or developer whose product or offer it is, and may apply for it."""
    if not actor.roles & {"operator", "developer"} or "apply" not in actor.mandates:
        return False
    return subject is None or subject.seller_id == actor.organisation_id


def buys(actor: Actor, _subject: Any) -> bool:
    """Acts for an organisation, of whichever kind, and may apply for it."""
    return actor.organisation_id is not None and "apply" in actor.mandates


def buyer(actor: Actor, order: Any) -> bool:
    """Acts for the organisation that ordered, and may apply for it."""
    return buys(actor, order) and order.buyer_id == actor.organisation_id


def not_signed_yet(_actor: Actor, order: Any) -> bool:
    """Nobody is bound by the order yet."""
    return bool(order.state == "awaiting_signature")


def uses(actor: Actor, _subject: Any) -> bool:
    """Acts for an organisation; the command looks whose right of use it is."""
    return actor.organisation_id is not None and bool(actor.mandates)


def stopped_by(ground: Ground) -> Predicate:
    """It is suspended on that ground: nobody lifts what another ordered."""

    def holds(_actor: Actor, subject: Any) -> bool:
        return str(ground) in subject.grounds

    holds.__name__ = f"stopped_by_{ground}"
    holds.__doc__ = f"It is suspended on the ground '{ground}'."
    return holds


def not_stopped_by(ground: Ground) -> Predicate:
    """It is not yet suspended on that ground."""

    def holds(_actor: Actor, subject: Any) -> bool:
        return str(ground) not in subject.grounds

    holds.__name__ = f"not_stopped_by_{ground}"
    holds.__doc__ = f"It is not suspended on the ground '{ground}'."
    return holds


seller_stops = every(seller, not_stopped_by(Ground.SELLER))
seller_goes_on = every(seller, stopped_by(Ground.SELLER))
authority_stops = every(authority, not_stopped_by(Ground.ORDER))
authority_frees = every(authority, stopped_by(Ground.ORDER))

MAY: dict[str, list[Predicate]] = {
    "marketplace.product.draft": [seller],
    "marketplace.product.amend": [seller],
    "marketplace.product.attach": [seller],
    "marketplace.product.list_": [seller],
    "marketplace.product.suspend": [seller_stops, authority_stops, system],
    "marketplace.product.resume": [seller_goes_on, authority_frees, system],
    "marketplace.product.withdraw": [seller, authority, system],
    "marketplace.product.narrow": [system],
    "marketplace.product.hand_over": [system],
    "marketplace.offer.draft": [seller],
    "marketplace.offer.amend": [seller],
    "marketplace.offer.open": [seller],
    "marketplace.offer.close": [seller, system],
    "marketplace.order.place": [buys],
    "marketplace.order.sign": [system],
    "marketplace.order.activate": [system],
    "marketplace.order.cancel": [every(buyer, not_signed_yet), system],
    "marketplace.order.lapse": [system],
    "marketplace.order.end": [system],
    "marketplace.entitlement.establish": [system],
    "marketplace.entitlement.suspend": [authority_stops, system],
    "marketplace.entitlement.resume": [authority_frees, system],
    "marketplace.entitlement.end": [system],
    "marketplace.entitlement.expire": [system],
    "marketplace.entitlement.hand_over": [system],
    "marketplace.delivery.fetch": [uses],
    "marketplace.download.fetch": [anyone],
    "marketplace.result.report": [uses],
}
