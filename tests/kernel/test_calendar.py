"""Working days and legal periods."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jurisdictions.calendars import national_calendar
from kernel.calendar import CalendarUnknown, Period, WorkingDayCalendar, calendar_from_days, term_end

try:
    import chinese_calendar
except ImportError:
    chinese_calendar = None

CALENDAR = national_calendar()
KNOWN_DAYS = st.dates(date(2021, 1, 1), date(2026, 11, 30))


def day(text: str) -> date:
    return date.fromisoformat(text)


def working_days(count: int) -> Period:
    return Period(count, "working_days")


class TestWorkingDays:
    @pytest.mark.parametrize(
        ("start", "count", "due"),
        [
            ("2026-02-10", 3, "2026-02-13"),
            ("2026-02-10", 20, "2026-03-16"),
            ("2026-02-13", 10, "2026-03-05"),
            ("2026-04-28", 5, "2026-05-08"),
            ("2026-09-18", 10, "2026-10-09"),
            ("2026-09-18", 20, "2026-10-22"),
            ("2026-09-30", 10, "2026-10-20"),
            ("2026-11-20", 20, "2026-12-18"),
        ],
    )
    def test_end_on_the_published_vectors(self, start: str, count: int, due: str) -> None:
        answer = CALENDAR.due(day(start), working_days(count))
        assert (answer.on, answer.provisional) == (day(due), False)

    @pytest.mark.parametrize(
        ("count", "last_start"),
        [(3, "2026-12-28"), (5, "2026-12-24"), (10, "2026-12-17"), (20, "2026-12-03"), (30, "2026-11-19")],
    )
    def test_become_provisional_where_they_reach_an_unknown_year(self, count: int, last_start: str) -> None:
        assert not CALENDAR.due(day(last_start), working_days(count)).provisional
        assert CALENDAR.due(day(last_start) + timedelta(days=1), working_days(count)).provisional

    def test_in_an_unknown_year_leave_out_weekends_and_fixed_statutory_days(self) -> None:
        answer = CALENDAR.due(day("2026-12-21"), working_days(20))
        assert (answer.on, answer.provisional) == (day("2027-01-19"), True)
        assert day("2027-01-01") in answer.skipped
        assert not any(CALENDAR.counts(day(f"2027-{text}")) for text in ("05-01", "05-02", "10-01", "10-02"))

    def test_become_firm_when_the_year_is_loaded(self) -> None:
        loaded = CALENDAR.with_year(2027, [day("2027-01-01")], [])
        assert not loaded.due(day("2026-12-21"), working_days(20)).provisional

    def test_never_end_later_by_starting_earlier(self) -> None:
        ends = [CALENDAR.due(date(2026, 1, 1) + timedelta(days=n), working_days(7)).on for n in range(300)]
        assert ends == sorted(ends)

    @given(KNOWN_DAYS, st.integers(1, 15))
    def test_agree_with_counting_them_back(self, start: date, count: int) -> None:
        due = CALENDAR.due(start, working_days(count)).on
        assert CALENDAR.counts(due)
        assert CALENDAR.working_days_between(start, due) == count
        assert CALENDAR.working_days_between(due, start) == -count

    @pytest.mark.skipif(chinese_calendar is None, reason="the package chinesecalendar is not installed")
    @given(KNOWN_DAYS)
    def test_are_those_of_the_package_chinesecalendar(self, on: date) -> None:
        assert CALENDAR.is_working_day(on) == chinese_calendar.is_workday(on)

    def test_raise_for_a_year_that_is_not_loaded(self) -> None:
        with pytest.raises(CalendarUnknown, match="2027"):
            CALENDAR.is_working_day(day("2027-03-01"))


class TestNaturalPeriods:
    @pytest.mark.parametrize(
        ("start", "period", "due"),
        [
            ("2026-11-02", Period(10, "days"), "2026-11-12"),
            ("2026-04-21", Period(10, "days"), "2026-05-06"),  # ends on 1 May, in the holiday
            ("2026-09-10", Period(10, "days"), "2026-09-20"),  # ends on a Sunday that is worked
            ("2026-11-04", Period(10, "days"), "2026-11-16"),  # ends on a Saturday
            ("2024-01-31", Period(1, "months"), "2024-02-29"),
            ("2025-01-31", Period(1, "months"), "2025-02-28"),
            ("2025-12-15", Period(2, "months"), "2026-02-24"),  # ends on 15 February, in the spring break
            ("2024-02-29", Period(1, "years"), "2025-02-28"),
            ("2023-11-21", Period(3, "years"), "2026-11-23"),  # ends on a Saturday
        ],
    )
    def test_end_by_the_civil_code(self, start: str, period: Period, due: str) -> None:
        answer = CALENDAR.due(day(start), period)
        assert (answer.on, answer.provisional) == (day(due), False)

    def test_are_provisional_in_an_unknown_year(self) -> None:
        answer = CALENDAR.due(day("2026-11-21"), Period(3, "years"))
        assert (answer.on, answer.provisional) == (day("2029-11-21"), True)

    def test_become_provisional_by_moving_into_an_unknown_year(self) -> None:
        calendar = WorkingDayCalendar(frozenset({2022}))
        answer = calendar.due(day("2022-12-21"), Period(10, "days"))  # 31 December 2022 is a Saturday
        assert (answer.on, answer.provisional) == (day("2023-01-02"), True)

    def test_at_once_is_the_same_day_even_on_a_sunday(self) -> None:
        assert CALENDAR.due(day("2026-11-22"), Period(0, "at_once")).on == day("2026-11-22")
        assert CALENDAR.due(day("2026-11-22"), working_days(0)).on == day("2026-11-22")


class TestWhy:
    def test_tells_what_was_skipped_and_what_was_worked(self) -> None:
        period = Period(10, "working_days", key="reg.public_notice_wd", basis="26", trust="published")
        why = CALENDAR.due(day("2026-09-18"), period).why()
        assert why["counted_from"] == "2026-09-19"
        assert why["worked_weekends"] == [{"on": "2026-09-20", "reason": "worked_weekend", "name": "国庆节"}]
        assert {"on": "2026-09-19", "reason": "weekend", "name": ""} in why["skipped"]
        assert {"on": "2026-09-25", "reason": "holiday", "name": "中秋节"} in why["skipped"]
        assert (why["key"], why["basis"], why["trust"]) == ("reg.public_notice_wd", "26", "published")

    def test_is_plain_data(self) -> None:
        why = CALENDAR.due(day("2026-02-10"), working_days(20)).why()
        assert json.loads(json.dumps(why)) == why

    def test_tells_from_where_a_holiday_moved_the_day(self) -> None:
        answer = CALENDAR.due(day("2026-04-21"), Period(10, "days"))
        assert answer.why()["moved_from"] == "2026-05-01"
        assert CALENDAR.due(day("2026-11-02"), Period(10, "days")).why()["moved_from"] is None

    def test_counts_from_the_day_itself_when_it_is_due_at_once(self) -> None:
        assert CALENDAR.due(day("2026-11-20"), Period(0, "at_once")).why()["counted_from"] == "2026-11-20"


class TestTermEnd:
    def test_is_never_moved_by_a_holiday(self) -> None:
        assert term_end(day("2023-11-21"), Period(3, "years")) == day("2026-11-21")

    def test_can_be_the_day_before(self) -> None:
        assert term_end(day("2026-11-21"), Period(3, "years"), day_before=True) == day("2029-11-20")
        assert term_end(day("2026-11-21"), Period(0, "at_once")) == day("2026-11-21")
        assert term_end(day("2026-11-21"), Period(60, "days")) == day("2027-01-20")

    def test_needs_a_calendar_for_working_days(self) -> None:
        with pytest.raises(ValueError, match="needs a calendar"):
            term_end(day("2026-11-21"), working_days(3))


class TestPeriod:
    def test_refuses_unknown_units_and_broken_counts(self) -> None:
        with pytest.raises(ValueError, match="Unknown unit"):
            Period(1, "weeks")  # type: ignore[arg-type]
        for count in (-1, True, 1.5):
            with pytest.raises(ValueError, match="whole units"):
                Period(count, "days")  # type: ignore[arg-type]


class TestCalendarFromDays:
    def test_takes_every_day_or_only_the_exceptions(self) -> None:
        exceptions = [(d, False, "x") for d in CALENDAR.holidays if d.year == 2026]
        exceptions += [(d, True, "") for d in CALENDAR.worked if d.year == 2026]
        year = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
        every = [(d, CALENDAR.counts(d), "") for d in year]
        few, all_of_them = calendar_from_days(exceptions), calendar_from_days(every)
        assert few.years == all_of_them.years == {2026}
        assert [few.is_working_day(d) for d in year] == [all_of_them.is_working_day(d) for d in year]

    def test_does_not_know_a_year_by_a_stray_day(self) -> None:
        rows = [(day("2027-01-01"), False, "元旦"), (day("2026-10-01"), False, "国庆节")]
        assert calendar_from_days(rows).years == {2026}
        assert calendar_from_days(rows, years=[2026, 2027]).years == {2026, 2027}


class TestWithYear:
    def test_replaces_that_year_alone(self) -> None:
        changed = CALENDAR.with_year(2026, [day("2026-10-01")], [])
        assert changed.is_working_day(day("2026-10-02"))
        assert not changed.is_working_day(day("2026-10-01"))
        assert not changed.is_working_day(day("2025-10-02"))
        assert not CALENDAR.is_working_day(day("2026-10-02"))

    def test_lets_a_notice_change_days_of_the_year_before(self) -> None:
        names = {day("2026-12-31"): "元旦"}
        changed = CALENDAR.with_year(2027, [day("2026-12-31")], [day("2026-12-26")], names)
        assert not changed.is_working_day(day("2026-12-31"))
        assert changed.is_working_day(day("2026-12-26"))
        assert changed.names[day("2026-12-31")] == "元旦"

    def test_refuses_a_day_both_off_and_worked(self) -> None:
        with pytest.raises(ValueError, match="2027-05-08"):
            CALENDAR.with_year(2027, [day("2027-05-08")], [day("2027-05-08")])


class TestNextWorkingDay:
    def test_is_the_day_itself_when_worked(self) -> None:
        assert CALENDAR.next_working_day(day("2026-10-10")) == day("2026-10-10")
        assert CALENDAR.next_working_day(day("2026-10-01")) == day("2026-10-08")
