"""Permitted revenue, payments, sharing and booking: one class per duty; sharing for all amounts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing import rules
from kernel.errors import RuleBroken

JAN, JUN, JUL, DEC = date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1), date(2026, 12, 31)
AMOUNTS = st.integers(min_value=-(10**15), max_value=10**15)


@st.composite
def agreed_shares(draw: st.DrawFn) -> list[dict[str, object]]:
    """One to eight parties whose shares are the whole."""
    cuts = sorted(draw(st.lists(st.integers(0, 10_000), max_size=7)))
    edges = [0, *cuts, 10_000]
    return [
        {"party_id": f"p{number}", "role": "operator", "share_bp": right - left}
        for number, (left, right) in enumerate(zip(edges, edges[1:], strict=False))
    ]


class TestProfitRateIsLawful:
    def test_is_the_yield_and_what_may_be_added(self) -> None:
        rules.profit_rate_is_lawful(780, 180, 600)

    def test_refuses_one_basis_point_more(self) -> None:
        with pytest.raises(RuleBroken, match="781 basis points"):
            rules.profit_rate_is_lawful(781, 180, 600)


class TestPermittedAmount:
    def test_is_cost_less_subsidy_and_profit_and_tax_less_deduction(self) -> None:
        amount = rules.permitted_amount(1_000_00, 200_00, 0, 500, 60_00, 10_00, base="operating_cost")
        assert amount == 800_00 + 40_00 + 60_00 - 10_00

    def test_takes_the_profit_on_capital_where_the_rules_say_so(self) -> None:
        amount = rules.permitted_amount(1_000_00, 0, 5_000_00, 500, 0, 0, base="invested_capital")
        assert amount == 1_000_00 + 250_00

    def test_falls_below_nothing_where_the_deduction_is_larger(self) -> None:
        assert rules.permitted_amount(100, 0, 0, 0, 0, 150, base="operating_cost") == -50

    def test_refuses_a_subsidy_above_the_cost(self) -> None:
        with pytest.raises(RuleBroken, match="subsidy is larger"):
            rules.permitted_amount(100, 101, 0, 0, 0, 0, base="operating_cost")


class TestPeriodIsItsOwn:
    def test_lets_pass_what_only_touches(self) -> None:
        rules.period_is_its_own(JUL, DEC, [(JAN, JUN)])

    @pytest.mark.parametrize(("start", "end"), [(JUN, DEC), (JAN, JAN), (date(2025, 1, 1), DEC)])
    def test_refuses_a_common_day(self, start: date, end: date) -> None:
        with pytest.raises(RuleBroken, match="overlaps"):
            rules.period_is_its_own(start, end, [(JAN, JUN)])


class TestPeriodIsOver:
    def test_is_the_day_after_its_last(self) -> None:
        rules.period_is_over(JUN, JUL)

    def test_refuses_on_its_last_day(self) -> None:
        with pytest.raises(RuleBroken, match="2026-06-30"):
            rules.period_is_over(JUN, JUN)


class TestExcessIsCarried:
    def test_is_what_is_above(self) -> None:
        assert rules.excess_is_carried(150, 100, True) == 50

    def test_is_nothing_below(self) -> None:
        assert rules.excess_is_carried(99, 100, True) == 0

    def test_carries_on_a_deduction_that_could_not_be_made_in_full(self) -> None:
        assert rules.excess_is_carried(0, -50, True) == 50

    def test_is_nothing_where_the_rules_carry_nothing_over(self) -> None:
        assert rules.excess_is_carried(150, 100, False) == 0


class TestWarningLevel:
    @pytest.mark.parametrize(
        ("income", "level"),
        [(0, 0), (7_999, 0), (8_000, 80), (9_499, 80), (9_500, 95), (10_000, 100), (20_000, 100)],
    )
    def test_is_the_highest_that_is_reached(self, income: int, level: int) -> None:
        assert rules.warning_level(income, 10_000, (80, 95, 100)) == level

    def test_is_the_last_at_once_where_nothing_is_permitted(self) -> None:
        assert rules.warning_level(1, 0, (80, 95, 100)) == 100


class TestInvoiceIsOpen:
    def test_lets_pass_what_is_owed(self) -> None:
        rules.invoice_is_open(True)

    def test_refuses_what_is_settled(self) -> None:
        with pytest.raises(RuleBroken, match="nothing to pay"):
            rules.invoice_is_open(False)


class TestAmountIsWhatIsOwed:
    def test_lets_pass_the_same_amount_in_any_spelling_of_the_currency(self) -> None:
        rules.amount_is_what_is_owed(100, "cny", 100, "CNY")

    def test_lets_pass_within_the_tolerance(self) -> None:
        rules.amount_is_what_is_owed(98, "CNY", 100, "CNY", 2)

    @pytest.mark.parametrize("paid", [99, 101, 0])
    def test_refuses_another_amount(self, paid: int) -> None:
        with pytest.raises(RuleBroken, match="have to be the same"):
            rules.amount_is_what_is_owed(paid, "CNY", 100, "CNY")

    def test_refuses_another_currency(self) -> None:
        with pytest.raises(RuleBroken, match="payment in USD"):
            rules.amount_is_what_is_owed(100, "usd", 100, "CNY")


class TestPaymentIsTheOnlyOne:
    def test_lets_pass_the_first(self) -> None:
        rules.payment_is_the_only_one(None)

    def test_refuses_a_second(self) -> None:
        with pytest.raises(RuleBroken, match="AB12"):
            rules.payment_is_the_only_one("AB12")


class TestSecondPersonIsNeeded:
    def test_is_from_the_amount_of_the_rules_on(self) -> None:
        assert [rules.second_person_is_needed(amount, 100) for amount in (99, 100, 101)] == [
            False,
            True,
            True,
        ]


class TestIncomeIsSharedByTheAgreement:
    def test_lets_pass_the_whole(self) -> None:
        rules.income_is_shared_by_the_agreement([{"share_bp": 7_000}, {"share_bp": 3_000}])

    @pytest.mark.parametrize("parts", [[9_999], [10_001], [11_000, -1_000], []])
    def test_refuses_what_is_not_the_whole(self, parts: list[int]) -> None:
        with pytest.raises(RuleBroken, match="instead of 10000"):
            rules.income_is_shared_by_the_agreement([{"share_bp": part} for part in parts])


class TestShare:
    @given(AMOUNTS, agreed_shares())
    def test_loses_and_makes_nothing(self, amount: int, shares: list[dict[str, object]]) -> None:
        assert sum(part.amount_minor for part in rules.share(amount, shares)) == amount

    @given(AMOUNTS, agreed_shares())
    def test_is_within_one_fen_of_the_exact_share(self, amount: int, shares: list[dict[str, object]]) -> None:
        for part in rules.share(amount, shares):
            assert abs(part.amount_minor * 10_000 - amount * part.share_bp) < 10_000

    @given(AMOUNTS, agreed_shares())
    def test_brings_everybody_back_to_nothing_by_a_refund(
        self, amount: int, shares: list[dict[str, object]]
    ) -> None:
        there, back = rules.share(amount, shares), rules.share(-amount, shares)
        assert all(one.amount_minor + other.amount_minor == 0 for one, other in zip(there, back, strict=True))


class TestBookingBalances:
    def test_lets_pass_what_cancels_out_in_each_currency(self) -> None:
        rules.booking_balances([("CNY", 5), ("CNY", -5), ("USD", 0)])

    @pytest.mark.parametrize("postings", [[], [("CNY", 1)], [("CNY", 5), ("USD", -5)]])
    def test_refuses_the_rest(self, postings: list[tuple[str, int]]) -> None:
        with pytest.raises(RuleBroken, match="does not balance"):
            rules.booking_balances(postings)


class TestSettlementCoversAPeriodOnce:
    def test_lets_pass_days_that_are_over_and_not_settled(self) -> None:
        rules.settlement_covers_a_period_once(JUL, DEC, date(2027, 1, 1), [(JAN, JUN)])

    def test_refuses_days_that_are_not_over(self) -> None:
        with pytest.raises(RuleBroken, match="can be settled from"):
            rules.settlement_covers_a_period_once(JUL, DEC, DEC, [])

    def test_refuses_days_that_are_settled(self) -> None:
        with pytest.raises(RuleBroken, match="settled already"):
            rules.settlement_covers_a_period_once(JUN, DEC, date(2027, 1, 1), [(JAN, JUN)])
