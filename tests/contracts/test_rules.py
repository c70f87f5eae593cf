"""The law of development rights: what each duty lets pass and what it refuses."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from contracts import rules
from contracts.rules import Bounds
from contracts.rules.dossier import dossier_is_valid
from contracts.vocabulary import Level
from kernel.errors import RuleBroken
from kernel.words import Text

PLACES = {
    "990100": {"990100", "990000", "CN"},
    "990101": {"990101", "990100", "990000", "CN"},
    "530000": {"530000", "CN"},
}


@contextmanager
def refused(*words: str) -> Iterator[None]:
    """The duty refuses, and says these words."""
    with pytest.raises(RuleBroken) as caught:
        yield
    assert all(word in str(caught.value) for word in words), str(caught.value)


def bounds(**changes: object) -> Bounds:
    """A right that lies within the one above, save for `changes`."""
    given = {
        "sources": frozenset({"a"}),
        "purposes": frozenset({"industry_development"}),
        "territory": frozenset({"990101"}),
        "starts_on": date(2027, 1, 1),
        "ends_on": date(2028, 12, 31),
    }
    return Bounds(**{**given, **changes})  # type: ignore[arg-type]


ABOVE = Bounds(
    frozenset({"a", "b"}),
    frozenset({"industry_development", "public_welfare"}),
    frozenset({"990100"}),
    date(2027, 1, 1),
    date(2029, 12, 31),
)


class TestDataMayBeOpened:
    def test_lets_open_and_conditional_pass(self) -> None:
        rules.data_may_be_opened({"Rain": "open", "Wind": "conditional"})

    @pytest.mark.parametrize("attribute", ["none", None, "", "later"])
    def test_refuses_everything_else_by_name(self, attribute: str | None) -> None:
        with refused("Wind"):
            rules.data_may_be_opened({"Rain": "open", "Wind": attribute})


class TestResourcesAreRegistered:
    def test_lets_registered_ones_pass(self) -> None:
        rules.resources_are_registered([])

    def test_names_those_that_are_not(self) -> None:
        with refused("Rain"):
            rules.resources_are_registered(["Rain"])


class TestElementsAreAvailable:
    def test_lets_available_ones_pass(self) -> None:
        rules.elements_are_available([])

    def test_names_those_that_are_not(self) -> None:
        with refused("Daily rain"):
            rules.elements_are_available(["Daily rain"])


class TestApplicantIsQualified:
    def test_lets_a_licensed_body_pass(self) -> None:
        rules.applicant_is_qualified(Level.FIRST, True)

    @pytest.mark.parametrize(
        ("level", "word"), [(Level.FIRST, "First-level"), (Level.SECOND, "Second-level")]
    )
    def test_refuses_without_a_licence_of_that_level(self, level: Level, word: str) -> None:
        with refused(word):
            rules.applicant_is_qualified(level, False)


class TestTermIsLawful:
    def test_lets_the_longest_term_pass(self) -> None:
        rules.term_is_lawful(date(2027, 1, 1), date(2032, 1, 1), date(2032, 1, 1))

    def test_refuses_a_day_more(self) -> None:
        with refused("2032-01-01", "2032-01-02"):
            rules.term_is_lawful(date(2027, 1, 1), date(2032, 1, 2), date(2032, 1, 1))

    def test_refuses_an_end_before_the_beginning(self) -> None:
        with refused("later"):
            rules.term_is_lawful(date(2027, 1, 1), date(2027, 1, 1), date(2032, 1, 1))


class TestRightDoesNotExceedItsSource:
    def test_lets_a_right_within_pass(self) -> None:
        rules.right_does_not_exceed_its_source(bounds(), ABOVE, PLACES)

    def test_lets_a_right_as_wide_as_its_source_pass(self) -> None:
        rules.right_does_not_exceed_its_source(ABOVE, ABOVE, PLACES)

    @pytest.mark.parametrize(
        ("changes", "word"),
        [
            ({"sources": frozenset({"a", "c"})}, "elements"),
            ({"purposes": frozenset({"public_governance"})}, "Public governance"),
            ({"territory": frozenset({"530000"})}, "530000"),
            ({"territory": frozenset({"990100", "unknown"})}, "unknown"),
            ({"starts_on": date(2026, 12, 31)}, "2027-01-01"),
            ({"ends_on": date(2030, 1, 1)}, "2029-12-31"),
        ],
    )
    def test_refuses_more_in_any_direction(self, changes: dict[str, object], word: str) -> None:
        with refused(word):
            rules.right_does_not_exceed_its_source(bounds(**changes), ABOVE, PLACES)


class TestParentIsLive:
    def test_lets_a_live_right_carry_another(self) -> None:
        rules.parent_is_live(True, None)

    def test_says_why_it_cannot(self) -> None:
        with refused("suspended"):
            rules.parent_is_live(False, Text("It is suspended."))


class TestHolderIsNotAlsoSecondLevel:
    @pytest.mark.parametrize(("barred", "related"), [(True, False), (False, True), (False, False)])
    def test_lets_others_pass(self, barred: bool, related: bool) -> None:
        rules.holder_is_not_also_second_level(barred, related)

    def test_refuses_the_holder_and_bodies_tied_to_it(self) -> None:
        with refused("tied"):
            rules.holder_is_not_also_second_level(True, True)


def share(role: str, share_bp: int, party: str = "x") -> dict[str, object]:
    return {"party": party, "role": role, "share_bp": share_bp}


class TestIncomeIsSharedWhole:
    def test_lets_the_exact_whole_pass(self) -> None:
        shares = [share("operator", 7000, "o"), share("agency", 2999, "a"), share("treasury", 1, "t")]
        rules.income_is_shared_whole(Level.FIRST, shares, {"operator": "o"})

    @pytest.mark.parametrize("bp", [9999, 10001, 0])
    def test_refuses_any_other_sum(self, bp: int) -> None:
        with refused(str(bp)):
            rules.income_is_shared_whole(Level.FIRST, [share("operator", bp, "o")], {"operator": "o"})

    def test_refuses_a_developer_at_first_level(self) -> None:
        with refused("Developer"):
            rules.income_is_shared_whole(Level.FIRST, [share("developer", 10000)], {})

    def test_refuses_a_party_named_twice(self) -> None:
        with refused("twice"):
            rules.income_is_shared_whole(Level.FIRST, [share("agency", 5000), share("agency", 5000)], {})

    def test_refuses_another_operator_than_that_of_the_right(self) -> None:
        with refused("Operator"):
            rules.income_is_shared_whole(Level.SECOND, [share("operator", 10000, "z")], {"operator": "o"})


class TestPartiesHaveTheirRole:
    def test_lets_the_authority_act_for_the_treasury(self) -> None:
        rules.parties_have_their_role([share("treasury", 1)], {"x": ["authority"]})

    def test_refuses_an_agency_that_is_none(self) -> None:
        with refused("agency"):
            rules.parties_have_their_role([share("agency", 1)], {"x": ["operator"]})


class TestFundingIsProvidedFor:
    def test_lets_a_way_of_the_rules_pass(self) -> None:
        rules.funding_is_provided_for(Level.FIRST, "share_of_income", ["share_of_income"])

    def test_lets_any_way_pass_where_the_rules_are_silent(self) -> None:
        rules.funding_is_provided_for(Level.FIRST, "share_of_income", [])

    def test_asks_nothing_at_second_level(self) -> None:
        rules.funding_is_provided_for(Level.SECOND, None, ["share_of_income"])

    def test_refuses_none_at_first_level(self) -> None:
        with refused("cost"):
            rules.funding_is_provided_for(Level.FIRST, None, [])

    def test_refuses_a_way_the_rules_do_not_name(self) -> None:
        with refused("do not provide"):
            rules.funding_is_provided_for(Level.FIRST, "government_purchase", ["share_of_income"])


class TestDevelopmentModeIsProvidedFor:
    def test_asks_nothing_where_the_rules_are_silent(self) -> None:
        rules.development_mode_is_provided_for(None, [])

    def test_lets_a_named_one_pass(self) -> None:
        rules.development_mode_is_provided_for("agreement", ["agreement"])

    def test_refuses_to_leave_it_open(self) -> None:
        with refused("manner"):
            rules.development_mode_is_provided_for(None, ["agreement"])


class TestSharedDataHasConsent:
    @pytest.mark.parametrize(
        ("needed", "shared", "consent"), [(False, ["a"], ""), (True, [], ""), (True, ["a"], "文号1")]
    )
    def test_lets_pass(self, needed: bool, shared: list[str], consent: str) -> None:
        rules.shared_data_has_consent(needed, shared, consent)

    def test_refuses_shared_data_without_consent(self) -> None:
        with refused("consent"):
            rules.shared_data_has_consent(True, ["a"], "  ")


class TestAssessmentCoversTheCriteria:
    def test_lets_every_criterion_once_pass(self) -> None:
        rules.assessment_covers_the_criteria(
            ["purpose", "security_management"], ["purpose", "security_management"]
        )

    def test_names_what_is_missing(self) -> None:
        with refused("Security management"):
            rules.assessment_covers_the_criteria(["purpose"], ["purpose", "security_management"])

    def test_refuses_more_than_the_criteria(self) -> None:
        with refused("once"):
            rules.assessment_covers_the_criteria(["purpose", "purpose"], ["purpose"])


class TestAssessmentIsPassed:
    def test_lets_the_exact_score_pass(self) -> None:
        rules.assessment_is_passed([60, 60, 50, 70], 60)

    def test_refuses_a_point_less(self) -> None:
        with refused("59"):
            rules.assessment_is_passed([60, 60, 50, 69], 60)


class TestLineageStaysWithinTheRight:
    def test_lets_a_part_of_the_right_pass(self) -> None:
        rules.lineage_stays_within_the_right(["a"], ["a", "b"])

    def test_refuses_a_foreign_resource(self) -> None:
        with refused("does not cover"):
            rules.lineage_stays_within_the_right(["a", "c"], ["a", "b"])


class TestFileHasTheFields:
    def test_lets_the_described_table_pass(self) -> None:
        rules.file_has_the_fields(["b", "a"], ["a", "b"], 1)

    @pytest.mark.parametrize(
        ("found", "rows", "word"), [(["a"], 1, "b"), (["a", "b", "c"], 1, "c"), (["a", "b"], 0, "no rows")]
    )
    def test_refuses_anything_else(self, found: list[str], rows: int, word: str) -> None:
        with refused(word):
            rules.file_has_the_fields(found, ["a", "b"], rows)


class TestElementIsComplete:
    def test_lets_file_and_treatment_pass(self) -> None:
        rules.element_is_complete(True, "cleaned")

    def test_refuses_without_a_file(self) -> None:
        with refused("file"):
            rules.element_is_complete(False, "cleaned")

    def test_refuses_without_a_treatment(self) -> None:
        with refused("treated"):
            rules.element_is_complete(True, " ")


class TestAccessRestsOnALiveRight:
    def test_lets_a_live_right_pass(self) -> None:
        rules.access_rests_on_a_live_right(True, None)

    def test_says_why_there_is_none(self) -> None:
        with refused("ended"):
            rules.access_rests_on_a_live_right(False, Text("It has ended."))


class TestElementIsNotReliedUpon:
    def test_lets_a_free_one_pass(self) -> None:
        rules.element_is_not_relied_upon([])

    def test_names_the_rights_on_it(self) -> None:
        with refused("EK-1"):
            rules.element_is_not_relied_upon(["EK-1"])


class TestCauseIsGone:
    def test_lets_a_mended_cause_pass(self) -> None:
        rules.cause_is_gone([])

    def test_names_what_remains(self) -> None:
        with refused("No licence."):
            rules.cause_is_gone([Text("No licence.")])


class TestReplyWindowHasPassed:
    @pytest.mark.parametrize(("today", "replied"), [(date(2027, 1, 11), False), (date(2027, 1, 5), True)])
    def test_lets_the_day_after_or_a_reply_pass(self, today: date, replied: bool) -> None:
        rules.reply_window_has_passed(today, date(2027, 1, 10), replied)

    def test_refuses_on_the_last_day_itself(self) -> None:
        with refused("2027-01-10"):
            rules.reply_window_has_passed(date(2027, 1, 10), date(2027, 1, 10), False)


class TestDossierIsValid:
    def test_refuses_papers_that_are_over(self) -> None:
        dossier_is_valid([], date(2026, 11, 23))
        with pytest.raises(RuleBroken) as caught:
            dossier_is_valid([Text("Credit report")], date(2026, 11, 23))
        assert "P01" in caught.value.ids and "Credit report" in str(caught.value)
