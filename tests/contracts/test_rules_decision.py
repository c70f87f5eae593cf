"""The law of how a decision is prepared, taken and looked at again. No database."""

from datetime import date, timedelta

import pytest

from contracts.rules import decision as law
from contracts.vocabulary.decision import Weight
from kernel.errors import RuleBroken
from kernel.words import Text

pytestmark = pytest.mark.sqlite
DAY = date(2026, 3, 2)


def refuses(rule, *values) -> None:
    """The rule says no, and says which duty it is."""
    with pytest.raises(RuleBroken) as caught:
        rule(*values)
    assert caught.value.duty == f"contracts.{rule.__name__}" and caught.value.ids


class TestApplicationIsComplete:
    def test_names_what_is_missing(self) -> None:
        law.application_is_complete([])
        refuses(law.application_is_complete, [Text("Development plan")])


class TestGapsAreNamedOnce:
    def test_takes_another_person_the_second_time(self) -> None:
        law.gaps_are_named_once(False, False)
        law.gaps_are_named_once(True, False)
        refuses(law.gaps_are_named_once, True, True)


class TestNothingIsAskedTwice:
    def test_names_what_stands(self) -> None:
        law.nothing_is_asked_twice([])
        refuses(law.nothing_is_asked_twice, ["雨量"])


class TestExclusiveRightsDoNotClash:
    def test_names_what_stands(self) -> None:
        law.exclusive_rights_do_not_clash([])
        refuses(law.exclusive_rights_do_not_clash, ["雨量"])


class TestProviderHasConsented:
    def test_matters_where_the_rules_ask(self) -> None:
        law.provider_has_consented(True, [])
        law.provider_has_consented(False, ["雨量"])
        refuses(law.provider_has_consented, True, ["雨量"])


class TestConsentIsDocumented:
    def test_names_number_and_day(self) -> None:
        law.consent_is_documented(False, "", None)
        law.consent_is_documented(True, "3号", DAY)
        refuses(law.consent_is_documented, True, " ", DAY)
        refuses(law.consent_is_documented, True, "3号", None)


class TestConsultationsAreOver:
    def test_waits_for_whoever_may_answer(self) -> None:
        law.consultations_are_over([])
        refuses(law.consultations_are_over, ["水利局"])


class TestWeightOfCase:
    @pytest.mark.parametrize(
        ("resources", "exclusive", "important", "weight"),
        [
            (1, False, False, Weight.ORDINARY),
            (4, False, False, Weight.ORDINARY),
            (5, False, False, Weight.CONSIDERABLE),
            (1, True, False, Weight.GRAVE),
            (1, False, True, Weight.GRAVE),
        ],
    )
    def test_follows_number_exclusivity_and_grade(self, resources, exclusive, important, weight) -> None:
        assert law.weight_of_case(resources, exclusive, important, 5) is weight


class TestDecisionIsPrepared:
    def test_wants_as_many_signatures_as_the_case_weighs(self) -> None:
        law.decision_is_prepared(0, None)
        law.decision_is_prepared(2, 2)
        refuses(law.decision_is_prepared, 1, None)
        refuses(law.decision_is_prepared, 2, 1)


class TestEachSourceIsDecided:
    def test_is_all_or_each(self) -> None:
        law.each_source_is_decided(["a", "b"], {})
        law.each_source_is_decided(["a", "b"], {"a": ("granted", ""), "b": ("refused", "质量不足")})
        refuses(law.each_source_is_decided, ["a", "b"], {"a": ("granted", "")})
        refuses(law.each_source_is_decided, ["a"], {"a": ("refused", "质量不足")})
        refuses(law.each_source_is_decided, ["a", "b"], {"a": ("granted", ""), "b": ("refused", " ")})


class TestRequestIsInTime:
    def test_ends_with_its_last_day(self) -> None:
        law.request_is_in_time(DAY, DAY)
        law.request_is_in_time(DAY, None)
        refuses(law.request_is_in_time, DAY + timedelta(days=1), DAY)


class TestAnotherLooksAgain:
    def test_keeps_out_who_took_part(self) -> None:
        law.another_looks_again(["1"], "2")
        refuses(law.another_looks_again, ["1"], "1")


class TestOneRequestAtATime:
    def test_is_one(self) -> None:
        law.one_request_at_a_time(0)
        refuses(law.one_request_at_a_time, 1)


class TestServiceIsProven:
    def test_lies_between_decision_and_today(self) -> None:
        law.service_is_proven(DAY, DAY, DAY)
        refuses(law.service_is_proven, DAY - timedelta(days=1), DAY, DAY)
        refuses(law.service_is_proven, DAY + timedelta(days=1), DAY, DAY)
