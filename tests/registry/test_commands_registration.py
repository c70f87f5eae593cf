"""The commands on resources, registrations and objections."""

from datetime import date

import pytest

from kernel import clock, due
from kernel.actor import ANONYMOUS
from kernel.command import available, execute
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from registry import queries
from registry.commands import catalogue, registration
from tests.factories.accounts import a_member, acting, an_actor, an_organisation
from tests.factories.registry import (
    PDF,
    RESOURCE,
    a_registered_resource,
    a_registrar,
    a_registration,
    a_resource,
    an_agency,
    handed_in,
    in_notice,
)

pytestmark = pytest.mark.usefixtures("app")


DECLARED = {"commitment": True, "public_preview_confirmed": True}


class TestDraft:
    def test_takes_name_and_content_from_the_resource(self):
        found = a_registration()
        assert (found.state, found.title, found.summary) == ("draft", RESOURCE["title"], RESOURCE["abstract"])
        assert set(found.materials) == {"commitment_letter", "evidence"}

    def test_refuses_a_resource_of_others(self):
        with pytest.raises(InvalidInput) as refused:
            a_registration(an_agency(), a_resource())
        assert "resource_id" in refused.value.messages

    def test_takes_a_product_by_its_name(self):
        operator = an_actor("operator")
        data = {"kind": "first", "object_type": "product", "title": "雨量指数", "summary": "指数产品。"}
        found = execute(registration.draft, actor=operator, data=data)
        assert (found.object_type, found.resource_id) == ("product", None)

    def test_of_a_later_kind_takes_the_thing_from_the_earlier_one(self):
        agency = an_agency()
        found = a_registered_resource(agency)
        first = queries.registration_in_force(resource_id=found.id)
        data = {"kind": "correction", "previous_id": str(first.id)}
        later_one = execute(registration.draft, actor=agency, data=data)
        assert (later_one.resource_id, later_one.previous_id) == (found.id, first.id)

    def test_needs_a_name(self):
        with pytest.raises(InvalidInput):
            execute(
                registration.draft,
                actor=an_actor("operator"),
                data={"kind": "first", "object_type": "product"},
            )

    def test_refuses_an_earlier_registration_of_others(self):
        found = a_registration()
        with pytest.raises(InvalidInput):
            execute(
                registration.draft, actor=an_agency(), data={"kind": "renewal", "previous_id": str(found.id)}
            )

    def test_refuses_a_registrar_of_another_place(self):
        with pytest.raises(InvalidInput):
            a_registration(registrar_id=str(a_registrar("530000").organisation_id))


class TestAmend:
    def test_keeps_the_papers_that_are_not_replaced(self):
        agency = an_agency()
        found = a_registration(agency)
        execute(
            registration.amend, actor=agency, subject_id=found.id, data={"description": PDF, "title": "新"}
        )
        assert set(found.materials) == {"commitment_letter", "evidence", "description"}
        assert (found.title, found.risk_assessment) == ("新", "不含个人信息。")


class TestSubmit:
    def test_hands_it_to_the_registrar_of_the_place(self, case):
        _, registrar, found = case
        assert (found.state, found.registrar_id) == ("submitted", registrar.organisation_id)
        assert [(row.name, row.organisation_id) for row in due.running_of(found)] == [
            ("acceptance", registrar.organisation_id)
        ]

    def test_happens_once(self, case):
        agency, _, found = case
        with pytest.raises(WrongState):
            handed_in(found, agency)

    @pytest.mark.parametrize("missing", DECLARED)
    def test_needs_both_declarations(self, missing):
        agency = an_agency()
        found = a_registration(agency)
        with pytest.raises(InvalidInput) as refused:
            data = {**DECLARED, missing: False}
            execute(registration.submit, actor=agency, subject_id=found.id, data=data)
        assert missing in refused.value.messages

    def test_names_what_is_missing(self):
        agency = an_agency()
        a_registrar()
        found = a_registration(agency, commitment_letter=None)
        with pytest.raises(RuleBroken) as refused:
            handed_in(found, agency)
        assert "R03" in refused.value.ids and "commitment" in str(refused.value).lower()

    def test_needs_a_registrar(self):
        agency = an_agency()
        with pytest.raises(RuleBroken) as refused:
            handed_in(a_registration(agency), agency)
        assert refused.value.duty == "registry.registrar_is_named"

    def test_needs_the_deposit(self):
        agency = an_agency()
        a_registrar()
        found = a_registration(agency, a_resource(agency, deposit_sha256=None))
        with pytest.raises(RuleBroken) as refused:
            handed_in(found, agency)
        assert refused.value.duty == "registry.deposit_is_made"

    def test_refuses_a_second_one_under_way(self, case):
        agency, _, found = case
        second = a_registration(agency, queries.resource(found.resource_id))
        with pytest.raises(RuleBroken) as refused:
            handed_in(second, agency)
        assert refused.value.duty == "registry.nothing_else_pending"

    def test_refuses_a_first_one_of_what_is_registered(self):
        agency = an_agency()
        found = a_registered_resource(agency)
        with pytest.raises(RuleBroken) as refused:
            handed_in(a_registration(agency, found), agency)
        assert refused.value.duty == "registry.kind_fits"

    def test_refuses_entries_that_were_withdrawn(self, case):
        agency, _, _ = case
        found = a_resource(agency)
        entry = queries.entries_of_resource(found.id)[0]
        execute(catalogue.withdraw, actor=agency, subject_id=entry.id, data={"reasons": "错误。"})
        with pytest.raises(RuleBroken) as refused:
            handed_in(a_registration(agency, found), agency)
        assert refused.value.duty == "registry.resource_is_from_published_entries"

    def test_is_for_the_registrant(self):
        found = a_registration()
        with pytest.raises(NotFound):
            handed_in(found, an_agency())


class TestReturn:
    def test_asks_for_everything_once(self, case):
        agency, registrar, found = case
        data = {"supplement": "请补充说明文档。"}
        execute(registration.return_, actor=registrar, subject_id=found.id, data=data)
        assert (found.state, found.supplement) == ("returned", data["supplement"])
        assert [row.name for row in due.running_of(found)] == ["supplement"]
        handed_in(found, agency)
        with pytest.raises(RuleBroken) as refused:
            execute(registration.return_, actor=registrar, subject_id=found.id, data=data)
        assert refused.value.duty == "registry.one_supplement_notice"


class TestAccept:
    def test_begins_the_formal_review(self, case):
        _, registrar, found = case
        execute(registration.accept, actor=registrar, subject_id=found.id)
        assert (found.state, found.accepted_on) == ("under_review", clock.today())
        assert [row.name for row in due.running_of(found)] == ["formal_review"]

    def test_is_not_for_the_registrant(self, case):
        agency, _, found = case
        with pytest.raises(NotAllowed):
            execute(registration.accept, actor=agency, subject_id=found.id)

    def test_is_not_for_the_person_who_applied_in_another_coat(self):
        both = an_organisation("agency")
        applicant = an_agency()
        person = a_member(both)
        registrar = an_organisation("registrar")
        a_member(registrar, person=person)
        applied = acting(person, both)
        found = handed_in(a_registration(applied), applied)
        with pytest.raises(NotAllowed):
            execute(registration.accept, actor=acting(person, registrar), subject_id=found.id)
        assert "accept" not in [row.verb for row in available(found, applicant)]

    def test_is_not_for_the_registrant_s_own_registrar(self):
        organisation = an_organisation("agency", "registrar")
        holder = an_actor(organisation=organisation)
        colleague = an_actor(organisation=organisation)
        found = a_registration(holder, registrar_id=str(organisation.id))
        handed_in(found, holder)
        with pytest.raises(NotAllowed):
            execute(registration.accept, actor=colleague, subject_id=found.id)


class TestAnnounce:
    def test_opens_the_notice_for_the_days_of_the_rule(self):
        with clock.frozen("2026-09-21T10:00+08:00"):
            agency, registrar = an_agency(), a_registrar()
            found = in_notice(handed_in(a_registration(agency), agency), registrar)
        assert found.state == "public_notice"
        assert (found.notice_from, found.notice_until) == (date(2026, 9, 21), date(2026, 10, 12))

    def test_makes_it_visible_to_everybody(self, case):
        _, registrar, found = case
        with pytest.raises(NotFound):
            queries.registration(found.id, ANONYMOUS)
        in_notice(found, registrar)
        assert queries.registration(found.id, ANONYMOUS).id == found.id

    def test_is_not_held_for_a_cancellation(self):
        agency, registrar = an_agency(), a_registrar()
        found = a_registered_resource(agency, registrar)
        cancellation = handed_in(a_registration(agency, found, "cancellation"), agency)
        execute(registration.accept, actor=registrar, subject_id=cancellation.id)
        with pytest.raises(RuleBroken) as refused:
            execute(registration.announce, actor=registrar, subject_id=cancellation.id)
        assert refused.value.duty == "registry.notice_is_needed"
