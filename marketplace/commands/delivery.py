"""Deliveries: each fetch is judged at its moment and leaves a row with hash, source and day."""

import uuid
from datetime import datetime, timedelta
from hashlib import sha256

from accounts import queries as accounts
from kernel import due
from kernel.actor import Actor
from kernel.audit import canonical
from kernel.clock import legal_day
from kernel.command import command
from kernel.errors import InvalidInput
from kernel.words import N_
from marketplace import queries, rules
from marketplace.models import DataProduct, Delivery, Entitlement
from marketplace.permissions import MAY
from marketplace.queries.supply import check_access, sources_named
from marketplace.queries.tables import answer_to
from marketplace.schemas import FetchInput
from marketplace.states import DELIVERY
from marketplace.vocabulary import ProductKind


@command(
    "marketplace.delivery.fetch",
    may=MAY["marketplace.delivery.fetch"],
    on=Delivery,
    states=DELIVERY,
    schema=FetchInput,
    label=N_("Fetch the data"),
    duties=("T02", "T05", "N01", "X03"),
)
def fetch(
    *, actor: Actor, now: datetime, entitlement_id: uuid.UUID, question: dict[str, str] | None
) -> Delivery:
    """The holder of a right of use obtains the data or an answer; each time is recorded with its hash."""
    held = queries.entitlement(actor, entitlement_id)
    obtained = check_access(held, legal_day(now))
    asks = obtained.kind == ProductKind.VERIFICATION
    rules.raw_data_stay_inside(asks, bool(question))
    if question and not asks:
        raise InvalidInput({"question": [N_("This product is handed over; it answers no questions.")]})
    answer = answer_to(obtained, question) if asks and question else None
    made = _delivery(held, obtained, now)
    made.person_id, made.person_name = actor.user_id, actor.name
    made.question, made.answer = question, answer
    if answer is None:
        made.file_name, made.storage_key = obtained.file_name, obtained.storage_key
        made.media_type, made.sha256, made.size = (
            obtained.media_type,
            obtained.sha256 or "",
            obtained.size or 0,
        )
    else:
        told = canonical({"question": question, "answer": answer, "edition": obtained.edition})
        made.sha256, made.size = sha256(told).hexdigest(), len(told)
    return made


def _delivery(held: Entitlement, obtained: DataProduct, now: datetime) -> Delivery:
    seller = accounts.organisation(held.seller_id)
    minutes = due.profile(held).number("delivery.link_minutes")
    return Delivery(
        entitlement_id=held.id,
        order_number=queries.order(held.order_id).number,
        product_id=obtained.id,
        product_title=obtained.title,
        jurisdiction=held.jurisdiction,
        seller_id=held.seller_id,
        seller_name=seller.name,
        holder_id=held.holder_id,
        edition=obtained.edition,
        source="、".join(sources_named(obtained)) or seller.name,
        obtained_on=legal_day(now),
        at=now,
        link_until=now + timedelta(minutes=int(minutes)),
    )
