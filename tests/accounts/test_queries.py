"""What others ask accounts: who supervises, who controls, who sees whom."""

import uuid
from datetime import timedelta

import pytest

from accounts import queries
from accounts.commands import organisation
from accounts.vocabulary import place_choices
from kernel import clock
from kernel.actor import ANONYMOUS, SYSTEM
from kernel.command import execute
from kernel.db import db
from kernel.errors import NotFound
from tests.factories.accounts import PASSWORD, a_member, a_person, acting, an_actor, an_organisation

pytestmark = pytest.mark.usefixtures("app")


class TestActorFor:
    def test_gives_no_more_than_the_person_without_a_membership(self) -> None:
        actor = acting(a_person(), an_organisation("authority"))
        assert (actor.organisation_id, actor.roles, actor.jurisdictions) == (None, frozenset(), frozenset())

    def test_gives_roles_mandates_and_the_place_with_all_below(self) -> None:
        actor = an_actor("authority", jurisdiction="990000", mandates=["decide"])
        assert actor.roles == {"authority"} and actor.mandates == {"decide"}
        assert actor.jurisdictions == {"990000", "990100", "990102", "990103"}


class TestActorByEmail:
    def test_finds_person_and_organisation(self) -> None:
        first, second = an_organisation(), an_organisation()
        who = a_member(first)
        a_member(second, person=who)
        assert queries.actor_by_email(who.email).organisation_id == first.id
        assert queries.actor_by_email(who.email.upper(), second.uscc).organisation_id == second.id

    def test_refuses_the_unknown(self) -> None:
        who = a_person()
        with pytest.raises(NotFound):
            queries.actor_by_email("nobody@example.org")
        with pytest.raises(NotFound):
            queries.actor_by_email(who.email, "91110000600037341L")


class TestPersonWith:
    def test_knows_the_password_whatever_the_case_of_the_address(self) -> None:
        who = a_person("a@example.org")
        found = queries.person_with(" A@Example.org", PASSWORD)
        assert found is not None and found.id == who.id
        assert queries.person_with("a@example.org", "wrong") is None
        assert queries.person_with("b@example.org", PASSWORD) is None


class TestOrganisations:
    def names(self, actor, **filters):
        return {row.name for row in db.session.scalars(queries.organisations(actor, **filters))}

    def test_shows_public_bodies_to_all_and_the_rest_to_whom_it_concerns(self) -> None:
        public = an_organisation("agency", name="局").name
        firm = an_organisation("operator", name="公司")
        execute(organisation.propose, actor=SYSTEM, data={"name": "传闻", "jurisdiction": "990100"})
        assert self.names(ANONYMOUS) == {public}
        assert self.names(acting(a_member(firm), firm)) == {public, "公司"}
        assert self.names(acting(a_member(firm))) == {public, "公司"}
        authority = an_actor("authority", name="主管")
        assert self.names(authority) == {public, "公司", "传闻", "主管"}
        assert "公司" not in self.names(an_actor("authority", jurisdiction="530000"))
        assert self.names(SYSTEM) >= {"公司", "传闻"}

    def test_narrows_by_role_place_state_and_words(self) -> None:
        an_organisation("agency", name="气象局", jurisdiction="990102")
        an_organisation("agency", "registrar", name="登记中心", name_en="Registry Centre")
        assert self.names(SYSTEM, role="registrar") == {"登记中心"}
        assert self.names(SYSTEM, jurisdiction="990102") == {"气象局"}
        assert self.names(SYSTEM, jurisdiction="990000") == {"气象局", "登记中心"}
        assert self.names(SYSTEM, q="centre") == {"登记中心"}
        assert self.names(SYSTEM, q="气象") == {"气象局"}
        assert self.names(SYSTEM, state="suspended") == set()
        assert self.names(SYSTEM, q="100%") == set()


class TestAuthorityOf:
    def test_is_the_nearest_one_upwards(self) -> None:
        province = an_organisation("authority", jurisdiction="990000")
        assert queries.authority_of("990102").id == province.id
        city = an_organisation("authority", jurisdiction="990100")
        assert queries.authority_of("990102").id == city.id
        assert queries.authority_of("990000").id == province.id
        assert queries.authority_of("530000") is None
        assert queries.authority_of("unknown") is None

    def test_is_an_active_one(self) -> None:
        city = an_organisation("authority")
        execute(organisation.suspend, actor=SYSTEM, subject_id=city.id, data={"reason": "x"})
        assert queries.authority_of("990100") is None


class TestRegistrarsOf:
    def test_lists_the_nearest_first(self) -> None:
        province = an_organisation("registrar", jurisdiction="990000")
        city = an_organisation("registrar", "agency", jurisdiction="990100")
        an_organisation("registrar", jurisdiction="990103")
        assert [row.id for row in queries.registrars_of("990102")] == [city.id, province.id]


class TestControls:
    def test_follows_the_chain_both_ways_and_to_a_common_top(self) -> None:
        top = an_organisation("buyer")
        middle = an_organisation("buyer", controlled_by_uscc=top.uscc)
        low = an_organisation("operator", controlled_by_uscc=middle.uscc)
        other = an_organisation("developer", controlled_by_uscc=top.uscc)
        stranger = an_organisation("developer")
        assert queries.controls(top.id, low.id) and queries.controls(low.id, top.id)
        assert queries.controls(low.id, other.id)
        assert queries.controls(low.id, low.id)
        assert not queries.controls(low.id, stranger.id)

    def test_ends_also_where_the_rows_run_in_a_circle(self) -> None:
        one, two = an_organisation(), an_organisation()
        one.controlled_by_id, two.controlled_by_id = two.id, one.id
        assert queries.controls(one.id, two.id)


class TestNamesOf:
    def test_gives_names_by_id(self) -> None:
        one, who = an_organisation(), a_person()
        assert queries.names_of([one.id, None]) == {one.id: one.name}
        assert queries.names_of([]) == {} == queries.people_of([None])
        assert queries.people_of([who.id]) == {who.id: who.name}


class TestMembership:
    def test_is_not_found_where_there_is_none(self) -> None:
        for look in (queries.membership, queries.organisation, queries.person):
            with pytest.raises(NotFound):
                look(uuid.uuid4())
        with pytest.raises(NotFound):
            queries.organisation(None)


class TestEndingMandates:
    def test_are_those_without_a_successor(self) -> None:
        own, today = an_organisation(), clock.today()
        who = a_member(own, mandates=["apply", "sign"], ends_on=today + timedelta(days=5))
        soon = queries.ending_mandates(who.id, own.id, today, today + timedelta(days=30))
        assert {row.kind for row in soon} == {"apply", "sign"}
        assert queries.ending_mandates(who.id, own.id, today, today + timedelta(days=4)) == []


class TestPlaces:
    def test_answer_for_unknown_codes_too(self) -> None:
        assert queries.places_below("unknown") == frozenset()
        assert not queries.is_known_place("unknown")
        assert queries.place_name("990100", "zh_CN") == "衡州市"
        assert queries.place_name("990100", "en") == "Hengzhou"
        assert queries.place_name("unknown", "en") == "unknown"
        assert ("990100", "衡州市 · Hengzhou") in place_choices()
