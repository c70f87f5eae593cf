"""What the packages above read of the registry, and what lists show to whom."""

import uuid

import pytest

from kernel import clock
from kernel.actor import ANONYMOUS
from kernel.db import db
from kernel.errors import NotFound
from registry import queries
from tests.factories.accounts import an_actor
from tests.factories.registry import (
    ENTRY,
    a_draft,
    a_licence,
    a_prepared_release,
    a_published_entry,
    a_registered_resource,
    a_registrar,
    a_registration,
    a_release,
    an_agency,
    an_authority,
    handed_in,
)

pytestmark = pytest.mark.usefixtures("app")
IMPORTANT = {
    "national_grade": "important",
    "opening_attribute": "none",
    "sharing_attribute": "none",
    "sharing_basis": "《气象法》第二十二条",
}
NOWHERE = uuid.UUID(int=7)


def rows(query):
    return list(db.session.scalars(query))


class TestSearchEntries:
    @pytest.mark.parametrize("words", ["雨", "雨量", "逐日雨量", "气象站 雨量", "ＣＳＶ", "衡州市气象局"])
    def test_finds_chinese_words_of_any_length_in_any_part(self, words):
        entry = a_published_entry(title="气象站逐日雨量", keywords=["CSV 文件"])
        assert [row.id for row in rows(queries.search_entries(ANONYMOUS, words, {}))] == [entry.id]

    @pytest.mark.parametrize("words", ["雪", "雨 雪", "量雨", "%", "\\"])
    def test_finds_nothing_else(self, words):
        a_published_entry()
        assert rows(queries.search_entries(ANONYMOUS, words, {})) == []

    def test_puts_those_with_the_words_in_the_title_first(self):
        agency, authority = an_agency(), an_authority()
        inside = a_published_entry(agency, authority, title="站点名录", abstract="含雨量站。")
        named = a_published_entry(agency, authority, title="雨量")
        assert [row.id for row in rows(queries.search_entries(ANONYMOUS, "雨量", {}))] == [
            named.id,
            inside.id,
        ]

    def test_narrows_by_each_filter(self):
        agency = an_agency()
        entry = a_published_entry(agency)
        right = {
            "theme": ["weather"],
            "agency": [str(agency.organisation_id)],
            "opening": ["open"],
            "data_format": ["csv"],
            "jurisdiction": ["990100"],
        }
        wrong = {
            "theme": "health",
            "agency": str(NOWHERE),
            "opening": "none",
            "data_format": "json",
            "jurisdiction": "CN",
        }
        assert [row.id for row in rows(queries.search_entries(ANONYMOUS, "", right))] == [entry.id]
        for name, value in wrong.items():
            assert rows(queries.search_entries(ANONYMOUS, "", right | {name: [value]})) == []

    def test_shows_each_what_it_may_see(self):
        agency = an_agency()
        a_draft(agency)
        counted = {
            who: len(rows(queries.search_entries(actor, "", {})))
            for who, actor in {
                "itself": agency,
                "another": an_agency(),
                "authority": an_authority(),
                "anybody": ANONYMOUS,
            }.items()
        }
        assert counted == {"itself": 1, "another": 0, "authority": 0, "anybody": 0}


class TestEntry:
    def test_is_found_by_its_id(self):
        entry = a_draft()
        assert queries.entry(entry.id).title == ENTRY["title"]
        assert (entry.theme, entry.industry, entry.code, entry.contact) == ("weather", None, None, "")
        with pytest.raises(NotFound):
            queries.entry(NOWHERE)


class TestEntries:
    def test_are_narrowed_by_state(self):
        agency = an_agency()
        a_draft(agency)
        assert len(rows(queries.entries(agency, state="draft"))) == 1
        assert rows(queries.entries(agency, state="published", own=True)) == []


class TestResources:
    def test_are_narrowed_by_words_place_and_state(self):
        found = a_registered_resource()
        for facts in ({"q": "雨量"}, {"q": found.code}, {"jurisdiction": "990100"}, {"state": "registered"}):
            assert [row.id for row in rows(queries.resources(ANONYMOUS, **facts))] == [found.id]
        for facts in ({"q": "雪"}, {"jurisdiction": "530000"}, {"state": "cancelled"}):
            assert rows(queries.resources(ANONYMOUS, **facts)) == []
        assert not queries.resource_is_registered(NOWHERE, clock.today())


class TestRegistrations:
    def test_are_narrowed_and_known_to_the_parties(self):
        agency, registrar = an_agency(), a_registrar()
        found = handed_in(a_registration(agency), agency)
        for actor in (agency, registrar, an_authority()):
            assert [row.id for row in rows(queries.registrations(actor, kind="first", q="雨量"))] == [
                found.id
            ]
        assert rows(queries.registrations(agency, kind="renewal")) == []
        assert rows(queries.registrations(an_actor("operator"))) == []
        assert [row.id for row in queries.registrations_of(agency, product_id=NOWHERE)] == []
        assert queries.registration_in_force() is None


class TestReleasedFiles:
    def test_are_those_that_anybody_may_fetch(self):
        agency = an_agency()
        entry = a_published_entry(agency)
        found = a_release(agency, entry)
        a_prepared_release(agency, entry)
        assert [row.id for row in rows(queries.released_files())] == [found.id]
        assert [row.id for row in rows(queries.released_files(entry.id))] == [found.id]
        assert rows(queries.released_files(NOWHERE)) == []
        assert len(rows(queries.releases(agency, state="prepared"))) == 1
        assert len(queries.releases_of(agency, entry.id)) == 2


class TestOperators:
    def test_are_narrowed_by_words_level_and_place(self):
        found = a_licence()
        for facts in (
            {"q": "气象"},
            {"level": "first_level"},
            {"state": "in_force"},
            {"jurisdiction": "990100"},
        ):
            assert [row.id for row in rows(queries.operators(**facts))] == [found.id]
        assert rows(queries.operators(jurisdiction="530000")) == []
        assert len(rows(queries.licences(ANONYMOUS, state="in_force"))) == 1
