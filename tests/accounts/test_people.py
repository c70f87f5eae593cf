"""What can be done to people's accounts."""

import uuid

import pytest

from accounts import queries
from accounts.commands import person, session
from accounts.models import Person, Session
from kernel import audit, clock
from kernel.actor import ANONYMOUS, SYSTEM
from kernel.command import execute
from kernel.errors import InvalidInput, NotAllowed, NotFound
from tests.factories.accounts import PASSWORD, a_person, acting

pytestmark = pytest.mark.usefixtures("app")
MORNING = "2026-11-23T09:00+08:00"


def begun(who: Person, **facts: str) -> Session:
    return execute(session.begin, actor=SYSTEM, data={"person_id": str(who.id)} | facts)


class TestRegister:
    def test_makes_an_active_person_with_a_lower_case_address(self) -> None:
        made = a_person("Li.Na@Example.org", phone="0871-1")
        assert (made.state, made.email, made.language) == ("active", "li.na@example.org", "zh")

    def test_keeps_only_a_hash_and_logs_no_password(self) -> None:
        made = a_person()
        assert PASSWORD not in made.password_hash
        (event,) = audit.events_of(made)
        assert "password" not in event.data and PASSWORD.encode() not in event.body
        assert event.command == "accounts.person.register"

    def test_refuses_an_address_that_is_taken(self) -> None:
        a_person("one@example.org")
        with pytest.raises(InvalidInput) as refusal:
            a_person("ONE@example.org")
        assert set(refusal.value.messages) == {"email"}

    def test_refuses_a_weak_password_at_its_field(self) -> None:
        with pytest.raises(InvalidInput) as refusal:
            a_person(password="1234567890")
        assert set(refusal.value.messages) == {"password"}

    def test_is_not_for_strangers_by_the_generic_doors(self) -> None:
        with pytest.raises(NotAllowed):
            execute(person.register, actor=ANONYMOUS, data={})


class TestAmend:
    def test_changes_what_people_may_change(self) -> None:
        who = a_person()
        facts = {"name": "New name", "phone": "1", "language": "en"}
        execute(person.amend, actor=acting(who), subject_id=who.id, data=facts)
        assert (who.name, who.phone, who.language) == ("New name", "1", "en")

    def test_is_for_oneself_alone(self) -> None:
        who = a_person()
        with pytest.raises(NotFound):
            execute(person.amend, actor=acting(a_person()), subject_id=who.id, data={})

    def test_does_not_take_columns_that_are_not_offered(self) -> None:
        who = a_person()
        with pytest.raises(InvalidInput):
            execute(
                person.amend,
                actor=acting(who),
                subject_id=who.id,
                data={"name": "x", "language": "en", "state": "x"},
            )


class TestChangePassword:
    def test_sets_the_new_one_and_ends_every_session(self) -> None:
        who = a_person()
        open_one = begun(who)
        facts = {"password": PASSWORD, "new_password": "quite another sentence"}
        execute(person.change_password, actor=acting(who), subject_id=who.id, data=facts)
        assert queries.password_is_right(who.id, "quite another sentence")
        assert not queries.password_is_right(who.id, PASSWORD)
        assert open_one.state == "ended" and queries.open_sessions(who.id, clock.now()) == []

    def test_refuses_without_the_present_one(self) -> None:
        who = a_person()
        with pytest.raises(InvalidInput) as refusal:
            facts = {"password": "wrong", "new_password": "quite another sentence"}
            execute(person.change_password, actor=acting(who), subject_id=who.id, data=facts)
        assert set(refusal.value.messages) == {"password"}

    def test_refuses_a_weak_one(self) -> None:
        who = a_person()
        with pytest.raises(InvalidInput) as refusal:
            facts = {"password": PASSWORD, "new_password": "short"}
            execute(person.change_password, actor=acting(who), subject_id=who.id, data=facts)
        assert set(refusal.value.messages) == {"new_password"}


class TestReplacePassword:
    def test_is_for_whoever_runs_the_installation(self) -> None:
        who = a_person()
        facts = {"new_password": "quite another sentence"}
        with pytest.raises(NotAllowed):
            execute(person.replace_password, actor=acting(who), subject_id=who.id, data=facts)
        execute(person.replace_password, actor=SYSTEM, subject_id=who.id, data=facts)
        assert queries.password_is_right(who.id, "quite another sentence")


class TestSuspend:
    def test_puts_the_person_out_at_once(self) -> None:
        who = a_person()
        row = begun(who)
        execute(person.suspend, actor=SYSTEM, subject_id=who.id)
        assert row.state == "ended"
        assert acting(who) == ANONYMOUS
        assert not queries.password_is_right(who.id, PASSWORD)
        assert queries.person_with(who.email, PASSWORD) is None
        with pytest.raises(NotFound):
            begun(who)


class TestReinstate:
    def test_opens_the_account_again(self) -> None:
        who = a_person()
        execute(person.suspend, actor=SYSTEM, subject_id=who.id)
        execute(person.reinstate, actor=SYSTEM, subject_id=who.id)
        assert acting(who).user_id == who.id


class TestPasswordIsRight:
    def test_says_no_for_nobody(self) -> None:
        assert not queries.password_is_right(None, PASSWORD)
        assert not queries.password_is_right(uuid.uuid4(), PASSWORD)


class TestProofOf:
    def test_is_the_evidence_of_a_signature(self) -> None:
        who = a_person()
        assert queries.proof_of(who.id, "wrong", clock.now()) is None
        proof = queries.proof_of(who.id, PASSWORD, clock.now())
        assert proof is not None and proof["confirmed"] and proof["method"] == "password"
