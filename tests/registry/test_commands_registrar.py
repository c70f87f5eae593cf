"""Registrars: named, filed, working by rules, called to account; one that is not in office can act no more."""

from datetime import timedelta

import pytest

from accounts import queries as accounts
from kernel import clock
from kernel.actor import ANONYMOUS, SYSTEM
from kernel.command import execute
from kernel.db import db
from kernel.errors import NotAllowed, NotFound, RuleBroken
from registry import queries
from registry.commands import registrar
from tests.factories.accounts import a_member, acting, an_actor, an_organisation, organisation_of
from tests.factories.registry import (
    PDF,
    a_registered_resource,
    a_registrar,
    a_registration,
    an_agency,
    an_authority,
    handed_in,
)
from tests.registry.commands_registrar_steps import filed_as

pytestmark = pytest.mark.usefixtures("app")


def naming(organisation, first=0, last=365, **facts):
    days = {
        "qualified_from": (clock.today() + timedelta(days=first)).isoformat(),
        "qualified_until": (clock.today() + timedelta(days=last)).isoformat(),
    }
    return {"organisation_id": str(organisation.id), "naming_number": "衡数函〔2026〕2号", **days, **facts}


@pytest.fixture
def world():
    """An authority, a registrar in office, its qualification and a case that waits for it."""
    authority, office = an_authority(), a_registrar()
    agency = an_agency()
    case = handed_in(a_registration(agency), agency)
    return authority, office, filed_as(organisation_of(office)), case


def proposed(office):
    return execute(registrar.propose, actor=office, data={"title": "登记业务规则", "file": PDF})


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


class TestSubmitToRegistrar:
    def test_finds_the_next_registrar_in_office(self):
        agency, first = an_agency(), a_registrar()
        draft = a_registration(agency, registrar_id=str(first.organisation_id))
        other = a_registrar()
        execute(registrar.suspend, actor=SYSTEM, subject_id=filed_as(organisation_of(first)).id, data={"reasons": "x"})
        assert handed_in(draft, agency).registrar_id == other.organisation_id


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
