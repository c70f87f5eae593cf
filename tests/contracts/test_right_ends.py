"""Rights end: termination with its notice, expiry, and the obligations a decision imposed."""

import uuid
from datetime import timedelta

import pytest

from contracts import commands, queries, reactions
from contracts.models import DevelopmentRight, Obligation
from kernel import clock, documents, due
from kernel.actor import SYSTEM, Actor
from kernel.command import execute
from kernel.db import db
from kernel.errors import NotAllowed, NotFound, RuleBroken
from tests.contracts.rights_steps import WHY, live, run, states
from tests.factories import contracts as made
from tests.factories.accounts import an_actor


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


def imposed(who: made.Parties, held: DevelopmentRight, **facts) -> Obligation:
    """An obligation due tomorrow."""
    data = {"right_id": str(held.id), "what": "提交季度报告", "basis": "YN L120"}
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    return execute(
        commands.obligation.impose, actor=who.authority, data={**data, "due_on": tomorrow, **facts}
    )


class TestAnnounceTermination:
    def test_gives_the_holder_time_to_reply(self, who, held) -> None:
        run(commands.right.announce_termination, who.authority, held, **WHY)
        assert held.reply_due == due.due_day(held, "adverse.reply_wd", clock.today()).on
        assert [row.name for row in due.running_of(held)] == ["reply"]
        with pytest.raises(NotAllowed):
            run(commands.right.announce_termination, who.deputy, held, **WHY)


class TestReply:
    def test_is_given_once_by_the_holder(self, who, held) -> None:
        run(commands.right.announce_termination, who.authority, held, **WHY)
        run(commands.right.reply, who.operator, held, reply="已经整改。")
        assert held.reply_text == "已经整改。"
        for actor in (who.operator, who.authority):
            with pytest.raises(NotAllowed):
                run(commands.right.reply, actor, held, reply="再说一次。")


class TestDropTermination:
    def test_forgets_the_notice(self, who, held) -> None:
        run(commands.right.announce_termination, who.authority, held, **WHY)
        run(commands.right.drop_termination, who.deputy, held, reason="已整改。")
        assert (held.notice_at, held.reply_due, held.notice_text, held.state) == (None, None, "", "in_force")
        assert due.running_of(held) == []


class TestTerminate:
    def test_needs_notice_time_and_another_person(self, who, held) -> None:
        with pytest.raises(NotAllowed):
            run(commands.right.terminate, who.deputy, held, **WHY)
        run(commands.right.announce_termination, who.authority, held, **WHY)
        with pytest.raises(NotAllowed):
            run(commands.right.terminate, who.authority, held, **WHY)
        with pytest.raises(RuleBroken) as caught:
            run(commands.right.terminate, who.deputy, held, **WHY)
        assert caught.value.duty == "contracts.reply_window_has_passed"

    def test_ends_everything_under_it_and_asks_for_the_exit(self, who, family) -> None:
        first, second, developer = family
        waiting = made.an_awaiting_second_right(
            who, made.a_developer(who), queries.sources_of_right(second)[0]
        )
        run(commands.right.announce_termination, who.authority, first, **WHY)
        run(commands.right.reply, who.operator, first, reply="无异议。")
        run(commands.right.terminate, who.deputy, first, **WHY)
        assert states(first, second, waiting) == ["terminated", "terminated", "lapsed"]
        assert {row.state for row in queries.agreements_about("right", first.id)} == {"terminated"}
        assert {row.state for row in queries.agreements_about("right", waiting.id)} == {"lapsed"}
        assert [row.state for row in db.session.scalars(queries.elements(SYSTEM))] == ["withdrawn"]
        assert reactions.EXIT in [row.what for row in queries.obligations_of(first.id)]
        assert documents.check_facts(queries.document_of(queries.agreements_about("right", first.id)[0]))[
            "ended_at"
        ]

    def test_may_follow_when_the_time_has_passed(self, who, held) -> None:
        run(commands.right.announce_termination, who.authority, held, **WHY)
        with clock.frozen(clock.now() + timedelta(days=30)):
            run(commands.right.terminate, who.deputy, held, **WHY)
        assert held.state == "terminated"


class TestExpire:
    def test_comes_after_the_last_day_with_everything_under_it(self, who, family) -> None:
        first, second, _developer = family
        with clock.frozen(clock.now() + timedelta(days=301)):
            made.follow_time()
            assert states(first, second) == ["in_force", "expired"]
        with clock.frozen(clock.now() + timedelta(days=701)):
            assert not live(first)
            made.follow_time()
            assert made.follow_time() == 0
        assert states(first) == ["expired"]

    def test_is_not_for_people(self, who, held) -> None:
        with pytest.raises(NotAllowed):
            run(commands.right.expire, who.authority, held)


class TestImpose:
    def test_puts_the_holder_under_an_obligation(self, who, held) -> None:
        owed = imposed(who, held)
        assert (owed.state, owed.owner_id, owed.jurisdiction) == ("open", held.holder_id, held.jurisdiction)
        assert owed in db.session.scalars(queries.obligations(who.operator, state="open")).all()
        assert queries.obligation(owed.id).heading == "提交季度报告"

    def test_concerns_a_right_one_may_see(self, who, held) -> None:
        stranger = made.Parties(
            who.operator, an_actor("authority", jurisdiction="640300"), *list(vars(who).values())[2:]
        )
        with pytest.raises(NotFound):
            imposed(stranger, held)
        with pytest.raises(NotFound):
            imposed(who, held, right_id=str(uuid.uuid4()))


class TestFulfil:
    def test_is_the_holder_s_report(self, who, held) -> None:
        owed = imposed(who, held)
        with pytest.raises(NotAllowed):
            execute(commands.obligation.fulfil, actor=who.authority, subject_id=owed.id, data={"report": "x"})
        execute(
            commands.obligation.fulfil, actor=who.operator, subject_id=owed.id, data={"report": "已提交。"}
        )
        assert (owed.state, owed.report) == ("fulfilled", "已提交。")


class TestWaive:
    def test_is_the_authority_s_with_its_reason(self, who, held) -> None:
        owed = imposed(who, held)
        with pytest.raises(NotAllowed):
            execute(commands.obligation.waive, actor=who.operator, subject_id=owed.id, data={"report": "x"})
        execute(
            commands.obligation.waive, actor=who.authority, subject_id=owed.id, data={"report": "不再需要。"}
        )
        assert owed.state == "waived"


class TestMiss:
    def test_is_noted_after_the_day_and_leaves_it_open_to_be_fulfilled(self, who, held) -> None:
        owed = imposed(who, held)
        with clock.frozen(clock.now() + timedelta(days=3)):
            made.follow_time()
        assert db.session.get(Obligation, owed.id).state == "overdue"
        execute(commands.obligation.fulfil, actor=who.operator, subject_id=owed.id, data={"report": "补交。"})
        assert owed.state == "fulfilled"
