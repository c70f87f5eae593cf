"""Members of organisations and their mandates."""

from datetime import timedelta

import pytest

from accounts import queries
from accounts.commands import mandate, membership
from accounts.models import Mandate, Membership
from kernel import audit, clock
from kernel.actor import SYSTEM
from kernel.command import execute
from kernel.db import db
from kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from tests.factories.accounts import (
    a_member,
    a_person,
    acting,
    an_actor,
    an_organisation,
    organisation_of,
)

pytestmark = pytest.mark.usefixtures("app")


def day(after: int = 0) -> str:
    return (clock.today() + timedelta(days=after)).isoformat()


class TestInvite:
    def test_gives_a_code_that_is_nowhere_kept(self) -> None:
        actor = an_actor("operator")
        made = execute(membership.invite, actor=actor, data={"email": "New@Example.org"})
        assert (made.state, made.email, made.organisation_id) == (
            "invited",
            "new@example.org",
            actor.organisation_id,
        )
        assert made.code and made.code not in (made.invitation_hash or "")
        assert made.code.encode() not in audit.events_of(made)[0].body

    def test_answers_alike_for_addresses_known_and_unknown(self) -> None:
        actor, known = an_actor("operator"), a_person()
        assert execute(membership.invite, actor=actor, data={"email": known.email}).state == "invited"
        assert (
            execute(membership.invite, actor=actor, data={"email": "nobody@example.org"}).state == "invited"
        )

    def test_refuses_who_belongs_or_is_invited(self) -> None:
        own = an_organisation("operator")
        chief = a_member(own)
        with pytest.raises(InvalidInput):
            execute(membership.invite, actor=acting(chief, own), data={"email": chief.email})

    def test_is_for_those_who_sign(self) -> None:
        with pytest.raises(NotAllowed):
            execute(
                membership.invite,
                actor=an_actor("operator", mandates=["apply"]),
                data={"email": "a@example.org"},
            )


class TestAdmit:
    def test_is_the_systems_alone(self) -> None:
        with pytest.raises(NotAllowed):
            execute(membership.admit, actor=an_actor("authority"))

    def test_happens_once_a_person(self) -> None:
        own = an_organisation()
        who = a_member(own)
        with pytest.raises(Conflict):
            a_member(own, person=who)

    def test_gives_operating_bodies_no_mandate_to_decide(self) -> None:
        with pytest.raises(RuleBroken):
            a_member(an_organisation("buyer"), mandates=["decide"])


class TestAccept:
    def test_lets_in_who_has_both_address_and_code(self) -> None:
        chief, who = an_actor("operator"), a_person()
        made = execute(membership.invite, actor=chief, data={"email": who.email})
        code = made.code
        execute(membership.accept, actor=acting(who), subject_id=made.id, data={"code": code})
        assert (made.state, made.person_id, made.invitation_hash) == ("active", who.id, None)
        joined = acting(who, organisation_of(chief))
        assert joined.organisation_id == chief.organisation_id and joined.mandates == frozenset()

    def test_refuses_a_wrong_code(self) -> None:
        who = a_person()
        made = execute(membership.invite, actor=an_actor("operator"), data={"email": who.email})
        other = execute(membership.invite, actor=an_actor("operator"), data={"email": who.email})
        for code in ("wrong", other.code):
            with pytest.raises(InvalidInput):
                execute(membership.accept, actor=acting(who), subject_id=made.id, data={"code": code})

    def test_refuses_another_person_with_the_code(self) -> None:
        made = execute(membership.invite, actor=an_actor("operator"), data={"email": "a@example.org"})
        with pytest.raises(InvalidInput):
            execute(membership.accept, actor=acting(a_person()), subject_id=made.id, data={"code": made.code})


class TestEnd:
    def joined(self, who) -> Membership:
        return queries.memberships_of(who.id)[0]

    def test_takes_the_organisation_away_at_once(self) -> None:
        own = an_organisation("operator")
        chief, who = a_member(own), a_member(own)
        execute(membership.end, actor=acting(chief, own), subject_id=self.joined(who).id)
        assert acting(who, own).organisation_id is None

    def test_lets_people_leave(self) -> None:
        own = an_organisation("operator")
        a_member(own)
        who = a_member(own, mandates=[])
        execute(membership.end, actor=acting(who), subject_id=self.joined(who).id)
        assert not queries.is_member(who.id, own.id)

    def test_keeps_the_last_one_who_signs(self) -> None:
        own = an_organisation("operator")
        chief = a_member(own)
        with pytest.raises(Conflict, match="last mandate to sign"):
            execute(membership.end, actor=acting(chief, own), subject_id=self.joined(chief).id)

    def test_takes_an_invitation_back(self) -> None:
        chief, who = an_actor("operator"), a_person()
        made = execute(membership.invite, actor=chief, data={"email": who.email})
        code = made.code
        execute(membership.end, actor=chief, subject_id=made.id)
        with pytest.raises(WrongState):
            execute(membership.end, actor=SYSTEM, subject_id=made.id)
        assert queries.invitation(code, who.email) is None

    def test_is_not_for_strangers(self) -> None:
        own = an_organisation("operator")
        who = a_member(own)
        with pytest.raises(NotFound):
            execute(membership.end, actor=an_actor("operator"), subject_id=self.joined(who).id)


class TestGrant:
    def facts(self, who, **changes):
        joined = queries.memberships_of(who.id)[0]
        given = {"membership_id": str(joined.id), "kind": "apply", "starts_on": day(), "ends_on": day(30)}
        return given | changes

    def test_gives_a_mandate_from_day_to_day(self) -> None:
        own = an_organisation("operator")
        chief, who = a_member(own), a_member(own, mandates=[])
        data = self.facts(who, starts_on=day(1))
        made = execute(mandate.grant, actor=acting(chief, own), data=data)
        assert made.state == "active"
        assert acting(who, own).mandates == frozenset()
        assert acting(who, own, on=clock.today() + timedelta(days=1)).mandates == {"apply"}
        assert acting(who, own, on=clock.today() + timedelta(days=30)).mandates == {"apply"}
        assert acting(who, own, on=clock.today() + timedelta(days=31)).mandates == frozenset()

    def test_refuses_days_the_wrong_way_round(self) -> None:
        own = an_organisation("operator")
        chief = a_member(own)
        with pytest.raises(RuleBroken):
            execute(
                mandate.grant,
                actor=acting(chief, own),
                data=self.facts(chief, starts_on=day(9), ends_on=day(8)),
            )

    def test_stays_within_ones_organisation(self) -> None:
        who = a_member(an_organisation("operator"), mandates=[])
        for stranger in (
            an_actor("operator"),
            an_actor("agency"),
            an_actor("authority", jurisdiction="530000"),
        ):
            with pytest.raises(NotFound):
                execute(mandate.grant, actor=stranger, data=self.facts(who))

    def test_is_also_for_the_authority_of_the_place(self) -> None:
        who = a_member(an_organisation("operator"), mandates=[])
        assert execute(mandate.grant, actor=an_actor("authority"), data=self.facts(who)).state == "active"

    def test_does_not_let_people_without_sign_help_themselves(self) -> None:
        own = an_organisation("operator")
        who = a_member(own, mandates=["apply"])
        with pytest.raises(NotAllowed):
            execute(mandate.grant, actor=acting(who, own), data=self.facts(who, kind="sign"))

    def test_gives_operating_bodies_no_mandate_to_decide(self) -> None:
        own = an_organisation("operator")
        chief = a_member(own)
        with pytest.raises(RuleBroken):
            execute(mandate.grant, actor=acting(chief, own), data=self.facts(chief, kind="decide"))

    def test_needs_an_active_member(self) -> None:
        chief = an_actor("operator")
        invited = execute(membership.invite, actor=chief, data={"email": "a@example.org"})
        data = {"membership_id": str(invited.id), "kind": "apply", "starts_on": day(), "ends_on": day()}
        for wrong in (data, data | {"membership_id": str(chief.user_id)}):
            with pytest.raises(NotFound):
                execute(mandate.grant, actor=chief, data=wrong)


class TestRevoke:
    def held(self, organisation_id, kind) -> Mandate:
        (found,) = queries.holders(organisation_id, kind, clock.today())
        row = db.session.get(Mandate, found)
        assert row is not None
        return row

    def test_ends_it_at_once(self) -> None:
        own = an_organisation("operator")
        chief = a_member(own)
        execute(mandate.revoke, actor=acting(chief, own), subject_id=self.held(own.id, "apply").id)
        assert "apply" not in acting(chief, own).mandates

    def test_keeps_the_last_mandate_to_sign(self) -> None:
        own = an_organisation("operator")
        chief = a_member(own)
        with pytest.raises(Conflict):
            execute(mandate.revoke, actor=acting(chief, own), subject_id=self.held(own.id, "sign").id)

    def test_is_not_for_strangers(self) -> None:
        own = an_organisation("operator")
        a_member(own)
        with pytest.raises(NotFound):
            execute(mandate.revoke, actor=an_actor("operator"), subject_id=self.held(own.id, "sign").id)
