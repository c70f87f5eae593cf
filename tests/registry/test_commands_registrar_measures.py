"""Measures against a registrar: recorded, announced, served, decided; its cases go to another."""

from datetime import timedelta

import pytest

from kernel import clock, due
from kernel.actor import ANONYMOUS
from kernel.command import COMMANDS, execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from registry import queries
from registry.commands import registrar, registrar_measure, registration_life
from tests.factories.accounts import a_member, acting, organisation_of
from tests.factories.registry import (
    a_registrar,
    a_registration,
    an_agency,
    an_authority,
    an_objection,
    colleague,
    handed_in,
    in_notice,
)
from tests.registry.commands_registrar_steps import filed_as

pytestmark = pytest.mark.usefixtures("app")
FACTS = {"fault": "false_registration", "facts": "登记内容与材料不符。", "basis": "YN L173"}


def later(days):
    return clock.frozen(clock.now() + timedelta(days=days))


@pytest.fixture
def world():
    """An authority, a registrar in office, its qualification and a case that waits for it."""
    authority, office = an_authority(), a_registrar()
    agency = an_agency()
    case = handed_in(a_registration(agency), agency)
    return authority, office, filed_as(organisation_of(office)), case


def announced(world, kind="suspension"):
    authority, _, found, _ = world
    data = {"registrar_id": str(found.id), "kind": kind, **FACTS}
    return execute(registrar_measure.announce, actor=authority, data=data)


def served(world, kind="suspension"):
    made = announced(world, kind)
    data = {"service": "platform", "served_on": clock.today().isoformat()}
    return execute(registrar_measure.serve, actor=world[0], subject_id=made.id, data=data)


def decided(world, kind="suspension"):
    made = served(world, kind)
    execute(registrar_measure.reply, actor=world[1], subject_id=made.id, data={"reply": "已整改。"})
    decider = colleague(world[0])
    return execute(registrar_measure.decide, actor=decider, subject_id=made.id, data={"outcome": "情况属实。"})


class TestRecord:
    def test_keeps_an_interview_at_once(self, world):
        authority, _, found, _ = world
        data = {"registrar_id": str(found.id), "kind": "interview", **FACTS}
        made = execute(registrar_measure.record, actor=authority, data=data)
        assert made.state == "recorded"
        execute(registrar_measure.conclude, actor=authority, subject_id=made.id, data={"outcome": "已纠正。"})
        assert (made.state, made.ended_on) == ("concluded", clock.today())

    def test_is_not_for_what_takes_the_qualification(self, world):
        authority, _, found, _ = world
        with pytest.raises(RuleBroken):
            data = {"registrar_id": str(found.id), "kind": "suspension", **FACTS}
            execute(registrar_measure.record, actor=authority, data=data)
        with pytest.raises(RuleBroken):
            data = {"registrar_id": str(found.id), "kind": "guidance", **FACTS}
            execute(registrar_measure.announce, actor=authority, data=data)


class TestConclude:
    def test_is_not_for_the_registrar(self, world):
        authority, office, found, _ = world
        data = {"registrar_id": str(found.id), "kind": "guidance", **FACTS}
        made = execute(registrar_measure.record, actor=authority, data=data)
        with pytest.raises(NotAllowed):
            execute(registrar_measure.conclude, actor=office, subject_id=made.id, data={"outcome": "x"})


class TestAnnounce:
    def test_is_not_for_strangers(self, world):
        _, office, found, _ = world
        data = {"registrar_id": str(found.id), "kind": "suspension", **FACTS}
        with pytest.raises(NotAllowed):
            execute(registrar_measure.announce, actor=office, data=data)
        with pytest.raises(NotFound):
            execute(registrar_measure.announce, actor=an_authority("530000"), data=data)

    def test_is_seen_by_its_two_sides_alone(self, world):
        made = announced(world)
        for actor in (world[0], world[1]):
            assert queries.measure(actor, made.id).id == made.id
        for actor in (ANONYMOUS, an_agency()):
            with pytest.raises(NotFound):
                queries.measure(actor, made.id)


class TestServe:
    def test_starts_the_days_to_reply(self, world):
        made = served(world)
        assert made.reply_due == due.due_day(made, "adverse.reply_wd", clock.today()).on
        assert [(row.name, row.due_on) for row in due.running_of(made)] == [("registrar_reply", made.reply_due)]

    def test_cannot_lie_in_the_future(self, world):
        made = announced(world)
        data = {"service": "post", "served_on": (clock.today() + timedelta(days=1)).isoformat()}
        with pytest.raises(RuleBroken):
            execute(registrar_measure.serve, actor=world[0], subject_id=made.id, data=data)


class TestReply:
    def test_is_the_registrar_s_own(self, world):
        made = served(world)
        with pytest.raises(NotAllowed):
            execute(registrar_measure.reply, actor=world[0], subject_id=made.id, data={"reply": "x"})
        execute(registrar_measure.reply, actor=world[1], subject_id=made.id, data={"reply": "不属实。"})
        assert made.reply_text == "不属实。" and not due.running_of(made)


class TestDecide:
    def test_waits_for_the_reply_or_its_days(self, world):
        made, decider = served(world), colleague(world[0])
        with pytest.raises(RuleBroken) as refused:
            execute(registrar_measure.decide, actor=decider, subject_id=made.id, data={"outcome": "x"})
        assert refused.value.duty == "registry.registrar_is_heard"
        with later((made.reply_due - clock.today()).days + 1):
            execute(registrar_measure.decide, actor=decider, subject_id=made.id, data={"outcome": "逾期未申辩。"})
        assert made.state == "decided"

    def test_needs_the_service_first(self, world):
        made = announced(world)
        with pytest.raises(WrongState):
            execute(registrar_measure.decide, actor=colleague(world[0]), subject_id=made.id, data={"outcome": "x"})

    def test_is_for_another_person(self, world):
        made = served(world)
        execute(registrar_measure.reply, actor=world[1], subject_id=made.id, data={"reply": "x"})
        with pytest.raises(RuleBroken) as refused:
            execute(registrar_measure.decide, actor=world[0], subject_id=made.id, data={"outcome": "x"})
        assert refused.value.duty == "registry.another_decides_on_registrar"

    @pytest.mark.parametrize(("kind", "state"), [("suspension", "suspended"), ("cancellation", "cancelled")])
    def test_takes_the_office_at_once(self, world, kind, state):
        _, office, found, case = world
        decided(world, kind)
        assert found.state == state and not queries.in_office(office.organisation_id, clock.today())
        again = acting(db.session.get(type(a_member(organisation_of(office))), office.user_id), organisation_of(office))
        for command in [row for row in COMMANDS.values() if "registrar_not_registrant" in str(row.may)]:
            with pytest.raises((NotAllowed, NotFound, WrongState)):
                execute(command, actor=again, subject_id=case.id, data={})


class TestDrop:
    def test_ends_what_was_intended(self, world):
        made = served(world)
        execute(registrar_measure.drop, actor=world[0], subject_id=made.id, data={"outcome": "查无实据。"})
        assert made.state == "dropped" and queries.in_office(world[1].organisation_id, clock.today())


class TestRegistrarSuspend:
    def test_follows_the_decision_alone(self, world):
        authority, _, found, _ = world
        with pytest.raises(NotAllowed):
            execute(registrar.suspend, actor=authority, subject_id=found.id, data={"reasons": "x"})


class TestRegistrarLift:
    def test_brings_it_back_into_office(self, world):
        authority, office, found, _ = world
        decided(world)
        execute(registrar.lift, actor=authority, subject_id=found.id, data={"reasons": "已整改。"})
        assert queries.in_office(office.organisation_id, clock.today()) and found.ended_because == ""


class TestRegistrarCancel:
    def test_is_for_good(self, world):
        decided(world, "cancellation")
        with pytest.raises(WrongState):
            execute(registrar.lift, actor=world[0], subject_id=world[2].id, data={"reasons": "x"})
        with pytest.raises(WrongState):
            announced(world)


class TestReassign:
    def test_gives_cases_objections_and_clocks_to_another(self, world):
        authority, office, _, case = world
        in_notice(case, office)
        raised = an_objection(case)
        other = a_registrar()
        with pytest.raises(RuleBroken) as refused:
            data = {"registrar_id": str(other.organisation_id), "reasons": "暂停资格。"}
            execute(registration_life.reassign, actor=authority, subject_id=case.id, data=data)
        assert refused.value.duty == "registry.case_needs_another_registrar"
        decided(world)
        assert [row.id for row in queries.stranded_cases(authority, clock.today())] == [case.id]
        with pytest.raises(InvalidInput):
            data = {"registrar_id": str(office.organisation_id), "reasons": "x"}
            execute(registration_life.reassign, actor=authority, subject_id=case.id, data=data)
        data = {"registrar_id": str(other.organisation_id), "reasons": "原登记机构暂停资格。"}
        execute(registration_life.reassign, actor=authority, subject_id=case.id, data=data)
        assert case.registrar_id == raised.registrar_id == other.organisation_id
        assert {row.organisation_id for row in (*due.running_of(case), *due.running_of(raised))} == {other.organisation_id}
        assert not queries.stranded_cases(authority, clock.today())

    def test_is_for_the_authority(self, world):
        data = {"registrar_id": str(world[1].organisation_id), "reasons": "x"}
        with pytest.raises(NotAllowed):
            execute(registration_life.reassign, actor=world[1], subject_id=world[3].id, data=data)
