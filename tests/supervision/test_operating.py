"""Operating teams and mandates: filed, given, and anything the mandate does not name refused."""

from datetime import date, timedelta

import pytest

from accounts import queries as accounts
from accounts.commands import mandate as mandates
from accounts.models import Membership
from kernel import clock, documents, due
from kernel.actor import ANONYMOUS, SYSTEM
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken
from supervision import queries, rules
from supervision.commands import operating
from supervision.models import OperatingMandate, OperatingTeam
from supervision.reactions import mandates_that_end
from tests.factories.accounts import (
    a_code,
    a_member,
    acting,
    an_actor,
    an_organisation,
    organisation_of,
    sign_in,
)
from tests.factories.registry import an_authority, colleague

pytestmark = pytest.mark.usefixtures("app")
TASKS = ["daily_operation", "delegated_cases"]
ANSWER = {"answer": "已备案。"}


def term(days=365):
    return {"starts_on": clock.today().isoformat(), "ends_on": (clock.today() + timedelta(days=days)).isoformat()}


def a_filing(agency, operator, **facts):
    """An operating team as an agency files it."""
    data = {
        "operator_uscc": organisation_of(operator).uscc,
        "manner": "purchased_service",
        "field": "交通",
        "tasks": TASKS,
        "separation": "审批在本部门，运营在团队。",
        "selection": "公开比选，不设排他条款。",
        **term(),
    }
    return execute(operating.file, actor=agency, data=data | facts)


def a_mandate(authority, operator, **facts):
    """A mandate of an operating body."""
    data = {
        "operator_uscc": organisation_of(operator).uscc,
        "tasks": TASKS,
        "delegated": "共享申请的受理。",
        "conditions": "每月报告。",
        **term(),
    }
    return execute(operating.give, actor=authority, data=data | facts)


def done(operator, mandate, **facts):
    data = {"mandate_id": str(mandate.id), "task": "daily_operation", "what": "巡检。", "on": clock.today().isoformat()}
    return execute(operating.carry_out, actor=operator, data=data | facts)


class TestTeamFile:
    def test_waits_for_the_authority(self):
        team = a_filing(an_actor("agency"), an_actor("operator"))
        assert team.state == "filed"
        assert [row.name for row in due.running_of(team)] == ["answer_to_filing"]

    def test_is_for_agencies_where_the_rules_ask_for_it(self):
        with pytest.raises(NotAllowed):
            a_filing(an_actor("operator"), an_actor("operator"))
        with pytest.raises(RuleBroken) as refused:
            a_filing(an_actor("agency", jurisdiction="530000"), an_actor("operator"))
        assert refused.value.duty == "supervision.teams_are_filed_here"
        dongguan = an_actor("agency", jurisdiction="441900")
        assert a_filing(dongguan, an_actor("operator", jurisdiction="441900")).state == "filed"

    @pytest.mark.parametrize(
        ("facts", "duty"),
        [
            ({"exclusive": True}, "nobody_is_kept_out"),
            ({"ends_on": "2020-01-01"}, "work_has_a_term"),
        ],
    )
    def test_refuses_monopoly_and_no_term(self, facts, duty):
        with pytest.raises(RuleBroken) as refused:
            a_filing(an_actor("agency"), an_actor("operator"), **facts)
        assert refused.value.duty == f"supervision.{duty}"

    def test_refuses_a_managing_body_and_an_unknown_one(self):
        with pytest.raises(RuleBroken):
            a_filing(an_actor("agency"), an_actor("agency"))
        with pytest.raises(InvalidInput):
            a_filing(an_actor("agency"), an_actor("operator"), operator_uscc=a_code())

    def test_refuses_people_who_decide_for_the_agency(self):
        body, firm = an_organisation("agency"), an_organisation("operator")
        both = a_member(body)
        a_member(firm, person=both)
        with pytest.raises(RuleBroken) as refused:
            a_filing(acting(a_member(body), body), acting(a_member(firm), firm))
        assert refused.value.duty == "supervision.operators_do_not_decide" and both.name in str(refused.value)


class TestTeamNote:
    def test_is_for_the_authority_of_the_place(self):
        agency = an_actor("agency")
        team = a_filing(agency, an_actor("operator"))
        with pytest.raises(NotAllowed):
            execute(operating.note, actor=agency, subject_id=team.id, data=ANSWER)
        execute(operating.note, actor=an_authority(), subject_id=team.id, data=ANSWER)
        assert team.state == "noted" and due.running_of(team) == []

    def test_keeps_the_team_without_power_afterwards(self):
        body, firm = an_organisation("agency"), an_organisation("operator")
        team = a_filing(acting(a_member(body), body), acting(a_member(firm), firm))
        execute(operating.note, actor=an_authority(), subject_id=team.id, data=ANSWER)
        worker = a_member(firm)
        a_member(body, person=worker, mandates=("apply",))
        membership = db.session.query(Membership).filter_by(person_id=worker.id, organisation_id=body.id).one()
        facts = {"membership_id": str(membership.id), "kind": "decide", **term(30)}
        with pytest.raises(RuleBroken) as refused:
            execute(mandates.grant, actor=acting(a_member(body), body), data=facts)
        assert refused.value.duty == "supervision.operators_do_not_decide"
        decider = a_member(body)
        with pytest.raises(RuleBroken):
            a_member(firm, person=decider)


class TestTeamReturn:
    def test_says_what_is_wrong(self):
        team = a_filing(an_actor("agency"), an_actor("operator"))
        execute(operating.return_, actor=an_authority(), subject_id=team.id, data={"answer": "缺选取说明。"})
        assert (team.state, team.answer) == ("returned", "缺选取说明。")


class TestTeamCorrect:
    def test_files_again(self):
        agency, operator = an_actor("agency"), an_actor("operator")
        team = a_filing(agency, operator)
        execute(operating.return_, actor=an_authority(), subject_id=team.id, data={"answer": "x"})
        data = {
            "operator_uscc": organisation_of(operator).uscc, "manner": "own_subordinate", "field": "水利",
            "tasks": ["daily_operation"], "separation": "分设。", "selection": "指定并公示。", **term(),
        }  # fmt: skip
        execute(operating.correct, actor=agency, subject_id=team.id, data=data)
        assert (team.state, team.field) == ("filed", "水利")


class TestTeamEnd:
    def test_is_noted_with_its_reason(self):
        agency = an_actor("agency")
        team = a_filing(agency, an_actor("operator"))
        execute(operating.note, actor=an_authority(), subject_id=team.id, data=ANSWER)
        execute(operating.end, actor=agency, subject_id=team.id, data={"reason": "合同到期。"})
        assert (team.state, team.ended_because) == ("ended", "合同到期。")


class TestMandateGive:
    def test_names_its_tasks_in_a_public_document(self):
        mandate = a_mandate(an_authority(), an_actor("operator"))
        assert mandate.state == "in_force" and mandate.tasks == sorted(TASKS)
        kept = documents.current("operating_mandate", mandate)
        assert kept.public and documents.content(kept).startswith(b"%PDF-")
        assert queries.seen(ANONYMOUS, OperatingMandate, mandate.id).id == mandate.id

    def test_gives_tasks_the_rules_know_only(self):
        with pytest.raises(RuleBroken) as refused:
            a_mandate(an_authority("530000"), an_actor("operator", jurisdiction="530000"))
        assert refused.value.duty == "supervision.tasks_can_be_operated"
        with pytest.raises(InvalidInput):
            a_mandate(an_authority(), an_actor("operator"), tasks=["grade_data"])
        with pytest.raises(RuleBroken):
            a_mandate(an_authority(), an_actor("operator"), tasks=[])
        with pytest.raises(InvalidInput):
            a_mandate(an_authority(), an_actor("operator"), delegated="")
        with pytest.raises(NotAllowed):
            a_mandate(an_actor("agency"), an_actor("operator"))


class TestMandateRevoke:
    def test_ends_mandate_and_document(self):
        authority, operator = an_authority(), an_actor("operator")
        mandate = a_mandate(authority, operator)
        with pytest.raises(NotAllowed):
            execute(operating.revoke, actor=an_authority(), subject_id=mandate.id, data={"reason": "x"})
        execute(operating.revoke, actor=colleague(authority), subject_id=mandate.id, data={"reason": "违规。"})
        assert mandate.state == "revoked" and documents.current("operating_mandate", mandate) is None
        with pytest.raises(RuleBroken):
            done(operator, mandate)


class TestMandateExpire:
    def test_comes_with_time(self):
        mandate = a_mandate(an_authority(), an_actor("operator"), **term(10))
        with pytest.raises(RuleBroken):
            execute(operating.expire, actor=SYSTEM, subject_id=mandate.id)
        with clock.frozen(clock.now() + timedelta(days=11)):
            for command, subject_id in mandates_that_end(clock.today()):
                execute(command, actor=SYSTEM, subject_id=subject_id)
        assert mandate.state == "expired"


class TestOperationCarryOut:
    def test_enters_what_the_mandate_names(self):
        authority, operator = an_authority(), an_actor("operator")
        mandate = a_mandate(authority, operator)
        found = done(operator, mandate, task="delegated_cases", case_number="GX-1")
        assert (found.state, found.by) == ("done", operator.name)
        assert len(db.session.scalars(queries.operations(authority)).all()) == 1
        assert db.session.scalars(queries.operations(an_actor("operator"))).all() == []

    def test_refuses_anything_else(self):
        operator = an_actor("operator")
        mandate = a_mandate(an_authority(), operator)
        with pytest.raises(RuleBroken) as refused:
            done(operator, mandate, task="security_handling")
        assert refused.value.ids == ("P06",)
        with pytest.raises(RuleBroken):
            done(operator, mandate, on="2020-01-01")
        with pytest.raises(InvalidInput):
            done(operator, mandate, on=(clock.today() + timedelta(days=1)).isoformat())
        with pytest.raises(NotFound):
            done(an_actor("operator"), mandate)
        with pytest.raises(NotAllowed):
            done(an_actor("agency"), mandate)


class TestPages:
    def test_show_teams_and_mandates(self, client):
        authority, agency, operator = an_authority(), an_actor("agency"), an_actor("operator")
        team, mandate = a_filing(agency, operator), a_mandate(authority, operator)
        done(operator, mandate)
        for address in ("/operating-mandates", f"/operating-mandates/{mandate.id}"):
            assert client.get(address).status_code == 200
        assert client.get("/operating-teams").status_code == 302
        for actor in (authority, agency, operator):
            sign_in(client, accounts.person(actor.user_id))
            for address in ("/operating-teams", "/operating-teams?format=csv", f"/operating-teams/{team.id}", "/desk", f"/operating-mandates/{mandate.id}"):
                for language in ("zh", "en"):
                    joined = f"{address}{'&' if '?' in address else '?'}lang={language}"
                    assert client.get(joined).status_code == 200, address
        sign_in(client, accounts.person(an_actor("buyer").user_id))
        assert client.get(f"/operating-teams/{team.id}").status_code == 404
        assert db.session.query(OperatingTeam).count() == 1


TODAY = date(2026, 11, 23)


def refused(duty, *facts):
    with pytest.raises(RuleBroken) as error:
        duty(*facts)
    return error.value


class TestTeamsAreFiledHere:
    def test_where_the_rules_say_so(self):
        rules.teams_are_filed_here(True)
        assert refused(rules.teams_are_filed_here, False).ids == ("P04",)


class TestBodyIsOfTheOperatingSide:
    def test_and_never_managing(self):
        rules.body_is_of_the_operating_side("operating")
        refused(rules.body_is_of_the_operating_side, "managing")


class TestNobodyIsKeptOut:
    def test_by_monopoly_or_silence(self):
        rules.nobody_is_kept_out(False, "公开比选")
        refused(rules.nobody_is_kept_out, True, "公开比选")
        refused(rules.nobody_is_kept_out, False, " ")


class TestOperatorsDoNotDecide:
    def test_for_the_body_they_operate_for(self):
        rules.operators_do_not_decide([])
        assert "张三" in str(refused(rules.operators_do_not_decide, ["张三"]))


class TestTasksCanBeOperated:
    def test_when_the_rules_name_them(self):
        rules.tasks_can_be_operated(["a"], ["a", "b"])
        refused(rules.tasks_can_be_operated, ["c"], ["a"])
        refused(rules.tasks_can_be_operated, [], ["a"])


class TestWorkHasATerm:
    def test_that_is_not_over(self):
        rules.work_has_a_term(TODAY, TODAY, TODAY)
        refused(rules.work_has_a_term, TODAY, date(2026, 1, 1), TODAY)
        refused(rules.work_has_a_term, date(2026, 1, 1), date(2026, 2, 1), TODAY)


class TestTaskIsMandated:
    def test_by_name_and_in_time(self):
        rules.task_is_mandated("a", ["a"], True)
        refused(rules.task_is_mandated, "a", ["a"], False)
        refused(rules.task_is_mandated, "b", ["a"], True)


class TestMandateIsOver:
    def test_after_its_last_day(self):
        rules.mandate_is_over(date(2026, 11, 22), TODAY)
        refused(rules.mandate_is_over, TODAY, TODAY)
