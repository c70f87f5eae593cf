"""The second tier of the search: files that answer everybody alike, as the first tier would, or not at all."""

from dataclasses import replace

import pytest

from kernel import clock, config, search
from kernel.actor import ANONYMOUS
from kernel.command import execute
from kernel.search import following, second
from kernel.search.finding import state
from registry.commands import catalogue
from tests.factories.registry import a_draft, a_published_entry, an_agency, an_authority

pytestmark = pytest.mark.usefixtures("app")


def titles(words):
    return [row.heading for row in search.find(ANONYMOUS, ["entry"], words).rows]


@pytest.fixture
def tier(settings):
    """A second tier from the first row on."""
    config.use(replace(settings, search_tier=1))
    yield
    config.use(settings)


class TestSecondTier:
    def test_answers_as_the_first_does(self, tier):
        agency, authority = an_agency(), an_authority()
        for title, words in (
            ("气象站逐日雨量", ["雨情"]),
            ("水位", ["雨量"]),
            ("公交站", []),
            ("雨量站点", ["csv"]),
        ):
            a_published_entry(agency, authority, title=title, keywords=words, abstract="衡州 CSV 雨量站 数据")
        a_draft(agency, title="雨量草稿")
        queries = ["雨", "雨量", "雨量站", "逐日雨量", "csv", "cs", "yuliang", "雨量 站", "龘", "雨量 csv"]
        filters = [
            {},
            {"theme": ["weather"]},
            {"opening": ["open"], "theme": ["weather"]},
            {"theme": ["health"]},
        ]
        first = [search.find(ANONYMOUS, ["entry"], words, one) for words in queries for one in filters]
        following.follow_changes(clock.now())
        assert second.in_force() is not None
        for words in queries:
            assert second.answers(ANONYMOUS, search.wanted(words), state()) is not None
        again = [search.find(ANONYMOUS, ["entry"], words, one) for words in queries for one in filters]
        assert [(one.total, one.hits, one.facets) for one in again] == [
            (one.total, one.hits, one.facets) for one in first
        ]

    def test_steps_back_until_it_has_taken_over_every_change(self, tier):
        agency, authority = an_agency(), an_authority()
        a_published_entry(agency, authority, title="雨量甲")
        following.follow_changes(clock.now())
        late = a_published_entry(agency, authority, title="雨量乙")
        asked = search.wanted("雨量")
        assert second.answers(ANONYMOUS, asked, state()) is None
        assert titles("雨量") == ["雨量乙", "雨量甲"]
        following.follow_changes(clock.now())
        assert second.answers(ANONYMOUS, asked, state()) is not None
        assert titles("雨量") == ["雨量乙", "雨量甲"]
        execute(catalogue.withdraw, actor=agency, subject_id=late.id, data={"reasons": "x"})
        assert titles("雨量") == ["雨量甲"]
        following.follow_changes(clock.now())
        assert titles("雨量") == ["雨量甲"]

    def test_leaves_people_with_an_account_and_mixed_words_to_the_first(self, tier):
        agency = an_agency()
        a_published_entry(agency, title="5G基站")
        following.follow_changes(clock.now())
        assert second.answers(agency, search.wanted("基站"), state()) is None
        assert second.answers(ANONYMOUS, search.wanted("5g基站"), state()) is None
        assert titles("5g基站") == ["5G基站"]

    def test_is_absent_where_its_files_are_gone_and_built_again(self, tier):
        a_published_entry()
        following.follow_changes(clock.now())
        folder = second.in_force().folder
        second._opened.clear()
        for path in sorted((second.home() / folder).iterdir()):
            path.unlink()
        assert second.answers(ANONYMOUS, search.wanted("雨量"), state()) is None
        assert titles("雨量") != []
        following.follow_changes(clock.now())
        assert second.in_force().folder != folder

    def test_is_given_up_below_the_threshold(self, settings, tier):
        a_published_entry()
        following.follow_changes(clock.now())
        config.use(replace(settings, search_tier=1000))
        following.follow_changes(clock.now())
        assert second.in_force() is None and titles("雨量") != []

    def test_is_written_by_one_process_at_a_time(self, tier):
        agency, authority = an_agency(), an_authority()
        a_published_entry(agency, authority, title="雨量甲")
        with following._turn() as mine:
            assert mine
            following.follow_changes(clock.now())
        assert second.in_force() is None
        assert following.take_over() == 0
        following.follow_changes(clock.now())
        a_published_entry(agency, authority, title="雨量乙")
        with following._turn():
            assert following.take_over() == 0
        assert following.take_over() > 0

    def test_catches_up_however_much_has_changed(self, tier, monkeypatch):
        agency, authority = an_agency(), an_authority()
        a_published_entry(agency, authority, title="雨量甲")
        following.follow_changes(clock.now())
        monkeypatch.setattr(following, "AT_ONCE", 3)
        for title in ("雨量乙", "雨量丙"):
            a_published_entry(agency, authority, title=title)
        following.follow_changes(clock.now())
        assert second.answers(ANONYMOUS, search.wanted("雨量"), state()) is not None
        assert titles("雨量") == ["雨量丙", "雨量乙", "雨量甲"]

    def test_leaves_filters_with_too_many_values_to_the_first(self, tier, monkeypatch):
        agency, authority = an_agency(), an_authority()
        for title, theme in (("雨量甲", "weather"), ("雨量乙", "health")):
            a_published_entry(agency, authority, title=title, themes=[theme])
        before = [search.find(ANONYMOUS, ["entry"], "雨量", one) for one in ({}, {"theme": ["weather"]})]
        following.follow_changes(clock.now())
        monkeypatch.setattr(second, "MOST_VALUES", 1)
        after = [search.find(ANONYMOUS, ["entry"], "雨量", one) for one in ({}, {"theme": ["weather"]})]
        assert [(one.total, one.hits, one.facets) for one in after] == [
            (one.total, one.hits, one.facets) for one in before
        ]
