"""What must never happen, tried through page, JSON and shell: free by the seller's word, income unnoticed, one person
alone, money lost."""

from datetime import timedelta

import pytest

from accounts.models import Person
from billing import queries
from billing.commands import declaration, payment, permitted_revenue
from billing.models import PermittedRevenue, PurposeDeclaration
from kernel import clock
from kernel.command import execute
from kernel.db import db
from kernel.errors import RuleBroken
from tests.doors import DOORS, Doors, refused
from tests.factories.accounts import a_member, acting, organisation_of
from tests.factories.billing import (
    a_bill,
    a_cap_in_force,
    a_declaration,
    a_line,
    a_market,
    a_paid_bill,
    a_permitted_revenue,
    a_proposed_cap,
    a_settlement,
    announced,
    confirmed,
    pay_by_transfer,
)


@pytest.fixture
def doors(app):
    """Page, JSON and shell."""
    return Doors(app)


@pytest.fixture
def market(app):
    """A market with a generous cap."""
    market = a_market()
    a_cap_in_force(market, 6_000_000)
    return market


@pytest.mark.parametrize("door", DOORS)
class TestDoors:
    """The doors do open for those who may: a refusal below is no wrong address."""

    def test_open_for_those_who_may(self, market, doors, door):
        declared, proposed = a_declaration(market), a_proposed_cap(market)
        paid = announced(a_bill(market), market.buyer)
        row = a_settlement(market, clock.today() - timedelta(days=1), clock.today() - timedelta(days=1))
        go = getattr(doors, door)
        answers = [
            go(market.authority, "billing.declaration.verify", declared.id),
            go(market.authority, "billing.cap.put_in_force", proposed.id),
            go(market.operator, "billing.payment.confirm", paid.id, amount_minor="100.00", bank_note="7"),
            go(market.deputy, "billing.settlement.approve", row.id),
        ]
        assert [refused(answer) for answer in answers] == [False] * 4


@pytest.mark.parametrize("door", DOORS)
class TestFourthPurposeDecidesThePrice:
    """The seller never decides whether a use is free; the declared and verified purpose does."""

    def test_seller_cannot_verify_the_purpose_of_its_buyer(self, market, doors, door):
        declared = a_declaration(market)
        assert refused(getattr(doors, door)(market.operator, "billing.declaration.verify", declared.id))
        assert db.session.get(PurposeDeclaration, declared.id).state == "declared"

    def test_buyer_cannot_verify_its_own_purpose(self, market, doors, door):
        declared = a_declaration(market)
        assert refused(getattr(doors, door)(market.buyer, "billing.declaration.verify", declared.id))
        assert db.session.get(PurposeDeclaration, declared.id).state == "declared"

    def test_authority_cannot_verify_a_purpose_it_declared_as_buyer(self, market, doors, door):
        declared = a_declaration(market, buyer=market.authority)
        assert refused(getattr(doors, door)(market.deputy, "billing.declaration.verify", declared.id))

    def test_nobody_writes_a_bill_by_hand(self, market, doors, door):
        for actor in (market.operator, market.buyer, market.authority):
            line = a_line(market, unit_price_minor=0)
            data = {"issuer_id": str(market.operator.organisation_id), "lines": [line]}
            assert refused(
                getattr(doors, door)(actor, "billing.invoice.issue", **({} if door == "page" else data))
            )
        assert db.session.scalars(queries.invoices(market.authority)).all() == []

    def test_no_cap_is_set_by_the_operator_alone(self, market, doors, door):
        proposed = a_proposed_cap(market, 99_000_000)
        for actor in (market.operator, market.colleague, market.buyer):
            assert refused(getattr(doors, door)(actor, "billing.cap.put_in_force", proposed.id))
        in_force = queries.cap_in_force(market.item.id, "industry_development", "per_item", clock.today())
        assert in_force.amount_minor == 6_000_000


class TestFourthAtTheBill:
    """The same, where the bill is drawn up: whatever a package above asks for."""

    @pytest.mark.parametrize(
        "asked",
        [
            {"unit_price_minor": 0},
            {"unit_price_minor": 0, "price_mode": "free"},
            {"unit_price_minor": 0, "purpose_class": "public_welfare"},
            {"unit_price_minor": 6_000_001, "list_price_minor": 6_000_001},
            {"price_mode": "market"},
        ],
    )
    def test_refuses_what_the_purpose_does_not_give(self, market, asked):
        with pytest.raises(RuleBroken):
            a_bill(market, **asked)

    def test_does_not_take_a_verification_for_another_product(self, market):
        other = a_market()
        a_cap_in_force(other)
        declared = a_declaration(market)
        execute(declaration.verify, actor=market.authority, subject_id=declared.id)
        with pytest.raises(RuleBroken, match="has not been verified"):
            a_bill(other, buyer=market.buyer, purpose_class="public_welfare", unit_price_minor=0)

    def test_waives_visibly(self, market):
        declared = a_declaration(market)
        execute(declaration.verify, actor=market.authority, subject_id=declared.id)
        a_bill(market, purpose_class="public_welfare", unit_price_minor=0)
        (row,) = queries.income(market.authority, clock.today(), clock.today())
        assert (row.income_minor, row.free_count, row.waived_minor) == (0, 1, 10_000)


class TestFifthIncomeIsNoticed:
    """Income above the permitted revenue is warned of and carried as a deduction."""

    def test_warns_and_carries(self, market):
        row = a_permitted_revenue(market, 20_000)
        seen = []
        for amount in (15_000, 1_500, 3_000, 5_500):
            a_paid_bill(market, amount)
            seen.append(row.warned_percent)
        assert seen == [0, 80, 95, 100]
        with clock.frozen(clock.now() + timedelta(days=365)):
            execute(permitted_revenue.close, actor=market.authority, subject_id=row.id)
            following = a_permitted_revenue(market, 20_000)
        assert (following.deduction_minor, following.amount_minor) == (5_000, 15_000)

    @pytest.mark.parametrize("door", DOORS)
    def test_nobody_silences_it(self, market, doors, door):
        row = a_permitted_revenue(market, 100)
        attempts = {"warn": {"percent": 1}, "carry": {"deduction_minor": 0}, "close": {}}
        for verb, data in attempts.items():
            assert refused(
                getattr(doors, door)(market.operator, f"billing.permitted_revenue.{verb}", row.id, **data)
            )
        row = db.session.get(PermittedRevenue, row.id)
        assert (row.state, row.warned_percent, row.deduction_minor) == ("in_force", 0, 0)


@pytest.mark.parametrize("door", DOORS)
class TestSeventhNobodyAlone:
    """Nobody decides on its own, and what weighs is done by two."""

    def test_payment_is_not_confirmed_by_who_announced_it(self, market, doors, door):
        seller = organisation_of(market.operator)
        both = acting(a_member(seller, person=db.session.get(Person, market.buyer.user_id)), seller)
        paid = announced(a_bill(market), market.buyer)
        data = {"amount_minor": "100.00", "bank_note": "7"}
        for actor in (market.buyer, both):
            assert refused(getattr(doors, door)(actor, "billing.payment.confirm", paid.id, **data))
        assert queries.payment(paid.id).state == "announced"

    def test_large_payment_takes_two(self, market, doors, door):
        bill = a_bill(market, unit_price_minor=6_000_000, list_price_minor=6_000_000)
        paid = confirmed(announced(bill, market.buyer), market.operator)
        assert refused(getattr(doors, door)(market.operator, "billing.payment.countersign", paid.id))
        assert queries.invoice(bill.id).state == "issued"

    def test_large_refund_takes_two(self, market, doors, door):
        bill = a_bill(market, unit_price_minor=6_000_000, list_price_minor=6_000_000)
        paid = pay_by_transfer(bill, market.buyer, market.operator, market.colleague)
        execute(payment.refund, actor=market.operator, subject_id=paid.id, data={"reason": "数据有误。"})
        assert refused(getattr(doors, door)(market.operator, "billing.payment.countersign_refund", paid.id))
        assert queries.invoice(bill.id).state == "paid"

    def test_permitted_revenue_takes_two(self, market, doors, door):
        facts = {"period_from": clock.today().isoformat(), "document_number": "3", "profit_rate_bp": 0}
        facts |= {
            "period_to": (clock.today() + timedelta(days=9)).isoformat(),
            "cost_minor": "1",
            "bond_yield_bp": 0,
        }
        facts["operator_id"] = str(market.operator.organisation_id)
        row = execute(permitted_revenue.propose, actor=market.authority, data=facts)
        for actor in (market.authority, market.operator):
            assert refused(getattr(doors, door)(actor, "billing.permitted_revenue.approve", row.id))

    def test_settlement_takes_two(self, market, doors, door):
        day = clock.today() - timedelta(days=1)
        row = a_settlement(market, day, day)
        assert refused(getattr(doors, door)(market.authority, "billing.settlement.approve", row.id))
        assert queries.settlement(row.id).state == "prepared"
