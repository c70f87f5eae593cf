"""Fee caps: proposed by the operator or the authority, put in force by another person of the authority."""

import uuid
from datetime import date, datetime
from typing import Any

from billing import queries, rules
from billing.models import FeeCap
from billing.permissions import MAY
from billing.schemas import CapInput, ReasonInput, SupersedeInput
from billing.states import CAP
from jurisdictions import tree
from kernel import due
from kernel.actor import Actor
from kernel.clock import legal_day
from kernel.command import command
from kernel.errors import InvalidInput
from kernel.words import N_


@command(
    "billing.cap.propose",
    may=MAY["billing.cap.propose"],
    on=FeeCap,
    states=CAP,
    schema=CapInput,
    label=N_("Propose a fee cap"),
)
def propose(
    *, actor: Actor, now: datetime, item_id: uuid.UUID, purpose_class: str, unit: str, **values: Any
) -> FeeCap:
    """The most that may be charged for an item, a purpose and a unit is proposed with its document."""
    item, today = queries.item_to_price(item_id, actor), legal_day(now)
    if item is None:
        raise InvalidInput({"item_id": [N_("Choose a product or data element of yours or of your place.")]})
    profile = tree.profile_of(item.jurisdiction, on=today)
    rules.unit_may_be_charged(unit, profile.list("price.charging_units"))
    charged = not rules.purpose_is_free(
        purpose_class, profile.list("price.free_purposes"), profile.list("price.charged_purposes")
    )
    rules.cap_rests_on_a_document(charged, values["valid_from"], today)
    return FeeCap(
        item_id=item.id,
        item_title=item.title,
        operator_id=item.seller_id,
        jurisdiction=item.jurisdiction,
        currency=profile.currency,
        purpose_class=str(purpose_class),
        unit=str(unit),
        proposed_by_id=actor.user_id,
        **values,
    )


@command(
    "billing.cap.put_in_force",
    may=MAY["billing.cap.put_in_force"],
    on=FeeCap,
    states=CAP,
    label=N_("Put in force"),
)
def put_in_force(cap: FeeCap, *, actor: Actor, now: datetime) -> None:
    """Another person of the authority puts the cap in force; from its first day it replaces the one before."""
    profile = due.profile(cap)
    charged = cap.purpose_class not in profile.list("price.free_purposes")
    rules.cap_rests_on_a_document(charged, cap.valid_from, legal_day(now))
    cap.put_in_force_by_id, cap.in_force_at = actor.user_id, now


@command(
    "billing.cap.reject",
    may=MAY["billing.cap.reject"],
    on=FeeCap,
    states=CAP,
    schema=ReasonInput,
    label=N_("Reject"),
)
def reject(cap: FeeCap, *, actor: Actor, now: datetime, reason: str) -> None:
    """The proposed cap is not set, with the reason."""
    cap.rejected_because = reason


@command(
    "billing.cap.supersede",
    may=MAY["billing.cap.supersede"],
    on=FeeCap,
    states=CAP,
    schema=SupersedeInput,
    label=N_("Replaced by another cap"),
)
def supersede(cap: FeeCap, *, actor: Actor, now: datetime, valid_until: date) -> None:
    """Another cap takes the place of this one the day after its last day."""
    cap.valid_until = valid_until
