"""The law of registrars, and what was added to the law of registration."""

from datetime import date

import pytest

from jurisdictions import tree
from kernel.errors import RuleBroken
from registry.rules import registrar as law
from registry.rules import registration as registering

TODAY = date(2026, 11, 23)
NATIONAL = tree.profile_of("530000")


def refused(duty, *arguments):
    with pytest.raises(RuleBroken) as caught:
        duty(*arguments)
    return caught.value


class TestRegistrarMayBeNamed:
    def test_takes_a_public_institution_with_the_role_once(self):
        law.registrar_may_be_named(["registrar"], "public_institution", False, NATIONAL)
        refused(law.registrar_may_be_named, ["agency"], "public_institution", False, NATIONAL)
        refused(law.registrar_may_be_named, ["registrar"], "enterprise", False, NATIONAL)
        assert refused(law.registrar_may_be_named, ["registrar"], "public_institution", True, NATIONAL).ids == ("R04",)

    def test_takes_any_form_where_the_rules_name_none(self):
        class Silent:
            def list(self, key):
                return ()

        law.registrar_may_be_named(["registrar"], "enterprise", False, Silent())


class TestQualificationRuns:
    def test_ends_after_it_began_and_not_in_the_past(self):
        law.qualification_runs(TODAY, TODAY, TODAY)
        refused(law.qualification_runs, TODAY, date(2026, 11, 22), TODAY)
        refused(law.qualification_runs, date(2025, 1, 1), date(2026, 1, 1), TODAY)


class TestFilingFollowsNaming:
    def test_lies_between_the_naming_and_today(self):
        law.filing_follows_naming(TODAY, TODAY, TODAY)
        refused(law.filing_follows_naming, date(2026, 11, 24), TODAY, TODAY)
        refused(law.filing_follows_naming, date(2026, 11, 22), TODAY, TODAY)


class TestMeasureIsOfItsKind:
    def test_keeps_talks_and_takings_apart(self):
        law.measure_is_of_its_kind("interview", False)
        law.measure_is_of_its_kind("cancellation", True)
        refused(law.measure_is_of_its_kind, "cancellation", False)
        refused(law.measure_is_of_its_kind, "guidance", True)


class TestRegistrarIsHeard:
    def test_waits_for_service_and_reply_or_its_days(self):
        law.registrar_is_heard(TODAY, True, TODAY)
        law.registrar_is_heard(date(2026, 11, 22), False, TODAY)
        refused(law.registrar_is_heard, TODAY, False, TODAY)
        refused(law.registrar_is_heard, None, False, TODAY)


class TestServiceIsProven:
    def test_lies_between_the_notice_and_today(self):
        law.service_is_proven(TODAY, TODAY, TODAY)
        refused(law.service_is_proven, date(2026, 11, 22), TODAY, TODAY)
        refused(law.service_is_proven, date(2026, 11, 24), TODAY, TODAY)


class TestAnotherDecidesOnRegistrar:
    def test_refuses_who_gave_the_notice(self):
        law.another_decides_on_registrar("a", "b")
        law.another_decides_on_registrar(None, "b")
        refused(law.another_decides_on_registrar, "a", "a")


class TestCaseNeedsAnotherRegistrar:
    def test_leaves_a_case_with_a_registrar_in_office(self):
        law.case_needs_another_registrar(False)
        refused(law.case_needs_another_registrar, True)


class TestCorrectionHasItsBasis:
    def test_rests_on_consent_or_evidence(self):
        registering.correction_has_its_basis("evidence", NATIONAL)
        registering.correction_has_its_basis("written_consent", NATIONAL)
        refused(registering.correction_has_its_basis, "", NATIONAL)


class TestCancellationHasItsGround:
    def test_is_one_of_the_rules_for_cancellations(self):
        registering.cancellation_has_its_ground("cancellation", "resource_lost", NATIONAL)
        registering.cancellation_has_its_ground("change", "", NATIONAL)
        refused(registering.cancellation_has_its_ground, "cancellation", "", NATIONAL)


class TestBounded:
    def test_ends_with_the_authorisation_where_that_is_earlier(self):
        early, late = date(2027, 1, 1), date(2029, 1, 1)
        assert registering.bounded(late, early, NATIONAL) == (early, True)
        assert registering.bounded(early, late, NATIONAL) == (early, False)
        assert registering.bounded(late, None, NATIONAL) == (late, False)

    def test_is_not_bounded_where_the_rules_do_not_say_so(self):
        class Silent:
            def flag(self, key):
                return False

        assert registering.bounded(date(2029, 1, 1), date(2027, 1, 1), Silent()) == (date(2029, 1, 1), False)


class TestRemindersDue:
    @pytest.mark.parametrize(
        ("left", "reminded", "due"),
        [(61, [], None), (60, [], 60), (45, [60], None), (30, [60], 30), (5, [], 7), (0, [60, 30, 7], None), (-1, [], None)],
    )
    def test_names_the_nearest_that_was_not_sent(self, left, reminded, due):
        last = date(2027, 3, 1)
        today = date.fromordinal(last.toordinal() - left)
        assert registering.reminders_due(last, today, reminded, NATIONAL) == due
