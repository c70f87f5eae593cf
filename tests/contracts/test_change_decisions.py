"""Reductions of rights and what becomes of a change: approved, refused, withdrawn, in force, lapsed."""

from datetime import date, timedelta

import pytest

from contracts import commands
from contracts.models import DevelopmentRight
from contracts.queries.change_texts import clauses_of
from contracts.queries.changes import agreements_of_change
from contracts.queries.rights import source_ids
from kernel import clock, documents, due
from kernel.actor import SYSTEM, Actor
from kernel.command import execute
from kernel.errors import NotAllowed, RuleBroken, WrongState
from tests.contracts.changes_steps import fresh, rule_of
from tests.factories import contracts as made
from tests.factories import life
from tests.factories.life import run


@pytest.fixture
def who(app) -> made.Parties:
    """A licensed operator, an authority, an agency and a registrar."""
    return made.parties()


@pytest.fixture
def held(who) -> DevelopmentRight:
    """A first-level right in force."""
    return made.a_right(who)


@pytest.fixture
def family(who, held) -> tuple[DevelopmentRight, DevelopmentRight, Actor]:
    """A first-level right, a second-level right under it, and its developer."""
    developer = made.a_developer(who)
    return held, made.a_second_right(who, developer, made.an_element(who, held)), developer


class TestChangeReduce:
    def test_takes_purposes_away_and_below_too(self, who, family) -> None:
        first, second, developer = family
        wider = ["industry_development", "public_governance"]
        life.agreed(life.an_amendment(developer, second, purposes=wider), who.deputy, developer)
        less = life.a_reduction(who.operator, first, purposes=["public_governance"])
        life.agreed(less, who.deputy, who.operator)
        assert [fresh(first).purposes, fresh(second).purposes] == [
            ["public_governance"],
            ["public_governance"],
        ]

    def test_ends_below_what_would_be_left_with_nothing(self, who, family) -> None:
        first, second, _developer = family
        less = life.a_reduction(who.operator, first, purposes=["public_governance"])
        life.agreed(less, who.deputy, who.operator)
        assert fresh(second).state == "terminated"

    def test_shortens_below_too(self, who, family) -> None:
        first, second, _developer = family
        last = clock.today() + timedelta(days=100)
        life.agreed(life.a_reduction(who.operator, first, ends_on=str(last)), who.deputy, who.operator)
        assert [fresh(first).ends_on, fresh(second).ends_on] == [last, last]

    def test_takes_sources_away_with_what_was_made_from_them(self, who) -> None:
        rain, wind = made.a_source(who), made.a_source(who)
        held = made.a_right(who, sources=[str(rain.id), str(wind.id)])
        element = made.an_element(who, held, resources=[str(wind.id)])
        kept = made.an_element(who, held, resources=[str(rain.id)], title="保留")
        second = made.a_second_right(who, made.a_developer(who), element)
        life.agreed(life.a_reduction(who.operator, held, sources=[str(rain.id)]), who.deputy, who.operator)
        assert [fresh(one).state for one in (element, kept, second)] == [
            "withdrawn",
            "available",
            "terminated",
        ]
        assert source_ids(held.id) == [rain.id]

    def test_only_takes_away_and_leaves_something(self, who, held) -> None:
        wrong = [{"purposes": ["public_welfare"]}, {"ends_on": str(held.ends_on + timedelta(days=1))}]
        for terms in wrong:
            with pytest.raises(RuleBroken) as caught:
                life.a_reduction(who.operator, held, **terms)
            assert rule_of(caught) == "contracts.reduction_only_takes_away"
        with pytest.raises(RuleBroken) as caught:
            life.a_reduction(who.operator, held, purposes=[])
        assert rule_of(caught) == "contracts.change_keeps_the_right_whole"

    def test_is_possible_while_the_right_rests(self, who, held) -> None:
        run(commands.right.suspend, who.authority, held, **life.WHY)
        less = life.a_reduction(who.operator, held, purposes=["public_governance"])
        assert life.agreed(less, who.deputy, who.operator).state == "in_force"


class TestChangeAnnounceReduction:
    def test_gives_the_holder_time_to_reply_and_a_letter(self, who, held) -> None:
        change = life.an_announced_reduction(who.authority, held, purposes=["public_governance"])
        assert change.reply_due == due.due_day(held, "adverse.reply_wd", clock.today()).on
        assert [row.name for row in due.running_of(change)] == ["change_reply"]
        letter = documents.documents_of(held)[-1]
        assert (letter.kind, letter.data["reply_due"]) == ("right_notice", change.reply_due.isoformat())
        with pytest.raises(NotAllowed):
            life.an_announced_reduction(who.operator, held, purposes=["public_governance"])


class TestChangeReply:
    def test_is_the_holder_s_and_given_once(self, who, held) -> None:
        change = life.an_announced_reduction(who.authority, held, purposes=["public_governance"])
        run(commands.change.reply, who.operator, change, reply="请保留产业用途。")
        for actor in (who.operator, who.authority):
            with pytest.raises(NotAllowed):
                run(commands.change.reply, actor, change, reply="再说。")


class TestChangeImpose:
    def test_comes_after_the_reply_by_another_person(self, who, held) -> None:
        change = life.an_announced_reduction(who.authority, held, purposes=["public_governance"])
        with pytest.raises(NotAllowed):
            run(commands.change.impose, who.authority, change, **life.WHY)
        with pytest.raises(RuleBroken) as caught:
            run(commands.change.impose, who.deputy, change, **life.WHY)
        assert rule_of(caught) == "contracts.reply_window_has_passed"
        run(commands.change.reply, who.operator, change, reply="请保留。")
        run(commands.change.impose, who.deputy, change, **life.WHY)
        assert (fresh(held).purposes, fresh(change).state) == (["public_governance"], "in_force")
        letter = next(one for one in documents.documents_of(held) if one.kind == "right_decision")
        assert letter.data["heard"] == "请保留。" and letter.data["adverse"] is True

    def test_may_follow_when_the_time_has_passed(self, who, held) -> None:
        change = life.an_announced_reduction(who.authority, held, purposes=["public_governance"])
        with clock.frozen(clock.now() + timedelta(days=30)):
            run(commands.change.impose, who.deputy, change, **life.WHY)
        assert fresh(held).purposes == ["public_governance"]

    def test_waits_for_an_announced_termination(self, who, held) -> None:
        change = life.an_announced_reduction(who.authority, held, purposes=["public_governance"])
        run(commands.change.reply, who.operator, change, reply="请保留。")
        run(commands.right.announce_termination, who.authority, held, **life.WHY)
        with pytest.raises(RuleBroken):
            run(commands.change.impose, who.deputy, change, **life.WHY)


class TestChangeApprove:
    def test_is_another_person_s_of_the_authority(self, who, held) -> None:
        change = life.an_amendment(who.authority, held)
        with pytest.raises(NotAllowed):
            life.approved(change, who.authority)
        with pytest.raises(NotAllowed):
            life.approved(change, who.operator)
        life.approved(change, who.deputy)
        assert [row.name for row in due.running_of(change)] == ["change_signature"]
        assert [row.kind for row in agreements_of_change(change.id)] == ["amendment_agreement"]

    def test_waits_while_a_termination_is_announced(self, who, held) -> None:
        change = life.an_amendment(who.operator, held)
        run(commands.right.announce_termination, who.authority, held, **life.WHY)
        with pytest.raises(RuleBroken) as caught:
            life.approved(change, who.deputy)
        assert rule_of(caught) == "contracts.step_fits_the_situation"


class TestChangeRefuse:
    def test_says_why_and_what_can_be_done(self, who, held) -> None:
        change = life.an_amendment(who.operator, held)
        run(commands.change.refuse, who.authority, change, **life.WHY)
        letter = documents.documents_of(held)[-1]
        assert (change.state, letter.kind, letter.data["adverse"]) == ("refused", "right_decision", True)
        assert clauses_of(held.id) == {}


class TestChangeWithdraw:
    def test_is_the_proposer_s_and_ends_the_texts(self, who, held) -> None:
        change = life.approved(life.an_amendment(who.operator, held), who.deputy)
        with pytest.raises(NotAllowed):
            run(commands.change.withdraw, who.authority, change, reason="不需要。")
        run(commands.change.withdraw, who.operator, change, reason="不需要。")
        assert {row.state for row in agreements_of_change(change.id)} == {"lapsed"}


class TestChangeTakeEffect:
    def test_is_not_for_people(self, who, held) -> None:
        change = life.approved(life.an_amendment(who.operator, held), who.deputy)
        with pytest.raises(NotAllowed):
            run(commands.change.take_effect, who.deputy, change)

    def test_is_refused_at_a_signature_when_a_termination_was_announced_meanwhile(self, who, held) -> None:
        change = life.approved(life.an_amendment(who.operator, held), who.deputy)
        run(commands.right.announce_termination, who.authority, held, **life.WHY)
        with pytest.raises(RuleBroken):
            life.signed(change, who.operator)
        assert agreements_of_change(change.id)[0].signed_by_ids == []


class TestChangeLapse:
    def test_comes_by_itself_when_nobody_signs(self, who, held) -> None:
        change = life.approved(life.an_amendment(who.operator, held), who.deputy)
        with clock.frozen(clock.now() + timedelta(days=40)):
            life.follow_time()
        assert fresh(change).state == "lapsed"
        assert {row.state for row in agreements_of_change(change.id)} == {"lapsed"}

    def test_comes_with_the_end_of_the_right(self, who, held) -> None:
        change = life.an_amendment(who.operator, held)
        with clock.frozen(clock.now() + timedelta(days=701)):
            life.follow_time()
        assert (fresh(held).state, fresh(change).state) == ("expired", "lapsed")
        with pytest.raises(WrongState):
            execute(commands.change.lapse, actor=SYSTEM, subject_id=change.id, data={"reason": "x"})


class TestAdjust:
    def test_is_the_product_s_alone(self, who, held) -> None:
        with pytest.raises(NotAllowed):
            run(commands.right_life.adjust, who.authority, held, purposes=["public_welfare"])
        assert isinstance(held.ends_on, date)
