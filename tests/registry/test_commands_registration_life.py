"""What happens around a registration: corrections by others, grounds, bounds, reminders, rights, duties, codes, days."""

from datetime import date, timedelta

import pytest

from kernel import clock, documents, due
from kernel.actor import ANONYMOUS, SYSTEM
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from kernel.outbox import OutboxMessage, deliver_due
from registry import queries, reactions
from registry.commands import objection, registration, registration_life, rights
from registry.models import RightsRecord
from registry.reactions import registrations
from tests.factories.accounts import an_actor
from tests.factories.registry import (
    PDF,
    a_registered_resource,
    a_registrar,
    a_registration,
    a_resource,
    an_agency,
    an_authority,
    an_objection,
    coded,
    handed_in,
    in_notice,
)

pytestmark = pytest.mark.usefixtures("app")


def later(days):
    return clock.frozen(clock.now() + timedelta(days=days))


def time_passes():
    for find in (reactions.what_time_does, registrations.reminders):
        for command, subject_id, *data in list(find(clock.today())):
            execute(command, actor=SYSTEM, subject_id=subject_id, data=data[0] if data else None)


@pytest.fixture
def registered():
    """A holder, its registrar, the resource and its registration in force."""
    agency, registrar = an_agency(), a_registrar()
    found = a_registered_resource(agency, registrar)
    return agency, registrar, found, queries.registration_in_force(resource_id=found.id)


def asked(actor, first, **facts):
    data = {"previous_id": str(first.id), "party_basis": "evidence", "evidence": PDF, "new_volume": "90 万条", **facts}
    return execute(registration.ask_correction, actor=actor, data=data)


class TestAskCorrection:
    def test_corrects_the_entry_of_another_on_evidence(self, registered):
        agency, registrar, found, first = registered
        party = an_actor("buyer")
        case = handed_in(asked(party, first), party)
        assert (case.applicant_id, case.party_id) == (agency.organisation_id, party.organisation_id)
        assert [row.name for row in due.running_of(case)] == ["acceptance"]
        execute(registration.accept, actor=registrar, subject_id=case.id)
        assert [row.name for row in due.running_of(case)] == ["correction"]
        execute(registration.code, actor=registrar, subject_id=case.id)
        db.session.refresh(found)
        assert (found.volume, first.state, case.state) == ("90 万条", "superseded", "in_force")

    def test_with_the_consent_needs_the_consent(self, registered):
        party = an_actor("buyer")
        case = asked(party, registered[3], party_basis="written_consent")
        with pytest.raises(RuleBroken) as refused:
            handed_in(case, party)
        assert "consent" in str(refused.value).lower()
        execute(registration.amend, actor=party, subject_id=case.id, data={"consent": PDF})
        assert handed_in(case, party).state == "submitted"

    def test_is_the_party_s_own_until_it_is_handed_in(self, registered):
        agency, _, _, first = registered
        party = an_actor("buyer")
        case = asked(party, first)
        for stranger in (agency, an_actor("buyer")):
            with pytest.raises((NotAllowed, NotFound)):
                handed_in(case, stranger)
            with pytest.raises(NotFound):
                queries.registration(case.id, stranger)
        handed_in(case, party)
        assert queries.registration(case.id, agency).id == case.id

    def test_asks_the_party_for_supplements(self, registered):
        party = an_actor("buyer")
        case = handed_in(asked(party, registered[3]), party)
        execute(registration.return_, actor=registered[1], subject_id=case.id, data={"supplement": "请补充。"})
        assert [row.organisation_id for row in due.running_of(case)] == [party.organisation_id]

    def test_needs_an_account_and_a_registration_in_force(self, registered):
        with pytest.raises(NotAllowed):
            asked(ANONYMOUS, registered[3])
        execute(registration_life.cancel, actor=registered[1], subject_id=registered[3].id, data={"reasons": "x"})
        with pytest.raises(RuleBroken):
            asked(an_actor("buyer"), registered[3])


class TestCancellation:
    def test_needs_a_ground_of_the_rules(self, registered):
        agency, _, found, _ = registered
        with pytest.raises(RuleBroken) as refused:
            handed_in(a_registration(agency, found, "cancellation", ground=None), agency)
        assert refused.value.duty == "registry.cancellation_has_its_ground"

    def test_is_done_within_its_own_days(self, registered):
        agency, registrar, found, first = registered
        case = handed_in(a_registration(agency, found, "cancellation"), agency)
        execute(registration.accept, actor=registrar, subject_id=case.id)
        running = due.running_of(case)[0]
        assert (running.name, running.period_key) == ("cancellation", "reg.cancel_wd")
        execute(registration.code, actor=registrar, subject_id=case.id)
        assert (first.state, first.ground) == ("cancelled", "given_up_or_expired")


class TestExpiry:
    def test_leaves_the_cancellation_to_the_registrar(self, registered):
        _, registrar, found, first = registered
        with later((first.valid_until - clock.today()).days + 1):
            time_passes()
            assert (first.state, first.ended_on) == ("expired", first.valid_until)
            assert [row.state for row in documents.documents_of(first)] == ["revoked"]
            assert [row.name for row in due.running_of(first)] == ["cancellation_after_expiry"]
            data = {"reasons": "有效期届满未续展。", "ground": "given_up_or_expired"}
            execute(registration_life.cancel, actor=registrar, subject_id=first.id, data=data)
            announced = db.session.scalars(queries.announcements(clock.today())).all()
        db.session.refresh(found)
        assert (first.state, found.state, due.running_of(first)) == ("cancelled", "cancelled", [])
        assert [row.id for row in announced] == [first.id]

    def test_of_a_renewed_one_needs_no_cancellation(self, registered):
        agency, registrar, found, first = registered
        with later((first.valid_until - clock.today()).days - 30):
            renewal = handed_in(a_registration(agency, found, "renewal"), agency)
            coded(in_notice(renewal, registrar), registrar)
        with later((first.valid_until - clock.today()).days + 1):
            time_passes()
        assert (first.state, renewal.state, due.running_of(first)) == ("superseded", "in_force", [])
        assert renewal.bounded_by == "reg.renewal_max_years"


class TestSupersede:
    def test_is_the_system_s_own(self, registered):
        with pytest.raises(NotAllowed):
            execute(registration_life.supersede, actor=registered[1], subject_id=registered[3].id)


class TestRemind:
    def test_goes_out_at_the_days_of_the_rules_once_each(self, registered):
        _, _, _, first = registered
        for left in (61, 60, 45, 30, 29, 3):
            with later((first.valid_until - clock.today()).days - left):
                time_passes()
        assert first.reminded == [60, 30, 7]
        sent = db.session.query(OutboxMessage).filter_by(kind=registrations.REMINDER).all()
        assert [row.payload["days"] for row in sent] == [60, 30, 7]
        with later(4000):
            deliver_due()
        db.session.expire_all()
        assert {row.state for row in db.session.query(OutboxMessage).filter_by(kind=registrations.REMINDER)} == {"delivered"}

    def test_is_not_sent_once_the_renewal_is_under_way(self, registered):
        agency, _, found, first = registered
        with later((first.valid_until - clock.today()).days - 30):
            handed_in(a_registration(agency, found, "renewal"), agency)
            assert not list(registrations.reminders(clock.today()))

    def test_is_the_system_s_own(self, registered):
        with pytest.raises(NotAllowed):
            execute(registration_life.remind, actor=registered[0], subject_id=registered[3].id, data={"days": 7})


class TestBound:
    def bind(self, first, until, number="KF-1"):
        data = {"until": until.isoformat() if until else None, "number": number if until else ""}
        return execute(registration_life.bound, actor=SYSTEM, subject_id=first.id, data=data)

    def test_ends_a_registration_with_the_authorisation_and_says_so(self, registered):
        _, _, found, first = registered
        own, until = first.valid_until, clock.today() + timedelta(days=200)
        self.bind(first, until)
        db.session.refresh(found)
        assert (first.valid_until, first.bounded_by, found.registered_until) == (until, "reg.bounded_by_agreement", until)
        sheet = documents.current("registration_confirmation", first)
        assert "KF-1" in sheet.data["bound"]["zh"] and sheet.id == first.document_id
        assert {row.state for row in documents.documents_of(first)} == {"superseded", "in_force"}
        self.bind(first, None)
        db.session.refresh(found)
        assert (first.valid_until, first.bounded_by, found.registered_until) == (own, "reg.validity_years", own)

    def test_changes_nothing_where_the_authorisation_is_longer(self, registered):
        first = registered[3]
        own = first.valid_until
        self.bind(first, own + timedelta(days=10))
        assert (first.valid_until, first.bound_until, len(documents.documents_of(first))) == (own, None, 1)

    def test_is_the_system_s_own(self, registered):
        with pytest.raises(NotAllowed):
            execute(registration_life.bound, actor=registered[0], subject_id=registered[3].id, data={})


class TestComment:
    def test_lets_the_registrant_answer_without_telling_who_objects(self):
        agency, registrar = an_agency(), a_registrar()
        raised = an_objection(in_notice(handed_in(a_registration(agency), agency), registrar))
        with pytest.raises(NotAllowed):
            execute(objection.comment, actor=registrar, subject_id=raised.id, data={"comment": "x"})
        execute(objection.comment, actor=agency, subject_id=raised.id, data={"comment": "数据系本单位采集。"})
        assert raised.comment == "数据系本单位采集。" and raised.commented_at


class TestProof:
    def test_is_needed_with_an_objection(self):
        agency, registrar = an_agency(), a_registrar()
        found = in_notice(handed_in(a_registration(agency), agency), registrar)
        with pytest.raises(InvalidInput) as refused:
            an_objection(found, proof=None)
        assert "proof" in refused.value.messages
        assert an_objection(found, proof=None, evidence=PDF).state == "lodged"


class TestRightsRecordEnter:
    def test_follows_the_code(self, registered):
        agency, _, found, first = registered
        rows = queries.rights_in(found.id, None)
        assert [(row.kind, row.organisation_id, row.source_number, row.state) for row in rows] == [
            ("hold", agency.organisation_id, first.number, "in_force")
        ]

    def test_is_not_repeated_by_a_later_kind(self, registered):
        agency, registrar, found, _ = registered
        change = handed_in(a_registration(agency, found, "change", new_volume="1"), agency)
        coded(in_notice(change, registrar), registrar)
        assert len(queries.rights_in(found.id, None)) == 1

    def test_is_the_system_s_own(self, registered):
        with pytest.raises(NotAllowed):
            execute(rights.enter, actor=registered[0], data={})


class TestRightsRecordEnd:
    def test_keeps_the_right_with_its_last_day(self, registered):
        _, registrar, found, first = registered
        execute(registration_life.cancel, actor=registrar, subject_id=first.id, data={"reasons": "灭失。"})
        rows = queries.rights_in(found.id, None)
        assert [(row.state, row.ended_on) for row in rows] == [("ended", clock.today())]

    def test_is_not_for_people(self, registered):
        record = db.session.query(RightsRecord).one()
        with pytest.raises(NotAllowed):
            execute(rights.end, actor=registered[1], subject_id=record.id)


class TestDutyToRegisterNote:
    def noted(self, actor, found, ground="delivery", began=None):
        began = began or clock.today()
        data = {"resource_id": str(found.id), "title": found.title, "ground": ground, "began_on": began.isoformat()}
        return execute(rights.note, actor=actor, data=data)

    def test_starts_the_days_after_the_delivery(self):
        agency = an_agency()
        duty = self.noted(an_authority(), a_resource(agency))
        running = due.running_of(duty)[0]
        assert (running.name, running.period_key) == ("registration_after_delivery", "reg.first_after_delivery_wd")
        assert running.organisation_id == agency.organisation_id == duty.holder_id

    def test_counts_the_transition_from_the_day_the_rules_came_into_force(self):
        duty = self.noted(an_authority(), a_resource(), "transition", date(2024, 6, 1))
        running = due.running_of(duty)[0]
        assert (running.started_on, running.period_key) == (date(2025, 3, 1), "reg.transition_wd")
        assert running.due_on == date(2025, 4, 14)

    def test_refuses_days_to_come_and_buyers(self):
        found = a_resource()
        with pytest.raises(InvalidInput):
            self.noted(an_authority(), found, began=clock.today() + timedelta(days=1))
        with pytest.raises(NotAllowed):
            self.noted(an_actor("buyer"), found)


class TestDutyToRegisterMeet:
    def test_follows_the_first_registration(self):
        agency, _ = an_agency(), a_registrar()
        found = a_resource(agency)
        duty = TestDutyToRegisterNote().noted(an_authority(), found)
        case = handed_in(a_registration(agency, found), agency)
        assert (duty.state, duty.registration_id, due.running_of(duty)) == ("met", case.id, [])


class TestDutyToRegisterWaive:
    def test_is_for_the_authority(self):
        agency, authority = an_agency(), an_authority()
        duty = TestDutyToRegisterNote().noted(authority, a_resource(agency))
        with pytest.raises(NotAllowed):
            execute(rights.waive, actor=agency, subject_id=duty.id, data={"reasons": "x"})
        execute(rights.waive, actor=authority, subject_id=duty.id, data={"reasons": "未用于授权运营。"})
        assert duty.state == "waived"
        with pytest.raises(WrongState):
            execute(rights.waive, actor=authority, subject_id=duty.id, data={"reasons": "x"})


class TestByCode:
    def test_finds_a_registration_by_each_of_its_codes(self):
        agency, registrar = an_agency(), a_registrar()
        found = in_notice(handed_in(a_registration(agency, local_code="GAN123"), agency), registrar)
        with later((found.notice_until - clock.today()).days + 1):
            data = {"national_code": "1393264726771781632103"}
            execute(registration.code, actor=registrar, subject_id=found.id, data=data)
        for code in (found.number, found.number.lower(), "GAN123", "1393264726771781632103", " GAN123 "):
            assert queries.by_code(code).id == found.id
        assert queries.by_code("GAN124") is None

    def test_finds_nothing_that_is_not_public(self):
        agency, _ = an_agency(), a_registrar()
        handed_in(a_registration(agency, local_code="GAN123"), agency)
        assert queries.by_code("GAN123") is None


class TestAsOf:
    def test_tells_the_register_of_a_day(self, registered):
        _, registrar, _, first = registered
        before = first.coded_on
        with later(400):
            execute(registration_life.cancel, actor=registrar, subject_id=first.id, data={"reasons": "灭失。"})
            assert queries.state_on(first, before) == "in_force" and queries.state_on(first, clock.today()) == "cancelled"
            assert queries.state_on(first, before - timedelta(days=400)) is None
            on_the_day = queries.registrations(ANONYMOUS, as_of=before, state="in_force")
            assert [row.id for row in db.session.scalars(on_the_day)] == [first.id]
            assert not db.session.scalars(queries.registrations(ANONYMOUS, as_of=clock.today(), state="in_force")).all()

    def test_tells_the_course_without_persons(self, registered):
        told = [event.command.rsplit(".", 1)[1] for event in queries.public_history(registered[3])]
        assert told == ["announce", "code"]
