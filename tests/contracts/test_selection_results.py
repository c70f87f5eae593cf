"""Scores, ranking, the notice of the result, objections, and the award of a selection."""

from datetime import timedelta

import pytest

from contracts.commands import application as applications
from contracts.commands import bid as bids
from contracts.commands import committee, received
from contracts.commands import selection as selections
from contracts.models import Application
from contracts.queries import selections as found_by
from kernel import audit, clock, due
from kernel.actor import ANONYMOUS, SYSTEM
from kernel.command import available, execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from kernel.permissions import may_see
from tests.contracts.selections_steps import refused_by, run
from tests.factories import contracts as made
from tests.factories import selections as make
from tests.factories.accounts import an_actor


@pytest.fixture
def contest(app) -> make.Contest:
    """A body with three people, three operators, two experts."""
    return make.a_contest()


def an_objection(contest):
    """An objection to an announced result, and its selection."""
    found = make.with_bids(contest)
    with make.bids_due(found):
        make.result_of(contest, make.scored(contest, make.opened(contest, found), 90, 80, 70))
        data = {"selection_id": str(found.id), "grounds": "评审未按公布标准。"}
        return execute(committee.lodge, actor=contest.firms[1], data=data), found


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
            member = found_by.members_of(found.id)[0]
            with pytest.raises(WrongState, match="closed"):
                run(committee.recuse, contest.second, member, explanation="患病。")
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
