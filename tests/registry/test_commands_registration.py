"""The commands on resources, registrations and objections."""

from datetime import date, timedelta

import pytest

from kernel import audit, clock, documents, due
from kernel.actor import ANONYMOUS, SYSTEM
from kernel.command import available, execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from kernel.merkle import leaf_hash, root_from_proof
from registry import queries, reactions
from registry.commands import catalogue, objection, registration, registration_life, resource
from tests.factories.accounts import a_member, acting, an_actor, an_organisation
from tests.factories.registry import (
    PDF,
    RESOURCE,
    a_draft,
    a_published_entry,
    a_registered_resource,
    a_registrar,
    a_registration,
    a_resource,
    an_agency,
    an_objection,
    coded,
    handed_in,
    in_notice,
)

pytestmark = pytest.mark.usefixtures("app")
DECLARED = {"commitment": True, "public_preview_confirmed": True}


def time_passes():
    """What the scheduler does with the sweep of the registry."""
    for command, subject_id in list(reactions.what_time_does(clock.today())):
        execute(command, actor=SYSTEM, subject_id=subject_id)


def later(days):
    return clock.frozen(clock.now() + timedelta(days=days))


def after_notice(found):
    return later((found.notice_until - clock.today()).days + 1)


def in_force_again(kind, agency, registrar, found, **facts):
    """A further registration of that kind, brought to its code."""
    next_one = handed_in(a_registration(agency, found, kind, **facts), agency)
    execute(registration.accept, actor=registrar, subject_id=next_one.id)
    if kind in ("correction", "cancellation"):
        return execute(registration.code, actor=registrar, subject_id=next_one.id)
    execute(registration.announce, actor=registrar, subject_id=next_one.id)
    return coded(next_one, registrar)


@pytest.fixture
def case():
    """A holder, its registrar and a registration handed in."""
    agency, registrar = an_agency(), a_registrar()
    return agency, registrar, handed_in(a_registration(agency), agency)


class TestDescribe:
    def test_makes_a_resource_of_published_entries(self):
        found = a_resource()
        assert found.state == "described"
        assert [entry.state for entry in queries.entries_of_resource(found.id)] == ["published"]

    def test_refuses_entries_that_are_not_published_or_not_own(self):
        agency = an_agency()
        for entry in (a_draft(agency), a_published_entry()):
            with pytest.raises(InvalidInput):
                execute(resource.describe, actor=agency, data={**RESOURCE, "entry_ids": [str(entry.id)]})

    def test_refuses_core_data(self):
        with pytest.raises(RuleBroken) as refused:
            a_resource(national_grade="core")
        assert "G02" in refused.value.ids

    def test_is_not_for_buyers(self):
        with pytest.raises(NotAllowed):
            execute(resource.describe, actor=an_actor("buyer"), data={**RESOURCE, "entry_ids": []})


class TestAmendResource:
    def test_replaces_the_description_and_the_entries(self):
        agency = an_agency()
        found, other = a_resource(agency), a_published_entry(agency, title="站点名录")
        values = {**RESOURCE, "title": "新名称", "entry_ids": [str(other.id)]}
        execute(resource.amend, actor=agency, subject_id=found.id, data=values)
        assert found.title == "新名称"
        assert [entry.id for entry in queries.entries_of_resource(found.id)] == [other.id]

    def test_ends_with_the_registration(self):
        agency = an_agency()
        found = a_registered_resource(agency)
        with pytest.raises(WrongState):
            execute(resource.amend, actor=agency, subject_id=found.id, data={})


class TestRegister:
    def test_is_the_system_s_own(self):
        agency = an_agency()
        found = a_resource(agency)
        with pytest.raises(NotAllowed):
            execute(resource.register, actor=agency, subject_id=found.id, data={"code": "X"})

    def test_follows_the_code(self):
        found = a_registered_resource()
        assert found.state == "registered" and found.code.startswith("ZY-990100-")
        assert queries.resource_is_registered(found.id, clock.today())
        assert not queries.resource_is_registered(found.id, found.registered_until + timedelta(days=1))


class TestAdjust:
    def test_changes_what_a_registration_may_change(self):
        found = a_registered_resource()
        until = found.registered_until
        data = {"changes": {"volume": "130 万条", "national_grade": "core"}}
        execute(resource.adjust, actor=SYSTEM, subject_id=found.id, data=data)
        assert (found.volume, found.national_grade, found.registered_until) == ("130 万条", "general", until)

    def test_is_the_system_s_own(self):
        agency = an_agency()
        found = a_registered_resource(agency)
        with pytest.raises(NotAllowed):
            execute(resource.adjust, actor=agency, subject_id=found.id, data={"changes": {"volume": "x"}})


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


class TestCode:
    @pytest.mark.prints
    def test_gives_a_number_and_a_confirmation(self, case):
        _, registrar, found = case
        coded(in_notice(found, registrar), registrar)
        document = documents.current("registration_confirmation", found)
        assert found.state == "in_force" and found.number.startswith("ZY-990100-")
        assert found.document_id == document.id and document.public
        assert found.valid_until == found.coded_on.replace(year=found.coded_on.year + 3)
        assert documents.content(document).startswith(b"%PDF-")

    def test_stands_in_the_log_with_a_proof_that_anybody_can_follow(self, case):
        _, registrar, found = case
        coded(in_notice(found, registrar), registrar)
        audit.seal(clock.now())
        event = next(row for row in audit.events_of(found) if row.command == "registry.registration.code")
        proof = audit.proof_of(event.id)
        path = [bytes.fromhex(step) for step in proof["path"]]
        root = root_from_proof(leaf_hash(proof["entry"].encode()), proof["position"], proof["tree_size"], path)
        assert root.hex() == proof["root"] and "\nstate in_force\n" in proof["entry"]

    def test_waits_for_the_last_day_of_the_notice(self, case):
        _, registrar, found = case
        in_notice(found, registrar)
        with later((found.notice_until - clock.today()).days), pytest.raises(RuleBroken) as refused:
            execute(registration.code, actor=registrar, subject_id=found.id)
        assert refused.value.duty == "registry.notice_has_run"

    def test_needs_a_notice(self, case):
        _, registrar, found = case
        execute(registration.accept, actor=registrar, subject_id=found.id)
        with pytest.raises(RuleBroken):
            execute(registration.code, actor=registrar, subject_id=found.id)

    def test_waits_for_the_answer_to_an_objection(self, case):
        _, registrar, found = case
        raised = an_objection(in_notice(found, registrar))
        with pytest.raises(RuleBroken) as refused:
            coded(found, registrar)
        assert refused.value.duty == "registry.objections_are_settled"
        execute(objection.dismiss, actor=registrar, subject_id=raised.id, data={"reply": "依职责采集。"})
        assert coded(found, registrar).state == "in_force"

    def test_is_barred_by_an_objection_that_was_upheld(self, case):
        _, registrar, found = case
        raised = an_objection(in_notice(found, registrar))
        execute(objection.uphold, actor=registrar, subject_id=raised.id, data={"reply": "属实。"})
        with pytest.raises(RuleBroken):
            coded(found, registrar)

    def test_of_a_change_takes_effect_on_the_resource(self):
        agency, registrar = an_agency(), a_registrar()
        found = a_registered_resource(agency, registrar)
        first = queries.registration_in_force(resource_id=found.id)
        change = in_force_again("change", agency, registrar, found, new_storage_location="省政务云")
        db.session.refresh(found)
        assert (found.storage_location, found.state) == ("省政务云", "registered")
        assert (first.state, change.valid_until) == ("superseded", first.valid_until)
        assert documents.current("registration_confirmation", first) is None

    def test_of_a_change_minds_no_document_that_has_ended_already(self):
        agency, registrar = an_agency(), a_registrar()
        found = a_registered_resource(agency, registrar)
        first = queries.registration_in_force(resource_id=found.id)
        documents.revoke(documents.current("registration_confirmation", first), now=clock.now(), reason="x")
        db.session.commit()
        assert in_force_again("correction", agency, registrar, found, new_volume="1").state == "in_force"

    def test_of_a_correction_needs_no_notice(self):
        agency, registrar = an_agency(), a_registrar()
        found = a_registered_resource(agency, registrar)
        correction = in_force_again("correction", agency, registrar, found, new_volume="130 万条")
        db.session.refresh(found)
        assert (correction.state, found.volume) == ("in_force", "130 万条")

    def test_of_a_cancellation_ends_the_registration(self):
        agency, registrar = an_agency(), a_registrar()
        found = a_registered_resource(agency, registrar)
        first = queries.registration_in_force(resource_id=found.id)
        last = in_force_again("cancellation", agency, registrar, found)
        db.session.refresh(found)
        assert (last.state, first.state, found.state) == ("completed", "cancelled", "cancelled")
        assert not queries.resource_is_registered(found.id, clock.today())

    def test_of_a_renewal_follows_the_old_end(self):
        agency, registrar = an_agency(), a_registrar()
        found = a_registered_resource(agency, registrar)
        first = queries.registration_in_force(resource_id=found.id)
        with pytest.raises(RuleBroken):
            handed_in(a_registration(agency, found, "renewal"), agency)
        with later((first.valid_until - clock.today()).days - 30):
            renewal = in_force_again("renewal", agency, registrar, found)
        assert renewal.valid_from == first.valid_until + timedelta(days=1)

    def test_of_a_product_touches_no_resource(self):
        operator, registrar = an_actor("operator"), a_registrar()
        data = {
            "kind": "first",
            "object_type": "product",
            "title": "雨量指数",
            "summary": "指数产品。",
            "risk_assessment": "无。",
            "commitment_letter": PDF,
        }
        found = handed_in(execute(registration.draft, actor=operator, data=data), operator)
        assert coded(in_notice(found, registrar), registrar).number.startswith("CP-")


class TestRefuse:
    def test_gives_reasons_and_the_rule(self, case):
        _, registrar, found = case
        in_notice(found, registrar)
        data = {"reasons": "来源不合法。", "basis": "发改数据规〔2025〕26号"}
        execute(registration.refuse, actor=registrar, subject_id=found.id, data=data)
        assert found.state == "refused" and "来源不合法" in found.reasons

    def test_needs_both(self, case):
        _, registrar, found = case
        in_notice(found, registrar)
        with pytest.raises(InvalidInput):
            execute(registration.refuse, actor=registrar, subject_id=found.id, data={"reasons": "x"})


class TestEndNotice:
    def test_starts_the_clock_for_the_code(self, case):
        _, registrar, found = case
        in_notice(found, registrar)
        with after_notice(found):
            time_passes()
            time_passes()
        assert found.notice_ended_on and [row.name for row in due.running_of(found)] == ["coding"]


class TestExpire:
    def test_ends_registration_and_resource_after_the_last_day(self):
        found = a_registered_resource()
        first = queries.registration_in_force(resource_id=found.id)
        with pytest.raises(RuleBroken):
            execute(registration_life.expire, actor=SYSTEM, subject_id=first.id)
        with later((first.valid_until - clock.today()).days + 1):
            time_passes()
        db.session.refresh(found)
        assert (first.state, found.state) == ("expired", "cancelled")


class TestCancel:
    def test_ends_the_resource_and_revokes_the_confirmation(self):
        registrar = a_registrar()
        found = a_registered_resource(registrar=registrar)
        first = queries.registration_in_force(resource_id=found.id)
        execute(registration_life.cancel, actor=registrar, subject_id=first.id, data={"reasons": "资源灭失。"})
        db.session.refresh(found)
        assert (first.state, found.state) == ("cancelled", "cancelled")
        assert [row.state for row in documents.documents_of(first)] == ["revoked"]

    def test_of_a_resource_lets_it_be_registered_again(self):
        agency, registrar = an_agency(), a_registrar()
        found = a_registered_resource(agency, registrar)
        code = found.code
        first = queries.registration_in_force(resource_id=found.id)
        execute(registration_life.cancel, actor=registrar, subject_id=first.id, data={"reasons": "错误。"})
        in_force_again("first", agency, registrar, found)
        db.session.refresh(found)
        assert (found.state, found.code) == ("registered", code)


class TestLodge:
    def test_is_open_to_anybody_during_the_notice(self, case):
        _, registrar, found = case
        raised = an_objection(in_notice(found, registrar), evidence=PDF)
        assert (raised.state, raised.lodged_by_id) == ("lodged", None)
        assert raised.receipt.startswith("YY-990100-") and raised.evidence["name"] == "paper.pdf"
        assert queries.objection_by_receipt(raised.receipt.lower()).id == raised.id

    def test_ends_with_the_last_day(self, case):
        _, registrar, found = case
        in_notice(found, registrar)
        with later((found.notice_until - clock.today()).days):
            an_objection(found)
        with after_notice(found), pytest.raises(RuleBroken) as refused:
            an_objection(found)
        assert refused.value.duty == "registry.objection_is_in_time"

    def test_needs_a_registration(self):
        with pytest.raises(InvalidInput):
            an_objection(a_draft())


class TestUphold:
    def test_is_for_the_registrar_in_charge(self, case):
        agency, registrar, found = case
        raised = an_objection(in_notice(found, registrar))
        for stranger in (agency, a_registrar("530000")):
            with pytest.raises((NotAllowed, NotFound)):
                execute(objection.uphold, actor=stranger, subject_id=raised.id, data={"reply": "x"})
        execute(objection.uphold, actor=registrar, subject_id=raised.id, data={"reply": "属实。"})
        assert (raised.state, raised.reply) == ("upheld", "属实。")


class TestDismiss:
    def test_answers_with_reasons(self, case):
        _, registrar, found = case
        raised = an_objection(in_notice(found, registrar))
        with pytest.raises(InvalidInput):
            execute(objection.dismiss, actor=registrar, subject_id=raised.id, data={})
        execute(objection.dismiss, actor=registrar, subject_id=raised.id, data={"reply": "证据不足。"})
        assert raised.state == "not_upheld"
