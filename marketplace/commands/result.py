"""Results made with the data, reported by their makers."""

import uuid
from datetime import date, datetime
from typing import Any

from kernel.actor import Actor
from kernel.clock import legal_day
from kernel.command import command
from kernel.errors import InvalidInput
from kernel.words import N_
from marketplace import queries, rules
from marketplace.models import Result
from marketplace.permissions import MAY
from marketplace.schemas import ResultInput
from marketplace.states import RESULT


@command(
    "marketplace.result.report",
    may=MAY["marketplace.result.report"],
    on=Result,
    states=RESULT,
    schema=ResultInput,
    label=N_("Report a published result"),
    duties=("N01",),
)
def report(
    *,
    actor: Actor,
    now: datetime,
    entitlement_id: uuid.UUID,
    names_source: bool,
    published_on: date,
    **words: Any,
) -> Result:
    """Who used the data reports what was published with them; it names the source and the day they were obtained."""
    held = queries.entitlement(actor, entitlement_id)
    if published_on > legal_day(now):
        raise InvalidInput({"published_on": [N_("This day has not come yet.")]})
    rules.result_names_its_source(names_source, queries.used_calls(held.id) > 0)
    return Result(
        entitlement_id=held.id,
        product_id=held.product_id,
        jurisdiction=held.jurisdiction,
        seller_id=held.seller_id,
        holder_id=held.holder_id,
        published_on=published_on,
        reported_by_id=actor.user_id,
        **words,
    )
