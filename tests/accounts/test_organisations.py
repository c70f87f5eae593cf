"""What can be done to organisations."""

import pytest

from accounts import queries
from accounts.commands import organisation
from kernel import audit, clock
from kernel.actor import ANONYMOUS, SYSTEM
from kernel.command import execute
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken
from tests.factories.accounts import (
    a_code,
    a_member,
    a_person,
    acting,
    an_actor,
    an_organisation,
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
