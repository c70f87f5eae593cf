"""What must never happen, tried through page, JSON and shell: free by the seller's word, income unnoticed, one person
alone, money lost."""

import io
import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.commands import token
from accounts.models import Person
from billing import queries
from billing.commands import declaration, invoice, payment, permitted_revenue
from billing.models import PermittedRevenue, PurposeDeclaration
from kernel import clock
from kernel.actor import SYSTEM
from kernel.command import execute
from kernel.db import db
from kernel.errors import DomainError, RuleBroken
from tests.factories.accounts import a_member, acting, organisation_of, sign_in
from tests.factories.billing import (
    VOUCHER,
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


class Doors:
    """The same act through each door; each answers with what the product said: a status or an exit code."""

    def __init__(self, app):
        self.app = app
        self.plurals = {"declaration": "declarations", "cap": "caps", "payment": "payments"}
        self.plurals |= {
            "settlement": "settlements",
            "permitted_revenue": "permitted-revenues",
            "invoice": "invoices",
        }

    def person(self, actor):
        return db.session.get(Person, actor.user_id)

    def page(self, actor, command, subject_id=None, **data):
        client = self.app.test_client()
        sign_in(client, self.person(actor))
        answer = client.post(f"/do/{command}" + (f"/{subject_id}" if subject_id else ""), data=data)
        return answer.status_code

    def json(self, actor, command, subject_id=None, **data):
        facts = {"name": "key", "scope": "act", "expires_on": (clock.today() + timedelta(days=9)).isoformat()}
        key = execute(token.issue, actor=actor, data=facts).secret
        _, subject, verb = command.split(".")
        where = f"/{subject_id}/{verb}" if subject_id else f"/{verb}"
        address = f"/api/v1/billing/{self.plurals[subject]}{where}"
        answer = self.app.test_client().post(address, json=data, headers={"Authorization": f"Bearer {key}"})
        return answer.status_code

    def shell(self, actor, command, subject_id=None, **data):
        arguments = ["do", command, *([str(subject_id)] if subject_id else [])]
        arguments += [
            "--as",
            self.person(actor).email,
            "--for",
            organisation_of(actor).uscc,
            "--data",
            json.dumps(data),
        ]
        result = self.app.test_cli_runner().invoke(args=arguments)
        return result.exit_code


DOORS = ("page", "json", "shell")


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


def refused(answer):
    """Whether a door said no: any status but success, any exit code but 0."""
    db.session.rollback()
    db.session.expire_all()
    return answer in (1, 403, 404, 409, 422)


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


class TestEighthMoneyStays:
    """Nothing is lost or made, whatever is sold, paid and given back."""

    def test_holds_after_everything_that_can_happen(self, market):
        amounts = (1, 2, 3, 7, 9_999, 10_001, 33_333)
        bills = [a_paid_bill(market, amount) for amount in amounts]
        for bill in bills[::2]:
            (paid,) = queries.payments_of(bill.id)
            execute(payment.refund, actor=market.operator, subject_id=paid.id, data={"reason": "数据有误。"})
        execute(invoice.void, actor=SYSTEM, subject_id=a_bill(market).id, data={"reason": "取消。"})
        kept = sum(amounts[1::2])
        balances = queries.account_balances(market.operator.organisation_id)
        assert sum(balances.values()) == 0
        assert queries.balance_of("bank", market.operator.organisation_id) == kept
        assert queries.problems() == []

    @settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.tuples(st.integers(1, 5_000_000), st.booleans()), min_size=1, max_size=3))
    def test_holds_for_any_amounts(self, market, sales):
        for amount, given_back in sales:
            bill = a_bill(market, unit_price_minor=amount, list_price_minor=amount)
            paid = pay_by_transfer(bill, market.buyer, market.operator, market.colleague)
            if given_back:
                execute(payment.refund, actor=market.operator, subject_id=paid.id, data={"reason": "退。"})
                if paid.state == "refund_proposed":
                    execute(payment.countersign_refund, actor=market.colleague, subject_id=paid.id)
        assert queries.problems() == []
        assert sum(queries.account_balances(market.operator.organisation_id).values()) == 0

    def test_pays_once_however_often_the_button_is_pressed(self, market, app):
        bill = a_bill(market)
        client = app.test_client()
        sign_in(client, db.session.get(Person, market.buyer.user_id))
        answers = []
        for _ in range(3):
            data = {
                "invoice_id": str(bill.id),
                "amount_minor": "100.00",
                "paid_on": clock.today().isoformat(),
            }
            data["voucher"] = (io.BytesIO(VOUCHER.content), VOUCHER.name)
            answers.append(client.post(f"/invoices/{bill.id}/pay", data=data).status_code)
        assert answers == [302, 409, 409]
        assert len(queries.payments_of(bill.id)) == 1

    @pytest.mark.parametrize("door", DOORS)
    def test_nobody_books_by_hand(self, market, doors, door):
        bill = a_bill(market)
        paid = announced(bill, market.buyer)
        told = {"event_id": "evt", "amount_minor": 10_000, "currency": "CNY"}
        for actor in (market.operator, market.buyer, market.authority):
            assert refused(getattr(doors, door)(actor, "billing.invoice.pay", bill.id))
            assert refused(getattr(doors, door)(actor, "billing.payment.receive", paid.id, **told))
        assert queries.invoice(bill.id).state == "issued"

    def test_refuses_to_divide_by_shares_that_are_not_the_whole(self, app):
        market = a_market(shares=[7_000, 2_000, 999])
        a_cap_in_force(market)
        with pytest.raises(DomainError, match="instead of 10000"):
            a_bill(market)


class TestShell:
    def test_verifies_the_books(self, market, app):
        a_paid_bill(market)
        result = app.test_cli_runner().invoke(args=["billing", "verify", "--json"])
        assert result.exit_code == 0
        assert json.loads(result.output)["problems"] == []

    def test_says_what_is_wrong_and_fails(self, market, app):
        a_paid_bill(market)
        with db.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE billing_invoice SET total_minor = 1")
        db.session.rollback()
        runner = app.test_cli_runner()
        plain = runner.invoke(args=["billing", "verify"])
        assert (plain.exit_code, "false_total" in plain.output) == (1, True)
        told = json.loads(runner.invoke(args=["billing", "verify", "--json"]).output)
        assert told["problems"][0]["kind"] == "false_total"
