"""Clocks as a function of their ledger: every case by hand, and what must hold for any of them."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jurisdictions.calendars import national_calendar
from kernel.calendar import Period
from kernel.ledger import reckon

pytestmark = pytest.mark.sqlite
CALENDAR = national_calendar()
MONDAY = date(2026, 3, 2)
TEN = Period(10, "working_days", "right.decision_wd", "WZ36")


def stop(on: date, until: date | None = None) -> dict:
    """A stop of the clock."""
    return {"kind": "stop", "on": on.isoformat(), "until": until.isoformat() if until else None, "cause": "hearing"}


def longer(days: int) -> dict:
    """An extension by working days."""
    return {"kind": "extension", "on": MONDAY.isoformat(), "count": days, "unit": "working_days"}


def last_day(*entries: dict, period: Period = TEN, today: date = MONDAY) -> date:
    """The last day of a clock that began on Monday, 2 March 2026."""
    return reckon(CALENDAR, MONDAY, period, entries, today).due.on


class TestReckon:
    def test_is_the_plain_period_without_entries(self) -> None:
        found = reckon(CALENDAR, MONDAY, TEN, [], MONDAY)
        assert (found.due.on, found.stopped, found.steps) == (date(2026, 3, 16), False, ())

    def test_keeps_what_was_left_when_it_stopped(self) -> None:
        # three of ten days are over on Thursday the 5th; seven are left from Friday the 13th on
        assert last_day(stop(date(2026, 3, 5), date(2026, 3, 13))) == date(2026, 3, 24)

    def test_counts_days_and_months_by_the_calendar(self) -> None:
        thirty = Period(30, "days")
        assert last_day(period=thirty) == date(2026, 4, 1)
        assert last_day(stop(date(2026, 3, 12), date(2026, 3, 17)), period=thirty) == date(2026, 4, 7)  # 6 April is off
        assert last_day(stop(date(2026, 3, 12), date(2026, 3, 19)), period=Period(1, "months")) == date(2026, 4, 9)

    def test_stands_still_while_a_stop_lasts(self) -> None:
        found = reckon(CALENDAR, MONDAY, TEN, [stop(date(2026, 3, 5))], date(2026, 3, 13))
        assert found.stopped and found.due.on == date(2026, 3, 24)
        assert reckon(CALENDAR, MONDAY, TEN, [stop(date(2026, 3, 5))], date(2026, 3, 16)).due.on == date(2026, 3, 25)

    def test_does_not_bring_back_a_clock_that_ran_out(self) -> None:
        assert last_day(stop(date(2026, 3, 17), date(2026, 4, 17))) == date(2026, 3, 16)

    def test_leaves_no_day_when_it_stopped_on_the_last(self) -> None:
        assert last_day(stop(date(2026, 3, 16), date(2026, 3, 21))) == date(2026, 3, 23)  # the next day that is worked

    def test_grows_by_an_extension(self) -> None:
        found = reckon(CALENDAR, MONDAY, TEN, [longer(5)], MONDAY)
        assert found.due.on == date(2026, 3, 23)
        assert (found.due.period, found.due.start) == (TEN, MONDAY)
        assert [step["due"] for step in found.steps] == ["2026-03-23"]

    def test_says_why(self) -> None:
        entries = [stop(date(2026, 3, 5), date(2026, 3, 13)), longer(1)]
        found = reckon(CALENDAR, MONDAY, TEN, entries, MONDAY)
        why = found.why(CALENDAR.due(MONDAY, TEN))
        assert (why["due"], why["basis"], why["start"]) == ("2026-03-25", "WZ36", "2026-03-02")
        assert [step["due"] for step in why["steps"]] == ["2026-03-24", "2026-03-25"]
        plain = reckon(CALENDAR, MONDAY, TEN, [], MONDAY)
        assert plain.why(CALENDAR.due(MONDAY, TEN)) == CALENDAR.due(MONDAY, TEN).why()

    def test_stays_provisional_once_it_reached_an_unknown_year(self) -> None:
        start = date(2026, 12, 21)
        found = reckon(CALENDAR, start, Period(5, "working_days"), [stop(start, start + timedelta(days=20))], start)
        assert found.due.provisional

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # speed is not its subject
    @given(
        count=st.integers(1, 60),
        unit=st.sampled_from(["working_days", "days"]),
        gaps=st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=4),
        more=st.integers(0, 10),
    )
    def test_never_shortens_and_never_gains_from_an_empty_stop(self, count, unit, gaps, more) -> None:
        period, day, entries = Period(count, unit), MONDAY, []
        plain = CALENDAR.due(MONDAY, period).on
        before = plain
        for wait, length in gaps:
            day += timedelta(days=wait)
            entries.append(stop(day, day + timedelta(days=length)))
            day += timedelta(days=length)
            after = last_day(*entries, period=period)
            assert after >= before
            assert after == before or length
            before = after
        assert last_day(*entries, *([longer(more)] if more else []), period=period) >= before
        elapsed = sum(length for _, length in gaps)
        # no more is given back than was lost, but for the days off on which the new last day may fall
        assert (before - plain).days <= elapsed + 12 * (len(gaps) + 1)
