"""The writes of supervision: warnings, missed deadlines, calendar years, the daily run."""

import json
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from kernel import audit, clock, due
from kernel.actor import ANONYMOUS, SYSTEM
from kernel.command import execute
from kernel.db import db, new_id
from kernel.due import CalendarYear, DueDate
from kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from kernel.fields import File, Nothing
from kernel.states import StateMachine
from registry.commands import catalogue
from supervision import commands, queries, reactions
from supervision.models import Tick
from tests.factories.accounts import an_actor
from tests.factories.registry import a_submitted_entry, an_authority

ALWAYS = StateMachine(("withdraw", {"submitted"}, "submitted"))
NEAR, LAST, AFTER = "2026-12-03T09:00+08:00", "2026-12-07T23:30+08:00", "2026-12-08T00:30+08:00"


def notice(year: int = 2027, spring: tuple[str, ...] = ()) -> File:
    """A yearly notice of the widespread shape, with the days off every year has and some of its own."""
    always = [f"{year}-01-01", f"{year}-05-01", f"{year}-10-01", f"{year}-10-02", f"{year}-10-03"]
    days = [{"name": "节", "date": day, "isOffDay": True} for day in (*always, *spring)]
    return File(f"{year}.json", json.dumps({"year": year, "days": days}).encode())


def load(actor=SYSTEM, **facts):
    return execute(commands.load, actor=actor, data={"notice": "国办发明电 1 号", "file": notice()} | facts)


class TestWarn:
    def test_makes_the_clock_stand_out(self, running):
        with clock.frozen(NEAR):
            execute(commands.warn, actor=SYSTEM, subject_id=running.id)
            assert running.warned_at == clock.now() and running.state == "running"

    def test_happens_once(self, running):
        execute(commands.warn, actor=SYSTEM, subject_id=running.id)
        with pytest.raises(Conflict):
            execute(commands.warn, actor=SYSTEM, subject_id=running.id)

    def test_is_done_by_time_alone(self, running):
        with pytest.raises(NotAllowed):
            execute(commands.warn, actor=an_authority(), subject_id=running.id)
        with pytest.raises(NotFound):
            execute(commands.warn, actor=an_actor("buyer"), subject_id=running.id)

    def test_does_not_come_after_the_deadline_was_missed(self, running):
        with clock.frozen(AFTER):
            execute(commands.miss, actor=SYSTEM, subject_id=running.id)
        with pytest.raises(WrongState):
            execute(commands.warn, actor=SYSTEM, subject_id=running.id)


class TestMiss:
    def test_notes_what_was_not_done_in_time(self, running):
        with clock.frozen(AFTER):
            execute(commands.miss, actor=SYSTEM, subject_id=running.id)
        event = audit.events_of(running)[-1]
        assert running.state == "missed" and event.duties == ["supervision.deadline_is_missed"]
        assert (event.from_state, event.to_state, event.profile) == ("running", "missed", "990100")

    def test_waits_for_the_end_of_the_last_day(self, running):
        with clock.frozen(LAST), pytest.raises(RuleBroken) as refused:
            execute(commands.miss, actor=SYSTEM, subject_id=running.id)
        assert refused.value.ids == ("X11",)

    def test_is_done_by_time_alone(self, running):
        with clock.frozen(AFTER), pytest.raises(NotAllowed):
            execute(commands.miss, actor=an_authority(), subject_id=running.id)

    def test_happens_once(self, running):
        with clock.frozen(AFTER):
            execute(commands.miss, actor=SYSTEM, subject_id=running.id)
            with pytest.raises(WrongState):
                execute(commands.miss, actor=SYSTEM, subject_id=running.id)

    def test_does_not_stop_what_comes_late_from_being_done(self, running, entry):
        with clock.frozen(AFTER):
            execute(commands.miss, actor=SYSTEM, subject_id=running.id)
            execute(catalogue.publish, actor=an_authority(), subject_id=entry.id)
        assert running.state == "met_late"


class TestLoad:
    def test_makes_provisional_deadlines_firm(self, app):
        """Ten working days from 28 December reach into 2027; with four more days off they end four days later."""
        with clock.frozen("2026-12-28T09:00+08:00"):
            entry = a_submitted_entry()
            running = due.running_of(entry)[0]
            assert running.provisional and running.due_on.isoformat() == "2027-01-12"
            spring = ("2027-01-04", "2027-01-05", "2027-01-06", "2027-01-07")
            load(an_authority(), file=notice(2027, spring))
        assert not running.provisional and running.due_on.isoformat() == "2027-01-18"
        assert {fact["on"] for fact in running.why["skipped"] if fact["name"] == "节"} >= set(spring)

    def test_calls_back_what_was_missed_too_early(self, app):
        with clock.frozen("2026-12-28T09:00+08:00"):
            running = due.running_of(a_submitted_entry())[0]
        with clock.frozen("2027-01-13T09:00+08:00"):
            execute(commands.miss, actor=SYSTEM, subject_id=running.id)
            load(file=notice(2027, ("2027-01-04", "2027-01-05")))
        assert running.state == "running" and running.due_on.isoformat() == "2027-01-14"

    def test_lets_the_latest_loading_of_a_year_hold(self, app):
        load()
        load(file=notice(2027, ("2027-02-08",)))
        monday = date(2027, 2, 8)
        assert not due.calendar().is_working_day(monday)
        assert len(db.session.scalars(select(CalendarYear)).all()) == 2

    @pytest.mark.parametrize("roles", [("buyer",), ("agency",), ("registrar",), ("auditor",)])
    def test_is_for_the_authority(self, app, roles):
        with pytest.raises(NotAllowed):
            load(an_actor(*roles))

    def test_needs_the_mandate_to_decide(self, app):
        with pytest.raises(NotAllowed):
            load(an_actor("authority", mandates=["apply"]))
        with pytest.raises(NotAllowed):
            load(ANONYMOUS)

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"\xff\xfe\x00", "UTF-8"),
            (b"not a file of days", "neither TOML nor JSON"),
            (b'{"year": 2027, "days": [{"name": "x", "date": "2027-13-01", "isOffDay": true}]}', "not a day"),
        ],
    )
    def test_says_what_is_wrong_with_the_file(self, app, content, says):
        with pytest.raises(InvalidInput) as refused:
            load(file=File("2027.json", content))
        assert says in " ".join(map(str, refused.value.messages["file"]))

    def test_wants_the_number_of_the_notice(self, app):
        with pytest.raises(InvalidInput) as refused:
            load(notice=" ")
        assert "notice" in refused.value.messages


class TestRun:
    def test_keeps_what_the_run_did(self, app):
        done = {"warned": 1, "missed": 2, "swept": 0, "refused": ["x"]}
        made = execute(commands.run, actor=SYSTEM, data=done)
        assert (
            made.result == done
            and made.day == clock.today()
            and made.heading.startswith(str(made.ran_at.year))
        )

    def test_is_done_by_time_alone(self, app):
        with pytest.raises(NotAllowed):
            execute(commands.run, actor=an_authority(), data={})

    def test_wants_whole_counts(self, app):
        with pytest.raises(InvalidInput) as refused:
            execute(commands.run, actor=SYSTEM, data={"warned": -1, "missed": "x", "swept": 0})
        assert set(refused.value.messages) == {"warned", "missed", "refused"}


class TestTick:
    def test_warns_in_good_time_and_once(self, running):
        with clock.frozen("2026-12-01T09:00+08:00"):
            assert commands.tick(clock.now())["warned"] == 0
        with clock.frozen(NEAR):
            assert commands.tick(clock.now())["warned"] == 1
            assert commands.tick(clock.now())["warned"] == 0
        assert running.warned_at is not None

    def test_notes_missed_deadlines_once(self, running):
        with clock.frozen(AFTER):
            assert commands.tick(clock.now())["missed"] == 1
            assert commands.tick(clock.now())["missed"] == 0
        assert running.state == "missed"

    def test_lets_expire_what_has_ended_and_names_what_was_refused(self, entry, monkeypatch):
        other = a_submitted_entry()
        steps = [(catalogue.withdraw, other.id), (catalogue.withdraw, new_id())]
        monkeypatch.setattr(due, "SWEEPS", [lambda today: steps])
        done = commands.tick(clock.now())
        assert done["swept"] == 0 and len(done["refused"]) == 2
        assert done["refused"][0].startswith(f"registry.entry.withdraw {other.id}: ")

    def test_goes_on_after_a_fault(self, running, monkeypatch, caplog):
        def fails(*_given, **_named):
            return 1 // 0

        broken = replace(
            catalogue.withdraw,
            handler=fails,
            schema=Nothing,
            may=(lambda _actor, _subject: True,),
            states=ALWAYS,
        )
        monkeypatch.setattr(due, "SWEEPS", [lambda today: [(broken, running.subject_id)]])
        with caplog.at_level("CRITICAL"):
            done = commands.tick(clock.now())
        assert done["refused"] == [f"registry.entry.withdraw {running.subject_id}: ZeroDivisionError"]

    def test_is_kept(self, app):
        commands.tick(clock.now())
        kept = db.session.scalars(select(Tick)).one()
        assert kept.result == {"warned": 0, "missed": 0, "swept": 0, "refused": []}
        assert queries.last_tick() is kept


class TestRunOnceADay:
    def test_runs_with_the_first_look_of_a_legal_day(self, app):
        for moment in ("2026-11-23T01:00+08:00", "2026-11-23T23:00+08:00", "2026-11-24T00:05+08:00"):
            with clock.frozen(moment):
                reactions.run_once_a_day(clock.now())
        assert [tick.day.day for tick in db.session.scalars(select(Tick).order_by(Tick.ran_at))] == [23, 24]


class TestDaysWithoutARun:
    def test_are_counted_from_the_first_run_on(self, app):
        for day in (1, 2, 5):
            with clock.frozen(f"2026-11-{day:02}T08:00+08:00"):
                commands.tick(clock.now())
        days = queries.days_without_a_run(date(2026, 11, 6))
        assert [day.day for day in days] == [3, 4]

    def test_are_none_before_the_first_run(self, app):
        assert queries.days_without_a_run(clock.today()) == []
        assert not queries.run_is_late(clock.today())

    def test_make_the_run_late_from_the_second_day_on(self, running):
        with clock.frozen("2026-11-24T08:00+08:00"):
            assert not queries.run_is_late(clock.today())
        with clock.frozen("2026-11-25T08:00+08:00"):
            assert queries.run_is_late(clock.today())
            commands.tick(clock.now())
        with clock.frozen("2026-11-26T08:00+08:00"):
            assert not queries.run_is_late(clock.today())
        with clock.frozen("2026-11-27T08:00+08:00"):
            assert queries.run_is_late(clock.today())
        assert db.session.get(DueDate, running.id) is running
