"""Orders: placed at the server's price, bound by signatures, paid, active, ended."""

import uuid
from datetime import date, datetime
from typing import Any

from accounts import queries as accounts
from billing import queries as billing
from billing.rules import PriceAnswer, free_use_is_verified
from billing.vocabulary import PriceMode, Unit
from contracts import queries as contracts
from contracts.rules.life import sales_may_begin
from contracts.rules.policy import Request, decide, use_is_permitted
from jurisdictions import tree
from kernel import due
from kernel.actor import Actor
from kernel.calendar import Period, term_end
from kernel.clock import legal_day
from kernel.command import command
from kernel.db import new_id
from kernel.documents.numbers import next_number
from kernel.errors import InvalidInput
from kernel.words import N_
from marketplace import queries, rules
from marketplace.models import Order
from marketplace.permissions import MAY
from marketplace.queries.offers import Ordered
from marketplace.queries.policies import action_of, policy_of_product
from marketplace.queries.quotes import quote_of
from marketplace.queries.supply import check_supply
from marketplace.schemas import CancelInput, OrderInput
from marketplace.states import ORDER
from marketplace.vocabulary import ORDER_PREFIX


@command(
    "marketplace.order.place",
    may=MAY["marketplace.order.place"],
    on=Order,
    states=ORDER,
    schema=OrderInput,
    label=N_("Place the order"),
    duties=("B01", "T02", "T04"),
)
def place(
    *, actor: Actor, now: datetime, product_id: uuid.UUID, plan_id: uuid.UUID, quantity: int, **words: Any
) -> Order:
    """A buyer orders for its organisation, for a purpose; the price follows from the purpose and the rules alone."""
    on, purpose = legal_day(now), str(words.pop("purpose_class"))
    chosen = queries.ordered(actor, product_id, plan_id, on)
    if chosen.product.seller_id == actor.organisation_id:
        raise InvalidInput({"product_id": [N_("A seller does not buy its own product.")]})
    offered = policy_of_product(chosen.product, chosen.offer.purposes)
    use_is_permitted(decide(offered, Request(action_of(chosen.product), purpose=purpose, on=on)))
    answer = _price(chosen, purpose, on, actor.organisation_id)
    made = Order(
        id=new_id(),
        number=next_number(ORDER_PREFIX, chosen.product.jurisdiction, on),
        jurisdiction=chosen.product.jurisdiction,
        product_id=product_id,
        product_title=chosen.product.title,
        right_id=chosen.product.right_id,
        offer_id=chosen.offer.id,
        plan_id=plan_id,
        buyer_id=actor.organisation_id,
        buyer_name=accounts.organisation(actor.organisation_id).name,
        seller_id=chosen.product.seller_id,
        seller_name=accounts.organisation(chosen.product.seller_id).name,
        purpose_class=purpose,
        placed_by_id=actor.user_id,
        placed_on=on,
        sign_by=on,
        quantity=quantity,
        **words,
    )
    _price_it(made, chosen, answer, on)
    _date_it(made, chosen, on)
    return made


def _price(chosen: Ordered, purpose: str, on: date, buyer_id: uuid.UUID | None) -> PriceAnswer:
    """The server's own price answer. Refuses a product off sale, a broken chain, and free use not verified."""
    sold, plan = chosen.product, chosen.plan
    rules.product_is_on_sale(sold.state)
    sales_may_begin(contracts.sales_are_stopped(sold.right_id))
    check_supply(sold, on)
    asked = (sold.id, plan.unit, purpose, plan.mode, plan.price_minor, on)
    answer = billing.price(*asked, right_id=sold.right_id, buyer_id=buyer_id)
    if answer.mode == PriceMode.FREE:
        free_use_is_verified(sold.title, not answer.needs_declaration)
    return answer


def _price_it(made: Order, chosen: Ordered, answer: PriceAnswer, on: date) -> None:
    made.unit, made.mode = chosen.plan.unit, str(answer.mode)
    made.list_price_minor, made.unit_price_minor = answer.list_price_minor, answer.unit_price_minor
    made.total_minor = answer.unit_price_minor * made.quantity
    made.waived_minor = answer.waived_minor * made.quantity
    made.declaration_id = answer.declaration_id
    profile = tree.profile_of(made.jurisdiction, on=on)
    made.currency = profile.currency
    valid = due.due_day(made, "quote.validity_days", on)
    made.quote = quote_of(answer, made.quantity, valid.on if valid else None)
    counted = made.unit == Unit.PER_CALL
    made.calls_included = made.quantity * chosen.plan.quantity_included if counted else None


def _date_it(made: Order, chosen: Ordered, on: date) -> None:
    """From today for the months of the plan (times the periods ordered), never beyond the right it rests on."""
    periods = made.quantity if made.unit == Unit.PER_PERIOD else 1
    made.term_months = min(chosen.plan.term_months * periods, 600)
    made.starts_on, made.ends_on = on, term_of(made.right_id, on, made.term_months)
    limit = due.due_day(made, "order.sign_days", on)
    made.sign_by = limit.on if limit else made.ends_on


def term_of(right_id: uuid.UUID, start: date, months: int) -> date:
    """The last day of a use of so many months: at most the last day of the right."""
    held = contracts.right(right_id)
    last = term_end(start, Period(months, "months"))
    return min(last, held.ends_on) if held else last


@command("marketplace.order.sign", may=MAY["marketplace.order.sign"], on=Order, states=ORDER)
def sign(order: Order, *, actor: Actor, now: datetime) -> None:
    """The contract or commitment is in force; the bill follows."""


@command("marketplace.order.activate", may=MAY["marketplace.order.activate"], on=Order, states=ORDER)
def activate(order: Order, *, actor: Actor, now: datetime) -> None:
    """The bill is settled; the data can be used from now on."""
    check_supply(queries.product(order.product_id), legal_day(now))
    order.activated_at = now


@command(
    "marketplace.order.cancel",
    may=MAY["marketplace.order.cancel"],
    on=Order,
    states=ORDER,
    schema=CancelInput,
    label=N_("Cancel the order"),
)
def cancel(order: Order, *, actor: Actor, now: datetime, reason: str) -> None:
    """The order falls away before it binds anybody, or because its bill is void."""
    order.ended_because = reason


@command(
    "marketplace.order.lapse",
    may=MAY["marketplace.order.lapse"],
    on=Order,
    states=ORDER,
)
def lapse(order: Order, *, actor: Actor, now: datetime) -> None:
    """The order was not signed by everybody in time."""
    order.ended_because = N_("Not signed in time.")


@command(
    "marketplace.order.end", may=MAY["marketplace.order.end"], on=Order, states=ORDER, schema=CancelInput
)
def end(order: Order, *, actor: Actor, now: datetime, reason: str) -> None:
    """The use has ended: its term is over, the money was given back, or the product was withdrawn."""
    order.ended_because = reason
