"""Operators that are barred, and those that step into the place of others."""

from datetime import timedelta

import pytest

from accounts.commands import organisation as organisations
from accounts.models import Person
from kernel import clock, documents, due
from kernel.actor import SYSTEM
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from registry import queries
from registry.commands import debarment, licence, succession
from tests.factories.accounts import a_code, a_member, acting, an_actor, an_organisation, organisation_of
from tests.factories.registry import (
    a_dossier,
    a_licence,
    a_licence_application,
    an_accepted_licence,
    an_authority,
    colleague,
    heard,
)
from tests.registry.oversight_steps import WHY, a_succession, barred, later, time_passes

pytestmark = pytest.mark.usefixtures("app")


class TestDebarmentImpose:
    def test_stops_open_applications_and_refuses_new_ones(self):
        operator, authority = an_actor("operator"), an_authority()
        found = an_accepted_licence(operator, authority)
        imposed = barred(authority, operator.organisation_id)
        assert (imposed.state, found.state) == ("in_force", "stopped")
        again = a_licence_application(operator)
        with pytest.raises(RuleBroken) as refused:
            execute(licence.submit, actor=operator, subject_id=again.id)
        assert refused.value.duty == "registry.applicant_is_not_debarred"

    def test_reaches_what_the_organisation_controls(self):
        above, authority = an_organisation("operator"), an_authority()
        below = an_organisation("operator")
        facts = {"name": below.name, "controlled_by_uscc": above.uscc}
        execute(organisations.amend, actor=SYSTEM, subject_id=below.id, data=facts)
        found = an_accepted_licence(acting(a_member(below), below), authority)
        barred(authority, above.id)
        assert found.state == "stopped"
        assert queries.debarment_of(below.id, clock.today()).organisation_id == above.id

    def test_needs_a_hearing_another_person_and_a_lawful_term(self):
        operator, authority = an_actor("operator"), an_authority()
        given = heard("debar", authority, organisation_id=operator.organisation_id)
        data = {"notice_id": str(given.id), "ground": "leak", **WHY}
        last = (clock.today() + timedelta(days=30)).isoformat()
        with pytest.raises(RuleBroken) as refused:
            execute(debarment.impose, actor=authority, data=data | {"ends_on": last})
        assert refused.value.duty == "registry.another_decides"
        for wrong in (-1, 4000):
            until = (clock.today() + timedelta(days=wrong)).isoformat()
            with pytest.raises(RuleBroken) as refused:
                execute(debarment.impose, actor=colleague(authority), data=data | {"ends_on": until})
            assert refused.value.duty == "registry.debarment_is_lawful"

    def test_rests_on_a_notice_of_its_own_kind(self):
        authority = an_authority()
        given = heard("revoke", authority, a_licence(authority=authority))
        last = (clock.today() + timedelta(days=30)).isoformat()
        data = {"notice_id": str(given.id), "ground": "leak", "ends_on": last, **WHY}
        with pytest.raises(NotFound):
            execute(debarment.impose, actor=colleague(authority), data=data)


class TestDebarmentLift:
    def test_is_for_somebody_else_than_who_imposed_it(self):
        operator, authority = an_actor("operator"), an_authority()
        imposed = barred(authority, operator.organisation_id)
        imposer = acting(db.session.get(Person, imposed.imposed_by_id), organisation_of(authority))
        with pytest.raises(NotAllowed):
            execute(debarment.lift, actor=imposer, subject_id=imposed.id, data={"reasons": "x"})
        execute(debarment.lift, actor=authority, subject_id=imposed.id, data={"reasons": "查明有误。"})
        assert (imposed.state, queries.debarment_of(operator.organisation_id, clock.today())) == ("lifted", None)
        assert queries.troubles_since(operator.organisation_id, clock.today()) == []


class TestDebarmentEnd:
    def test_comes_with_time(self):
        operator, authority = an_actor("operator"), an_authority()
        imposed = barred(authority, operator.organisation_id, days=10)
        with pytest.raises(RuleBroken):
            execute(debarment.end, actor=SYSTEM, subject_id=imposed.id)
        with later(11):
            assert queries.debarment_of(operator.organisation_id, clock.today()) is None
            time_passes()
        assert (imposed.state, imposed.ended_on) == ("ended", imposed.ends_on)


class TestSuccessionApply:
    def test_waits_for_the_authority(self):
        old, new, authority = an_actor("operator"), an_actor("operator"), an_authority()
        a_licence(old, authority)
        asked = a_succession(new, old)
        assert asked.state == "submitted"
        assert [row.name for row in due.running_of(asked)] == ["succession"]

    def test_needs_something_to_take_over(self):
        old, new = an_actor("operator"), an_actor("operator")
        for before in (old, new):
            with pytest.raises(RuleBroken) as refused:
                a_succession(new, before)
            assert refused.value.duty == "registry.succession_is_possible"
        with pytest.raises(RuleBroken):
            a_succession(new, old, predecessor_uscc="911101080000000000")
        with pytest.raises(InvalidInput):
            a_succession(new, old, predecessor_uscc=a_code(9999999))

    def test_is_not_for_who_holds_the_same_already(self):
        old, new, authority = an_actor("operator"), an_actor("operator"), an_authority()
        a_licence(old, authority)
        a_licence(new, an_authority())
        with pytest.raises(RuleBroken) as refused:
            a_succession(new, old)
        assert refused.value.duty == "registry.succession_is_possible"


class TestSuccessionApprove:
    def test_passes_licence_applications_and_papers_over(self):
        old, new, authority = an_actor("operator"), an_actor("operator"), an_authority()
        held = a_licence(old, authority)
        draft = a_licence_application(old, level="second_level")
        a_dossier(new, ("business_licence",))
        asked = a_succession(new, old)
        decider = colleague(authority)
        execute(succession.approve, actor=decider, subject_id=asked.id, data=WHY)
        assert held.organisation_id == draft.organisation_id == new.organisation_id
        assert held.previous_holders[0]["uscc"] == organisation_of(old).uscc
        kept = [row.state for row in documents.documents_of(held) if row.kind == "licence_certificate"]
        assert sorted(kept) == ["in_force", "superseded"]
        assert "security_system" in queries.papers_of(new.organisation_id)
        today = clock.today()
        assert queries.licence_in_force(new.organisation_id, "first_level", today).id == held.id
        assert queries.licence_in_force(old.organisation_id, "first_level", today).id == held.id

    def test_leads_from_the_old_code_to_the_new(self):
        old, new, authority = an_actor("operator"), an_actor("operator"), an_authority()
        held = a_licence(old, authority)
        asked = a_succession(new, old)
        execute(succession.approve, actor=authority, subject_id=asked.id, data=WHY)
        found = db.session.scalars(queries.operators(q=organisation_of(old).uscc)).all()
        assert [row.id for row in found] == [held.id]
        assert queries.successor_of(queries.succession_from(old.organisation_id)).id == new.organisation_id
        assert queries.succeeded_by(old.organisation_id) == [old.organisation_id, new.organisation_id]
        assert [row.id for row in queries.successions_to(new.organisation_id)] == [asked.id]

    def test_is_not_for_who_applied(self):
        body, old = an_organisation("authority"), an_actor("operator")
        a_licence(old, acting(a_member(body), body))
        firm = an_organisation("operator")
        person = a_member(firm)
        a_member(body, person=person)
        asked = a_succession(acting(person, firm), old)
        with pytest.raises(NotAllowed):
            execute(succession.approve, actor=acting(person, body), subject_id=asked.id, data=WHY)


class TestLicenceTransfer:
    def test_is_for_the_product_alone(self):
        old, new, authority = an_actor("operator"), an_actor("operator"), an_authority()
        held = a_licence(old, authority)
        asked = a_succession(new, old)
        for actor in (new, authority):
            with pytest.raises(NotAllowed):
                execute(licence.transfer, actor=actor, subject_id=held.id, data={"succession_id": str(asked.id)})
        assert held.organisation_id == old.organisation_id

    def test_keeps_number_and_term_and_says_who_held_it_before(self):
        old, new, authority = an_actor("operator"), an_actor("operator"), an_authority()
        held = a_licence(old, authority)
        before = (held.number, held.valid_until)
        asked = a_succession(new, old)
        execute(succession.approve, actor=authority, subject_id=asked.id, data=WHY)
        assert (held.number, held.valid_until) == before
        assert held.previous_holders[0]["uscc"] == organisation_of(old).uscc


class TestSuccessionRefuse:
    def test_leaves_the_licence_where_it_is(self):
        old, new, authority = an_actor("operator"), an_actor("operator"), an_authority()
        held = a_licence(old, authority)
        asked = a_succession(new, old)
        execute(succession.refuse, actor=authority, subject_id=asked.id, data=WHY)
        assert (asked.state, held.organisation_id) == ("refused", old.organisation_id)
        with pytest.raises(WrongState):
            execute(succession.approve, actor=authority, subject_id=asked.id, data=WHY)


class TestSuccessionWithdraw:
    def test_is_the_successor_s(self):
        old, new = an_actor("operator"), an_actor("operator")
        a_licence(old)
        asked = a_succession(new, old)
        with pytest.raises(NotAllowed):
            execute(succession.withdraw, actor=old, subject_id=asked.id)
        assert execute(succession.withdraw, actor=new, subject_id=asked.id).state == "withdrawn"
