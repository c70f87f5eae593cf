"""Registrars: named, filed, working by rules, called to account; one that is not in office can act no more."""

from datetime import timedelta

import pytest

from accounts import queries as accounts
from kernel import clock, due
from kernel.actor import ANONYMOUS, SYSTEM
from kernel.command import COMMANDS, execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from registry import queries
from registry.commands import registrar, registrar_measure, registration_life
from registry.models import Registrar
from tests.factories.accounts import a_member, acting, an_actor, an_organisation, organisation_of
from tests.factories.registry import (
    PDF,
    a_registered_resource,
    a_registrar,
    a_registration,
    an_agency,
    an_authority,
    an_objection,
    colleague,
    handed_in,
    in_notice,
)

pytestmark = pytest.mark.usefixtures("app")
FACTS = {"fault": "false_registration", "facts": "登记内容与材料不符。", "basis": "YN L173"}


def naming(organisation, first=0, last=365, **facts):
    days = {
        "qualified_from": (clock.today() + timedelta(days=first)).isoformat(),
        "qualified_until": (clock.today() + timedelta(days=last)).isoformat(),
    }
    return {"organisation_id": str(organisation.id), "naming_number": "衡数函〔2026〕2号", **days, **facts}


def filed_as(organisation):
    return db.session.query(Registrar).filter_by(organisation_id=organisation.id).one()


def later(days):
    return clock.frozen(clock.now() + timedelta(days=days))


@pytest.fixture
def world():
    """An authority, a registrar in office, its qualification and a case that waits for it."""
    authority, office = an_authority(), a_registrar()
    agency = an_agency()
    case = handed_in(a_registration(agency), agency)
    return authority, office, filed_as(organisation_of(office)), case


class TestName:
    def test_brings_an_organisation_into_office(self):
        authority, body = an_authority(), an_organisation("registrar", in_office=False)
        assert not queries.in_office(body.id, clock.today())
        assert "registrar" not in acting(a_member(body), body).roles
        made = execute(registrar.name, actor=authority, data=naming(body))
        assert made.state == "in_office" and made.named_by_id == authority.organisation_id
        assert "registrar" in acting(a_member(body), body).roles
        assert [row.id for row in accounts.registrars_of("990100")] == [body.id]

    def test_counts_by_its_days(self):
        body = an_organisation("registrar", in_office=False)
        execute(registrar.name, actor=an_authority(), data=naming(body, first=2, last=5))
        assert not queries.in_office(body.id, clock.today())
        assert queries.in_office(body.id, clock.today() + timedelta(days=5))
        assert not queries.in_office(body.id, clock.today() + timedelta(days=6))

    def test_keeps_the_registrars_of_every_level_in_one_register(self):
        bodies = {place: an_organisation("registrar", jurisdiction=place, in_office=False) for place in ("530000", "331100")}
        for place, body in bodies.items():
            execute(registrar.name, actor=an_authority(place), data=naming(body))
        listed = {row.organisation_id for row in db.session.scalars(queries.registrars(ANONYMOUS))}
        assert listed >= {body.id for body in bodies.values()}

    def test_is_for_the_authority_of_the_place(self):
        body = an_organisation("registrar", in_office=False)
        with pytest.raises(NotAllowed):
            execute(registrar.name, actor=an_agency(), data=naming(body))
        with pytest.raises(NotFound):
            execute(registrar.name, actor=an_authority("530000"), data=naming(body))

    def test_takes_public_institutions_with_the_role_once(self, world):
        authority, office, _, _ = world
        for body in (an_organisation("agency"), organisation_of(office)):
            with pytest.raises(RuleBroken) as refused:
                execute(registrar.name, actor=authority, data=naming(body))
            assert refused.value.ids == ("R04",)
        firm = an_organisation("registrar", in_office=False, legal_form="government_body")
        with pytest.raises(RuleBroken):
            execute(registrar.name, actor=authority, data=naming(firm))

    def test_needs_days_in_order(self):
        body = an_organisation("registrar", in_office=False)
        with pytest.raises(RuleBroken):
            execute(registrar.name, actor=an_authority(), data=naming(body, first=3, last=1))


class TestFile:
    FILING = {"filed_with": "衡山省数据局", "filing_number": "省备1号"}

    def test_notes_the_filing_with_the_level_above(self, world):
        authority, office, found, _ = world
        data = self.FILING | {"filed_on": clock.today().isoformat()}
        with pytest.raises(NotAllowed):
            execute(registrar.file, actor=office, subject_id=found.id, data=data)
        execute(registrar.file, actor=authority, subject_id=found.id, data=data)
        assert (found.filed_with, found.filed_on) == ("衡山省数据局", clock.today())

    def test_lies_between_naming_and_today(self, world):
        authority, _, found, _ = world
        data = self.FILING | {"filed_on": (clock.today() + timedelta(days=1)).isoformat()}
        with pytest.raises(RuleBroken):
            execute(registrar.file, actor=authority, subject_id=found.id, data=data)


class TestRequalify:
    def test_changes_the_days_and_asks_for_a_new_filing(self, world):
        authority, office, found, _ = world
        data = naming(organisation_of(office), last=20)
        data.pop("organisation_id")
        execute(registrar.requalify, actor=authority, subject_id=found.id, data=data)
        assert found.filed_on is None and not queries.in_office(office.organisation_id, clock.today() + timedelta(21))


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


class TestSubmitToRegistrar:
    def test_finds_the_next_registrar_in_office(self):
        agency, first = an_agency(), a_registrar()
        draft = a_registration(agency, registrar_id=str(first.organisation_id))
        other = a_registrar()
        execute(registrar.suspend, actor=SYSTEM, subject_id=filed_as(organisation_of(first)).id, data={"reasons": "x"})
        assert handed_in(draft, agency).registrar_id == other.organisation_id


def proposed(office):
    return execute(registrar.propose, actor=office, data={"title": "登记业务规则", "file": PDF})


class TestPropose:
    def test_is_for_a_registrar_in_office(self, world):
        with pytest.raises(NotAllowed):
            proposed(an_agency())
        assert proposed(world[1]).state == "proposed"


class TestConsent:
    def test_publishes_and_replaces_the_rules_before(self, world):
        authority, office, _, _ = world
        first, second = proposed(office), proposed(office)
        with pytest.raises(NotFound):
            queries.one_of_business_rules(ANONYMOUS, first.id)
        for rules in (first, second):
            execute(registrar.consent, actor=authority, subject_id=rules.id)
        assert (first.state, second.state) == ("replaced", "published")
        assert queries.one_of_business_rules(ANONYMOUS, second.id).id == second.id

    def test_is_not_for_the_registrar_itself(self, world):
        with pytest.raises(NotAllowed):
            execute(registrar.consent, actor=world[1], subject_id=proposed(world[1]).id)


class TestBusinessRulesDecline:
    def test_says_why(self, world):
        rules = proposed(world[1])
        execute(registrar.decline, actor=world[0], subject_id=rules.id, data={"reasons": "时限不明。"})
        assert (rules.state, rules.reasons) == ("declined", "时限不明。")


class TestBusinessRulesReplace:
    def test_is_the_system_s_own(self, world):
        rules = proposed(world[1])
        execute(registrar.consent, actor=world[0], subject_id=rules.id)
        with pytest.raises(NotAllowed):
            execute(registrar.replace, actor=world[0], subject_id=rules.id)


class TestOneRegister:
    """R08: all levels and registrars work in one register."""

    def test_shows_the_work_of_every_level_to_everybody(self):
        city, province = a_registrar(), a_registrar("990000")
        by_city = a_registered_resource(registrar=city)
        agency = an_agency(jurisdiction="990000")
        by_province = a_registered_resource(agency, province)
        seen = db.session.scalars(queries.registrations(ANONYMOUS)).all()
        assert {row.resource_id for row in seen} == {by_city.id, by_province.id}
        assert {row.registrar_id for row in seen} == {city.organisation_id, province.organisation_id}
        only = db.session.scalars(queries.registrations(ANONYMOUS, jurisdiction="990100")).all()
        assert {row.resource_id for row in only} == {by_city.id}
        name = organisation_of(province).name
        assert [row.resource_id for row in db.session.scalars(queries.registrations(ANONYMOUS, registrar=name))] == [by_province.id]


class TestActor:
    def test_of_a_person_with_other_roles_keeps_them(self):
        body = an_organisation("agency", "registrar", in_office=False)
        assert acting(a_member(body), body).roles == {"agency"}
        assert "registrar" not in an_actor("buyer").roles


