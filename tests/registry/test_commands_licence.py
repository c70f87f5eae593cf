"""The commands on licences."""

from datetime import timedelta

import pytest

from kernel import clock, due
from kernel.actor import ANONYMOUS, SYSTEM
from kernel.command import available, execute
from kernel.errors import InvalidInput, NotAllowed, RuleBroken
from registry import queries
from registry.commands import licence
from tests.factories.accounts import a_member, acting, an_actor, an_organisation
from tests.factories.registry import (
    LICENCE,
    a_dossier,
    a_licence,
    a_licence_application,
    an_accepted_licence,
    an_assessed_licence,
    an_authority,
    assessed_by,
    colleague,
    heard,
)
from tests.registry.commands_licence_steps import ADVERSE, later, submitted

pytestmark = pytest.mark.usefixtures("app")


class TestLicenceDraft:
    def test_keeps_the_statements(self):
        found = a_licence_application()
        assert (found.state, found.statements["purpose"], found.papers) == ("draft", LICENCE["purpose"], [])

    def test_takes_another_place(self):
        assert a_licence_application(jurisdiction="530000").jurisdiction == "530000"
        with pytest.raises(InvalidInput):
            a_licence_application(jurisdiction="nowhere")

    def test_is_not_for_agencies(self):
        with pytest.raises(NotAllowed):
            a_licence_application(an_actor("agency"))

    def test_renews_one_of_its_own_only(self):
        operator = an_actor("operator")
        held = a_licence(operator)
        again = a_licence_application(operator, renews_id=str(held.id))
        assert (again.renews_id, again.jurisdiction) == (held.id, held.jurisdiction)
        with pytest.raises(InvalidInput):
            a_licence_application(renews_id=str(held.id))


class TestLicenceAmend:
    def test_changes_what_was_said(self):
        operator = an_actor("operator")
        found = a_licence_application(operator)
        execute(licence.amend, actor=operator, subject_id=found.id, data={**LICENCE, "scope": "交通"})
        assert found.scope == "交通"


class TestLicenceSubmit:
    def test_takes_the_papers_of_the_dossier_along(self):
        found = submitted(an_actor("operator"))
        assert found.state == "submitted"
        assert {row["kind"] for row in found.papers} >= {"business_licence", "graded_protection"}
        assert [row.name for row in due.running_of(found)] == ["licence_acceptance"]

    def test_names_the_paper_that_is_missing(self):
        operator = an_actor("operator")
        a_dossier(operator, ("business_licence", "security_system"))
        found = execute(licence.draft, actor=operator, data=LICENCE)
        with pytest.raises(RuleBroken) as refused:
            execute(licence.submit, actor=operator, subject_id=found.id)
        assert refused.value.ids == ("P01",) and "graded protection" in str(refused.value)

    def test_refuses_a_paper_that_is_over(self):
        operator = an_actor("operator")
        last = clock.today() + timedelta(days=20)
        a_dossier(operator, ("graded_protection",), valid_until=last.isoformat())
        found = a_licence_application(operator)
        with later(30), pytest.raises(RuleBroken) as refused:
            execute(licence.submit, actor=operator, subject_id=found.id)
        assert refused.value.duty == "registry.papers_are_valid"

    def test_refuses_a_second_licence_before_the_first_nears_its_end(self):
        operator = an_actor("operator")
        first = a_licence(operator)
        with pytest.raises(RuleBroken) as refused:
            submitted(operator)
        assert refused.value.duty == "registry.one_licence_at_a_time"
        with later((first.valid_until - clock.today()).days - 10):
            assert submitted(operator).state == "submitted"

    def test_needs_a_clean_record(self):
        operator, authority = an_actor("operator"), an_authority()
        found = a_licence(operator, authority)
        heard("revoke", authority, found)
        execute(licence.revoke, actor=colleague(authority), subject_id=found.id, data=ADVERSE)
        with pytest.raises(RuleBroken) as refused:
            submitted(operator)
        assert refused.value.duty == "registry.record_is_clean" and found.number in str(refused.value)
        with later(3 * 366 + 1):
            assert submitted(operator).state == "submitted"


class TestLicenceReturn:
    def test_names_what_is_missing(self):
        operator = an_actor("operator")
        found = submitted(operator)
        execute(licence.return_, actor=an_authority(), subject_id=found.id, data={"supplement": "缺信用报告。"})
        assert (found.state, found.supplement) == ("returned", "缺信用报告。")
        assert [row.name for row in due.running_of(found)] == ["licence_supplement"]
        assert execute(licence.submit, actor=operator, subject_id=found.id).supplement is None


class TestLicenceAccept:
    def test_begins_the_assessment(self):
        found = an_accepted_licence()
        assert found.state == "under_assessment"
        assert [row.name for row in due.running_of(found)] == ["assessment"]

    def test_is_not_for_the_person_who_applied(self):
        firm = an_organisation("operator")
        person = a_member(firm)
        authority = an_organisation("authority")
        a_member(authority, person=person)
        found = submitted(acting(person, firm))
        with pytest.raises(NotAllowed):
            execute(licence.accept, actor=acting(person, authority), subject_id=found.id)


class TestLicenceWithdraw:
    def test_takes_an_open_application_back(self):
        operator = an_actor("operator")
        found = an_accepted_licence(operator)
        assert execute(licence.withdraw, actor=operator, subject_id=found.id).state == "withdrawn"
        assert due.running_of(found) == []
        with pytest.raises(NotAllowed):
            execute(licence.withdraw, actor=an_authority(), subject_id=found.id)


class TestLicenceCompleteAssessment:
    def test_waits_for_as_many_as_the_rules_ask_for(self):
        authority = an_authority("530000")
        found = an_accepted_licence(authority=authority, jurisdiction="530000")
        for number in (1, 2):
            assessed_by(found, colleague(authority), authority)
            assert (number, found.state) == (number, "under_assessment")
        assessed_by(found, colleague(authority), authority)
        assert found.state == "assessed"
        assert [row.name for row in due.running_of(found)] == ["licence_decision"]

    def test_is_done_by_the_product_alone(self):
        found = an_accepted_licence()
        with pytest.raises(NotAllowed):
            execute(licence.complete_assessment, actor=an_authority(), subject_id=found.id)
        with pytest.raises(RuleBroken):
            execute(licence.complete_assessment, actor=SYSTEM, subject_id=found.id)


class TestLicenceAnnounce:
    def test_opens_the_licence_to_objections(self):
        authority = an_authority()
        found = an_assessed_licence(authority=authority)
        execute(licence.announce, actor=colleague(authority), subject_id=found.id)
        assert found.state == "public_notice"
        assert found.notice_until == due.due_day(found, "licence.public_notice_wd", clock.today()).on
        assert queries.licence(found.id, ANONYMOUS).id == found.id

    def test_needs_enough_points(self):
        authority = an_authority()
        found = an_assessed_licence(authority=authority, number=59)
        with pytest.raises(RuleBroken) as refused:
            execute(licence.announce, actor=colleague(authority), subject_id=found.id)
        assert refused.value.duty == "registry.assessment_is_passed"

    def test_is_for_another_person_than_the_assessor(self):
        authority = an_authority()
        found = an_assessed_licence(authority=authority)
        assert "announce" not in [row.verb for row in available(found, authority)]
        with pytest.raises(NotAllowed):
            execute(licence.announce, actor=authority, subject_id=found.id)

    def test_is_not_for_somebody_tied_to_the_applicant(self):
        firm, body = an_organisation("operator"), an_organisation("authority")
        authority = acting(a_member(body), body)
        found = an_assessed_licence(acting(a_member(firm), firm), authority)
        tied = a_member(body)
        a_member(firm, person=tied)
        with pytest.raises(RuleBroken) as refused:
            execute(licence.announce, actor=acting(tied, body), subject_id=found.id)
        assert refused.value.duty == "registry.nothing_ties_to_the_applicant"
