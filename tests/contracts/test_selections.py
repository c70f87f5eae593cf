"""From the plan to the selected operator: collective decision, notice, sealed bids, ranking, objections, award."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from contracts.commands import application as applications
from contracts.commands import bid as bids
from contracts.commands import committee, received
from contracts.commands import implementation as plans
from contracts.commands import selection as selections
from contracts.models import Application, Bid
from contracts.queries import selections as found_by
from kernel import audit, clock, due
from kernel.actor import ANONYMOUS, SYSTEM
from kernel.command import available, execute
from kernel.db import db
from kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from kernel.fields import File
from kernel.permissions import may_see, visible_to
from kernel.sealing import sealed
from kernel.storage import store
from tests.factories import contracts as made
from tests.factories import selections as make
from tests.factories.accounts import an_actor

PDF = File("方案.pdf", b"%PDF-1.7\nx\n%%EOF\n")


@pytest.fixture
def contest(app) -> make.Contest:
    """A body with three people, three operators, two experts."""
    return make.a_contest()


def run(command, actor, row, **data):
    """Run a command on a row."""
    return execute(command, actor=actor, subject_id=row.id, data=data)


def refused_by(duty, command, actor, row, **data) -> None:
    """The command is refused by that duty."""
    with pytest.raises(RuleBroken) as caught:
        run(command, actor, row, **data)
    assert caught.value.duty == f"contracts.{duty}"


class TestPlanDraft:
    def test_says_what_is_to_be_operated(self, contest) -> None:
        plan = make.a_plan(contest)
        assert (plan.state, plan.body_id, plan.jurisdiction) == ("draft", contest.body.organisation_id, contest.place)
        assert len(plan.resource_ids) == 1 and plan.contents["necessity"]

    def test_is_for_agencies_and_authorities(self, contest) -> None:
        with pytest.raises(NotAllowed):
            execute(plans.draft, actor=contest.firms[0], data=make.plan_facts(contest))

    def test_wants_resources_that_exist(self, contest) -> None:
        facts = make.plan_facts(contest) | {"resources": ["00000000-0000-0000-0000-000000000000"]}
        with pytest.raises(InvalidInput):
            execute(plans.draft, actor=contest.body, data=facts)

    def test_stays_in_one_place(self, contest) -> None:
        here, there = made.a_source(contest.who), made.a_source(made.parties_of("640300"))
        facts = make.plan_facts(contest, resource=here) | {"resources": [str(here.id), str(there.id)]}
        with pytest.raises(InvalidInput) as caught:
            execute(plans.draft, actor=contest.body, data=facts)
        assert set(caught.value.messages) == {"resources"}


class TestPlanAmend:
    def test_changes_it_before_the_decision_only(self, contest) -> None:
        plan = make.a_plan(contest)
        run(plans.amend, contest.second, plan, **make.plan_facts(contest, title="修改后的方案"))
        assert (plan.title, plan.drafted_by_id) == ("修改后的方案", contest.second.user_id)
        decided = make.a_decided_plan(contest)
        with pytest.raises(WrongState):
            run(plans.amend, contest.body, decided, **make.plan_facts(contest))


class TestPlanSubmit:
    def test_wants_every_part_of_the_rules(self, contest) -> None:
        plan = make.a_plan(contest, contents=[{"part": "necessity", "text": "必要。"}, {"part": "term", "text": ""}])
        refused_by("plan_is_complete", plans.submit, contest.body, plan)
        assert plan.state == "draft"

    @pytest.mark.parametrize(
        ("facts", "duty"),
        [
            ({"mode": "by_field", "coverage": ""}, "mode_is_provided_for"),
            ({"term_years": 6}, "term_is_lawful"),
        ],
    )
    def test_refuses_what_the_rules_do_not_know(self, contest, facts, duty) -> None:
        refused_by(duty, plans.submit, contest.body, make.a_plan(contest, **facts))

    def test_lets_the_operator_apply_only_where_the_rules_know_it(self, app) -> None:
        here = make.a_contest("440000")  # rules with authorised operation and no right that is applied for
        refused_by("way_is_provided_for", plans.submit, here.body, make.a_plan(here, method="application"))
        there = make.a_contest("640300")
        assert run(plans.submit, there.body, make.a_plan(there, method="application")).state == "awaiting_decision"


class TestPlanRecordDecision:
    def test_is_recorded_by_another_person_with_meeting_and_minutes(self, contest) -> None:
        plan = run(plans.submit, contest.body, make.a_plan(contest))
        with pytest.raises(NotAllowed):
            run(plans.record_decision, contest.body, plan, **make.minutes())
        run(plans.record_decision, contest.second, plan, **make.minutes(minutes=PDF))
        assert (plan.state, plan.decision["number"], plan.decision["file"]["name"]) == ("decided", "〔2026〕12号", "方案.pdf")

    def test_sends_it_back(self, contest) -> None:
        plan = run(plans.submit, contest.body, make.a_plan(contest))
        run(plans.record_decision, contest.second, plan, **make.minutes(approved="no", note="补充收益测算。"))
        assert (plan.state, plan.decision["approved"]) == ("returned", False)
        assert run(plans.submit, contest.body, plan).state == "awaiting_decision"

    def test_lies_not_in_the_future(self, contest) -> None:
        plan = run(plans.submit, contest.body, make.a_plan(contest))
        day = (clock.today() + timedelta(days=1)).isoformat()
        with pytest.raises(InvalidInput):
            run(plans.record_decision, contest.second, plan, **make.minutes(decided_on=day))


class TestPlanRevise:
    def test_asks_for_a_new_decision_and_keeps_the_old_one(self, contest) -> None:
        plan = make.a_decided_plan(contest)
        run(plans.revise, contest.body, plan, reason="增加一类资源。")
        assert (plan.state, plan.revision, plan.decision) == ("draft", 2, {})
        assert plan.decisions[0]["number"] == "〔2026〕12号"

    def test_waits_for_a_selection_under_way(self, contest) -> None:
        found = make.announced(contest)
        with pytest.raises(WrongState):
            run(plans.revise, contest.body, found_by.plan(found.plan_id), reason="调整。")


class TestPlanWithdraw:
    def test_ends_it_before_the_decision(self, contest) -> None:
        assert run(plans.withdraw, contest.body, make.a_plan(contest)).state == "withdrawn"
        with pytest.raises(WrongState):
            run(plans.withdraw, contest.body, make.a_decided_plan(contest))


class TestSelectionPrepare:
    def test_takes_the_way_from_the_plan(self, contest) -> None:
        found = make.a_selection(contest, planned={"method": "negotiation"})
        assert (found.state, found.method) == ("draft", "negotiation")
        assert found.bids_until.astimezone(clock.LEGAL_ZONE).hour == 17

    def test_rests_on_a_decided_plan_of_the_same_body(self, contest) -> None:
        with pytest.raises(RuleBroken) as caught:
            make.a_selection(contest, plan=make.a_plan(contest))
        assert caught.value.duty == "contracts.plan_stands"
        with pytest.raises(NotFound):
            make.a_selection(replace(contest, body=an_actor("authority")), plan=make.a_decided_plan(contest))

    def test_is_not_for_a_plan_that_lets_the_operator_apply(self, contest) -> None:
        with pytest.raises(InvalidInput):
            make.a_selection(contest, planned={"method": "application"})

    @pytest.mark.parametrize("weights", [(60, 39), (60, 41)])
    def test_wants_weights_that_are_the_whole(self, contest, weights) -> None:
        criteria = [{"name": str(place), "weight": weight} for place, weight in enumerate(weights)]
        with pytest.raises(RuleBroken):
            make.a_selection(contest, criteria=criteria)

    def test_wants_each_criterion_once(self, contest) -> None:
        with pytest.raises(InvalidInput):
            make.a_selection(contest, criteria=[{"name": "能力", "weight": 50}, {"name": "能力", "weight": 50}])


class TestSelectionAmend:
    def test_changes_the_notice_before_it_goes_out(self, contest) -> None:
        found = make.a_selection(contest)
        facts = {"title": "新公告", "notice": "内容", "conditions": "条件", "criteria": make.CRITERIA}
        day = (clock.today() + timedelta(days=40)).isoformat()
        run(selections.amend, contest.body, found, **facts, last_day=day, last_time="09:30")
        assert found.title == "新公告"
        assert found.bids_until.astimezone(clock.LEGAL_ZONE).strftime("%H:%M") == "09:30"


class TestAnnounce:
    def test_opens_the_notice_to_everybody(self, contest) -> None:
        found = make.a_selection(contest)
        assert not may_see(contest.firms[0], found) and not may_see(ANONYMOUS, found)
        with pytest.raises(NotAllowed):
            run(selections.announce, contest.body, found)
        run(selections.announce, contest.second, found)
        assert may_see(contest.firms[0], found) and may_see(ANONYMOUS, found)

    def test_leaves_the_time_the_rules_ask_for(self, contest) -> None:
        day = (clock.today() + timedelta(days=19)).isoformat()
        refused_by("time_for_bids_is_enough", selections.announce, contest.second, make.a_selection(contest, last_day=day))

    def test_asks_for_less_time_in_a_negotiation(self, contest) -> None:
        day = (clock.today() + timedelta(days=15)).isoformat()
        found = make.a_selection(contest, planned={"method": "negotiation"}, last_day=day)
        assert run(selections.announce, contest.second, found).state == "taking_bids"

    def test_addresses_enough_bodies_and_them_alone(self, contest) -> None:
        invited = [str(firm.organisation_id) for firm in contest.firms]
        planned = {"method": "invited_tender"}
        few = make.a_selection(contest, planned=planned, invited=invited[:2])
        refused_by("enough_are_invited", selections.announce, contest.second, few)
        enough = make.announced(contest, planned=planned, invited=invited)
        stranger = an_actor("operator")
        assert may_see(contest.firms[1], enough) and not may_see(stranger, enough) and not may_see(ANONYMOUS, enough)
        with pytest.raises(NotFound):
            make.a_bid(stranger, enough)
        open_to_all = make.a_selection(contest, invited=invited)
        refused_by("enough_are_invited", selections.announce, contest.second, open_to_all)


class TestHandIn:
    def test_is_read_by_nobody_before_the_opening(self, contest) -> None:
        found = make.announced(contest)
        bid = make.a_bid(contest.firms[0], found, attachment=PDF)
        assert (bid.state, bid.contents, bid.files) == ("sealed", {}, [])
        for reader in (contest.body, contest.second, contest.firms[1], ANONYMOUS, an_actor("auditor")):
            assert not may_see(reader, bid)
            assert db.session.scalar(db.select(Bid).where(visible_to(reader, Bid))) is None
        event = audit.events_of(bid)[0]
        for words in make.WORDS.values():
            assert words.encode() not in event.body
            assert words.encode() not in store().get(bid.sealed_key)
        assert event.data == {"selection_id": str(found.id)} and event.notes == [{"seal": bid.seal}]

    def test_is_one_for_each_bidder_and_whoever_is_behind_it(self, contest) -> None:
        found = make.announced(contest)
        bid = make.a_bid(contest.firms[0], found)
        with pytest.raises(RuleBroken) as caught:
            make.a_bid(contest.firms[0], found)
        assert caught.value.duty == "contracts.one_bid_each"
        run(bids.withdraw, contest.firms[0], bid)
        assert make.a_bid(contest.firms[0], found).state == "sealed"

    def test_is_for_operators(self, contest) -> None:
        found = make.announced(contest)
        for actor in (contest.body, an_actor("buyer"), an_actor("operator", mandates=["sign"])):
            with pytest.raises(NotAllowed):
                make.a_bid(actor, found)

    def test_is_not_taken_late_or_before_the_notice(self, contest) -> None:
        found = make.announced(contest)
        with clock.frozen(found.bids_until), pytest.raises(RuleBroken) as caught:
            make.a_bid(contest.firms[0], found)
        assert caught.value.duty == "contracts.bid_is_in_time"
        with pytest.raises(NotFound):
            make.a_bid(contest.firms[0], make.a_selection(contest))

    def test_is_not_taken_after_the_opening(self, contest) -> None:
        found = make.with_bids(contest)
        with make.bids_due(found):
            make.opened(contest, found)
            with pytest.raises(WrongState):
                make.a_bid(an_actor("operator"), found)


class TestBidWithdraw:
    def test_ends_with_the_time_for_bids(self, contest) -> None:
        found = make.announced(contest)
        bid = make.a_bid(contest.firms[0], found)
        with pytest.raises(NotFound):
            run(bids.withdraw, contest.firms[1], bid)
        with make.bids_due(found):
            refused_by("bid_is_in_time", bids.withdraw, contest.firms[0], bid)


class TestOpen:
    def test_takes_two_people_and_the_time_of_the_notice(self, contest) -> None:
        found = make.with_bids(contest)
        refused_by("bids_may_be_opened", selections.open_, contest.body, found)
        with make.bids_due(found):
            run(selections.open_, contest.body, found)
            assert found.state == "taking_bids" and not found_by.bids_in(found.id, "opened")
            with pytest.raises(NotAllowed):
                run(selections.open_, contest.body, found)
            run(selections.open_, contest.second, found)
        assert found.state == "opened"
        legible = found_by.bids_in(found.id, "opened")
        assert [row.contents for row in legible] == [make.WORDS] * 3
        assert may_see(contest.body, legible[0]) and not may_see(contest.firms[1], legible[0])

    def test_needs_as_many_bids_as_the_rules_say(self, contest) -> None:
        found = make.announced(contest)
        for firm in contest.firms[:2]:
            make.a_bid(firm, found)
        with make.bids_due(found):
            refused_by("bids_are_enough", selections.open_, contest.body, found)


class TestUnseal:
    def test_finds_what_was_sealed_and_nothing_else(self, contest) -> None:
        found = make.with_bids(contest)
        bid = found_by.bids_in(found.id, "sealed")[0]
        forged = json.dumps({"words": make.WORDS | {"offer": "别的报价"}, "salt": "", "file": None})
        bid.sealed_key = store().keep("bids", sealed(forged).encode(), "sealed")
        db.session.commit()
        with make.bids_due(found):
            run(selections.open_, contest.body, found)
            with pytest.raises(Conflict):
                run(selections.open_, contest.second, found)
        with pytest.raises(NotFound):
            run(bids.unseal, contest.body, found_by.bids_in(found.id, "sealed")[1])

    def test_lays_out_the_file_too(self, contest) -> None:
        found = make.announced(contest)
        for firm in contest.firms:
            make.a_bid(firm, found, attachment=PDF)
        with make.bids_due(found):
            make.opened(contest, found)
        facts = found_by.bids_in(found.id, "opened")[0].files[0]
        assert (facts["name"], store().get(facts["key"])) == ("方案.pdf", PDF.content)


class TestExclude:
    def test_leaves_a_bid_out_before_the_scoring(self, contest) -> None:
        found = make.with_bids(contest)
        with make.bids_due(found):
            first, *_rest = found_by.bids_in(make.opened(contest, found).id, "opened")
            run(bids.exclude, contest.body, first, reason="未附安全能力证明。")
            make.scored(contest, found, 80, 70)
            last = found_by.bids_in(found.id, "opened")[0]
            with pytest.raises(WrongState):
                run(bids.exclude, contest.body, last, reason="理由。")
        assert first.state == "excluded" and len(found.ranking) == 2


class TestRecordNegotiation:
    def test_is_needed_with_each_bidder(self, contest) -> None:
        found = make.with_bids(contest, planned={"method": "negotiation"})
        with make.bids_due(found):
            make.opened(contest, found)
            member = make.a_member(contest, found, contest.experts[0])
            data = {"scores": make.points_for(found, 1, 2, 3), "opinion": "评审。"}
            refused_by("everybody_was_negotiated_with", committee.score, contest.experts[0], member, **data)
            for bid in found_by.bids_in(found.id, "opened"):
                run(bids.record_negotiation, contest.body, bid, text="双方就分成达成一致。")
            assert run(committee.score, contest.experts[0], member, **data).state == "scored"

    def test_belongs_to_a_negotiation(self, contest) -> None:
        found = make.with_bids(contest)
        with make.bids_due(found), pytest.raises(WrongState):
            bid = found_by.bids_in(make.opened(contest, found).id, "opened")[0]
            run(bids.record_negotiation, contest.body, bid, text="谈判。")


class TestBidAssessmentNameAssessor:
    def test_names_people_without_ties_after_the_opening(self, contest) -> None:
        found = make.with_bids(contest)
        data = {"selection_id": str(found.id)}
        expert = contest.experts[0]
        chosen = data | {"assessor": f"{expert.user_id}:{expert.organisation_id}"}
        with pytest.raises(WrongState):
            execute(committee.name_assessor, actor=contest.body, data=chosen)
        with make.bids_due(found):
            make.opened(contest, found)
            assert execute(committee.name_assessor, actor=contest.body, data=chosen).state == "named"
            with pytest.raises(RuleBroken):
                execute(committee.name_assessor, actor=contest.body, data=chosen)
            nobody = data | {"assessor": f"{contest.firms[0].user_id}:{contest.firms[0].organisation_id}"}
            with pytest.raises(InvalidInput):
                execute(committee.name_assessor, actor=contest.body, data=nobody)
            with pytest.raises(NotFound):
                execute(committee.name_assessor, actor=an_actor("authority"), data=chosen)

    def test_bars_who_belongs_to_a_bidder(self, contest) -> None:
        from accounts.queries import organisation, person
        from tests.factories.accounts import a_member

        found = make.with_bids(contest)
        expert = contest.experts[0]
        a_member(organisation(contest.firms[0].organisation_id), person=person(expert.user_id), mandates=["apply"])
        with make.bids_due(found), pytest.raises(RuleBroken) as caught:
            make.a_member(contest, make.opened(contest, found), expert)
        assert caught.value.duty == "registry.nothing_ties_to_the_applicant"


class TestBidAssessmentDeclare:
    def test_takes_whoever_is_tied_out_of_the_case(self, contest) -> None:
        found = make.with_bids(contest)
        expert = contest.experts[0]
        with make.bids_due(found):
            make.opened(contest, found)
            data = {"selection_id": str(found.id), "assessor": f"{expert.user_id}:{expert.organisation_id}"}
            member = execute(committee.name_assessor, actor=contest.body, data=data)
            bid = found_by.bids_in(found.id, "opened")[0]
            assert may_see(expert, bid)
            with pytest.raises(InvalidInput):
                run(committee.declare, expert, member, impartial="no")
            run(committee.declare, expert, member, impartial="no", conflict="family", explanation="亲属任职。")
        assert member.state == "recused" and not may_see(expert, bid)


class TestBidAssessmentScore:
    def test_scores_each_bid_by_each_criterion(self, contest) -> None:
        found = make.with_bids(contest)
        with make.bids_due(found):
            member = make.a_member(contest, make.opened(contest, found), contest.experts[0])
            half = make.points_for(found, 1, 2, 3)[:-1]
            refused_by("every_bid_is_scored", committee.score, contest.experts[0], member, scores=half, opinion="评审。")
            run(committee.score, contest.experts[0], member, scores=make.points_for(found, 1, 2, 3), opinion="评审。")
        assert member.revealed_at is None and found.state == "opened"
        assert "points" not in audit.events_of(member)[-1].body.decode()


class TestBidAssessmentRecuse:
    def test_takes_the_points_out(self, contest) -> None:
        found = make.with_bids(contest)
        with make.bids_due(found):
            member = make.a_member(contest, make.opened(contest, found), contest.experts[0])
            with pytest.raises(NotFound):
                run(committee.recuse, an_actor("authority", jurisdiction="640300"), member, explanation="患病。")
            run(committee.recuse, contest.second, member, explanation="患病。")
        assert found_by.committee_stands(found.id) == (0, 0)


class TestCompleteScoring:
    def test_ranks_by_weight_when_all_have_scored(self, contest) -> None:
        found = make.with_bids(contest)
        with make.bids_due(found):
            make.scored(contest, make.opened(contest, found), 70, 90, 80)
        second = contest.firms[1]
        assert found.state == "scored"
        assert [row["points"] for row in found.ranking] == [9000, 8000, 7000]
        assert found.ranking[0]["bidder_id"] == str(second.organisation_id)
        assert all(row.revealed_at for row in found_by.members_of(found.id))

    def test_weighs_the_criteria(self, contest) -> None:
        found = make.with_bids(contest)
        with make.bids_due(found):
            make.opened(contest, found)
            rows = make.points_for(found, 50, 50, 50)
            rows[0] |= {"points": 100}  # the first bid by the first criterion, which weighs sixty
            members = [make.a_member(contest, found, person) for person in contest.experts]
            for person, member in zip(contest.experts, members, strict=True):
                run(committee.score, person, member, scores=rows, opinion="评审。")
        assert [row["points"] for row in found.ranking] == [8000, 5000, 5000]


class TestAnnounceResult:
    def test_is_the_best_bid_with_reasons(self, contest) -> None:
        found = make.with_bids(contest)
        with make.bids_due(found):
            make.scored(contest, make.opened(contest, found), 90, 80, 70)
            worse = found.ranking[1]["bid_id"]
            refused_by("best_bid_is_chosen", selections.announce_result, contest.second, found, bid_id=worse, reasons="。")
            with pytest.raises(InvalidInput):
                run(selections.announce_result, contest.second, found, bid_id=str(found.id), reasons="无。")
            with pytest.raises(NotAllowed):
                run(selections.announce_result, contest.firms[0], found, bid_id=worse, reasons="无。")
            make.result_of(contest, found)
            assert [row.name for row in due.running_of(found)] == ["result_notice"]
            assert due.running_of(found)[0].due_on == found.result_until


class TestSelectionObjectionLodge:
    def test_runs_while_the_notice_does(self, contest) -> None:
        found = make.with_bids(contest)
        data = {"selection_id": str(found.id), "grounds": "评审未按公布标准。"}
        with make.bids_due(found):
            with pytest.raises(RuleBroken):
                execute(committee.lodge, actor=contest.firms[1], data=data)
            make.result_of(contest, make.scored(contest, make.opened(contest, found), 90, 80, 70))
            objection = execute(committee.lodge, actor=contest.firms[1], data=data)
            assert [row.name for row in due.running_of(objection)] == ["objection_reply"]
            assert may_see(contest.body, objection) and not may_see(contest.firms[2], objection)
            with pytest.raises(NotAllowed):
                execute(committee.lodge, actor=an_actor("buyer"), data=data)
        with clock.frozen(found.bids_until + timedelta(days=30)), pytest.raises(RuleBroken):
            execute(committee.lodge, actor=contest.firms[2], data=data)


class TestSelectionObjectionUphold:
    def test_bars_the_award(self, contest) -> None:
        objection, found = an_objection(contest)
        with clock.frozen(found.bids_until + timedelta(days=1)):
            run(committee.uphold, contest.second, objection, answer="评分确有错误。")
        with clock.frozen(found.bids_until + timedelta(days=10)):
            refused_by("result_notice_is_over", selections.award, contest.third, found)
            run(selections.fail, contest.second, found, reason="异议成立。")
        assert {row.state for row in found_by.bids_in(found.id, "returned", "sealed", "opened")} == {"returned"}


class TestSelectionObjectionDismiss:
    def test_is_answered_before_the_award(self, contest) -> None:
        objection, found = an_objection(contest)
        with clock.frozen(found.bids_until + timedelta(days=10)):
            refused_by("result_notice_is_over", selections.award, contest.third, found)
            run(committee.dismiss, contest.second, objection, answer="程序合规。")
            assert run(selections.award, contest.third, found).state == "awarded"


def an_objection(contest):
    """An objection to an announced result, and its selection."""
    found = make.with_bids(contest)
    with make.bids_due(found):
        make.result_of(contest, make.scored(contest, make.opened(contest, found), 90, 80, 70))
        data = {"selection_id": str(found.id), "grounds": "评审未按公布标准。"}
        return execute(committee.lodge, actor=contest.firms[1], data=data), found


class TestAward:
    def test_waits_for_the_notice_and_takes_a_third_person(self, contest) -> None:
        found = make.with_bids(contest)
        with make.bids_due(found):
            make.result_of(contest, make.scored(contest, make.opened(contest, found), 90, 80, 70))
            refused_by("result_notice_is_over", selections.award, contest.third, found)
        with clock.frozen(found.bids_until + timedelta(days=10)):
            with pytest.raises(NotAllowed):
                run(selections.award, contest.second, found)
            run(selections.award, contest.third, found)
        assert sorted(row.state for row in found_by.bids_in(found.id, "won", "lost")) == ["lost", "lost", "won"]


class TestWin:
    def test_is_the_product_s_own(self, contest) -> None:
        found = make.with_bids(contest)
        with make.bids_due(found):
            bid = found_by.bids_in(make.opened(contest, found).id, "opened")[0]
        with pytest.raises(NotAllowed):
            run(bids.win, contest.body, bid)


class TestLose:
    def test_says_that_another_won(self, contest) -> None:
        found = make.awarded(contest, make.with_bids(contest))
        assert {row.ended_because for row in found_by.bids_in(found.id, "lost")} == {"Another bid was awarded."}


class TestSelectionFail:
    def test_gives_sealed_bids_back_unread(self, contest) -> None:
        found = make.announced(contest)
        make.a_bid(contest.firms[0], found)
        run(selections.fail, contest.body, found, reason="投标人不足三个。")
        bid = found_by.bids_in(found.id, "returned")[0]
        assert (found.state, bid.contents, bid.ended_because) == ("failed", {}, "投标人不足三个。")
        assert not may_see(contest.body, bid) and may_see(contest.firms[0], bid)


class TestBidReturn:
    def test_is_the_product_s_own(self, contest) -> None:
        bid = make.a_bid(contest.firms[0], make.announced(contest))
        with pytest.raises(NotAllowed):
            run(bids.return_, contest.firms[0], bid, reason="退回。")


class TestReceive:
    def test_lays_out_the_winner_s_application_and_leads_to_the_right(self, contest) -> None:
        found = make.awarded(contest, make.with_bids(contest))
        asked = db.session.scalars(db.select(Application).where(Application.selection_id == found.id)).one()
        assert (asked.state, asked.applicant_id) == ("draft", contest.firms[0].organisation_id)
        assert (asked.ability, asked.funding_mode) == (make.WORDS["ability"], "share_of_income")
        with clock.frozen(found.bids_until + timedelta(days=11)):
            held = made.granted(
                made.assessed(made.submitted(asked, contest.firms[0]), contest.second),
                contest.third,
                made.first_shares(contest.who),
            )
        assert held.state == "awaiting_signature"

    def test_is_the_product_s_own_and_rests_on_an_award(self, contest) -> None:
        found = make.announced(contest)
        with pytest.raises(NotAllowed):
            execute(received.receive, actor=contest.firms[0], data={"selection_id": str(found.id)})
        with pytest.raises(NotFound):
            execute(received.receive, actor=SYSTEM, data={"selection_id": str(found.id)})

    def test_binds_the_winner_to_what_was_put_out(self, contest) -> None:
        found = make.awarded(contest, make.with_bids(contest))
        asked = db.session.scalars(db.select(Application).where(Application.selection_id == found.id)).one()
        with clock.frozen(found.bids_until + timedelta(days=11)):
            other = made.a_source(contest.who)
            facts = {**made.WORDS, **made.a_term(), "level": "first_level", "funding_mode": "share_of_income"}
            run(applications.amend, contest.firms[0], asked, **facts, sources=[str(other.id)])
            refused_by("award_is_not_exceeded", applications.submit, contest.firms[0], asked)

    def test_is_the_only_way_where_the_rules_know_no_application(self, app) -> None:
        who = made.parties_of("440000")
        asked = made.an_application(who, territory=["440000"])
        refused_by("operator_came_by_a_lawful_way", applications.submit, who.operator, asked)


class TestSelections:
    def test_are_listed_for_whom_they_are(self, contest) -> None:
        found = make.announced(contest)
        assert list(db.session.scalars(found_by.selections(ANONYMOUS))) == [found]
        assert list(db.session.scalars(found_by.selections(ANONYMOUS, method="negotiation", state="taking_bids"))) == []
        assert list(db.session.scalars(found_by.plans(contest.firms[0]))) == []
        assert "hand_in" not in [row.verb for row in available(found, contest.firms[0])]
