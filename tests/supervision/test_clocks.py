"""Clocks of offices: stopped with cause and proof, lengthened by another person, put before the superiors."""

from datetime import timedelta

import pytest

from accounts.queries import person
from kernel import clock, due
from kernel.actor import SYSTEM
from kernel.command import available, execute
from kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from supervision import queries, rules
from supervision.commands import clocks as commands
from supervision.reactions import clocks_for_superiors
from tests.accounts.pages import check
from tests.factories import contracts as made
from tests.factories.accounts import an_actor, sign_in
from tests.factories.registry import colleague

MONDAY = "2026-03-02T09:00+08:00"


@pytest.fixture
def who(app) -> made.Parties:
    """A licensed operator, an authority, an agency and a registrar."""
    with clock.frozen(MONDAY):
        yield made.parties()


def an_office_clock(who):
    """The clock by which an application is accepted: five working days from Monday, 2 March 2026."""
    return due.running_of(made.submitted(made.an_application(who), who.operator))[0]


def told(**facts):
    """A stop whose notice was served today."""
    day = clock.today().isoformat()
    return {"cause": "hearing", "explanation": "举行听证。", "served_on": day, "proof": "张某签收"} | facts


def run(command, actor, row, **data):
    """Run a command on a clock."""
    return execute(command, actor=actor, subject_id=row.id, data=data)


def refused_by(duty, step) -> None:
    """The step is refused by that duty."""
    with pytest.raises(RuleBroken) as caught:
        step()
    assert caught.value.duty == f"supervision.{duty}"


class TestPause:
    def test_stops_with_cause_and_proof_and_goes_on_with_what_was_left(self, who) -> None:
        row = an_office_clock(who)
        assert row.due_on.isoformat() == "2026-03-09"
        with clock.frozen("2026-03-04T10:00+08:00"):
            run(commands.pause, who.authority, row, **told())
            assert (row.state, row.ledger[0]["proof"]) == ("paused", "张某签收")
        with clock.frozen("2026-03-13T10:00+08:00"):
            run(commands.resume, who.deputy, row)
        assert (row.state, row.due_on.isoformat()) == ("running", "2026-03-18")  # three of five were left
        assert row.why["steps"][0]["cause"] == "hearing" and row.why["due"] == "2026-03-18"

    def test_is_void_without_service(self, who) -> None:
        row = an_office_clock(who)
        early = (clock.today() - timedelta(days=1)).isoformat()
        refused_by("stop_was_served", lambda: run(commands.pause, who.authority, row, **told(served_on=early)))

    def test_is_for_clocks_of_offices_and_their_authority(self, who) -> None:
        row = an_office_clock(who)
        for actor in (an_actor("authority", jurisdiction="640300"), who.operator):
            with pytest.raises(NotFound):
                run(commands.pause, actor, row, **told())
        firm = due.running_of(made.an_awaiting_right(who))[0]
        assert firm.waits_for == "right_holder"
        with pytest.raises(NotAllowed):
            run(commands.pause, who.authority, firm, **told())

    def test_ends_with_the_step_it_waits_for(self, who) -> None:
        asked = made.submitted(made.an_application(who), who.operator)
        row = due.running_of(asked)[0]
        run(commands.pause, who.authority, row, **told())
        assert due.running_of(asked) == [row]
        execute(made.applications.withdraw, actor=who.operator, subject_id=asked.id)
        assert row.state == "met" and due.running_of(asked) == []


class TestResume:
    def test_comes_by_itself_when_the_stop_lasted_long_enough(self, who) -> None:
        row = an_office_clock(who)
        run(commands.pause, who.authority, row, **told())
        refused_by("stop_is_over", lambda: run(commands.resume, SYSTEM, row))
        with clock.frozen("2026-04-20T09:00+08:00"):
            assert (commands.resume, row.id) in list(clocks_for_superiors(clock.today()))
            run(commands.resume, SYSTEM, row)
        assert row.state == "running" and row.due_on.isoformat() == "2026-04-27"


class TestAskExtension:
    def test_stays_below_the_ceiling_and_happens_once(self, who) -> None:
        row = an_office_clock(who)
        refused_by(
            "extension_is_within_the_ceiling",
            lambda: run(commands.ask_extension, who.authority, row, days=11, reasons="案情复杂。"),
        )
        run(commands.ask_extension, who.authority, row, days=5, reasons="案情复杂。")
        assert row.due_on.isoformat() == "2026-03-09" and row.asked["days"] == 5
        assert "ask_extension" not in [one.verb for one in available(row, who.deputy)]


class TestApproveExtension:
    def test_takes_another_person_and_says_who(self, who) -> None:
        row = an_office_clock(who)
        run(commands.ask_extension, who.authority, row, days=5, reasons="案情复杂。")
        with pytest.raises(NotAllowed):
            run(commands.approve_extension, who.authority, row)
        run(commands.approve_extension, who.deputy, row)
        assert (row.due_on.isoformat(), row.asked) == ("2026-03-16", {})
        step = row.why["steps"][0]
        assert (step["by"], step["approved_by"]) == (who.authority.name, who.deputy.name)
        refused_by(
            "extension_is_within_the_ceiling",
            lambda: run(commands.ask_extension, who.authority, row, days=1, reasons="仍复杂。"),
        )


class TestRefuseExtension:
    def test_lets_the_clock_run_on(self, who) -> None:
        row = an_office_clock(who)
        run(commands.ask_extension, who.authority, row, days=5, reasons="案情复杂。")
        run(commands.refuse_extension, colleague(who.authority), row, reasons="理由不足。")
        assert (row.due_on.isoformat(), row.asked, row.state) == ("2026-03-09", {}, "running")


class TestEscalate:
    def test_puts_what_is_about_to_be_missed_before_the_superiors(self, who) -> None:
        row = an_office_clock(who)
        assert row.id not in [step[1] for step in clocks_for_superiors(clock.today())]
        with clock.frozen("2026-03-06T09:00+08:00"):
            assert (commands.escalate, row.id) in list(clocks_for_superiors(clock.today()))
            run(commands.escalate, SYSTEM, row)
            assert row.id not in [step[1] for step in clocks_for_superiors(clock.today())]
            with pytest.raises(Conflict):
                run(commands.escalate, SYSTEM, row)
            escalated = queries.clocks(who.authority, state="escalated")
            assert [found.id for found in made.db.session.scalars(escalated)] == [row.id]


class TestClockPage:
    def test_explains_every_step_and_shows_what_an_act_would_change(self, who, app) -> None:
        row = an_office_clock(who)
        client = app.test_client()
        sign_in(client, person(who.authority.user_id))
        answer = client.get(f"/clocks/{row.id}/why?days=5&lang=en")
        check(answer)
        assert "16 Mar 2026" in answer.text
        assert row.due_on.isoformat() == "2026-03-09"
        run(commands.pause, who.authority, row, **told())
        assert client.get(f"/clocks/{row.id}/why?lang=zh").status_code == 200
        assert client.get("/clocks?state=paused").status_code == 200


class TestClockMayEscalate:
    def test_is_near_and_not_over(self) -> None:
        assert rules.clock_may_escalate(1, 1) and rules.clock_may_escalate(0, 1)
        assert not rules.clock_may_escalate(2, 1) and not rules.clock_may_escalate(-1, 1)


class TestStopWasServed:
    def test_lies_in_the_time_of_the_clock(self) -> None:
        day = clock.today()
        rules.stop_was_served(day, day, day)
        for served in (day - timedelta(days=1), day + timedelta(days=1)):
            refused_by("stop_was_served", lambda served=served: rules.stop_was_served(served, day, day))


class TestExtensionIsWithinTheCeiling:
    def test_counts_days_and_times(self) -> None:
        rules.extension_is_within_the_ceiling(10, 10, 0, 1)
        refused_by("extension_is_within_the_ceiling", lambda: rules.extension_is_within_the_ceiling(11, 10, 0, 1))
        refused_by("extension_is_within_the_ceiling", lambda: rules.extension_is_within_the_ceiling(1, 10, 1, 1))


class TestStopIsOver:
    def test_waits_for_the_longest_stop(self) -> None:
        rules.stop_is_over(30, 30)
        refused_by("stop_is_over", lambda: rules.stop_is_over(29, 30))
