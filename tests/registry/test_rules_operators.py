"""The law of dossiers, assessments and what follows on a licence."""

from datetime import date
from uuid import uuid4

import pytest

from jurisdictions.tree import profile_of
from kernel.errors import RuleBroken
from kernel.words import Text
from registry.rules import assessment, dossier, oversight

TODAY, NATIONAL = date(2026, 11, 23), profile_of("CN")
ME, OTHER = uuid4(), uuid4()


def refused(duty, *facts):
    """The refusal of a duty."""
    with pytest.raises(RuleBroken) as error:
        duty(*facts)
    return error.value


class TestStatementsAreComplete:
    def test_asks_for_every_criterion_of_the_rules(self):
        dossier.statements_are_complete({"purpose": "x", "own": "y"}, ["purpose", "own"])
        assert "Purpose of use" in str(refused(dossier.statements_are_complete, {"purpose": ""}, ["purpose"]))


class TestPapersAreThere:
    def test_names_what_is_missing(self):
        dossier.papers_are_there(["a", "credit_statement"], ["credit_statement"])
        assert "Credit report" in str(refused(dossier.papers_are_there, ["a"], ["credit_statement"]))


class TestPapersAreValid:
    @pytest.mark.parametrize("term", [(date(2026, 1, 1), None), (TODAY, TODAY)])
    def test_takes_what_holds_on_the_day(self, term):
        dossier.papers_are_valid({"credit_statement": term}, TODAY)

    @pytest.mark.parametrize("term", [(date(2026, 11, 24), None), (date(2026, 1, 1), date(2026, 11, 22))])
    def test_refuses_what_is_over_or_has_not_begun(self, term):
        assert refused(dossier.papers_are_valid, {"credit_statement": term}, TODAY).ids == ("P01",)


class TestPaperMayBeAdded:
    def test_takes_no_paper_that_is_over(self):
        dossier.paper_may_be_added(None, TODAY)
        dossier.paper_may_be_added(TODAY, TODAY)
        refused(dossier.paper_may_be_added, date(2026, 11, 22), TODAY)


class TestPaperEndsSoon:
    def test_warns_within_the_days_of_the_rules(self):
        assert dossier.paper_ends_soon(date(2026, 12, 23), TODAY, 30)
        assert not dossier.paper_ends_soon(date(2026, 12, 24), TODAY, 30)
        assert not dossier.paper_ends_soon(None, TODAY, 30)


class TestNothingTiesToTheApplicant:
    def test_keeps_the_tied_out(self):
        assessment.nothing_ties_to_the_applicant(None)
        assert refused(assessment.nothing_ties_to_the_applicant, "family").ids == ("P02",)


class TestEachAssessesOnce:
    def test_refuses_a_second_naming(self):
        assessment.each_assesses_once("b", ["a"])
        refused(assessment.each_assesses_once, "a", ["a"])


class TestAssessmentCoversTheCriteria:
    def test_takes_each_once(self):
        assessment.assessment_covers_the_criteria(["b", "a"], ["a", "b"])
        for wrong in (["a"], ["a", "a", "b"], ["a", "c"]):
            refused(assessment.assessment_covers_the_criteria, wrong, ["a", "b"])


class TestAssessmentIsComplete:
    def test_waits_for_all_who_were_named_and_for_enough(self):
        assessment.assessment_is_complete(3, 0, 3)
        refused(assessment.assessment_is_complete, 3, 1, 3)
        refused(assessment.assessment_is_complete, 2, 0, 3)


class TestAssessmentIsPassed:
    def test_takes_the_mean(self):
        assessment.assessment_is_passed([50, 70], 60)
        refused(assessment.assessment_is_passed, [50, 69], 60)
        refused(assessment.assessment_is_passed, [], 60)


class TestNoticeWasGiven:
    def test_comes_before_an_adverse_act(self):
        oversight.notice_was_given(True)
        refused(oversight.notice_was_given, False)


class TestReplyWindowHasPassed:
    def test_ends_with_the_reply_or_with_its_day(self):
        oversight.reply_window_has_passed(TODAY, TODAY, True)
        oversight.reply_window_has_passed(date(2026, 11, 24), TODAY, False)
        refused(oversight.reply_window_has_passed, TODAY, TODAY, False)


class TestAnotherDecides:
    def test_keeps_notice_and_decision_apart(self):
        oversight.another_decides(ME, OTHER)
        oversight.another_decides(None, None)
        refused(oversight.another_decides, ME, ME)


class TestLicenceNoticeIsOver:
    def test_is_asked_for_where_the_rules_know_a_notice(self):
        oversight.licence_notice_is_over(None, TODAY, False)
        oversight.licence_notice_is_over(date(2026, 11, 22), TODAY, True)
        refused(oversight.licence_notice_is_over, None, TODAY, True)
        refused(oversight.licence_notice_is_over, TODAY, TODAY, True)


class TestObjectionsAreAnswered:
    def test_bars_the_grant_otherwise(self):
        oversight.objections_are_answered(0, 0)
        refused(oversight.objections_are_answered, 1, 0)
        refused(oversight.objections_are_answered, 0, 1)


class TestObjectionComesInTime:
    def test_includes_the_last_day(self):
        oversight.objection_comes_in_time("public_notice", TODAY, TODAY)
        for state, until in (("assessed", TODAY), ("public_notice", None), ("public_notice", date(2026, 11, 22))):
            refused(oversight.objection_comes_in_time, state, until, TODAY)


class TestRecordIsClean:
    def test_names_the_troubles(self):
        oversight.record_is_clean([], 3)
        assert "debarred" in str(refused(oversight.record_is_clean, [Text("debarred")], 3))

    def test_counts_whole_years_back(self):
        assert oversight.record_begins(TODAY, 3) == date(2023, 11, 23)
        assert oversight.record_begins(date(2028, 2, 29), 3) == date(2025, 2, 28)


class TestApplicantIsNotDebarred:
    def test_refuses_until_the_last_day(self):
        oversight.applicant_is_not_debarred(None)
        refused(oversight.applicant_is_not_debarred, TODAY)


class TestDebarmentIsLawful:
    def test_has_an_end_within_the_rules(self):
        oversight.debarment_is_lawful(TODAY, date(2029, 11, 22), NATIONAL)
        refused(oversight.debarment_is_lawful, TODAY, date(2026, 11, 22), NATIONAL)
        refused(oversight.debarment_is_lawful, TODAY, date(2029, 11, 24), NATIONAL)


class TestDebarmentIsOver:
    def test_after_its_last_day(self):
        oversight.debarment_is_over(date(2026, 11, 22), TODAY)
        refused(oversight.debarment_is_over, TODAY, TODAY)


class TestNothingChecksItAlready:
    def test_lets_one_check_run(self):
        oversight.nothing_checks_it_already(False)
        refused(oversight.nothing_checks_it_already, True)


class TestSuccessionIsPossible:
    def test_needs_two_organisations_something_held_and_no_double(self):
        oversight.succession_is_possible(ME, OTHER, ["first"], ["second"])
        refused(oversight.succession_is_possible, ME, ME, ["first"], [])
        refused(oversight.succession_is_possible, ME, OTHER, [], [])
        refused(oversight.succession_is_possible, ME, OTHER, ["first"], ["first"])
