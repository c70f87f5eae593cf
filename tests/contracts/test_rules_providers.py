"""The law of service providers."""

import uuid
from datetime import date

import pytest

from contracts.rules import provider as law
from tests.contracts.provider_steps import refused

pytestmark = pytest.mark.usefixtures("app")


ME, OTHER = uuid.uuid4(), uuid.uuid4()


class TestProviderIsAnother:
    def test_and_of_the_operating_side(self):
        law.provider_is_another(ME, OTHER, "operating")
        assert refused(law.provider_is_another, ME, ME, "operating").ids == ("P05",)
        refused(law.provider_is_another, ME, OTHER, "managing")


class TestProviderWasReviewed:
    def test_where_asked(self):
        law.provider_was_reviewed(False, False)
        refused(law.provider_was_reviewed, True, False)


class TestProviderHasAPlan:
    def test_where_asked(self):
        law.provider_has_a_plan(False, False)
        refused(law.provider_has_a_plan, True, False)


class TestWorkHasStandards:
    def test_where_asked(self):
        law.work_has_standards(False, "", "")
        law.work_has_standards(True, "x", "y")
        refused(law.work_has_standards, True, "x", " ")


class TestProviderHasNoPower:
    def test_anywhere_and_no_access_where_barred(self):
        law.provider_has_no_power(["apply"], False)
        law.provider_has_no_power([], True)
        refused(law.provider_has_no_power, ["sign"], False)
        refused(law.provider_has_no_power, ["apply"], True)


class TestDeletionFollowsRevocation:
    def test_in_that_order(self):
        law.deletion_follows_revocation(True)
        refused(law.deletion_follows_revocation, False)


class TestAnotherOfficerOversees:
    def test_than_who_entered_it(self):
        law.another_officer_oversees(None, ME)
        law.another_officer_oversees(OTHER, ME)
        refused(law.another_officer_oversees, ME, ME)


class TestExitIsComplete:
    def test_with_everything_done(self):
        law.exit_is_complete(True, False, False)
        law.exit_is_complete(True, True, True)
        refused(law.exit_is_complete, False, False, False)
        refused(law.exit_is_complete, True, True, False)


class TestOutsourcingHasATerm:
    def test_that_is_not_upside_down(self):
        law.outsourcing_has_a_term(date(2026, 1, 1), date(2026, 1, 1))
        refused(law.outsourcing_has_a_term, date(2026, 1, 2), date(2026, 1, 1))
