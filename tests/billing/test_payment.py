"""Payments by bank transfer: announced, confirmed by others, two people where it is much, given back in full."""

import uuid

import pytest

from billing import queries
from billing.commands import payment
from billing.models import Payment
from kernel import documents, due
from kernel.command import available, execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from kernel.fields import File
from kernel.storage import store
from tests.factories.accounts import a_member, acting, an_actor, organisation_of
from tests.factories.billing import (
    VOUCHER,
    a_bill,
    a_cap_in_force,
    a_market,
    a_paid_bill,
    announced,
    colleague,
    confirmed,
    pay_by_transfer,
)

LARGE = 6_000_000


@pytest.fixture
def market(app):
    """A market with a cap that lets large amounts through."""
    market = a_market()
    a_cap_in_force(market, LARGE)
    return market


def a_large_bill(market):
    return a_bill(market, list_price_minor=LARGE, unit_price_minor=LARGE)


def books(market):
    """Every balance of the seller that is not nothing."""
    balances = queries.account_balances(market.operator.organisation_id)
    return {kind: fen for (kind, _), fen in balances.items() if fen}


class TestAnnounce:
    def test_keeps_the_voucher_under_the_reference_of_the_bill(self, market):
        bill = a_bill(market)
        made = announced(bill, market.buyer)
        assert (made.state, made.method, made.amount_minor) == ("announced", "bank_transfer", 10_000)
        assert made.reference == bill.reference
        assert store().get(made.voucher["key"]) == VOUCHER.content
        assert bill.state == "issued"

    def test_needs_the_amount_of_the_bill(self, market):
        with pytest.raises(RuleBroken, match="have to be the same"):
            announced(a_bill(market), market.buyer, amount_minor="99.99")

    def test_needs_a_voucher_that_is_what_it_says(self, market):
        bill = a_bill(market)
        with pytest.raises(InvalidInput):
            announced(bill, market.buyer, voucher=File("回单.pdf", b"<html>"))
        with pytest.raises(InvalidInput):
            announced(bill, market.buyer, voucher=None)

    def test_is_for_the_buyer_of_the_bill_alone(self, market):
        bill = a_bill(market)
        for other in (an_actor("buyer"), market.operator):
            with pytest.raises(InvalidInput) as refusal:
                announced(bill, other)
            assert "invoice_id" in refusal.value.messages
        with pytest.raises(InvalidInput):
            announced(bill, market.buyer, invoice_id=str(uuid.uuid4()))

    def test_refuses_a_second_while_one_is_under_way(self, market):
        bill = a_bill(market)
        announced(bill, market.buyer)
        with pytest.raises(RuleBroken, match="already under way"):
            announced(bill, colleague(market.buyer))

    def test_refuses_where_nothing_is_owed(self, market):
        with pytest.raises(RuleBroken, match="nothing to pay"):
            announced(a_paid_bill(market), market.buyer)

    def test_gives_a_new_reference_after_a_rejection(self, market):
        bill = a_bill(market)
        first = announced(bill, market.buyer)
        execute(payment.reject, actor=market.operator, subject_id=first.id, data={"reason": "未到账。"})
        assert announced(bill, market.buyer).reference == f"{bill.reference}-2"

    def test_is_not_for_people_without_a_mandate(self, market):
        reader = acting(
            a_member(organisation_of(market.buyer), mandates=["be_served"]), organisation_of(market.buyer)
        )
        with pytest.raises(NotAllowed):
            announced(a_bill(market), reader)


class TestConfirm:
    def test_pays_the_bill(self, market):
        bill = a_bill(market)
        made = confirmed(announced(bill, market.buyer), market.operator)
        assert (made.state, bill.state) == ("confirmed", "paid")
        assert made.confirmed_by_id == market.operator.user_id

    def test_needs_the_amount_that_is_owed_and_the_entry_it_came_under(self, market):
        made = announced(a_bill(market), market.buyer)
        with pytest.raises(RuleBroken):
            confirmed(made, market.operator, amount_minor="1")
        with pytest.raises(InvalidInput):
            confirmed(made, market.operator, bank_note="")

    def test_is_for_keepers_of_the_sellers_accounts_alone(self, market):
        made = announced(a_bill(market), market.buyer)
        seller = organisation_of(market.operator)
        without = acting(a_member(seller, mandates=["apply", "sign"]), seller)
        for actor in (market.buyer, market.authority, without):
            with pytest.raises(NotAllowed):
                confirmed(made, actor)
        with pytest.raises(NotFound):
            confirmed(made, market.agency)

    def test_is_not_for_the_person_who_announced_it_in_another_role(self, market):
        from accounts.queries import person

        seller = organisation_of(market.operator)
        both = acting(a_member(seller, person=person(market.buyer.user_id)), seller)
        made = announced(a_bill(market), market.buyer)
        with pytest.raises(NotAllowed):
            confirmed(made, both)

    def test_waits_for_a_second_person_where_the_amount_is_large(self, market):
        bill = a_large_bill(market)
        made = confirmed(announced(bill, market.buyer), market.operator)
        assert (made.state, bill.state) == ("awaiting_countersignature", "issued")
        assert made.confirmed_at is None

    def test_happens_once(self, market):
        made = confirmed(announced(a_bill(market), market.buyer), market.operator)
        with pytest.raises(WrongState):
            confirmed(made, market.colleague)


class TestCountersign:
    def test_pays_the_bill_by_a_second_person(self, market):
        bill = a_large_bill(market)
        made = pay_by_transfer(bill, market.buyer, market.operator, market.colleague)
        assert (made.state, bill.state) == ("confirmed", "paid")
        assert made.countersigned_by_id == market.colleague.user_id

    def test_is_not_for_the_first_person(self, market):
        made = confirmed(announced(a_large_bill(market), market.buyer), market.operator)
        with pytest.raises(NotAllowed):
            execute(payment.countersign, actor=market.operator, subject_id=made.id)
        assert payment.countersign not in available(made, market.operator)
        assert payment.countersign in available(made, market.colleague)


class TestReject:
    def test_tells_the_buyer_why_and_leaves_the_bill_open(self, market):
        bill = a_large_bill(market)
        made = confirmed(announced(bill, market.buyer), market.operator)
        execute(payment.reject, actor=market.colleague, subject_id=made.id, data={"reason": "查无此款。"})
        assert (made.state, made.reason, bill.state) == ("rejected", "查无此款。", "issued")
        assert queries.open_payment_of(bill.id) is None


class TestLapse:
    def test_lets_the_buyer_withdraw_and_begin_anew(self, market):
        bill = a_bill(market)
        made = announced(bill, market.buyer)
        execute(payment.lapse, actor=market.buyer, subject_id=made.id)
        assert made.state == "lapsed"
        assert announced(bill, market.buyer).state == "announced"

    def test_is_not_for_the_seller(self, market):
        made = announced(a_bill(market), market.buyer)
        with pytest.raises(NotAllowed):
            execute(payment.lapse, actor=market.operator, subject_id=made.id)


class TestRefund:
    def refund(self, market, made, actor=None):
        actor = actor or market.operator
        return execute(payment.refund, actor=actor, subject_id=made.id, data={"reason": "数据有误。"})

    def test_brings_everybody_back_to_nothing(self, market):
        bill = a_bill(market)
        made = pay_by_transfer(bill, market.buyer, market.operator)
        self.refund(market, made)
        assert (made.state, bill.state) == ("refunded", "credited")
        assert books(market) == {}
        assert queries.problems() == []

    def test_draws_up_a_credit_note(self, market):
        bill = a_bill(market)
        self.refund(market, pay_by_transfer(bill, market.buyer, market.operator))
        notes = [document for document in documents.documents_of(bill) if document.kind == "credit_note"]
        assert [note.id for note in notes] == [bill.credit_note_id]

    def test_waits_for_a_second_person_where_the_amount_is_large(self, market):
        bill = a_large_bill(market)
        made = pay_by_transfer(bill, market.buyer, market.operator, market.colleague)
        self.refund(market, made)
        assert (made.state, bill.state) == ("refund_proposed", "paid")
        assert [row.name for row in due.running_of(made)] == ["refund_decision"]
        with pytest.raises(NotAllowed):
            execute(payment.countersign_refund, actor=market.operator, subject_id=made.id)
        execute(payment.countersign_refund, actor=market.colleague, subject_id=made.id)
        assert (made.state, bill.state, books(market)) == ("refunded", "credited", {})
        assert due.running_of(made) == []

    def test_is_not_for_buyer_or_authority(self, market):
        made = pay_by_transfer(a_bill(market), market.buyer, market.operator)
        for actor in (market.buyer, market.authority):
            with pytest.raises(NotAllowed):
                self.refund(market, made, actor)

    def test_happens_once(self, market):
        made = pay_by_transfer(a_bill(market), market.buyer, market.operator)
        self.refund(market, made)
        with pytest.raises(WrongState):
            self.refund(market, made)


class TestCountersignRefund:
    def test_is_for_a_second_person_of_the_seller(self, market):
        made = pay_by_transfer(a_large_bill(market), market.buyer, market.operator, market.colleague)
        execute(payment.refund, actor=market.operator, subject_id=made.id, data={"reason": "数据有误。"})
        for actor in (market.operator, market.buyer, market.authority):
            with pytest.raises(NotAllowed):
                execute(payment.countersign_refund, actor=actor, subject_id=made.id)
        assert payment.countersign_refund in available(made, market.colleague)


class TestDropRefund:
    def test_leaves_the_payment_as_it_was(self, market):
        bill = a_large_bill(market)
        made = pay_by_transfer(bill, market.buyer, market.operator, market.colleague)
        execute(payment.refund, actor=market.operator, subject_id=made.id, data={"reason": "数据有误。"})
        execute(payment.drop_refund, actor=market.colleague, subject_id=made.id)
        assert (made.state, made.refund_reason, bill.state) == ("confirmed", "", "paid")


class TestPayments:
    def test_shows_both_sides_and_the_authority(self, market):
        made = announced(a_bill(market), market.buyer)
        for reader in (market.operator, market.buyer, market.authority):
            found = queries.payments(reader, state="announced", text=made.reference, method="bank_transfer")
            assert db.session.scalars(found).all() == [made]
        for stranger in (market.agency, an_actor("operator")):
            assert db.session.scalars(queries.payments(stranger)).all() == []
            with pytest.raises(NotFound):
                queries.seen(stranger, Payment, made.id)

    def test_finds_one_by_id_or_says_there_is_none(self, market):
        made = announced(a_bill(market), market.buyer)
        assert queries.payment(made.id) is made
        with pytest.raises(NotFound):
            queries.payment(uuid.uuid4())
