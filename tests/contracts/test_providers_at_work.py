"""Service providers at work: people, tests, and the exit with the proof of deletion."""

from datetime import timedelta

import pytest

from accounts import queries as accounts
from accounts.commands import mandate as mandates
from accounts.models import Membership
from contracts import queries
from contracts.commands import provider
from contracts.reactions.provider import outsourcing_that_ends
from kernel import clock, due
from kernel.actor import SYSTEM
from kernel.command import available, execute
from kernel.db import db
from kernel.errors import Conflict, InvalidInput, NotAllowed, RuleBroken, WrongState
from tests.contracts.provider_steps import PDF, Sides, assigned, deleted, described, exiting, in_force, sign
from tests.factories.accounts import a_member

pytestmark = pytest.mark.usefixtures("app")


class TestOutsourcingAssign:
    def test_notes_the_provider_s_people(self):
        sides = Sides()
        found = in_force(sides)
        membership = assigned(sides, found)
        assert [row["membership_id"] for row in found.people] == [str(membership.id)]
        with pytest.raises(Conflict):
            execute(provider.assign, actor=sides.officer, subject_id=found.id, data={"membership_id": str(membership.id), "post": "x"})

    def test_refuses_power_and_own_access(self):
        sides = Sides()
        found = in_force(sides)
        for held in (("decide",), ("apply",)):
            with pytest.raises(RuleBroken) as refused:
                assigned(sides, found, held)
            assert refused.value.duty == "contracts.provider_has_no_power"
        stranger = a_member(sides.firm)
        other = db.session.query(Membership).filter_by(person_id=stranger.id).one()
        with pytest.raises(InvalidInput):
            execute(provider.assign, actor=sides.officer, subject_id=found.id, data={"membership_id": str(other.id), "post": "x"})

    def test_refuses_a_mandate_that_comes_later(self):
        sides = Sides("640300")
        found = in_force(sides)
        membership = assigned(sides, found, ("apply",))
        facts = {"membership_id": str(membership.id), "starts_on": clock.today().isoformat()}
        facts |= {"ends_on": (clock.today() + timedelta(days=30)).isoformat()}
        with pytest.raises(RuleBroken):
            execute(mandates.grant, actor=sides.officer, data=facts | {"kind": "decide"})
        execute(mandates.grant, actor=sides.officer, data=facts | {"kind": "be_served"})


class TestOutsourcingRecordTest:
    def test_starts_the_clock_of_the_next_one(self):
        sides = Sides("510100")
        found = execute(provider.conclude, actor=sides.officer, subject_id=described(sides, plan=PDF).id)
        for text in queries.agreements_of_outsourcing(found.id):
            sign(text, sides.officer)
            sign(text, sides.provider)
        assert [row.name for row in due.running_of(found)] == ["provider_test"]
        data = {"kind": "drill", "on": clock.today().isoformat(), "result": "合格。", "report": PDF}
        execute(provider.record_test, actor=sides.provider, subject_id=found.id, data=data)
        assert len(found.tests) == 1 and len(due.clocks_of(found)) == 2
        later = (clock.today() + timedelta(days=1)).isoformat()
        with pytest.raises(InvalidInput):
            execute(provider.record_test, actor=sides.provider, subject_id=found.id, data=data | {"on": later})


class TestOutsourcingEnd:
    def test_ends_the_agreements_and_starts_the_clock(self):
        sides = Sides()
        found = exiting(sides, in_force(sides))
        assert found.state == "exiting"
        assert {row.state for row in queries.agreements_of_outsourcing(found.id)} == {"terminated"}
        assert [row.name for row in due.running_of(found)] == ["provider_exit"]

    def test_comes_with_the_last_day(self):
        found = in_force(Sides())
        assert list(outsourcing_that_ends(clock.today())) == []
        with clock.frozen(clock.now() + timedelta(days=366)):
            for command, subject_id, data in outsourcing_that_ends(clock.today()):
                execute(command, actor=SYSTEM, subject_id=subject_id, data=data)
        assert found.state == "exiting"


class TestOutsourcingRevokeAccess:
    def test_really_ends_the_accounts(self):
        sides = Sides()
        found = in_force(sides)
        membership = assigned(sides, found)
        person = accounts.person(membership.person_id)
        assert accounts.actor_for(person, sides.body, clock.today()).organisation_id == sides.body.id
        exiting(sides, found)
        execute(provider.revoke_access, actor=sides.officer, subject_id=found.id)
        assert membership.state == "ended" and found.people[0]["until"] == clock.today().isoformat()
        assert accounts.actor_for(person, sides.body, clock.today()).organisation_id is None


class TestOutsourcingProveDeletion:
    def test_follows_the_revocation(self):
        sides = Sides()
        found = exiting(sides, in_force(sides))
        data = {"method": "destruction", "media": "磁盘。", "proof": PDF}
        with pytest.raises(RuleBroken):
            execute(provider.prove_deletion, actor=sides.provider, subject_id=found.id, data=data)
        assert deleted(sides, found).deletion["proof"]["sha256"] == PDF.sha256

    def test_knows_irreversible_ways_only(self):
        sides = Sides()
        found = exiting(sides, in_force(sides))
        with pytest.raises(InvalidInput):
            execute(provider.prove_deletion, actor=sides.officer, subject_id=found.id, data={"method": "recycle_bin", "media": "x", "proof": PDF})


class TestOutsourcingOverseeDeletion:
    def test_is_for_another_officer_never_of_the_provider(self):
        sides = Sides()
        found = deleted(sides, exiting(sides, in_force(sides)))
        with pytest.raises(NotAllowed):
            execute(provider.oversee_deletion, actor=sides.provider, subject_id=found.id, data={"note": "x"})
        execute(provider.oversee_deletion, actor=sides.second, subject_id=found.id, data={"note": "现场监督。"})
        assert found.overseen["note"] == "现场监督。"

    def test_is_not_for_who_entered_it(self):
        sides = Sides()
        found = exiting(sides, in_force(sides))
        execute(provider.revoke_access, actor=sides.officer, subject_id=found.id)
        assert "oversee_deletion" not in [row.verb for row in available(found, sides.second)]
        data = {"method": "overwriting", "media": "x", "proof": PDF}
        execute(provider.prove_deletion, actor=sides.officer, subject_id=found.id, data=data)
        with pytest.raises(NotAllowed):
            execute(provider.oversee_deletion, actor=sides.officer, subject_id=found.id, data={"note": "x"})


class TestOutsourcingClose:
    def test_needs_the_whole_checklist(self):
        sides = Sides()
        found = exiting(sides, in_force(sides))
        for step in (lambda: None, lambda: deleted(sides, found)):
            step()
            with pytest.raises(RuleBroken) as refused:
                execute(provider.close, actor=sides.officer, subject_id=found.id)
            assert refused.value.duty == "contracts.exit_is_complete"
        execute(provider.oversee_deletion, actor=sides.second, subject_id=found.id, data={"note": "x"})
        assert execute(provider.close, actor=sides.officer, subject_id=found.id).state == "closed"
        with pytest.raises(WrongState):
            execute(provider.close, actor=sides.officer, subject_id=found.id)
