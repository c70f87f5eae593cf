"""Who may do what: separation of duties, own things only, keys that only read."""

from types import SimpleNamespace as Row
from uuid import uuid4

import pytest

from kernel.actor import ANONYMOUS, Actor
from kernel.command import COMMANDS
from registry import commands
from registry import permissions as may

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
    usual = {
        "jurisdiction": "990100",
        "agency_id": OTHERS,
        "organisation_id": OTHERS,
        "holder_id": OTHERS,
        "applicant_id": OTHERS,
        "registrar_id": MINE,
        "party_id": None,
        "party_user_id": None,
        "applied_by_id": SOMEBODY,
        "submitted_by_id": SOMEBODY,
        "prepared_by_id": SOMEBODY,
        "import_id": uuid4(),
        "proposed": {"title": "x"},
        "assessor_id": SOMEBODY,
        "assessor_body_id": OTHERS,
        "assessor_ids": [],
        "lodged_by_id": SOMEBODY,
        "found_by_id": SOMEBODY,
        "imposed_by_id": SOMEBODY,
        "predecessor_id": OTHERS,
        "successor_id": OTHERS,
    }
    return Row(**usual | facts)


class TestMay:
    def test_names_every_command_of_the_registry(self):
        assert commands and set(may.MAY) == {name for name in COMMANDS if name.startswith("registry.")}

    @pytest.mark.parametrize("name", sorted(may.MAY))
    def test_lets_nobody_without_an_account_do_anything_but_object(self, name):
        subject = row()
        allowed = any(predicate(ANONYMOUS, subject) for predicate in may.MAY[name])
        assert allowed == (name in ("registry.objection.lodge", "registry.licence_objection.lodge"))

    @pytest.mark.parametrize("name", sorted(may.MAY))
    def test_lets_a_key_that_only_reads_do_nothing(self, name):
        reading = actor("authority", "agency", "registrar", "operator", "expert", mandates=())
        own = row(agency_id=MINE, organisation_id=MINE, holder_id=MINE, applicant_id=MINE)
        for subject in (row(), own):
            allowed = any(predicate(reading, subject) for predicate in may.MAY[name])
            assert allowed == (name in ("registry.objection.lodge", "registry.licence_objection.lodge"))


class TestAgencyWithChange:
    def test_asks_once_for_more_time(self):
        changed = row(agency_id=MINE, change={"what": "x"})
        assert may.agency_with_change(actor("agency"), changed)
        assert not may.agency_with_change(actor("agency"), row(agency_id=MINE, change={}))
        asked = row(agency_id=MINE, change={"what": "x", "extension": {"reasons": "y"}})
        assert not may.agency_with_change(actor("agency"), asked)


class TestAuthorityOnExtension:
    def test_answers_once_what_was_asked(self):
        asked = row(change={"extension": {"reasons": "y"}})
        assert may.authority_on_extension(actor("authority"), asked)
        assert not may.authority_on_extension(actor("agency"), asked)
        assert not may.authority_on_extension(actor("authority"), row(change={"what": "x"}))
        answered = row(change={"extension": {"reasons": "y", "answer": "refused"}})
        assert not may.authority_on_extension(actor("authority"), answered)


class TestAgencyItself:
    def test_is_bound_to_its_own(self):
        assert may.agency_itself(actor("agency"), row(agency_id=MINE))
        assert may.agency_itself(actor("agency"), None)
        assert not may.agency_itself(actor("agency"), row())
        assert not may.agency_itself(actor("buyer"), row(agency_id=MINE))


class TestImporter:
    def test_is_bound_to_its_own(self):
        assert may.importer(actor("agency"), row(organisation_id=MINE))
        assert may.importer(actor("agency"), None)
        assert not may.importer(actor("agency"), row())


class TestAuthorityOtherThanSubmitter:
    def test_is_another_person_of_the_place(self):
        assert may.authority_other_than_submitter(actor("authority"), row())
        assert not may.authority_other_than_submitter(actor("authority"), row(submitted_by_id=ME))
        assert not may.authority_other_than_submitter(actor("authority", places=("530000",)), row())


class TestAuthorityOnProposal:
    def test_needs_a_proposal(self):
        assert may.authority_on_proposal(actor("authority"), row())
        assert not may.authority_on_proposal(actor("authority"), row(proposed={}))


class TestAuthorityOnImport:
    def test_needs_an_import(self):
        assert may.authority_on_import(actor("authority"), row())
        assert not may.authority_on_import(actor("authority"), row(import_id=None))


class TestReviewerOtherThanPreparer:
    def test_is_a_colleague_or_the_authority(self):
        assert may.reviewer_other_than_preparer(actor("agency"), row(agency_id=MINE))
        assert may.reviewer_other_than_preparer(actor("authority"), row())
        assert not may.reviewer_other_than_preparer(actor("agency"), row(agency_id=MINE, prepared_by_id=ME))
        assert not may.reviewer_other_than_preparer(actor("agency"), row())


class TestHolder:
    def test_is_bound_to_its_own(self):
        assert may.holder(actor("operator"), row(holder_id=MINE))
        assert may.holder(actor("agency"), None)
        assert not may.holder(actor("operator"), row())
        assert not may.holder(actor("developer"), row(holder_id=MINE))


class TestRegistrant:
    def test_is_bound_to_its_own(self):
        assert may.registrant(actor("developer"), row(applicant_id=MINE))
        assert not may.registrant(actor("developer"), row())
        assert not may.registrant(actor("developer", mandates=()), row(applicant_id=MINE))


class TestRegistrarNotRegistrant:
    def test_is_neither_the_same_person_nor_the_same_organisation(self):
        registrar = actor("registrar")
        assert may.registrar_not_registrant(registrar, row())
        assert not may.registrar_not_registrant(registrar, row(applied_by_id=ME))
        assert not may.registrar_not_registrant(registrar, row(applicant_id=MINE))
        assert not may.registrar_not_registrant(registrar, row(registrar_id=OTHERS))
        assert not may.registrar_not_registrant(actor("registrar", mandates=("apply",)), row())
        assert not may.registrar_not_registrant(actor("authority"), row())
