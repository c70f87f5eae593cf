"""Who may act on databases, projects, catalogues of places and archive packages."""

from types import SimpleNamespace as Row
from uuid import uuid4

from kernel.actor import Actor
from registry.permissions import collection as may

MINE, OTHERS, ME, SOMEBODY = uuid4(), uuid4(), uuid4(), uuid4()


def actor(*roles, mandates=("apply", "decide"), places=("990100",)):
    return Actor(
        user_id=ME,
        organisation_id=MINE,
        roles=frozenset(roles),
        mandates=frozenset(mandates),
        jurisdictions=frozenset(places),
    )


def row(**facts):
    usual = {"jurisdiction": "990100", "agency_id": OTHERS, "organisation_id": OTHERS}
    return Row(**usual | {"applied_by_id": SOMEBODY, "submitted_by_id": SOMEBODY} | facts)


class TestLeadDepartment:
    def test_is_bound_to_its_own(self):
        assert may.lead_department(actor("agency"), row(agency_id=MINE))
        assert may.lead_department(actor("agency"), None)
        assert not may.lead_department(actor("agency"), row())
        assert not may.lead_department(actor("authority"), row(agency_id=MINE))


class TestCompilingAuthority:
    def test_is_the_one_that_compiled_it(self):
        assert may.compiling_authority(actor("authority"), row(organisation_id=MINE))
        assert not may.compiling_authority(actor("authority"), row())


class TestAuthorityOtherThanReporter:
    def test_is_another_person_of_the_place_or_above(self):
        assert may.authority_other_than_reporter(actor("authority"), row())
        assert not may.authority_other_than_reporter(actor("authority"), row(submitted_by_id=ME))
        assert not may.authority_other_than_reporter(actor("authority", places=("640300",)), row())


class TestApproverOtherThanUnit:
    def test_is_neither_the_unit_nor_the_person_who_applied(self):
        assert may.approver_other_than_unit(actor("authority"), row())
        assert may.approver_other_than_unit(actor("government"), row())
        assert not may.approver_other_than_unit(actor("authority"), row(agency_id=MINE))
        assert not may.approver_other_than_unit(actor("authority"), row(applied_by_id=ME))
        assert not may.approver_other_than_unit(actor("agency"), row())
        assert not may.approver_other_than_unit(actor("authority", mandates=("apply",)), row())


class TestKeeperOfCases:
    def test_keeps_its_own_packages(self):
        assert may.keeper_of_cases(actor("registrar"), None)
        assert may.keeper_of_cases(actor("agency"), row(organisation_id=MINE))
        assert not may.keeper_of_cases(actor("agency"), row())
        assert not may.keeper_of_cases(actor("buyer"), None)
