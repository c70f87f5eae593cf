"""Bills: numbered without gaps, priced by purpose once more, shared when paid, reversed exactly."""

import uuid

import pytest
from stdnum.iso7064 import mod_37_36

from billing import queries
from billing.commands import declaration, invoice
from kernel import clock, documents, due
from kernel.actor import SYSTEM
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from tests.factories.accounts import an_actor
from tests.factories.billing import (
    a_bill,
    a_cap_in_force,
    a_free_bill,
    a_line,
    a_market,
    a_paid_bill,
    a_verified_declaration,
    pay_by_transfer,
)


@pytest.fixture
def market(app):
    """A market with a cap in force for industry."""
    market = a_market()
    a_cap_in_force(market)
    return market


def balance(market, kind, whom=None):
    return queries.balance_of(kind, market.operator.organisation_id, whom and whom.organisation_id)


class TestIssue:
    def test_says_who_owes_what_for_what_under_which_cap(self, market):
        bill = a_bill(market, quantity=3)
        (line,) = queries.lines_of(bill.id)
        assert (bill.state, bill.total_minor, bill.waived_minor) == ("issued", 30_000, 0)
        assert (line.amount_minor, line.price_mode, line.cap_minor) == (30_000, "guided", 12_000)
        assert line.cap_document == "衡数价〔2026〕7号"
        assert [one["share_bp"] for one in line.income_shares] == [7000, 2000, 1000]

    def test_numbers_bills_without_gaps_and_with_a_check_character(self, market):
        first = a_bill(market)
        with pytest.raises(RuleBroken):
            a_bill(market, unit_price_minor=12_001)
        second = a_bill(market)
        serials = [bill.number.split("-")[3] for bill in (first, second)]
        assert serials == ["000001", "000002"]
        assert all(mod_37_36.is_valid(bill.number.replace("-", "")) for bill in (first, second))
        assert first.reference != second.reference
        assert mod_37_36.is_valid(first.reference)

    def test_begins_anew_with_each_issuer(self, market):
        other = a_market()
        a_cap_in_force(other)
        numbers = {a_bill(market).number, a_bill(other).number}
        assert len(numbers) == 2
        assert all(number.split("-")[3] == "000001" for number in numbers)

    def test_is_due_as_the_rules_say_and_starts_the_clock_of_the_buyer(self, market):
        bill = a_bill(market)
        assert bill.due_on == due.due_day(bill, "invoice.payment_due_days", clock.today()).on
        (running,) = due.running_of(bill)
        assert (running.name, running.organisation_id) == ("payment", market.buyer.organisation_id)

    @pytest.mark.prints
    def test_draws_up_the_bill_for_both_sides(self, market):
        bill = a_bill(market)
        (document,) = documents.documents_of(bill)
        assert document.kind == "invoice"
        assert documents.content(document).startswith(b"%PDF-")
        assert document.data["lines"][0]["cap_document"] == "衡数价〔2026〕7号"
        for reader, may in ((market.buyer, True), (market.operator, True), (market.agency, False)):
            assert documents.readable_by(document, reader) is may

    def test_books_the_claim(self, market):
        a_bill(market)
        assert balance(market, "receivable", market.buyer) == 10_000
        assert balance(market, "deferred") == -10_000

    def test_refuses_a_price_above_the_cap(self, market):
        with pytest.raises(RuleBroken, match="above the cap"):
            a_bill(market, unit_price_minor=12_001, list_price_minor=12_001)

    def test_takes_a_price_below_the_list(self, market):
        assert a_bill(market, unit_price_minor=1).total_minor == 1

    def test_refuses_where_no_cap_is_in_force(self, app):
        with pytest.raises(RuleBroken, match="No fee cap is in force"):
            a_bill(a_market())

    def test_refuses_a_price_of_nothing_for_industry(self, market):
        with pytest.raises(RuleBroken) as refusal:
            a_bill(market, unit_price_minor=0)
        assert "B01" in refusal.value.ids

    def test_refuses_free_use_that_was_not_verified(self, market):
        with pytest.raises(RuleBroken, match="has not been verified"):
            a_bill(market, purpose_class="public_welfare", unit_price_minor=0)

    def test_refuses_free_use_whose_verification_was_revoked(self, market):
        declared = a_verified_declaration(market)
        execute(
            declaration.revoke, actor=market.authority, subject_id=declared.id, data={"reason": "转作商用。"}
        )
        with pytest.raises(RuleBroken, match="has not been verified"):
            a_bill(market, purpose_class="public_welfare", unit_price_minor=0)

    def test_makes_verified_free_use_free_whatever_the_seller_asks(self, market):
        a_verified_declaration(market)
        bill = a_bill(
            market, purpose_class="public_welfare", unit_price_minor=9_999, price_mode="free", quantity=2
        )
        (line,) = queries.lines_of(bill.id)
        assert (bill.state, bill.total_minor, bill.waived_minor) == ("paid", 0, 20_000)
        assert (line.price_mode, line.declaration_id is not None) == ("free", True)
        assert bill.due_on == clock.today()

    def test_refuses_a_market_price_at_first_level(self, market):
        with pytest.raises(RuleBroken) as refusal:
            a_bill(market, price_mode="market")
        assert refusal.value.ids == ("L03",)

    def test_takes_a_market_price_at_second_level_without_a_cap(self, app):
        market = a_market(level="second_level")
        bill = a_bill(market, price_mode="market", unit_price_minor=10**9, list_price_minor=10**9)
        assert bill.total_minor == 10**9

    def test_refuses_a_right_of_somebody_else(self, market):
        with pytest.raises(InvalidInput) as refusal:
            a_bill(market, right_id=str(a_market().right.id))
        assert "lines" in refusal.value.messages

    def test_refuses_a_right_that_does_not_exist(self, market):
        with pytest.raises(NotFound):
            a_bill(market, right_id=str(uuid.uuid4()))

    @pytest.mark.parametrize(
        "bad", [{"quantity": 0}, {"quantity": -1}, {"quantity": 1.5}, {"unit_price_minor": -1}]
    )
    def test_refuses_amounts_that_are_none(self, market, bad):
        with pytest.raises(InvalidInput):
            a_bill(market, **bad)

    def test_gives_all_to_the_seller_where_no_shares_were_agreed(self, app):
        market = a_market()
        a_cap_in_force(market)
        market.right.income_shares = []
        db.session.commit()
        a_paid_bill(market)
        assert balance(market, "revenue") == -10_000

    def test_is_only_for_the_product_itself(self, market):
        for actor in (market.operator, market.authority, market.buyer):
            with pytest.raises(NotAllowed):
                execute(invoice.issue, actor=actor, data={})


class TestPay:
    def test_shares_the_income_to_the_fen(self, market):
        a_paid_bill(market, 9_999)
        assert balance(market, "bank") == 9_999
        assert balance(market, "revenue") == -6_999
        assert balance(market, "payable", market.agency) == -2_000
        assert balance(market, "payable", market.authority) == -1_000
        assert balance(market, "receivable", market.buyer) == balance(market, "deferred") == 0

    def test_shares_every_line(self, market):
        bill = a_bill(market, a_line(market), a_line(market, unit_price_minor=1))
        pay_by_transfer(bill, market.buyer, market.operator)
        assert bill.state == "paid"
        assert balance(market, "bank") == 10_001
        assert queries.problems() == []

    def test_gives_a_receipt(self, market):
        bill = a_paid_bill(market)
        kinds = [document.kind for document in documents.documents_of(bill)]
        assert kinds == ["invoice", "receipt"]
        assert documents.documents_of(bill)[1].id == bill.receipt_id

    def test_keeps_free_use_in_the_books_without_touching_income(self, market):
        bill = a_free_bill(market)
        assert bill.state == "paid"
        assert bill.receipt_id is None
        assert balance(market, "waived", market.buyer) == 10_000
        assert balance(market, "waived_contra") == -10_000
        assert balance(market, "revenue") == balance(market, "bank") == 0

    def test_happens_once_and_only_by_the_product(self, market):
        bill = a_paid_bill(market)
        with pytest.raises(WrongState):
            execute(invoice.pay, actor=SYSTEM, subject_id=bill.id)
        with pytest.raises(NotAllowed):
            execute(invoice.pay, actor=market.operator, subject_id=a_bill(market).id)

    def test_stops_the_clock(self, market):
        assert due.running_of(a_paid_bill(market)) == []


class TestVoid:
    def test_takes_the_claim_back(self, market):
        bill = a_bill(market)
        execute(invoice.void, actor=SYSTEM, subject_id=bill.id, data={"reason": "订单取消。"})
        assert (bill.state, bill.ended_because) == ("void", "订单取消。")
        assert balance(market, "receivable", market.buyer) == balance(market, "deferred") == 0
        assert queries.invoice_about(bill.about_id) is None

    def test_waits_for_a_payment_under_way(self, market):
        from tests.factories.billing import announced

        bill = a_bill(market)
        announced(bill, market.buyer)
        with pytest.raises(RuleBroken, match="already under way"):
            execute(invoice.void, actor=SYSTEM, subject_id=bill.id, data={"reason": "订单取消。"})


class TestCredit:
    def test_is_only_for_the_product_itself(self, market):
        with pytest.raises(NotAllowed):
            execute(
                invoice.credit,
                actor=market.operator,
                subject_id=a_paid_bill(market).id,
                data={"reason": "退。"},
            )

    def test_takes_free_use_back_too(self, market):
        bill = a_free_bill(market)
        execute(invoice.credit, actor=SYSTEM, subject_id=bill.id, data={"reason": "误登。"})
        assert balance(market, "waived", market.buyer) == 0
        assert queries.problems() == []


class TestInvoices:
    def test_shows_each_side_its_own(self, market):
        bill = a_bill(market)
        assert db.session.scalars(queries.invoices(market.operator, side="issued")).all() == [bill]
        assert db.session.scalars(queries.invoices(market.operator, side="received")).all() == []
        assert db.session.scalars(queries.invoices(market.buyer, state="issued", text=bill.number)).all() == [
            bill
        ]
        assert db.session.scalars(queries.invoices(market.authority)).all() == [bill]
        for stranger in (market.agency, an_actor("buyer"), an_actor("operator")):
            assert db.session.scalars(queries.invoices(stranger)).all() == []

    def test_finds_the_bill_of_an_order(self, market):
        bill = a_bill(market)
        assert queries.invoice_about(bill.about_id) is bill
        assert queries.invoice(bill.id) is bill
        with pytest.raises(NotFound):
            queries.invoice(uuid.uuid4())
