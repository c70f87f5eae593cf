"""Permitted revenue: two people, warnings at the levels of the rules, the excess carried over."""

from datetime import timedelta

import pytest

from billing import queries
from billing.commands import permitted_revenue
from billing.models import PermittedRevenue
from kernel import audit, clock
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from tests.factories.accounts import PLACE, an_actor
from tests.factories.billing import (
    a_cap_in_force,
    a_free_bill,
    a_market,
    a_paid_bill,
    a_permitted_revenue,
)


@pytest.fixture
def market(app):
    """A market with a cap in force."""
    market = a_market()
    a_cap_in_force(market, 20_000)
    return market


def propose(market, actor=None, **facts):
    given = {
        "operator_id": str(market.operator.organisation_id),
        "period_from": clock.today().isoformat(),
        "period_to": (clock.today() + timedelta(days=364)).isoformat(),
        "cost_minor": "1000.00",
        "subsidy_minor": "200.00",
        "bond_yield_bp": 180,
        "profit_rate_bp": 780,
        "tax_minor": "60.00",
        "document_number": "衡发改价〔2026〕3号",
    }
    return execute(permitted_revenue.propose, actor=actor or market.operator, data=given | facts)


def closed(market, row, days=365):
    """The period closed on the day after its end."""
    with clock.frozen(clock.now() + timedelta(days=days)):
        return execute(permitted_revenue.close, actor=market.authority, subject_id=row.id)


class TestPropose:
    def test_computes_the_formula(self, market):
        made = propose(market)
        assert (made.state, made.amount_minor) == ("proposed", 80_000 + 6_240 + 6_000)
        assert made.operator_name == queries.permitted_periods(made.operator_id)[0].operator_name

    def test_needs_no_operator_where_it_is_ones_own(self, market):
        assert propose(market, operator_id=None).operator_id == market.operator.organisation_id

    def test_is_open_to_the_authority_for_operators_of_its_place(self, market):
        assert propose(market, actor=market.authority).proposed_by_id == market.authority.user_id

    def test_refuses_operators_of_others_and_bodies_that_are_none(self, market):
        with pytest.raises(InvalidInput):
            propose(market, actor=an_actor("operator"))
        for none in (market.agency.organisation_id, None):
            with pytest.raises(InvalidInput):
                propose(market, actor=market.authority, operator_id=none and str(none))

    def test_refuses_a_body_that_may_keep_accounts_but_is_no_operator(self, market):
        with pytest.raises(NotAllowed):
            propose(market, actor=market.buyer)

    def test_refuses_a_profit_rate_above_the_rules(self, market):
        with pytest.raises(RuleBroken, match="781 basis points"):
            propose(market, profit_rate_bp=781)

    def test_refuses_a_period_that_overlaps(self, market):
        propose(market)
        with pytest.raises(RuleBroken, match="overlaps"):
            propose(market)

    def test_refuses_a_period_that_ends_before_it_begins(self, market):
        with pytest.raises(InvalidInput) as refusal:
            propose(market, period_to=clock.today().isoformat())
        assert "period_to" in refusal.value.messages

    def test_is_never_below_nothing(self, market):
        row = a_permitted_revenue(market, 5_000)
        a_paid_bill(market, 15_000)
        closed(market, row)
        later = clock.today() + timedelta(days=365)
        facts = {"period_from": later.isoformat(), "period_to": (later + timedelta(days=364)).isoformat()}
        made = propose(market, **facts, cost_minor="50", subsidy_minor="0", tax_minor="0", profit_rate_bp=0)
        assert (made.deduction_minor, made.amount_minor) == (10_000, 0)


class TestApprove:
    def test_is_for_another_person_of_the_authority(self, market):
        made = propose(market, actor=market.authority)
        with pytest.raises(NotAllowed):
            execute(permitted_revenue.approve, actor=market.authority, subject_id=made.id)
        assert execute(permitted_revenue.approve, actor=market.deputy, subject_id=made.id).state == "in_force"
        assert queries.permitted(made.operator_id, clock.today()).id == made.id

    def test_is_not_for_the_operator(self, market):
        with pytest.raises(NotAllowed):
            execute(permitted_revenue.approve, actor=market.colleague, subject_id=propose(market).id)


class TestReject:
    def test_keeps_the_reason_and_frees_the_period(self, market):
        made = propose(market)
        execute(
            permitted_revenue.reject,
            actor=market.authority,
            subject_id=made.id,
            data={"reason": "成本未审计。"},
        )
        assert (made.state, made.rejected_because) == ("rejected", "成本未审计。")
        assert propose(market).state == "proposed"


class TestWarn:
    def test_notes_each_level_once(self, market):
        row = a_permitted_revenue(market, 20_000)
        levels = []
        for amount in (15_000, 1_000, 2_000, 1_000, 1_000, 5_000):
            a_paid_bill(market, amount)
            levels.append(row.warned_percent)
        assert levels == [0, 80, 80, 95, 100, 100]
        warned = [event for event in audit.events_of(row) if event.command.endswith(".warn")]
        assert [event.data["percent"] for event in warned] == [80, 95, 100]

    def test_does_not_count_free_use_nor_market_prices(self, market):
        row = a_permitted_revenue(market, 100)
        a_free_bill(market)
        assert (row.warned_percent, queries.gauge_of(row).income_minor) == (0, 0)

    def test_is_silent_where_nothing_is_set(self, market):
        assert a_paid_bill(market).state == "paid"

    def test_is_silent_for_a_closed_period(self, market):
        row = a_permitted_revenue(market, 100)
        closed(market, row)
        a_paid_bill(market)
        assert row.warned_percent == 0

    def test_is_only_for_the_product_itself(self, market):
        row = a_permitted_revenue(market, 100)
        with pytest.raises(NotAllowed):
            execute(permitted_revenue.warn, actor=market.authority, subject_id=row.id, data={"percent": 80})


class TestClose:
    def test_fixes_income_and_excess(self, market):
        row = a_permitted_revenue(market, 20_000)
        a_paid_bill(market, 15_000)
        a_paid_bill(market, 15_000)
        closed(market, row)
        assert (row.state, row.income_minor, row.excess_minor) == ("closed", 30_000, 10_000)

    def test_refuses_before_the_period_is_over(self, market):
        row = a_permitted_revenue(market, 20_000)
        with pytest.raises(RuleBroken, match="can be closed from"):
            closed(market, row, days=364)

    def test_never_changes_afterwards(self, market):
        row = a_permitted_revenue(market, 20_000)
        closed(market, row)
        a_paid_bill(market, 15_000)
        assert queries.gauge_of(row).income_minor == 0
        with pytest.raises(WrongState):
            closed(market, row, days=400)


class TestCarry:
    def next_period(self, market, **facts):
        start = clock.today() + timedelta(days=365)
        end = (start + timedelta(days=364)).isoformat()
        return propose(market, period_from=start.isoformat(), period_to=end, **facts)

    def test_deducts_the_excess_from_the_next_period_that_was_set_already(self, market):
        row, following = a_permitted_revenue(market, 20_000), self.next_period(market)
        before = following.amount_minor
        a_paid_bill(market, 15_000)
        a_paid_bill(market, 15_000)
        closed(market, row)
        db.session.refresh(following)
        assert (following.deduction_minor, following.amount_minor) == (10_000, before - 10_000)

    def test_deducts_it_from_the_next_period_that_is_proposed_later(self, market):
        row = a_permitted_revenue(market, 20_000)
        a_paid_bill(market, 20_000)
        a_paid_bill(market, 7)
        closed(market, row)
        assert self.next_period(market).deduction_minor == 7

    def test_leaves_the_next_period_alone_where_there_was_no_excess(self, market):
        row, following = a_permitted_revenue(market, 20_000), self.next_period(market)
        closed(market, row)
        assert [event.command for event in audit.events_of(following)] == [
            "billing.permitted_revenue.propose"
        ]


class TestGauge:
    def test_deducts_refunds(self, market):
        from billing.commands import payment
        from tests.factories.billing import a_bill, pay_by_transfer

        row = a_permitted_revenue(market, 20_000)
        paid = pay_by_transfer(a_bill(market), market.buyer, market.operator)
        assert queries.gauge_of(row).percent == 50
        execute(payment.refund, actor=market.operator, subject_id=paid.id, data={"reason": "数据有误。"})
        assert queries.gauge_of(row).percent == 0

    def test_is_full_at_once_where_nothing_is_permitted(self, market):
        row = a_permitted_revenue(market, 0)
        a_paid_bill(market, 1)
        gauge = queries.gauge_of(row)
        assert (gauge.percent, gauge.level) == (100, 100)


class TestPermittedRevenues:
    def test_shows_the_operator_its_own_and_the_authority_all(self, market):
        row = a_permitted_revenue(market, 20_000)
        for reader in (market.colleague, market.authority):
            assert db.session.scalars(queries.permitted_revenues(reader, state="in_force")).all() == [row]
        for stranger in (market.buyer, an_actor("operator")):
            assert db.session.scalars(queries.permitted_revenues(stranger)).all() == []
            with pytest.raises(NotFound):
                queries.seen(stranger, PermittedRevenue, row.id)

    def test_offers_the_operators_of_the_place(self, market):
        from billing.queries.permitted import operators

        elsewhere = an_actor("operator", jurisdiction="530000")
        names = {value for value, _ in operators(market.authority)}
        assert str(market.operator.organisation_id) in names
        assert str(elsewhere.organisation_id) not in names
        assert operators(market.operator) == [
            (str(market.operator.organisation_id), market.operator.organisation_name)
        ]
        assert PLACE in market.authority.jurisdictions
