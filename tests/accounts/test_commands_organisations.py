"""Organisations, their members and mandates."""

from datetime import timedelta

import pytest

from accounts import queries
from accounts.commands import mandate, membership, organisation
from accounts.models import Mandate, Membership
from kernel import audit, clock
from kernel.actor import ANONYMOUS, SYSTEM
from kernel.command import execute
from kernel.db import db
from kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from tests.factories.accounts import (
    a_code,
    a_member,
    a_person,
    acting,
    an_actor,
    an_organisation,
    organisation_of,
)

pytestmark = pytest.mark.usefixtures("app")


def facts(**changes):
    given = {
        "name": "云数科技有限公司",
        "uscc": a_code(),
        "legal_form": "enterprise",
        "jurisdiction": "990100",
        "roles": ["operator"],
    }
    return given | changes


def day(after: int = 0) -> str:
    return (clock.today() + timedelta(days=after)).isoformat()


class TestRegister:
    def test_makes_an_active_operating_body_and_its_first_member(self) -> None:
        who = a_person()
        made = execute(
            organisation.register, actor=acting(who), data=facts(roles=["operator", "buyer", "operator"])
        )
        assert (made.state, made.side, made.roles) == ("active", "operating", ["buyer", "operator"])
        assert made.profile_version
        actor = acting(who, made)
        assert actor.mandates == {"apply", "sign", "be_served", "keep_accounts"}
        assert actor.roles == {"operator", "buyer"} and "990102" in actor.jurisdictions

    def test_gives_first_mandates_for_a_year(self) -> None:
        with clock.frozen("2026-11-23T09:00+08:00"):
            who = a_person()
            made = execute(organisation.register, actor=acting(who), data=facts())
            (rows,) = queries.mandates_of(made.id).values()
            assert {row.ends_on.isoformat() for row in rows} == {"2027-11-23"}

    def test_notes_admission_as_an_event_of_its_own(self) -> None:
        who = a_person()
        made = execute(organisation.register, actor=acting(who), data=facts())
        (joined,) = queries.memberships_of(who.id)
        cause, effect = audit.events_of(made)[0], audit.events_of(joined)[0]
        assert effect.command == "accounts.membership.admit" and effect.caused_by_id == cause.id

    def test_admits_nobody_when_the_system_registers(self) -> None:
        made = execute(organisation.register, actor=SYSTEM, data=facts())
        assert queries.members(made.id) == []

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"uscc": "91110000600037341M"}, "uscc"),
            ({"jurisdiction": "123456"}, "jurisdiction"),
            ({"roles": ["authority"]}, "roles"),
            ({"roles": []}, "roles"),
            ({"name": "  "}, "name"),
            ({"name": "　​"}, "name"),
            ({"controlled_by_uscc": "1"}, "controlled_by_uscc"),
            ({"controlled_by_uscc": "91110000600037341L"}, "controlled_by_uscc"),
            ({"side": "managing"}, "side"),
        ],
    )
    def test_refuses_at_the_field(self, changes, field) -> None:
        with pytest.raises(InvalidInput) as refusal:
            execute(organisation.register, actor=acting(a_person()), data=facts(**changes))
        assert set(refusal.value.messages) == {field}

    def test_happens_once_for_a_code_also_in_full_width(self) -> None:
        made = execute(organisation.register, actor=SYSTEM, data=facts())
        wide = "".join(chr(ord(sign) + 0xFEE0) for sign in made.uscc)
        with pytest.raises(InvalidInput, match="corrected") as refusal:
            execute(organisation.register, actor=SYSTEM, data=facts(uscc=wide))
        assert "registered already" in str(refusal.value.messages["uscc"][0])

    def test_notes_who_controls_it(self) -> None:
        above = an_organisation()
        made = execute(organisation.register, actor=SYSTEM, data=facts(controlled_by_uscc=above.uscc.lower()))
        assert made.controlled_by_id == above.id

    def test_is_for_people_with_an_account(self) -> None:
        with pytest.raises(NotAllowed):
            execute(organisation.register, actor=ANONYMOUS, data=facts())


class TestAppoint:
    def test_enters_managing_bodies_of_ones_place(self) -> None:
        authority = an_actor("authority")
        made = execute(
            organisation.appoint, actor=authority, data=facts(roles=["agency"], jurisdiction="990102")
        )
        assert (made.side, made.state) == ("managing", "active")

    def test_stays_within_ones_place(self) -> None:
        with pytest.raises(NotAllowed):
            execute(organisation.appoint, actor=an_actor("authority"), data=facts(jurisdiction="990000"))

    def test_keeps_managing_and_operating_apart(self) -> None:
        with pytest.raises(RuleBroken, match="cannot operate"):
            execute(
                organisation.appoint, actor=an_actor("authority"), data=facts(roles=["agency", "operator"])
            )

    @pytest.mark.parametrize("role", ["agency", "registrar", "operator", "buyer"])
    def test_is_the_authoritys_alone(self, role) -> None:
        with pytest.raises(NotAllowed):
            execute(organisation.appoint, actor=an_actor(role), data=facts())

    def test_needs_the_mandate_to_decide(self) -> None:
        with pytest.raises(NotAllowed):
            execute(organisation.appoint, actor=an_actor("authority", mandates=["apply"]), data=facts())


class TestPropose:
    def test_notes_an_agency_that_can_do_nothing_yet(self) -> None:
        made = execute(
            organisation.propose, actor=SYSTEM, data={"name": "市气象局", "jurisdiction": "990100"}
        )
        assert (made.state, made.side, made.roles, made.uscc) == ("proposed", "managing", ["agency"], None)
        assert acting(a_member(made), made).roles == frozenset()
        assert queries.agency_named(" 市气象局", "990000") is not None
        assert queries.agency_named("市气象局", "530000") is None

    def test_is_the_systems_alone(self) -> None:
        with pytest.raises(NotAllowed):
            execute(
                organisation.propose,
                actor=an_actor("authority"),
                data={"name": "x", "jurisdiction": "990100"},
            )


class TestConfirm:
    def proposed(self):
        return execute(organisation.propose, actor=SYSTEM, data={"name": "气象局", "jurisdiction": "990102"})

    def test_gives_code_name_and_roles(self) -> None:
        row, code = self.proposed(), a_code()
        data = {"name": "衡东区气象局", "uscc": code, "roles": ["agency", "registrar"]}
        execute(organisation.confirm, actor=an_actor("authority"), subject_id=row.id, data=data)
        assert (row.state, row.uscc, row.name, row.roles) == (
            "active",
            code,
            "衡东区气象局",
            ["agency", "registrar"],
        )

    def test_refuses_operating_roles_and_codes_in_use(self) -> None:
        row, authority = self.proposed(), an_actor("authority")
        for changes in ({"roles": ["operator"]}, {"uscc": organisation_of(authority).uscc}):
            data = {"name": "x", "uscc": a_code(), "roles": ["agency"]} | changes
            with pytest.raises(InvalidInput):
                execute(organisation.confirm, actor=authority, subject_id=row.id, data=data)

    def test_is_for_the_authority_of_the_place(self) -> None:
        row = self.proposed()
        with pytest.raises(NotFound):
            execute(
                organisation.confirm, actor=an_actor("authority", jurisdiction="530000"), subject_id=row.id
            )


class TestAmend:
    def test_corrects_what_is_given_and_leaves_the_rest(self) -> None:
        own = an_organisation("operator", name="甲公司", address="旧址")
        actor = acting(a_member(own), own)
        data = {"name": "乙公司", "bank_account": "衡州银行 1"}
        execute(organisation.amend, actor=actor, subject_id=own.id, data=data)
        assert (own.name, own.bank_account, own.address) == ("乙公司", "衡州银行 1", "旧址")

    def test_notes_and_forgets_the_controller(self) -> None:
        own, above = an_organisation("operator"), an_organisation("buyer")
        actor = acting(a_member(own), own)
        data = {"name": own.name, "controlled_by_uscc": above.uscc}
        execute(organisation.amend, actor=actor, subject_id=own.id, data=data)
        assert own.controlled_by_id == above.id
        execute(organisation.amend, actor=actor, subject_id=own.id, data=data | {"controlled_by_uscc": ""})
        assert own.controlled_by_id is None

    def test_refuses_control_in_a_circle(self) -> None:
        top = an_organisation("operator")
        below = an_organisation("buyer", controlled_by_uscc=top.uscc)
        with pytest.raises(RuleBroken, match="controlled by itself"):
            data = {"name": top.name, "controlled_by_uscc": below.uscc}
            execute(organisation.amend, actor=SYSTEM, subject_id=top.id, data=data)

    def test_does_not_touch_roles_code_or_state(self) -> None:
        own = an_organisation("operator")
        actor = acting(a_member(own), own)
        for stolen in ("roles", "uscc", "state", "side", "jurisdiction"):
            with pytest.raises(InvalidInput):
                execute(
                    organisation.amend,
                    actor=actor,
                    subject_id=own.id,
                    data={"name": "x", stolen: "authority"},
                )

    def test_is_for_its_own_people_and_the_authority_above(self) -> None:
        own, data = an_organisation("agency"), {"name": "新名"}
        execute(organisation.amend, actor=an_actor("authority"), subject_id=own.id, data=data)
        with pytest.raises(NotAllowed):
            execute(organisation.amend, actor=an_actor("agency"), subject_id=own.id, data=data)
        with pytest.raises(NotFound):
            hidden = an_organisation("buyer")
            execute(organisation.amend, actor=an_actor("operator"), subject_id=hidden.id, data=data)


class TestAssignRoles:
    def test_lets_an_operating_body_choose_operating_roles(self) -> None:
        own = an_organisation("buyer")
        execute(organisation.assign_roles, actor=acting(a_member(own), own), subject_id=own.id, data={"roles": ["developer", "buyer"]})  # fmt: skip
        assert own.roles == ["buyer", "developer"]

    def test_never_lets_it_cross_over(self) -> None:
        own = an_organisation("buyer")
        for actor in (acting(a_member(own), own), an_actor("authority"), SYSTEM):
            with pytest.raises(RuleBroken, match="does not change"):
                execute(
                    organisation.assign_roles, actor=actor, subject_id=own.id, data={"roles": ["authority"]}
                )

    def test_leaves_managing_roles_to_the_authority(self) -> None:
        own = an_organisation("agency")
        with pytest.raises(NotAllowed):
            execute(organisation.assign_roles, actor=acting(a_member(own), own), subject_id=own.id, data={"roles": ["registrar"]})  # fmt: skip
        execute(
            organisation.assign_roles,
            actor=an_actor("authority"),
            subject_id=own.id,
            data={"roles": ["registrar"]},
        )
        assert own.roles == ["registrar"]

    def test_does_not_let_an_authority_promote_itself(self) -> None:
        authority = an_actor("authority")
        with pytest.raises(NotAllowed):
            data = {"roles": ["authority", "registrar"]}
            execute(
                organisation.assign_roles, actor=authority, subject_id=authority.organisation_id, data=data
            )


class TestNameResponsible:
    NAMED = {"data_body": "数据部", "security_head": "甲", "security_officer": "乙"}

    def test_names_them(self) -> None:
        own = an_organisation("operator", responsible=False)
        execute(
            organisation.name_responsible,
            actor=acting(a_member(own), own),
            subject_id=own.id,
            data=self.NAMED,
        )
        assert queries.responsible_persons(own.id) == {"head": "甲", "officer": "乙", "body": "数据部"}

    def test_is_for_its_own_people(self) -> None:
        own = an_organisation("operator")
        with pytest.raises(NotAllowed):
            execute(
                organisation.name_responsible, actor=an_actor("authority"), subject_id=own.id, data=self.NAMED
            )


class TestSuspend:
    def test_takes_every_role_and_mandate_with_the_next_request(self) -> None:
        own, authority = an_organisation("operator"), an_actor("authority")
        who = a_member(own)
        execute(organisation.suspend, actor=authority, subject_id=own.id, data={"reason": "整改未完成"})
        actor = acting(who, own)
        assert (own.state, own.suspended_because) == ("suspended", "整改未完成")
        assert (actor.roles, actor.mandates, actor.organisation_id) == (frozenset(), frozenset(), own.id)
        with pytest.raises(NotAllowed):
            execute(organisation.amend, actor=actor, subject_id=own.id, data={"name": "x"})

    def test_needs_a_reason_and_another_organisation(self) -> None:
        authority = an_actor("authority")
        with pytest.raises(InvalidInput):
            execute(organisation.suspend, actor=authority, subject_id=an_organisation().id)
        with pytest.raises(NotAllowed):
            execute(
                organisation.suspend,
                actor=authority,
                subject_id=authority.organisation_id,
                data={"reason": "x"},
            )


class TestReinstate:
    def test_lifts_it(self) -> None:
        own, authority = an_organisation("operator"), an_actor("authority")
        execute(organisation.suspend, actor=authority, subject_id=own.id, data={"reason": "x"})
        execute(organisation.reinstate, actor=authority, subject_id=own.id)
        assert (own.state, own.suspended_because) == ("active", "")


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
