"""Entries found by the years and the places they cover, and the bar that shows the years in the list."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from kernel import clock, config, search
from kernel.actor import ANONYMOUS
from kernel.command import execute
from kernel.search import following, second
from kernel.search.finding import state
from registry.commands import catalogue
from tests.factories.registry import ENTRY, a_draft, a_published_entry, an_agency, an_authority

pytestmark = pytest.mark.usefixtures("app")
SPANS = {"甲": ("2015", "2017"), "乙": ("2017-05", "2019-01-31"), "丙": (None, None), "丁": ("2024", None), "戊": (None, "2010")}


def titles(years, words=""):
    return {row.title for row in search.find(ANONYMOUS, ["entry"], words, {"year": years}).rows}


@pytest.fixture
def shown():
    agency, authority = an_agency(), an_authority()
    with clock.frozen("2026-03-01T09:00+08:00"):
        for title, (first, last) in SPANS.items():
            a_published_entry(agency, authority, title=title, covers_from=first, covers_until=last)
    return agency, authority


class TestYears:
    def test_find_what_covers_any_of_them(self, shown):
        assert titles(["2017"]) == {"甲", "乙"} and titles(["2016"]) == {"甲"} and titles(["2015", "2019"]) == {"甲", "乙"}
        assert titles(["2020"]) == set() and titles(["2009"]) == set() and titles(["2010"]) == {"戊"}

    def test_reach_with_an_open_end_to_the_last_public_change(self, shown):
        assert titles(["2026"]) == {"丁"} and titles(["2027"]) == set()
        agency, authority = shown
        found = search.find(ANONYMOUS, ["entry"], "丁").rows[0]
        with clock.frozen("2027-03-01T09:00+08:00"):
            execute(catalogue.revise, actor=agency, subject_id=found.id, data={**ENTRY, "title": "丁", "covers_from": "2024"})
            execute(catalogue.update, actor=authority, subject_id=found.id)
        assert titles(["2027"]) == {"丁"}

    def test_are_counted_newest_first_without_their_own_choice(self, shown):
        found = search.find(ANONYMOUS, ["entry"], "", {"year": ["2015"]})
        told = [("2026", 1), ("2025", 1), ("2024", 1), ("2019", 1), ("2018", 1), ("2017", 2), ("2016", 1), ("2015", 1), ("2010", 1)]
        assert found.total == 1 and found.facets["year"] == told
        assert search.find(ANONYMOUS, ["entry"], "", {"theme": ["health"]}).facets["year"] == []

    def test_follow_the_text(self, shown):
        agency, _ = shown
        entry = a_draft(agency, title="己", covers_from="1999", covers_until="1999")
        assert search.find(agency, ["entry"], "", {"year": ["1999"]}).total == 1
        execute(catalogue.amend, actor=agency, subject_id=entry.id, data={**ENTRY, "title": "己"})
        assert search.find(agency, ["entry"], "", {"year": ["1999"]}).total == 0

    @pytest.mark.parametrize("sent", ["", "x", "20", "２０１７", "2015/2017", "2017-01", "9" * 500])
    def test_that_are_none_find_nothing_and_break_nothing(self, client, shown, sent):
        parsed = search.parse(["entry"], lambda name: [sent] if name == "year" else [])
        assert parsed in ({}, {"year": [""]})
        assert client.get("/catalogue", query_string={"year": sent}).status_code == 200

    def test_are_counted_alike_by_the_second_tier(self, settings, shown):
        config.use(replace(settings, search_tier=1))
        questions = [{}, {"year": ["2017"]}, {"year": ["2015", "2024"], "theme": ["weather"]}]
        first = [search.find(ANONYMOUS, ["entry"], "雨量", one) for one in questions]
        following.follow_changes(clock.now())
        assert second.answers(ANONYMOUS, search.wanted("雨量"), state(), ["year"]) is not None
        again = [search.find(ANONYMOUS, ["entry"], "雨量", one) for one in questions]
        assert [(one.total, one.hits, one.facets) for one in again] == [(one.total, one.hits, one.facets) for one in first]
        assert first[1].total == 2
        config.use(settings)


class TestPlaces:
    def test_find_what_lies_in_them(self):
        district = an_agency(jurisdiction="640302")
        a_draft(district)
        for place, number in {"640302": 1, "640300": 1, "640000": 1, "CN": 1, "990000": 0}.items():
            assert search.find(district, ["entry"], "", {"jurisdiction": [place]}).total == number


class TestCatalogue:
    def page(self, client, address):
        return BeautifulSoup(client.get(address).text, "html.parser")

    def test_shows_the_years_beside_the_list(self, client, shown):
        page = self.page(client, "/catalogue?year=2017")
        assert [box["value"] for box in page.select('input[name="year"]')][:3] == ["2026", "2025", "2024"]
        assert [box["value"] for box in page.select('input[name="year"][checked]')] == ["2017"]
        assert "覆盖年份" in page.text and "2017年 ×" in page.select_one(".chosen").text

    def test_shows_a_bar_on_one_scale_where_a_period_is_told(self, client, shown):
        bars = {
            card.select_one(".card__title").text.strip(): card.select_one(".coverage")
            for card in self.page(client, "/catalogue").select(".card")
        }
        assert {title for title, bar in bars.items() if bar} == {"甲", "乙", "丁", "戊"}
        assert "数据时间范围：2017年5月至2019年1月31日" in bars["乙"].text and "2024年至今" in bars["丁"].text
        scale, bar = bars["乙"].select_one("svg"), bars["乙"].select_one("rect")
        assert scale["viewbox"] == "0 0 17 1" and (bar["x"], bar["width"]) == ("7", "3")  # 2010 to 2026
        assert "Covers 2015 to 2017" in client.get("/catalogue?lang=en").text

    def test_shows_neither_where_nobody_tells_a_period(self, client):
        a_published_entry()
        page = self.page(client, "/catalogue")
        assert not page.select(".coverage") and not page.select('input[name="year"]')
