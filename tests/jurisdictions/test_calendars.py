"""The shipped calendars and the reading of yearly notices."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from jurisdictions.calendars import NoticeUnreadable, national_calendar, read_notice
from kernel.calendar import calendar_from_days
from kernel.words import translate

REFERENCE = Path(__file__).parents[3] / "shared" / "data" / "reference" / "holidays"
WHOLE = """
year = 2027
notice = "https://www.gov.cn/example"
[[break]]
name = "元旦"
from = 2027-01-01
to = 2027-01-03
[[break]]
name = "劳动节"
from = 2027-05-01
to = 2027-05-03
worked = [2027-05-08]
[[break]]
name = "国庆节"
from = 2027-10-01
to = 2027-10-07
"""


class TestNationalCalendar:
    def test_knows_2021_to_2026_and_no_more(self) -> None:
        assert national_calendar().years == set(range(2021, 2027))

    @pytest.mark.parametrize(("year", "days"), [(2024, 251), (2025, 248), (2026, 248)])
    def test_has_the_published_number_of_working_days(self, year: int, days: int) -> None:
        assert national_calendar().working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == days

    def test_names_the_holidays(self) -> None:
        assert national_calendar().names[date(2026, 2, 17)] == "春节"

    @pytest.mark.data
    @pytest.mark.parametrize("year", range(2021, 2027))
    def test_agrees_with_the_published_notices(self, year: int) -> None:
        path = REFERENCE / f"{year}.json"
        if not path.exists():
            pytest.skip("../shared/data/reference/holidays is absent")
        theirs = calendar_from_days(read_notice(path.read_text(encoding="utf-8")).rows)
        assert theirs.years == {year}
        days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
        assert [theirs.counts(day) for day in days] == [national_calendar().counts(day) for day in days]


class TestReadNotice:
    def test_reads_our_own_form(self) -> None:
        notice = read_notice(WHOLE)
        assert (notice.year, notice.notice, len(notice.rows)) == (2027, "https://www.gov.cn/example", 14)
        assert (date(2027, 5, 8), True, "劳动节") in notice.rows
        assert ["2027-10-01", False, "国庆节"] in notice.plain()

    def test_reads_the_widespread_form(self) -> None:
        days = [
            {"name": name, "date": day.isoformat(), "isOffDay": not works}
            for day, works, name in read_notice(WHOLE).rows
        ]
        text = json.dumps({"year": 2027, "papers": ["https://www.gov.cn/example"], "days": days})
        assert read_notice("\ufeff" + text) == read_notice(WHOLE)

    def test_makes_the_year_known_to_the_calendar(self) -> None:
        rows = read_notice(WHOLE).rows
        off, worked = [row[0] for row in rows if not row[1]], [row[0] for row in rows if row[1]]
        calendar = national_calendar().with_year(2027, off, worked)
        assert calendar.is_working_day(date(2027, 5, 8))
        assert not calendar.is_working_day(date(2027, 10, 7))

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("[1, 2]", "neither TOML nor JSON"),
            ("{]", "neither TOML nor JSON"),
            ("a = 1", "Give the year"),
            ("year = true", "Give the year"),
            ("year = 2027", "lists no days"),
            ('{"year": 2027, "days": []}', "lists no days"),
            ('{"year": 2027, "days": [{"date": "2027-13-01", "isOffDay": true}]}', "'2027-13-01' is not a day"),
            ('{"year": 2027, "days": [{"date": "2027-01-01", "isOffDay": "yes"}]}', "isOffDay must be"),
            (WHOLE.replace("2027-05-08", "2027-05-07"), "2027-05-07 is no Saturday or Sunday"),
            (WHOLE.replace("2027-05-08", "2027-05-02"), "2027-05-02 is named twice"),
            (WHOLE.replace("2027-05-08", "2028-05-06"), "2028-05-06 does not belong to 2027"),
            (WHOLE.replace("[2027-05-08]", "7"), "7 is not a day"),
            (WHOLE.replace("to = 2027-01-03", "to = 2026-12-03"), "is not possible"),
            (WHOLE.replace("to = 2027-01-03", 'to = "soon"'), "'soon' is not a day"),
            (WHOLE.replace("from = 2027-10-01", "from = 2027-10-04"), "2027-10-03 is a statutory holiday"),
        ],
    )
    def test_refuses_what_no_true_notice_says(self, text: str, problem: str) -> None:
        with pytest.raises(NoticeUnreadable, match=problem):
            read_notice(text)

    def test_lists_every_problem_in_both_languages(self) -> None:
        with pytest.raises(NoticeUnreadable) as refusal:
            read_notice('year = 2027\n[[break]]\nname = "x"\nfrom = 2027-02-30x\n'.replace("-30x", "-03"))
        assert len(refusal.value.problems) == 5
        assert translate(refusal.value.problems[0], "zh_CN") == "2027-01-01 是法定节假日，但未列入放假日期。"
