"""The law of registration."""

from datetime import date

import pytest

from jurisdictions import tree
from kernel.errors import RuleBroken
from registry.rules import registration as law
from registry.vocabulary.steps import REGISTRATION_KINDS

TODAY = date(2026, 11, 23)
NATIONAL = tree.profile_of("530000")


def refused(duty, *arguments):
    with pytest.raises(RuleBroken) as caught:
        duty(*arguments)
    return caught.value


class TestRegistrationIsKnownHere:
    @pytest.mark.parametrize("kind", REGISTRATION_KINDS)
    def test_takes_the_kinds_of_the_rule(self, kind):
        law.registration_is_known_here(kind, NATIONAL)

    def test_refuses_other_kinds(self):
        assert refused(law.registration_is_known_here, "transfer", NATIONAL).ids == ("R01", "R02")

    def test_refuses_where_nothing_is_registered(self):
        class Silent:
            def flag(self, key):
                return False

        refused(law.registration_is_known_here, "first", Silent())


class TestResourceIsFromPublishedEntries:
    def test_takes_published_ones_only(self):
        law.resource_is_from_published_entries(["published", "published"])
        refused(law.resource_is_from_published_entries, ["published", "withdrawn"])
        refused(law.resource_is_from_published_entries, [])


class TestKindFits:
    def test_keeps_first_and_later_kinds_apart(self):
        law.kind_fits("first", False, None)
        law.kind_fits("renewal", True, "in_force")
        refused(law.kind_fits, "first", True, None)
        refused(law.kind_fits, "change", True, "expired")
        refused(law.kind_fits, "cancellation", False, None)


class TestNothingElsePending:
    def test_refuses_a_second_one(self):
        law.nothing_else_pending(False)
        refused(law.nothing_else_pending, True)


class TestDepositIsMade:
    @pytest.mark.parametrize(
        ("object_type", "kind", "deposit"),
        [("resource", "first", "a" * 64), ("resource", "renewal", None), ("product", "first", None)],
    )
    def test_is_asked_for_first_registrations_of_resources(self, object_type, kind, deposit):
        law.deposit_is_made(object_type, kind, deposit, NATIONAL)

    def test_refuses_without(self):
        refused(law.deposit_is_made, "resource", "first", None, NATIONAL)


class TestMaterialsAreComplete:
    FULL = {"summary": "a", "risk_assessment": "b", "changes": {"volume": "c"}}

    @pytest.mark.parametrize("kind", REGISTRATION_KINDS)
    def test_takes_what_the_kind_asks_for(self, kind):
        law.materials_are_complete(kind, law.PAPERS[kind], self.FULL)

    @pytest.mark.parametrize("kind", REGISTRATION_KINDS)
    def test_names_each_paper_that_is_missing(self, kind):
        assert len(refused(law.materials_are_complete, kind, (), self.FULL).message.params["fields"]) == len(
            law.PAPERS[kind]
        )

    @pytest.mark.parametrize(
        ("kind", "missing"),
        [("first", 2), ("renewal", 2), ("change", 3), ("correction", 2), ("cancellation", 1)],
    )
    def test_names_each_statement_that_is_missing(self, kind, missing):
        error = refused(law.materials_are_complete, kind, law.PAPERS[kind], {})
        assert len(error.message.params["fields"]) == missing


class TestCommitmentAndPreviewAreConfirmed:
    def test_asks_for_both(self):
        law.commitment_and_preview_are_confirmed(True, True)
        refused(law.commitment_and_preview_are_confirmed, True, False)
        refused(law.commitment_and_preview_are_confirmed, False, True)


class TestRegistrarIsNamed:
    def test_refuses_where_there_is_none(self):
        law.registrar_is_named("somebody")
        refused(law.registrar_is_named, None)


class TestOneSupplementNotice:
    def test_refuses_a_second(self):
        law.one_supplement_notice(0)
        refused(law.one_supplement_notice, 1)


class TestNoticeIsNeeded:
    def test_is_not_for_corrections_and_cancellations(self):
        law.notice_is_needed("first")
        refused(law.notice_is_needed, "correction")
        refused(law.notice_is_needed, "cancellation")


class TestNoticeHasRun:
    def test_ends_with_its_last_day(self):
        law.notice_has_run("first", date(2026, 11, 22), TODAY)
        refused(law.notice_has_run, "first", TODAY, TODAY)
        refused(law.notice_has_run, "renewal", None, TODAY)

    def test_is_passed_over_where_none_is_held(self):
        law.notice_has_run("cancellation", None, TODAY)


class TestObjectionsAreSettled:
    def test_waits_for_answers_and_heeds_them(self):
        law.objections_are_settled([])
        law.objections_are_settled(["not_upheld"])
        refused(law.objections_are_settled, ["not_upheld", "lodged"])
        refused(law.objections_are_settled, ["upheld"])


class TestObjectionIsInTime:
    def test_counts_the_last_day(self):
        law.objection_is_in_time("public_notice", TODAY, TODAY)
        refused(law.objection_is_in_time, "public_notice", date(2026, 11, 22), TODAY)
        refused(law.objection_is_in_time, "public_notice", None, TODAY)
        refused(law.objection_is_in_time, "in_force", TODAY, TODAY)


class TestRenewalIsInWindow:
    END = date(2027, 1, 10)

    def test_opens_the_days_of_the_rule_before_the_end(self):
        law.renewal_is_in_window("renewal", self.END, date(2026, 11, 11), NATIONAL)
        law.renewal_is_in_window("renewal", self.END, self.END, NATIONAL)
        refused(law.renewal_is_in_window, "renewal", self.END, date(2026, 11, 10), NATIONAL)
        refused(law.renewal_is_in_window, "renewal", self.END, date(2027, 1, 11), NATIONAL)

    def test_concerns_renewals_only(self):
        law.renewal_is_in_window("change", self.END, TODAY, NATIONAL)


class TestValidity:
    def test_of_a_first_one_runs_from_the_code(self):
        assert law.validity("first", TODAY, None, NATIONAL) == (TODAY, date(2029, 11, 23))

    def test_of_a_renewal_follows_the_old_end(self):
        assert law.validity("renewal", TODAY, date(2026, 12, 31), NATIONAL) == (
            date(2027, 1, 1),
            date(2029, 12, 31),
        )

    def test_of_a_change_keeps_the_old_end(self):
        for kind in ("change", "correction"):
            assert law.validity(kind, TODAY, date(2027, 5, 1), NATIONAL) == (TODAY, date(2027, 5, 1))

    def test_of_a_cancellation_is_its_day(self):
        assert law.validity("cancellation", TODAY, date(2027, 5, 1), NATIONAL) == (TODAY, TODAY)
