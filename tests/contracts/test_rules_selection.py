"""The law between the plan and the operator, case by case. No database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from contracts.rules import selection as law
from kernel.errors import RuleBroken

pytestmark = pytest.mark.sqlite
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = date(2026, 3, 2)
METHODS = ("public_tender", "invited_tender", "negotiation")


def refuses(rule, *values) -> None:
    """The rule says no, and says which duty it is."""
    with pytest.raises(RuleBroken) as caught:
        rule(*values)
    assert caught.value.duty == f"contracts.{rule.__name__}" and caught.value.ids


class TestPlanIsComplete:
    def test_names_what_is_missing(self) -> None:
        law.plan_is_complete({"term": "三年", "mode": "分领域"}, ["term", "mode"])
        for text in ("", "  "):
            refuses(law.plan_is_complete, {"term": "三年", "mode": text}, ["term", "mode"])


class TestModeIsProvidedFor:
    def test_wants_the_field_or_the_scenario(self) -> None:
        modes = ("whole", "by_field", "by_scenario")
        law.mode_is_provided_for("whole", modes, "")
        law.mode_is_provided_for("by_field", modes, "气象")
        refuses(law.mode_is_provided_for, "by_field", modes, " ")
        refuses(law.mode_is_provided_for, "by_scenario", modes[:2], "保险")


class TestWayIsProvidedFor:
    def test_adds_the_application_where_it_is_known(self) -> None:
        law.way_is_provided_for("negotiation", METHODS, False)
        law.way_is_provided_for("application", METHODS, True)
        refuses(law.way_is_provided_for, "application", METHODS, False)
        refuses(law.way_is_provided_for, "lottery", METHODS, True)


class TestOperatorCameByALawfulWay:
    @pytest.mark.parametrize(("applied_for", "selected"), [(True, False), (False, True), (True, True)])
    def test_is_an_application_or_a_selection(self, applied_for, selected) -> None:
        law.operator_came_by_a_lawful_way(applied_for, selected)

    def test_is_nothing_else(self) -> None:
        refuses(law.operator_came_by_a_lawful_way, False, False)


class TestAwardIsNotExceeded:
    def test_stays_within_resources_and_purposes(self) -> None:
        law.award_is_not_exceeded(["a"], ["a", "b"], ["x"], ["x", "y"])
        refuses(law.award_is_not_exceeded, ["a", "c"], ["a", "b"], ["x"], ["x"])
        refuses(law.award_is_not_exceeded, ["a"], ["a"], ["z"], ["x"])


class TestPlanIsDecidedCollectively:
    def test_names_meeting_and_minutes_where_the_rules_ask(self) -> None:
        law.plan_is_decided_collectively(True, "常务会议", "12号")
        law.plan_is_decided_collectively(False, "", "")
        refuses(law.plan_is_decided_collectively, True, "常务会议", " ")
        refuses(law.plan_is_decided_collectively, True, "", "12号")


class TestPlanStands:
    @pytest.mark.parametrize("state", ["draft", "awaiting_decision", "returned", "withdrawn"])
    def test_stands_when_decided_only(self, state) -> None:
        law.plan_stands("decided")
        refuses(law.plan_stands, state)


class TestEnoughAreInvited:
    def test_counts_the_invited(self) -> None:
        law.enough_are_invited("invited_tender", 3, 3)
        law.enough_are_invited("public_tender", 0, 3)
        refuses(law.enough_are_invited, "invited_tender", 2, 3)
        refuses(law.enough_are_invited, "negotiation", 1, 3)


class TestTimeForBidsIsEnough:
    def test_ends_on_the_earliest_day_or_later(self) -> None:
        law.time_for_bids_is_enough(DAY, DAY)
        refuses(law.time_for_bids_is_enough, DAY - timedelta(days=1), DAY)


class TestWeightsAreWhole:
    def test_makes_one_hundred(self) -> None:
        law.weights_are_whole([60, 40])
        for weights in ([60, 39], [60, 41], []):
            refuses(law.weights_are_whole, weights)


class TestBidIsInTime:
    def test_comes_before_the_last_moment(self) -> None:
        law.bid_is_in_time(NOON - timedelta(seconds=1), NOON)
        refuses(law.bid_is_in_time, NOON, NOON)


class TestBidderIsInvited:
    def test_matters_in_an_invited_tender(self) -> None:
        law.bidder_is_invited("invited_tender", True)
        law.bidder_is_invited("public_tender", False)
        refuses(law.bidder_is_invited, "invited_tender", False)


class TestOneBidEach:
    def test_is_one(self) -> None:
        law.one_bid_each(0)
        refuses(law.one_bid_each, 1)


class TestBidderIsNotTiedToTheBody:
    def test_bars_bodies_under_one_control(self) -> None:
        law.bidder_is_not_tied_to_the_body(False)
        refuses(law.bidder_is_not_tied_to_the_body, True)


class TestBidsMayBeOpened:
    def test_opens_at_the_moment_of_the_notice(self) -> None:
        law.bids_may_be_opened(NOON, NOON)
        refuses(law.bids_may_be_opened, NOON - timedelta(seconds=1), NOON)


class TestBidsAreEnough:
    def test_counts_them(self) -> None:
        law.bids_are_enough(3, 3)
        refuses(law.bids_are_enough, 2, 3)


class TestEverybodyWasNegotiatedWith:
    def test_matters_in_a_negotiation(self) -> None:
        law.everybody_was_negotiated_with("public_tender", ["甲公司"])
        law.everybody_was_negotiated_with("negotiation", [])
        refuses(law.everybody_was_negotiated_with, "negotiation", ["甲公司"])


class TestEveryBidIsScored:
    def test_wants_each_pair_once(self) -> None:
        wanted = [("1", "能力"), ("1", "安全")]
        law.every_bid_is_scored(wanted[::-1], wanted)
        for scored in (wanted[:1], [*wanted, wanted[0]], [("2", "能力"), ("1", "安全")]):
            refuses(law.every_bid_is_scored, scored, wanted)


class TestCommitteeIsComplete:
    def test_waits_for_everybody_named(self) -> None:
        law.committee_is_complete(5, 0, 5)
        refuses(law.committee_is_complete, 5, 1, 5)
        refuses(law.committee_is_complete, 4, 0, 5)


class TestBestBidIsChosen:
    def test_has_the_most_points(self) -> None:
        law.best_bid_is_chosen(9000, 9000)
        refuses(law.best_bid_is_chosen, 8999, 9000)


class TestResultNoticeIsOver:
    def test_waits_for_the_day_and_the_answers(self) -> None:
        law.result_notice_is_over(DAY + timedelta(days=1), DAY, 0, 0)
        refuses(law.result_notice_is_over, DAY, DAY, 0, 0)
        refuses(law.result_notice_is_over, DAY + timedelta(days=1), DAY, 1, 0)
        refuses(law.result_notice_is_over, DAY + timedelta(days=1), DAY, 0, 1)


class TestObjectionIsInTime:
    def test_runs_with_the_notice(self) -> None:
        law.objection_is_in_time(DAY, DAY)
        refuses(law.objection_is_in_time, DAY + timedelta(days=1), DAY)
        refuses(law.objection_is_in_time, DAY, None)
