"""Who may do what with dossiers, licences and assessments: people, not only organisations, are kept apart."""

from dataclasses import replace

from kernel.actor import SYSTEM
from registry.permissions import operators as may
from tests.registry.test_permissions import ME, MINE, OTHERS, SOMEBODY, actor, row


class TestLicenceApplicant:
    def test_is_bound_to_its_own(self):
        assert may.licence_applicant(actor("operator"), row(organisation_id=MINE))
        assert may.licence_applicant(actor("developer"), None)
        assert not may.licence_applicant(actor("operator"), row())
        assert not may.licence_applicant(actor("buyer"), None)


class TestStrangerToApplication:
    def test_has_no_part_in_it(self):
        assert may.stranger_to_application(actor("authority"), row())
        assert not may.stranger_to_application(actor("authority"), row(organisation_id=MINE))
        assert not may.stranger_to_application(actor("authority"), row(applied_by_id=ME))


class TestGranterOtherThanAssessor:
    def test_decides_on_what_others_assessed(self):
        deciding = actor("authority")
        assert may.granter_other_than_assessor(deciding, row(assessor_ids=[str(SOMEBODY)]))
        assert not may.granter_other_than_assessor(deciding, row(assessor_ids=[str(ME)]))
        assert not may.granter_other_than_assessor(replace(deciding, organisation_id=OTHERS), row())
        assert not may.granter_other_than_assessor(SYSTEM, row())


class TestNamedAssessor:
    def test_is_the_very_person_for_the_very_body(self):
        named = row(assessor_id=ME, assessor_body_id=MINE)
        assert may.named_assessor(actor("expert"), named)
        assert not may.named_assessor(actor("expert", mandates=("apply",)), named)
        assert not may.named_assessor(actor("expert"), row(assessor_id=ME))
        assert not may.named_assessor(actor("expert"), row(assessor_body_id=MINE))


class TestAuthorityOtherThanAssessor:
    def test_releases_others_only(self):
        assert may.authority_other_than_assessor(actor("authority"), row())
        assert not may.authority_other_than_assessor(actor("authority"), row(assessor_id=ME))
        assert not may.authority_other_than_assessor(actor("expert"), row())


class TestAddressee:
    def test_answers_for_the_organisation_that_was_told(self):
        for mandate in ("apply", "sign", "be_served"):
            assert may.addressee(actor("operator", mandates=(mandate,)), row(organisation_id=MINE))
        assert not may.addressee(actor("operator", mandates=("keep_accounts",)), row(organisation_id=MINE))
        assert not may.addressee(actor("operator"), row())


class TestAnsweringAuthority:
    def test_answers_no_objection_of_its_own(self):
        assert may.answering_authority(actor("authority"), row())
        assert not may.answering_authority(actor("authority"), row(lodged_by_id=ME))


class TestOtherThanFinder:
    def test_closes_what_others_found(self):
        assert may.other_than_finder(actor("authority"), row())
        assert not may.other_than_finder(actor("authority"), row(found_by_id=ME))


class TestOtherThanImposer:
    def test_lifts_what_others_imposed(self):
        assert may.other_than_imposer(actor("authority"), row())
        assert not may.other_than_imposer(actor("authority"), row(imposed_by_id=ME))


class TestCheckedOperator:
    def test_reports_for_itself(self):
        assert may.checked_operator(actor("operator"), row(organisation_id=MINE))
        assert not may.checked_operator(actor("operator"), row())


class TestSuccessor:
    def test_applies_for_itself(self):
        assert may.successor(actor("operator"), None)
        assert may.successor(actor("developer"), row(successor_id=MINE))
        assert not may.successor(actor("operator"), row())


class TestStrangerToSuccession:
    def test_has_no_part_in_it(self):
        assert may.stranger_to_succession(actor("authority"), row())
        for wrong in ({"predecessor_id": MINE}, {"successor_id": MINE}, {"applied_by_id": ME}):
            assert not may.stranger_to_succession(actor("authority"), row(**wrong))


class TestOperatingBodies:
    """Managing and operating are kept apart (DG9): whatever mandates they hold, operators decide nothing of others."""

    DECIDING = ("grant", "refuse", "suspend", "revoke", "lift", "accept", "announce", "approve", "impose", "note", "clear")

    def test_never_receive_a_deciding_permission(self):
        every_mandate = ("apply", "decide", "sign", "be_served", "keep_accounts")
        operating = actor("operator", "developer", "buyer", mandates=every_mandate)
        found = [
            name
            for name, predicates in may.MAY.items()
            if name.rsplit(".", 1)[1] in self.DECIDING and any(predicate(operating, row()) for predicate in predicates)
        ]
        assert found == []
