"""A quarter of sales: orders, contracts, payments, deliveries; then its settlement."""

from datetime import timedelta
from typing import Any

from billing.commands import payment, settlement
from billing.queries import invoice_about
from contracts import queries as contracts
from kernel import clock
from kernel.command import execute
from kernel.money import Money
from marketplace.commands import delivery, order
from marketplace.queries.use import entitlement_of_order
from supervision.cli.demonstration import papers
from supervision.cli.demonstration.market import PRODUCTS
from supervision.cli.demonstration.people import PLACE, City
from supervision.cli.demonstration.rights import sign
from supervision.cli.demonstration.times import Calendar

KEEPER = {"operator": "keeper", "second_operator": "second_keeper", "developer": "developer_keeper",
          "second_developer": "second_developer_keeper"}  # fmt: skip
BUYER = {"insurer": "buyer"}
# day of the quarter, buyer, product, purpose, how many periods
SALES = [
    (2, "insurer", "rain_index", "industry_development", 1),
    (6, "logistics", "passenger_data", "industry_development", 1),
    (11, "charity", "rain_index", "public_welfare", 1),
    (19, "bank", "farm_weather", "industry_development", 2),
    (27, "university", "rain_data", "public_welfare", 1),
    (36, "insurer", "rain_data", "industry_development", 1),
    (48, "logistics", "footfall", "sector_development", 1),
    (61, "university", "footfall", "public_governance", 1),
    (74, "bank", "rain_data", "sector_development", 1),
]  # fmt: skip


def sell(city: City, times: Calendar) -> None:
    """Every order goes its whole way: placed, signed, paid where it is charged, fetched and cited."""
    for day, who, key, purpose, quantity in SALES:
        buyer, seller = BUYER.get(who, who), seller_of(key)
        with times.at(day):
            placed = place(city, buyer, key, purpose, quantity)
            sign_order(city, placed, buyer, seller)
        bill: Any = invoice_about(placed.id)
        if bill.total_minor:
            with times.at(day + 2):
                announced = announce(city, buyer, bill)
            with times.at(day + 3):
                note = {"amount_minor": Money(bill.total_minor).yuan, "bank_note": "网银流水已核对"}
                execute(payment.confirm, actor=city.act(KEEPER[seller]), subject_id=announced.id, data=note)
        with times.at(day + 4):
            entitlement: Any = entitlement_of_order(placed.id)
            execute(delivery.fetch, actor=city.act(buyer), data={"entitlement_id": str(entitlement.id)})


def seller_of(key: str) -> str:
    """Who sells a product."""
    return next(row[1] for row in PRODUCTS if row[0] == key)


def place(city: City, buyer: str, key: str, purpose: str, quantity: int = 1) -> Any:
    """An order at the listed plan."""
    uses = {"public_welfare": "公益服务与科研教学", "public_governance": "公共治理评估"}
    facts = {
        "product_id": str(city.made["products"][key].id),
        "plan_id": str(city.made["plans"][key].id),
        "purpose_class": purpose,
        "quantity": str(quantity),
        "use_text": uses.get(purpose, "用于本单位产品研发、风险评估与经营分析"),
    }
    return execute(order.place, actor=city.act(buyer), data=facts)


def sign_order(city: City, placed: Any, buyer: str, seller: str) -> None:
    """Whoever has to sign the contract or commitment of an order does so."""
    for found in contracts.agreements_about("order", placed.id):
        sign(city, found, buyer)
        if found.signed_by_a:
            sign(city, found, seller)


def announce(city: City, buyer: str, bill: Any) -> Any:
    """The buyer says that it has transferred the amount, with the bank's slip."""
    facts = {
        "invoice_id": str(bill.id),
        "amount_minor": Money(bill.total_minor).yuan,
        "paid_on": clock.today().isoformat(),
        "voucher": papers.paper("银行转账回单", "付款成功，备注付款识别码。"),
    }
    return execute(payment.announce, actor=city.act(buyer), data=facts)


def settle(city: City, times: Calendar) -> None:
    """The quarter is settled: prepared by one person, approved by another, closed with statements, paid out."""
    end = times.quarter_end
    with times.at(end + timedelta(days=8)):
        period = {
            "jurisdiction": PLACE,
            "period_from": times.quarter_start.isoformat(),
            "period_to": end.isoformat(),
        }
        prepared = execute(settlement.prepare, actor=city.act("reviewer"), data=period)
    with times.at(end + timedelta(days=10)):
        execute(settlement.approve, actor=city.act("decider"), subject_id=prepared.id)
    with times.at(end + timedelta(days=11)):
        execute(settlement.close, actor=city.act("reviewer"), subject_id=prepared.id)
