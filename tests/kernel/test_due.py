"""Running clocks and the calendar in force."""

import uuid
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from kernel import clock, due
from kernel.command import execute
from kernel.db import db
from kernel.due import CalendarYear, DueDate
from tests.kernel import toys
from tests.kernel.toys import ANN


def clock_from(moment):
    with clock.frozen(moment):
        permit = execute(toys.draft, actor=ANN, data={"title": "Well", "years": 1})
        return execute(toys.hand_in, actor=ANN, subject_id=permit.id)


def load_2027(*holidays):
    days = [["2027-01-01", False], *([day, False] for day in holidays), ["2027-01-09", True]]
    db.session.add(
        CalendarYear(year=2027, days=days, notice="Notice 1", loaded_at=datetime(2026, 12, 1, tzinfo=UTC))
    )
    db.session.commit()


class TestClock:
    def test_is_silent_where_the_rules_are(self, app):
        permit = clock_from("2026-03-02T10:00+08:00")
        assert [row.name for row in due.clocks_of(permit)] == ["toy_review"]
        assert [row.name for row in due.running_of(permit)] == ["toy_review"]

    def test_is_provisional_when_it_reaches_an_unknown_year(self, app):
        permit = clock_from("2026-12-30T10:00+08:00")
        assert due.running_of(permit)[0].provisional


class TestExtend:
    def test_is_for_a_clock_that_runs(self, app):
        permit = clock_from("2026-03-02T10:00+08:00")
        with pytest.raises(LookupError):
            due.extend(permit, "no_such_clock", "toy_review")


class TestHandOver:
    def test_moves_only_the_clocks_of_that_organisation(self, app):
        permit = clock_from("2026-03-02T10:00+08:00")
        row, new = due.running_of(permit)[0], uuid.UUID(int=5)
        before = row.organisation_id
        due.hand_over(permit, uuid.UUID(int=4), new)
        assert row.organisation_id == before
        due.hand_over(permit, before, new)
        assert row.organisation_id == new


class TestCalendarYear:
    def test_is_headed_by_its_number(self, app):
        load_2027()
        assert db.session.scalars(select(CalendarYear)).one().heading == "2027"


class TestRecomputeProvisional:
    def test_makes_a_clock_firm_once_the_year_is_loaded(self, app):
        permit = clock_from("2026-12-30T10:00+08:00")
        before = due.running_of(permit)[0].due_on
        load_2027("2027-01-04", "2027-01-05")
        changed = due.recompute_provisional(datetime(2026, 12, 31, tzinfo=UTC))
        assert [row.provisional for row in changed] == [False] and changed[0].due_on > before
        assert due.recompute_provisional(datetime(2026, 12, 31, tzinfo=UTC)) == []

    def test_wakes_a_clock_that_was_taken_for_missed(self, app):
        clock_from("2026-12-30T10:00+08:00")
        row = db.session.scalars(select(DueDate)).one()
        row.state = "missed"
        load_2027("2027-01-04", "2027-01-05", "2027-01-06")
        due.recompute_provisional(datetime(2027, 1, 8, tzinfo=UTC))
        assert row.state == "running"

    def test_leaves_a_clock_that_stays_provisional(self, app):
        clock_from("2026-12-30T10:00+08:00")
        assert due.recompute_provisional(datetime(2026, 12, 31, tzinfo=UTC)) == []
