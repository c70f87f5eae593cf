"""Products, offers, orders and rights of use for tests: each reaches its state by the real commands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from billing import queries as billing
from billing.commands import cap, declaration
from billing.models import Invoice, PurposeDeclaration
from contracts.models import Agreement, DataElement, DevelopmentRight
from kernel import clock
from kernel.actor import Actor
from kernel.command import execute
from kernel.db import db
from kernel.fields import File
from marketplace import queries, reactions  # noqa: F401  contracts, bills and uses follow by reactions
from marketplace.commands import delivery, offer, order, product
from marketplace.models import DataProduct, Delivery, Entitlement, Offer, Order, Plan
from tests.factories import contracts as made
from tests.factories.accounts import an_actor
from tests.factories.billing import EVIDENCE, pay_by_transfer
from tests.factories.contracts import Parties, signed
from tests.factories.registry import colleague
from tests.kept import kept

FIELDS = [
    {"name": "station", "title": "站点", "type": "text"},
    {"name": "day", "title": "日期", "type": "date"},
    {"name": "index", "title": "雨量指数", "type": "decimal"},
]
TABLE = File(
    "雨量指数.csv",
    "station,day,index\n东站,2026-10-01,0.8\n西站,2026-10-01,0.5\n南站,2026-10-02,0.1\n".encode(),
)
SAMPLE = File("sample.csv", "station,day,index\n某站,2026-10-01,0.8\n".encode())
PRODUCT: Mapping[str, Any] = {
    "kind": "data_set",
    "title": "衡州雨量指数",
    "title_en": "Rain index of Hengzhou",
    "abstract": "各站逐日雨量换算的指数，供农业保险定价和防汛调度使用。",
    "columns": FIELDS,
    "purposes": ["public_governance", "industry_development"],
    "theme": "weather",
    "keywords": ["雨量", "保险"],
    "update_frequency": "daily",
    "exchange_reference": "HZDEX-2026-0001",
}
INDUSTRY, GOVERNANCE = "industry_development", "public_governance"


@dataclass(frozen=True)
class Stall:
    """A first-level product on sale: who made, granted and buys it, and what it rests on."""

    who: Parties
    right: DevelopmentRight
    element: DataElement
    product: DataProduct
    offer: Offer
    plan: Plan
    buyer: Actor

    @property
    def seller(self) -> Actor:
        return self.who.operator

    @property
    def authority(self) -> Actor:
        return self.who.authority


def a_drafted_product(
    seller: Actor, held: DevelopmentRight, *elements: DataElement, **facts: Any
) -> DataProduct:
    """A described product without its file."""
    given = {"right_id": str(held.id), "elements": [str(one.id) for one in elements]}
    return execute(product.draft, actor=seller, data={**PRODUCT, **given, **facts})


def with_its_file(
    sold: DataProduct, seller: Actor, file: File = TABLE, sample: File | None = SAMPLE, **facts: Any
) -> DataProduct:
    """The product with its file, and a sample unless there shall be none."""
    given: dict[str, Any] = {"file": file, "edition": "2026-10-02"} | facts
    data = given | ({"sample": sample} if sample else {})
    return execute(product.attach, actor=seller, subject_id=sold.id, data=data)


def listed(sold: DataProduct, seller: Actor) -> DataProduct:
    """The product put on sale."""
    return execute(product.list_, actor=seller, subject_id=sold.id, data={"nothing_bars_it": True})


@kept
def a_listed_product(
    seller: Actor, held: DevelopmentRight, *elements: DataElement, **facts: Any
) -> DataProduct:
    """A product with file and sample on sale."""
    return listed(with_its_file(a_drafted_product(seller, held, *elements, **facts), seller), seller)


def a_cap(sold: DataProduct, seller: Actor, authority: Actor, yuan: str = "120.00", **facts: Any) -> Any:
    """A cap in force for a product."""
    given = {
        "item_id": str(sold.id),
        "purpose_class": INDUSTRY,
        "unit": "per_item",
        "amount_minor": yuan,
        "valid_from": clock.today().isoformat(),
        "document_number": "衡数价〔2026〕7号",
    }
    proposed = execute(cap.propose, actor=seller, data=given | facts)
    return execute(cap.put_in_force, actor=authority, subject_id=proposed.id)


def a_drafted_offer(sold: DataProduct, seller: Actor, yuan: str = "100.00", **facts: Any) -> Offer:
    """An offer with one plan a file, not open yet."""
    given = {
        "product_id": str(sold.id),
        "title": "按份提供",
        "purposes": list(sold.purposes),
        "open_from": clock.today().isoformat(),
        "plans": [{"unit": "per_item", "price_minor": yuan, "term_months": 12, "quantity_included": 1}],
    }
    return execute(offer.draft, actor=seller, data=given | facts)


def an_open_offer(sold: DataProduct, seller: Actor, yuan: str = "100.00", **facts: Any) -> Offer:
    """An offer that can be ordered."""
    drafted = a_drafted_offer(sold, seller, yuan, **facts)
    return execute(offer.open_, actor=seller, subject_id=drafted.id)


def plan_of(one: Offer) -> Plan:
    """The first plan of an offer."""
    return db.session.scalars(db.select(Plan).where(Plan.offer_id == one.id).order_by(Plan.position)).first()


@kept
def a_stall() -> Stall:
    """An operator's product on sale at a hundred yuan a file under a cap of a hundred and twenty, and a buyer."""
    who = made.parties()
    held = made.a_right(who)
    element = made.an_element(who, held)
    sold = a_listed_product(who.operator, held, element)
    a_cap(sold, who.operator, who.authority)
    opened = an_open_offer(sold, who.operator)
    return Stall(who, held, element, sold, opened, plan_of(opened), an_actor("buyer"))


def an_order(stall: Stall, buyer: Actor | None = None, **facts: Any) -> Order:
    """An order of the stall's product by its buyer, for industry unless another purpose is named."""
    given = {
        "product_id": str(stall.product.id),
        "plan_id": str(stall.plan.id),
        "purpose_class": INDUSTRY,
        "quantity": 1,
        "use_text": "农业保险产品定价。",
    }
    return execute(order.place, actor=buyer or stall.buyer, data=given | facts)


def agreement_about(placed: Order) -> Agreement:
    """The contract or commitment of an order."""
    return queries.agreement_of(placed.id)


def bound(placed: Order, stall: Stall, buyer: Actor | None = None) -> Order:
    """The order with its contract or commitment signed by everybody who has to."""
    agreement = agreement_about(placed)
    if agreement.signed_by_a:
        signed(agreement, stall.seller)
    signed(agreement, buyer or stall.buyer)
    db.session.refresh(placed)
    return placed


def bill_of(placed: Order) -> Invoice:
    """The bill of an order."""
    found = billing.invoice_about(placed.id)
    assert found is not None
    return found


def paid(placed: Order, stall: Stall, buyer: Actor | None = None) -> Order:
    """The order with its bill settled by a transfer."""
    pay_by_transfer(bill_of(placed), buyer or stall.buyer, colleague(stall.seller), stall.seller)
    db.session.refresh(placed)
    return placed


def use_of(placed: Order) -> Entitlement:
    """The right of use that came of an order."""
    found = queries.entitlement_of_order(placed.id)
    assert found is not None
    return found


@kept
def a_paid_use(stall: Stall, **facts: Any) -> Entitlement:
    """A right of use that was ordered, signed and paid."""
    return use_of(paid(bound(an_order(stall, **facts), stall), stall))


def a_verified_purpose(stall: Stall, buyer: Actor | None = None, **facts: Any) -> PurposeDeclaration:
    """A free purpose of the buyer for the stall's product, verified by the authority."""
    given = {
        "item_id": str(stall.product.id),
        "purpose_class": GOVERNANCE,
        "text": "防汛值班调度。",
        "evidence": EVIDENCE,
    }
    declared = execute(declaration.declare, actor=buyer or stall.buyer, data=given | facts)
    return execute(declaration.verify, actor=stall.authority, subject_id=declared.id)


@kept
def a_free_use(stall: Stall, **facts: Any) -> Entitlement:
    """A right of use for a verified free purpose."""
    a_verified_purpose(stall)
    return use_of(bound(an_order(stall, purpose_class=GOVERNANCE, **facts), stall))


def fetched(held: Entitlement, actor: Actor, **facts: Any) -> Delivery:
    """The data fetched once."""
    return execute(delivery.fetch, actor=actor, data={"entitlement_id": str(held.id)} | facts)


def days_later(days: int) -> Any:
    """The clock stopped so many days from now."""
    return clock.frozen(clock.now() + timedelta(days=days))
