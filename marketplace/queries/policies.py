"""The policies of products and of their uses: the object that the offer, the contract and every access share."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from contracts import queries as contracts
from contracts.queries.policies import party_of, policy_of_right, target_of
from contracts.rules.policy import Policy, Request
from kernel import due
from marketplace.models import DataProduct, Entitlement, Order
from marketplace.queries.products import product
from marketplace.queries.use import used_calls
from marketplace.vocabulary import ProductKind

# In which form each kind of product reaches its user, and what the user does with it.
FORMS = {
    ProductKind.DATA_SET: "file",
    ProductKind.API: "interface",
    ProductKind.REPORT: "file",
    ProductKind.MODEL: "file",
    ProductKind.VERIFICATION: "answer",
}


def form_of(sold: DataProduct) -> str:
    """The form in which a product is delivered."""
    return FORMS[ProductKind(sold.kind)]


def action_of(sold: DataProduct) -> str:
    """What a user does with a product: use it, or ask it."""
    return "ask" if sold.kind == ProductKind.VERIFICATION else "use"


def policy_of_product(sold: DataProduct, purposes: Collection[str]) -> Policy:
    """What the seller offers to everybody, for these purposes; never more than the right it rests on permits."""
    held = contracts.right(sold.right_id)
    free = set(due.profile(sold).list("price.free_purposes"))
    duties = {"protect", "delete", *({"declare_purpose"} if free & set(purposes) else ())}
    duties |= {"pay"} if set(purposes) - free else set()
    duties |= {"attribute"} if due.profile(sold).flag("attribution.source_and_date") else set()
    offered = Policy(
        uid=f"product-{sold.id}",
        by=party_of(sold.seller_id),
        to=None,
        targets=frozenset({target_of(sold)}),
        actions=frozenset({action_of(sold), "derive"}),
        purposes=frozenset(purposes),
        forms=frozenset({form_of(sold)}),
        duties=frozenset(duties),
        forbidden=frozenset({"distribute", "transfer", "identify"}),
    )
    if held is None:
        return offered.narrowed(purposes=frozenset())
    above = policy_of_right(held)
    return offered.narrowed(
        purposes=above.purposes, territory=above.territory, starts_on=above.starts_on, ends_on=above.ends_on
    )


def policy_of_order(ordered: Order) -> Policy:
    """What an order permits its buyer: the offer for the declared purpose, the term and the number of calls ordered."""
    offered = policy_of_product(product(ordered.product_id), [ordered.purpose_class])
    limits = {"starts_on": ordered.starts_on, "ends_on": ordered.ends_on, "most": ordered.calls_included}
    free = {"duties": frozenset({"report"})} if ordered.is_free else {}
    return replace(offered.narrowed(**limits, **free), uid=ordered.number, to=party_of(ordered.buyer_id))


def policy_of_use(held: Entitlement) -> Policy:
    """What a right of use permits its holder now."""
    offered = policy_of_product(product(held.product_id), [held.purpose_class])
    limits = {"starts_on": held.starts_on, "ends_on": held.ends_on, "most": held.calls_included}
    return replace(offered.narrowed(**limits), uid=str(held.id), to=party_of(held.holder_id))


def access_by(held: Entitlement, on: date, *, count: bool = True) -> Request:
    """A fetch by the holder as the policy is asked about it; `count`: whether it is one more."""
    sold = product(held.product_id)
    return Request(
        action=action_of(sold),
        by=str(held.holder_id),
        target=f"urn:uuid:{sold.id}",
        purpose=held.purpose_class,
        on=on,
        form=form_of(sold),
        used=used_calls(held.id) if count and held.calls_included is not None else None,
    )
