"""Orders, rights of use, deliveries, downloads, results: who, in which state, with which input, under which rule."""

import pytest

from billing.commands import invoice
from kernel import clock, due
from kernel.actor import ANONYMOUS, SYSTEM
from kernel.command import execute
from kernel.db import db
from kernel.due import SWEEPS
from kernel.errors import InvalidInput, NotAllowed, RuleBroken, WrongState
from marketplace import queries, reactions
from marketplace.commands import entitlement, order
from tests.factories import contracts as rights
from tests.factories import marketplace as made
from tests.factories.accounts import an_actor


class TestOrderPlace:
    def test_keeps_the_quote(self, stall) -> None:
        placed = made.an_order(stall, quantity=3)
        quote = placed.quote
        assert (placed.total_minor, quote["total_minor"], quote["cap_minor"]) == (30_000, 30_000, 12_000)
        assert quote["cap_document"] == "衡数价〔2026〕7号" and quote["explanation"]["zh"]

    def test_bounds_a_list_price_by_a_later_cap(self, stall) -> None:
        later = clock.today().isoformat()
        made.a_cap(
            stall.product, stall.seller, stall.authority, "80.00", valid_from=later, document_number="9号"
        )
        assert made.an_order(stall).unit_price_minor == 8_000

    @pytest.mark.parametrize("number", [0, -1, 1.5, "2.0", "２", True, 10**6 + 1, "1e3", "", None, "nine"])
    def test_refuses_quantities_that_are_none(self, stall, number) -> None:
        with pytest.raises(InvalidInput):
            made.an_order(stall, quantity=number)

    def test_takes_no_price(self, stall) -> None:
        for name in ("unit_price_minor", "total_minor", "mode", "buyer_id", "state", "declaration_id"):
            with pytest.raises(InvalidInput):
                made.an_order(stall, **{name: 1})

    def test_needs_an_organisation_and_the_mandate_to_apply(self, stall) -> None:
        for nobody in (ANONYMOUS, an_actor("buyer", mandates=["sign"])):
            with pytest.raises(NotAllowed):
                made.an_order(stall, nobody)

    def test_is_not_for_the_seller_itself(self, stall) -> None:
        with pytest.raises(InvalidInput):
            made.an_order(stall, stall.seller)

    def test_refuses_a_purpose_the_offer_is_not_for(self, stall) -> None:
        with pytest.raises(RuleBroken, match="Permitted purposes"):
            made.an_order(stall, purpose_class="sector_development")

    def test_gives_nothing_for_nothing_on_the_buyers_word(self, stall) -> None:
        with pytest.raises(RuleBroken) as refused:
            made.an_order(stall, purpose_class=made.GOVERNANCE)
        assert "B01" in refused.value.ids and "Declare it" in str(refused.value)

    def test_happens_once_for_a_key(self, stall) -> None:
        data = {
            "product_id": str(stall.product.id),
            "plan_id": str(stall.plan.id),
            "purpose_class": made.INDUSTRY,
            "quantity": 1,
            "use_text": "定价。",
        }
        first = execute(order.place, actor=stall.buyer, data=data, request_key="k")
        assert execute(order.place, actor=stall.buyer, data=data, request_key="k").id == first.id

    def test_counts_calls_and_periods(self, stall) -> None:
        made.a_cap(stall.product, stall.seller, stall.authority, "1.00", unit="per_call")
        made.a_cap(stall.product, stall.seller, stall.authority, "50.00", unit="per_period")
        plans = [
            {"unit": "per_call", "price_minor": "0.10", "quantity_included": 5},
            {"unit": "per_period", "price_minor": "50.00", "term_months": 1},
        ]
        opened = made.an_open_offer(stall.product, stall.seller, plans=plans)
        calls, months = queries.offers.plans_of(opened.id)
        assert made.an_order(stall, plan_id=str(calls.id), quantity=2).calls_included == 10
        assert made.an_order(stall, plan_id=str(months.id), quantity=3).term_months == 3

    def test_carries_the_project_mark_of_a_government_buyer(self, app, stall) -> None:
        buyer = an_actor("agency")
        placed = made.an_order(stall, buyer, project="政务信息化 2026-17")
        shown = queries.orders(buyer).where(type(placed).id == placed.id)
        assert [row.project for row in db.session.scalars(shown)] == ["政务信息化 2026-17"]

    def test_starts_the_clock_for_the_signature(self, stall) -> None:
        placed = made.an_order(stall)
        (clock_row,) = due.running_of(placed)
        assert (clock_row.name, clock_row.due_on) == ("order_signature", placed.sign_by)
        made.bound(placed, stall)
        assert not due.running_of(placed)

    def test_draws_up_the_contract(self, stall) -> None:
        agreement = made.agreement_about(made.an_order(stall))
        assert (agreement.kind, agreement.state) == ("data_provision_contract", "drawn_up")
        assert agreement.must_sign_ids == [stall.seller.organisation_id, stall.buyer.organisation_id]


class TestOrderSign:
    def test_waits_for_both_signatures(self, stall) -> None:
        placed = made.an_order(stall)
        rights.signed(made.agreement_about(placed), stall.buyer)
        assert placed.state == "awaiting_signature"
        rights.signed(made.agreement_about(placed), stall.seller)
        assert (placed.state, made.bill_of(placed).total_minor) == ("awaiting_payment", 10_000)

    def test_is_for_the_product_alone(self, stall) -> None:
        with pytest.raises(NotAllowed):
            execute(order.sign, actor=stall.buyer, subject_id=made.an_order(stall).id)

    def test_comes_too_late_after_its_day(self, stall) -> None:
        placed = made.an_order(stall)
        with made.days_later((placed.sign_by - clock.today()).days + 1), pytest.raises(WrongState):
            rights.signed(made.agreement_about(placed), stall.buyer)


class TestOrderActivate:
    def test_follows_the_payment(self, stall) -> None:
        held = made.a_paid_use(stall)
        assert (queries.order(held.order_id).state, held.state) == ("active", "active")

    def test_is_for_the_product_alone(self, stall) -> None:
        placed = made.bound(made.an_order(stall), stall)
        for actor in (stall.buyer, stall.seller, stall.authority):
            with pytest.raises(NotAllowed):
                execute(order.activate, actor=actor, subject_id=placed.id)


class TestOrderCancel:
    def test_is_the_buyers_before_it_is_bound(self, stall) -> None:
        placed = made.an_order(stall)
        execute(order.cancel, actor=stall.buyer, subject_id=placed.id, data={"reason": "不需要了。"})
        assert (placed.state, made.agreement_about(placed).state) == ("cancelled", "lapsed")

    def test_is_not_the_sellers_nor_anybodys_afterwards(self, stall) -> None:
        placed = made.an_order(stall)
        with pytest.raises(NotAllowed):
            execute(order.cancel, actor=stall.seller, subject_id=placed.id, data={"reason": "缺货。"})
        made.bound(placed, stall)
        with pytest.raises(NotAllowed):
            execute(order.cancel, actor=stall.buyer, subject_id=placed.id, data={"reason": "不需要了。"})

    def test_follows_a_void_bill(self, stall) -> None:
        placed = made.bound(made.an_order(stall), stall)
        bill = made.bill_of(placed)
        execute(invoice.void, actor=SYSTEM, subject_id=bill.id, data={"reason": "开具有误。"})
        assert (placed.state, made.agreement_about(placed).state) == ("cancelled", "terminated")


class TestOrderLapse:
    def test_comes_when_it_was_not_signed_in_time(self, stall) -> None:
        placed = made.an_order(stall)
        after = (placed.sign_by - clock.today()).days + 1
        with made.days_later(after):
            due = [found for sweep in SWEEPS for found in sweep(clock.today())]
            assert (order.lapse, placed.id) in due
            execute(order.lapse, actor=SYSTEM, subject_id=placed.id)
        assert (placed.state, made.agreement_about(placed).state) == ("lapsed", "lapsed")

    def test_leaves_others_alone(self, stall) -> None:
        made.an_order(stall)
        assert not list(reactions.orders_not_signed(clock.today()))


class TestOrderEnd:
    def test_follows_the_end_of_the_use(self, stall) -> None:
        held = made.a_paid_use(stall)
        execute(entitlement.end, actor=SYSTEM, subject_id=held.id, data={"reason": "违约。"})
        assert queries.order(held.order_id).state == "ended"
