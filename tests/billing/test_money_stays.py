"""Nothing is lost or made, through whichever door; the shell checks it."""

import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Person
from billing import queries
from billing.commands import invoice, payment
from kernel import clock
from kernel.actor import SYSTEM
from kernel.command import execute
from kernel.db import db
from kernel.errors import DomainError
from tests.doors import DOORS, Doors, refused
from tests.factories.accounts import sign_in
from tests.factories.billing import (
    VOUCHER,
    a_bill,
    a_cap_in_force,
    a_market,
    a_paid_bill,
    announced,
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
