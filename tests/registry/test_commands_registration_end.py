"""How a registration ends: coded or refused, expired or cancelled; objections against it."""

from datetime import timedelta

import pytest

from kernel import audit, clock, documents, due
from kernel.actor import SYSTEM
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken
from kernel.merkle import leaf_hash, root_from_proof
from registry import queries, reactions
from registry.commands import objection, registration, registration_life
from tests.factories.accounts import an_actor
from tests.factories.registry import (
    PDF,
    a_draft,
    a_registered_resource,
    a_registrar,
    a_registration,
    an_agency,
    an_objection,
    coded,
    handed_in,
    in_notice,
)

pytestmark = pytest.mark.usefixtures("app")


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
