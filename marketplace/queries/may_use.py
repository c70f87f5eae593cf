"""*May I use this?* – the answer for everybody, with every rule that allows or refuses and what it would cost."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from contracts.queries.checks import above
from contracts.rules.policy import Finding, Policy, Request, all_of, decide, purpose_class
from kernel.actor import Actor
from kernel.errors import RuleBroken
from kernel.states import state_word
from kernel.words import N_, Text
from marketplace.models import DataProduct
from marketplace.queries.offers import open_plans_of
from marketplace.queries.policies import action_of, policy_of_product
from marketplace.queries.prices import answers_for
from marketplace.queries.supply import supply_trouble


@dataclass(frozen=True)
class Answer:
    """The tree, what each plan costs or why it cannot be had, what would be allowed instead, the policy behind it."""

    tree: Finding
    prices: Sequence[tuple[Any, Any]]
    instead: Sequence[str]
    policy: Policy


def may_use(
    actor: Actor,
    sold: DataProduct,
    on: date,
    *,
    purpose: str,
    place: str | None = None,
    form: str | None = None,
) -> Answer:
    """Whether the product may be used for that purpose, there, in that form, on that day, and what it asks for."""
    plans = open_plans_of([sold.id], on).get(sold.id, [])
    policy = policy_of_product(sold, {one for offer, _ in plans for one in offer.purposes} or sold.purposes)
    places = frozenset(above([place])[place] or {place}) if place else None
    asked = Request(action_of(sold), None, f"urn:uuid:{sold.id}", purpose, places, on, form)
    fitting = [plan for offer, plan in plans if purpose_class(purpose) in offer.purposes]
    prices = answers_for(sold, fitting, purpose_class(purpose), on, actor.organisation_id)
    parts = [decide(policy, asked), _on_sale(sold), _chain(sold, on), _price(prices)]
    yes, no = Text(N_("Yes, this use is possible.")), Text(N_("No, not like this."))
    return Answer(all_of("use", parts, yes, no), prices, _instead(policy, asked), policy)


def _on_sale(sold: DataProduct) -> Finding:
    said = Text(N_("The product is in the state “{state}”."), state=Text(state_word(sold.state)))
    return Finding(
        "sale", sold.state == "listed", said, Text(N_("Wait until it is on sale again.")), "DG35; YN L123"
    )


def _chain(sold: DataProduct, on: date) -> Finding:
    trouble = supply_trouble(sold, on)
    whole = Text(N_("Every link of the chain of authority is in force on that day."))
    change = Text(N_("The holder of the right has to mend this; ask the seller."))
    return Finding("authority", trouble is None, trouble or whole, change, "DG35; YN L123–126")


def _price(prices: Sequence[tuple[Any, Any]]) -> Finding:
    possible = [answer for _, answer in prices if not isinstance(answer, RuleBroken)]
    refused = next((answer for _, answer in prices if isinstance(answer, RuleBroken)), None)
    change = Text(N_("Ask the seller for an offer, or choose a purpose that is offered."))
    if not possible:
        said = refused.message if refused else Text(N_("No offer is open for this purpose on that day."))
        return Finding("price", False, said, change, "WZ34; YN L121")
    if all(answer.unit_price_minor == 0 for answer in possible):
        said = Text(N_("It costs nothing for this purpose."))
    else:
        said = Text(N_("It has a price for this purpose."))
    return Finding("price", True, said, None, possible[0].basis)


def _instead(policy: Policy, asked: Request) -> list[str]:
    """The permitted purposes for which the same use would be allowed, where the one asked for is not."""
    if decide(policy, asked).holds:
        return []
    return [one for one in sorted(policy.purposes or ()) if decide(policy, replace(asked, purpose=one)).holds]
