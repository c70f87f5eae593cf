"""Adverse notices about licences, and objections against licences."""

import pytest

from kernel import clock, documents, due
from kernel.actor import ANONYMOUS, SYSTEM
from kernel.command import execute
from kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound, RuleBroken
from registry.commands import licence, licence_objection, notice
from tests.factories.accounts import an_actor, an_organisation
from tests.factories.registry import (
    a_licence,
    an_assessed_licence,
    an_authority,
    colleague,
    heard,
)
from tests.registry.oversight_steps import WHY, announced, later

pytestmark = pytest.mark.usefixtures("app")


def objected(found, actor=ANONYMOUS):
    """An objection to an announced licence."""
    data = {"licence_id": str(found.id), "name": "李某", "contact": "0000-1234567", "grounds": "能力不实。"}
    return execute(licence_objection.lodge, actor=actor, data=data)


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
