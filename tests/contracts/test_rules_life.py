"""The rules about changing, renewing, passing on, mending and leaving, one class each."""

import uuid
from dataclasses import replace
from datetime import date

import pytest

from contracts.rules import Bounds, life
from kernel.errors import RuleBroken

TODAY = date(2026, 6, 1)
ONE, TWO = uuid.UUID(int=1), uuid.UUID(int=2)
WHOLE = Bounds(
    sources=frozenset({"a", "b"}),
    purposes=frozenset({"public_governance", "industry_development"}),
    territory=frozenset({"990100"}),
    starts_on=date(2026, 1, 1),
    ends_on=date(2028, 1, 1),
)


class TestChangeChangesSomething:
    def test_is_refused_without_terms(self) -> None:
        life.change_changes_something({"ends_on": "2028-01-01"})
        with pytest.raises(RuleBroken):
            life.change_changes_something({})


class TestRenewalIsInItsWindow:
    @pytest.mark.parametrize("today", [date(2027, 10, 3), date(2028, 1, 1)])
    def test_takes_its_first_and_its_last_day(self, today) -> None:
        life.renewal_is_in_its_window(today, date(2027, 10, 3), date(2028, 1, 1))

    @pytest.mark.parametrize("today", [date(2027, 10, 2), date(2028, 1, 2)])
    def test_takes_no_day_before_or_after(self, today) -> None:
        with pytest.raises(RuleBroken):
            life.renewal_is_in_its_window(today, date(2027, 10, 3), date(2028, 1, 1))


class TestRenewalProlongs:
    def test_by_a_day_at_least(self) -> None:
        life.renewal_prolongs(date(2028, 1, 2), date(2028, 1, 1))
        with pytest.raises(RuleBroken):
            life.renewal_prolongs(date(2028, 1, 1), date(2028, 1, 1))


class TestRenewalShowsPerformance:
    def test_with_words_and_without_overdue_duties(self) -> None:
        life.renewal_shows_performance("形成要素三项。", [])
        for statement, overdue in (("  ", []), ("形成要素三项。", ["季度报告"])):
            with pytest.raises(RuleBroken):
                life.renewal_shows_performance(statement, overdue)


class TestReductionOnlyTakesAway:
    def test_in_any_respect(self) -> None:
        life.reduction_only_takes_away(replace(WHOLE, sources=frozenset({"a"})), WHOLE, TODAY)
        life.reduction_only_takes_away(replace(WHOLE, ends_on=date(2027, 1, 1)), WHOLE, TODAY)

    def test_does_not_reach_back(self) -> None:
        life.reduction_only_takes_away(replace(WHOLE, ends_on=TODAY), WHOLE, TODAY)
        with pytest.raises(RuleBroken):
            life.reduction_only_takes_away(replace(WHOLE, ends_on=date(2026, 5, 31)), WHOLE, TODAY)

    @pytest.mark.parametrize(
        "more",
        [
            {"sources": frozenset({"a", "c"})}, {"purposes": frozenset({"public_welfare"})},
            {"territory": frozenset({"990200"})}, {"ends_on": date(2028, 1, 2)}, {"starts_on": date(2025, 1, 1)},
            {"sources": frozenset()}, {"purposes": frozenset()}, {"territory": frozenset()},
        ],
    )  # fmt: skip
    def test_adds_nothing_and_leaves_something(self, more) -> None:
        with pytest.raises(RuleBroken):
            life.reduction_only_takes_away(replace(WHOLE, **more), WHOLE, TODAY)


class TestChangeKeepsTheRightWhole:
    @pytest.mark.parametrize("left", [(0, 1, 1), (1, 0, 1), (1, 1, 0)])
    def test_in_each_respect(self, left) -> None:
        life.change_keeps_the_right_whole(1, 1, 1)
        with pytest.raises(RuleBroken):
            life.change_keeps_the_right_whole(*left)


class TestNewHolderIsAnother:
    def test_than_the_old_one(self) -> None:
        life.new_holder_is_another(ONE, TWO)
        with pytest.raises(RuleBroken):
            life.new_holder_is_another(ONE, ONE)


class TestNewHolderHasConsented:
    def test_before_anything_is_drawn_up(self) -> None:
        life.new_holder_has_consented(True)
        with pytest.raises(RuleBroken):
            life.new_holder_has_consented(False)


class TestAnotherPersonCloses:
    def test_than_who_reported(self) -> None:
        life.another_person_closes(ONE, TWO)
        with pytest.raises(RuleBroken):
            life.another_person_closes(ONE, ONE)


class TestItemsAreClosed:
    def test_all_of_them(self) -> None:
        life.items_are_closed([])
        with pytest.raises(RuleBroken):
            life.items_are_closed(["补齐日志"])


class TestPartIsNamed:
    def test_and_belongs_to_the_right(self) -> None:
        life.part_is_named("resources", ["a"], ["a", "b"])
        life.part_is_named("new_sales", [], [])
        for named in ([], ["c"]):
            with pytest.raises(RuleBroken):
                life.part_is_named("resources", named, ["a", "b"])


class TestRestsNoLonger:
    def test_when_it_comes_back(self) -> None:
        life.rests_no_longer(False)
        with pytest.raises(RuleBroken):
            life.rests_no_longer(True)


class TestSalesMayBegin:
    def test_while_they_are_not_stopped(self) -> None:
        life.sales_may_begin(False)
        with pytest.raises(RuleBroken):
            life.sales_may_begin(True)


class TestExitNamesWhatWasDone:
    def test_with_its_proof(self) -> None:
        life.exit_names_what_was_done("overwriting", True)
        for manner, proof in (("", True), ("overwriting", False)):
            with pytest.raises(RuleBroken):
                life.exit_names_what_was_done(manner, proof)


class TestAnotherOfficerConfirms:
    def test_than_who_handed_in(self) -> None:
        life.another_officer_confirms(ONE, TWO)
        with pytest.raises(RuleBroken):
            life.another_officer_confirms(ONE, ONE)


class TestAccountIsEven:
    def test_or_says_how_it_becomes_so(self) -> None:
        life.account_is_even(0, "")
        life.account_is_even(1, "按月分期付清。")
        with pytest.raises(RuleBroken):
            life.account_is_even(1, " ")
