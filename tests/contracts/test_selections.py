"""From the plan to the selected operator: collective decision, notice, sealed bids, ranking, objections, award."""

from dataclasses import replace
from datetime import timedelta

import pytest

from contracts.commands import implementation as plans
from contracts.commands import selection as selections
from contracts.queries import selections as found_by
from kernel import clock
from kernel.actor import ANONYMOUS
from kernel.command import execute
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from kernel.permissions import may_see
from tests.contracts.selections_steps import PDF, refused_by, run
from tests.factories import contracts as made
from tests.factories import selections as make
from tests.factories.accounts import an_actor


@pytest.fixture
def contest(app) -> make.Contest:
    """A body with three people, three operators, two experts."""
    return make.a_contest()


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
