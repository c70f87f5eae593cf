"""The commands on notices, objections to licences, re-checks, debarments and successions."""

from datetime import timedelta

import pytest

from accounts.commands import organisation as organisations
from accounts.models import Person
from kernel import clock, documents, due
from kernel.actor import ANONYMOUS, SYSTEM
from kernel.command import execute
from kernel.db import db
from kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from registry import queries
from registry.commands import debarment, licence, licence_objection, notice, recheck, succession
from registry.models import Recheck
from registry.reactions.operators import what_time_does_to_operators
from tests.factories.accounts import a_code, a_member, acting, an_actor, an_organisation, organisation_of
from tests.factories.registry import (
    PDF,
    a_dossier,
    a_licence,
    a_licence_application,
    an_accepted_licence,
    an_assessed_licence,
    an_authority,
    colleague,
    heard,
)

pytestmark = pytest.mark.usefixtures("app")
WHY = {"reasons": "经查属实。", "basis": "YN L180"}


def later(days):
    return clock.frozen(clock.now() + timedelta(days=days))


def time_passes():
    """What the scheduler does with what falls due for operators."""
    for command, subject_id, *data in list(what_time_does_to_operators(clock.today())):
        execute(command, actor=SYSTEM, subject_id=subject_id, data=data[0] if data else None)


class TestNoticeGive:
    def test_tells_the_organisation_until_when_it_may_reply(self):
        authority = an_authority()
        found = a_licence(authority=authority)
        given = heard("revoke", authority, found, days=0)
        assert given.reply_due == due.due_day(found, "adverse.reply_wd", clock.today()).on
        assert [row.name for row in due.running_of(given)] == ["reply_to_notice"]
        letter = documents.current("operator_notice", given)
        assert str(found.organisation_id) in letter.parties

    def test_fits_the_state_of_the_licence(self):
        authority = an_authority()
        found = a_licence(authority=authority)
        for act, error in (("refuse", InvalidInput), ("revoke", None), ("revoke", Conflict)):
            if error is None:
                heard(act, authority, found)
                continue
            with pytest.raises(error):
                heard(act, authority, found)
        with pytest.raises(InvalidInput):
            execute(notice.give, actor=authority, data={"act": "suspend", **WHY})

    def test_is_for_the_authority_of_the_place(self):
        found = a_licence()
        with pytest.raises(NotFound):
            heard("revoke", an_authority("530000"), found)
        firm = an_organisation("operator")
        with pytest.raises(NotFound):
            heard("debar", an_authority("530000"), organisation_id=firm.id)
        with pytest.raises(NotAllowed):
            heard("debar", an_actor("operator"), organisation_id=firm.id)


class TestNoticeReply:
    def test_is_quoted_and_lets_the_decision_come_at_once(self):
        operator, authority = an_actor("operator"), an_authority()
        found = a_licence(operator, authority)
        given = heard("revoke", authority, found, days=0)
        with pytest.raises(NotFound):
            execute(notice.reply, actor=an_actor("operator"), subject_id=given.id, data={"reply": "…"})
        execute(notice.reply, actor=operator, subject_id=given.id, data={"reply": "已整改。"})
        assert (given.state, given.reply_text) == ("replied", "已整改。")
        execute(licence.revoke, actor=colleague(authority), subject_id=found.id, data=WHY)
        assert found.state == "revoked"
        assert due.running_of(given) == []


class TestNoticeDrop:
    def test_leaves_everything_as_it_was(self):
        authority = an_authority()
        found = a_licence(authority=authority)
        given = heard("revoke", authority, found)
        execute(notice.drop, actor=authority, subject_id=given.id, data={"reasons": "情况已改善。"})
        assert given.state == "dropped"
        with pytest.raises(RuleBroken):
            execute(licence.revoke, actor=colleague(authority), subject_id=found.id, data=WHY)


class TestNoticeCarryOut:
    def test_is_done_by_the_product_alone(self):
        authority = an_authority()
        given = heard("revoke", authority, a_licence(authority=authority))
        with pytest.raises(NotAllowed):
            execute(notice.carry_out, actor=authority, subject_id=given.id)
        assert execute(notice.carry_out, actor=SYSTEM, subject_id=given.id).state == "carried_out"


def announced(authority):
    """A licence whose public notice began today."""
    found = an_assessed_licence(authority=authority)
    return execute(licence.announce, actor=colleague(authority), subject_id=found.id)


def objected(found, actor=ANONYMOUS):
    """An objection to an announced licence."""
    data = {"licence_id": str(found.id), "name": "李某", "contact": "0000-1234567", "grounds": "能力不实。"}
    return execute(licence_objection.lodge, actor=actor, data=data)


class TestLicenceObjectionLodge:
    def test_takes_anybody_s_objection_while_the_notice_runs(self):
        found = announced(an_authority())
        raised = objected(found)
        assert raised.receipt.startswith("ZY-990100-") and raised.state == "lodged"
        assert [row.name for row in due.running_of(raised)] == ["licence_objection"]
        with later(40), pytest.raises(RuleBroken) as refused:
            objected(found)
        assert refused.value.duty == "registry.objection_comes_in_time"

    def test_knows_no_licence_that_is_not_public(self):
        with pytest.raises(NotFound):
            objected(an_assessed_licence())


class TestLicenceObjectionUphold:
    def test_bars_the_grant(self):
        authority = an_authority()
        found = announced(authority)
        raised = objected(found)
        with later(40), pytest.raises(RuleBroken) as refused:
            execute(licence.grant, actor=colleague(authority), subject_id=found.id, data={"reasons": "合格。"})
        assert refused.value.duty == "registry.objections_are_answered"
        execute(licence_objection.uphold, actor=authority, subject_id=raised.id, data={"answer": "属实。"})
        with later(40), pytest.raises(RuleBroken):
            execute(licence.grant, actor=colleague(authority), subject_id=found.id, data={"reasons": "合格。"})


class TestLicenceObjectionDismiss:
    def test_frees_the_way(self):
        authority = an_authority()
        found = announced(authority)
        raised = objected(found, an_actor("buyer"))
        with pytest.raises(NotFound):
            execute(licence_objection.dismiss, actor=an_actor("operator"), subject_id=raised.id, data={"answer": "x"})
        execute(licence_objection.dismiss, actor=authority, subject_id=raised.id, data={"answer": "不成立。"})
        assert raised.state == "not_upheld"
        with later(40):
            granted = execute(licence.grant, actor=colleague(authority), subject_id=found.id, data={"reasons": "合格。"})
        assert granted.state == "in_force"


FOUND = {"looked_at": "制度、人员、系统。", "findings": [{"what": "应急预案未演练。", "basis": "YN L144"}]}


def a_recheck(authority, operator=None):
    """A re-check of a licence, begun by the authority."""
    found = a_licence(operator, authority)
    return execute(recheck.begin, actor=authority, data={"licence_id": str(found.id)})


def with_findings(authority, operator):
    """A re-check that found something."""
    return execute(recheck.find, actor=authority, subject_id=a_recheck(authority, operator).id, data=FOUND)


class TestRecheckBegin:
    def test_happens_once_at_a_time(self):
        authority = an_authority()
        begun = a_recheck(authority)
        assert (begun.state, begun.kind) == ("under_way", "ordered")
        with pytest.raises(RuleBroken) as refused:
            execute(recheck.begin, actor=authority, data={"licence_id": str(begun.licence_id)})
        assert refused.value.duty == "registry.nothing_checks_it_already"

    def test_follows_the_calendar(self):
        found = a_licence()
        time_passes()
        assert db.session.query(Recheck).count() == 0
        with later(367):
            time_passes()
            time_passes()
        begun = db.session.query(Recheck).one()
        assert (begun.kind, begun.licence_id) == ("periodic", found.id)

    def test_is_for_the_authority_of_the_place_and_licences_that_were_granted(self):
        found = a_licence()
        with pytest.raises(NotFound):
            execute(recheck.begin, actor=an_authority("530000"), data={"licence_id": str(found.id)})
        asked = an_accepted_licence()
        with pytest.raises(NotFound):
            execute(recheck.begin, actor=an_authority(), data={"licence_id": str(asked.id)})


class TestRecheckClear:
    def test_ends_it(self):
        authority = an_authority()
        begun = a_recheck(authority)
        execute(recheck.clear, actor=authority, subject_id=begun.id, data={"looked_at": "全部。"})
        assert (begun.state, begun.ended_on) == ("passed", clock.today())


class TestRecheckFind:
    def test_starts_the_clock_of_the_operator(self):
        operator, authority = an_actor("operator"), an_authority()
        found = with_findings(authority, operator)
        assert found.state == "rectification"
        clocks = due.running_of(found)
        assert [(row.name, row.organisation_id) for row in clocks] == [("rectification", operator.organisation_id)]

    def test_needs_a_finding(self):
        authority = an_authority()
        begun = a_recheck(authority)
        with pytest.raises(InvalidInput):
            execute(recheck.find, actor=authority, subject_id=begun.id, data={"looked_at": "x", "findings": []})


class TestRecheckReport:
    def test_is_the_operator_s(self):
        operator, authority = an_actor("operator"), an_authority()
        found = with_findings(authority, operator)
        with pytest.raises(NotAllowed):
            execute(recheck.report, actor=authority, subject_id=found.id, data={"report": "x"})
        data = {"report": "已演练。", "evidence": PDF}
        execute(recheck.report, actor=operator, subject_id=found.id, data=data)
        assert found.state == "reported" and found.evidence["sha256"] == PDF.sha256


class TestRecheckReturn:
    def test_gives_it_back(self):
        operator, authority = an_actor("operator"), an_authority()
        found = with_findings(authority, operator)
        execute(recheck.report, actor=operator, subject_id=found.id, data={"report": "x"})
        execute(recheck.return_, actor=authority, subject_id=found.id, data={"reasons": "无佐证。"})
        assert found.state == "rectification"
        assert [row.name for row in due.running_of(found)] == ["rectification"]


class TestRecheckClose:
    def test_is_for_another_officer_than_the_finder(self):
        operator, authority = an_actor("operator"), an_authority()
        found = with_findings(authority, operator)
        execute(recheck.report, actor=operator, subject_id=found.id, data={"report": "已演练。"})
        with pytest.raises(NotAllowed):
            execute(recheck.close, actor=authority, subject_id=found.id, data={"outcome": "合格。"})
        execute(recheck.close, actor=colleague(authority), subject_id=found.id, data={"outcome": "合格。"})
        assert found.state == "closed"


class TestRecheckFail:
    def test_stands_in_the_record(self):
        operator, authority = an_actor("operator"), an_authority()
        found = with_findings(authority, operator)
        execute(recheck.fail, actor=colleague(authority), subject_id=found.id, data={"outcome": "未整改。"})
        assert found.state == "failed"
        first = clock.today() - timedelta(days=10)
        assert len(queries.troubles_since(found.organisation_id, first)) == 1


def barred(authority, organisation_id, days=100):
    """An organisation barred after a hearing, by another person than who gave the notice."""
    given = heard("debar", authority, organisation_id=organisation_id)
    last = clock.today() + timedelta(days=days)
    data = {"notice_id": str(given.id), "ground": "leak", "ends_on": last.isoformat(), **WHY}
    return execute(debarment.impose, actor=colleague(authority), data=data)


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


def a_succession(new, old, **facts):
    """The application of a successor."""
    data = {
        "predecessor_uscc": organisation_of(old).uscc,
        "ground": "merger",
        "effective_on": clock.today().isoformat(),
        "explanation": "人员、系统和数据整体并入。",
        "evidence": PDF,
    }
    return execute(succession.apply, actor=new, data=data | facts)


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
