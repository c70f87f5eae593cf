"""Whether a product may be sold and a right of use be exercised at this moment: judged anew each time.

Listing, offer, order, signature, activation and every single fetch ask here; nothing rests on a job having run.
"""

import uuid
from datetime import date

from accounts.queries import names_of
from billing import queries as billing
from billing.rules import free_use_is_verified
from contracts import queries as contracts
from contracts.queries.elements import elements_under
from contracts.rules import data_may_be_opened
from contracts.rules.policy import Request, decide, use_is_permitted
from contracts.vocabulary import Level
from kernel.errors import DomainError, RuleBroken
from kernel.words import N_, Text
from marketplace import rules
from marketplace.models import DataProduct, Entitlement
from marketplace.queries.policies import access_by, policy_of_use
from marketplace.queries.products import element_ids, elements_of, product
from marketplace.vocabulary import ABOUT_ORDER, GROUND_WORDS, Ground

NO_RIGHT = N_("There is no such right.")


def covered_elements(right_id: uuid.UUID) -> set[uuid.UUID]:
    """The ids of the available elements that a right covers: its sources, or what was made under it."""
    held = contracts.right(right_id)
    if held is None:
        return set()
    first = held.level == Level.FIRST
    found = elements_under(held.id) if first else contracts.sources_of_right(held)
    return {one.id for one in found if one.state == "available"}


def check_supply(sold: DataProduct, on: date) -> None:
    """Refuse where the chain of authority is broken, an element is not the right's, or a source may not be opened."""
    rules.authority_is_unbroken(*contracts.right_is_live(sold.right_id, on))
    chosen = element_ids(sold.id)
    covered = covered_elements(sold.right_id)
    rules.elements_stay_within_the_right([str(one) for one in chosen if one not in covered])
    sources = {facts.id: facts for one in chosen for facts in contracts.lineage_of(one)}
    data_may_be_opened({facts.title: facts.opening for facts in sources.values()})
    held = contracts.right(sold.right_id)
    rules.purposes_stay_within_the_right(sold.purposes, held.purposes if held else [])


def supply_trouble(sold: DataProduct, on: date) -> Text | None:
    """Why a product cannot be sold on a day; None where nothing stands in the way."""
    try:
        check_supply(sold, on)
    except RuleBroken as refusal:
        return refusal.message
    return None


def check_access(held: Entitlement, on: date) -> DataProduct:
    """Refuse a fetch unless suspension, policy, signatures, purpose, payment and chain all allow it now."""
    return _check(held, on, access_by(held, on))


def check_access_again(held: Entitlement, on: date) -> DataProduct:
    """The same for a file whose fetch was counted already: everything but the number of calls."""
    return _check(held, on, access_by(held, on, count=False))


def _check(held: Entitlement, on: date, asked: Request) -> DataProduct:
    rules.use_is_not_suspended(held.state, [GROUND_WORDS[Ground(one)] for one in held.grounds])
    use_is_permitted(decide(policy_of_use(held), asked))
    obtained = product(held.product_id)
    rules.use_is_not_suspended(
        "suspended" if obtained.state == "suspended" else "active", [GROUND_WORDS[Ground.PRODUCT]]
    )
    kind = "public_interest_commitment" if held.free else "data_provision_contract"
    about = contracts.agreements_about(ABOUT_ORDER, held.order_id)
    rules.access_is_contracted(any(one.kind == kind and one.state == "in_force" for one in about), held.free)
    bill = billing.invoice_about(held.order_id)
    rules.access_is_paid(bill is not None and bill.state == "paid")
    if held.free:
        declared = billing.verified_declaration(held.holder_id, held.product_id, held.purpose_class, on)
        free_use_is_verified(held.product_title, declared is not None)
    check_supply(obtained, on)
    return obtained


def access_troubles(held: Entitlement, on: date) -> Text | None:
    """Why a right of use cannot be exercised on a day, for its page; None where it can."""
    try:
        check_access(held, on)
    except DomainError as refusal:
        return refusal.message
    return None


def sources_named(sold: DataProduct) -> list[str]:
    """The names of the bodies whose public data a product is made of, by name."""
    found = {facts.holder_id for one in elements_of(sold.id) for facts in contracts.lineage_of(one.id)}
    return sorted(names_of(list(found)).values())
