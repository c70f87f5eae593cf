"""One box for everything, synonyms, and the searches people keep: commands and pages."""

import re
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from kernel import search
from kernel.actor import ANONYMOUS
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, WrongState
from supervision import queries
from supervision.commands import searching as commands
from supervision.models import SavedSearch
from tests.factories.accounts import a_member, a_person, acting, an_organisation, sign_in
from tests.factories.registry import a_draft, a_published_entry, an_agency, an_authority

pytestmark = pytest.mark.usefixtures("app")
RAIN = {"words": ["雨量", "降水量"], "reason": "气象术语"}


def adopted(authority=None, **facts):
    return execute(commands.adopt, actor=authority or an_authority(), data=RAIN | facts)


def found(words):
    return search.find(ANONYMOUS, ["entry"], words).total


class TestAdopt:
    def test_finds_the_other_word_as_well(self):
        a_published_entry(title="逐日降水量", abstract="站点", keywords=[], items=[{"name": "站点"}])
        assert (found("雨量"), found("降水量")) == (0, 1)
        adopted()
        assert (found("雨量"), found("降水量"), found("雨量 逐日"), found("雨量 逐时")) == (1, 1, 1, 0)

    def test_joins_words_of_every_length_and_language(self):
        a_published_entry(title="逐日降水量")
        adopted(words=["rain", "降水量", "雨"])
        assert found("rain") == found("RAIN") == 1

    def test_is_for_authorities(self):
        with pytest.raises(NotAllowed):
            adopted(an_agency())

    @pytest.mark.parametrize("words", [["雨量"], ["雨量", "雨 量"], ["雨量", "%"], ["雨量", "降 水"], []])
    def test_refuses_what_are_not_two_words(self, words):
        with pytest.raises(InvalidInput):
            adopted(words=words)


class TestAmend:
    def test_takes_effect_at_once(self):
        a_published_entry(title="逐日降水量", abstract="站点", keywords=[], items=[{"name": "站点"}])
        authority = an_authority()
        group = adopted(authority, words=["雨量", "水位"])
        assert found("雨量") == 0
        execute(commands.amend, actor=authority, subject_id=group.id, data=RAIN)
        assert group.words == ["雨量", "降水量"] and found("雨量") == 1

    def test_is_for_the_authority_of_the_place(self):
        group = adopted()
        with pytest.raises(NotAllowed):
            execute(commands.amend, actor=an_authority("530000"), subject_id=group.id, data=RAIN)


class TestRepeal:
    def test_takes_the_words_apart_for_good(self):
        a_published_entry(title="逐日降水量", abstract="站点", keywords=[], items=[{"name": "站点"}])
        authority = an_authority()
        group = adopted(authority)
        execute(commands.repeal, actor=authority, subject_id=group.id)
        assert (found("雨量"), group.state) == (0, "repealed")
        with pytest.raises(WrongState):
            execute(commands.repeal, actor=authority, subject_id=group.id)


class TestSynonymPages:
    def test_show_the_effect_before(self, client):
        authority = a_member(an_organisation("authority"))
        a_published_entry(title="逐日降水量", abstract="站点", keywords=[], items=[{"name": "站点"}])
        sign_in(client, authority)
        page = BeautifulSoup(
            client.get("/synonyms/new", query_string={"words": "雨量\n降水量", "lang": "en"}).data,
            "html.parser",
        )
        rows = [[cell.text.strip() for cell in row.find_all(["th", "td"])] for row in page.select("tbody tr")]
        assert rows == [["雨量", "0", "1", "1"], ["降水量", "1", "1", "0"]]
        assert client.post("/synonyms/new", data={"words": "雨量\n降水量", "reason": ""}).status_code == 302
        assert "降水量" in client.get("/synonyms?lang=en").text
        group = queries.synonyms(acting(authority, None)).limit(1)
        one = db.session.scalar(group)
        assert client.get(f"/synonyms/{one.id}/edit").status_code == 200

    def test_are_open_to_read_and_closed_to_write(self, client):
        adopted()
        assert client.get("/synonyms").status_code == 200
        assert client.get("/synonyms/new").status_code in (302, 401, 403)
        assert client.get("/synonyms/00000000-0000-7000-8000-000000000000/edit").status_code == 404


def saved(person, **facts):
    given = {"title": "雨量", "kinds": ["entry"], "words": "雨量", "narrowed": "theme=weather&nothing=x"}
    return execute(commands.save, actor=acting(person, None), data=given | facts)


class TestSave:
    def test_keeps_words_and_the_filters_there_are(self):
        kept = saved(a_person())
        assert (kept.narrowed, kept.state, kept.kinds) == ("theme=weather", "saved", ["entry"])
        assert len(kept.feed) >= 32 and kept.feed != saved(a_person()).feed

    def test_is_for_people_with_an_account(self):
        with pytest.raises(NotAllowed):
            execute(commands.save, actor=ANONYMOUS, data={"title": "x", "kinds": ["entry"]})

    def test_refuses_a_kind_that_cannot_be_searched(self):
        with pytest.raises(InvalidInput):
            saved(a_person(), kinds=["invoice"])


class TestLook:
    def test_counts_as_new_only_what_came_after(self):
        person = a_person()
        kept, actor = saved(person), acting(person, None)
        assert queries.fresh(actor, kept) == 0
        a_published_entry()
        a_draft()
        assert queries.fresh(actor, kept) == 1
        execute(commands.look, actor=actor, subject_id=kept.id)
        assert queries.fresh(actor, kept) == 0

    def test_is_for_its_person(self):
        kept = saved(a_person())
        with pytest.raises((NotAllowed, NotFound)):
            execute(commands.look, actor=acting(a_person(), None), subject_id=kept.id)


class TestRemove:
    def test_ends_list_and_feed(self, client):
        person = a_person()
        kept = saved(person)
        address = f"/searches/{kept.feed}.atom"
        assert client.get(address).status_code == 200
        execute(commands.remove, actor=acting(person, None), subject_id=kept.id)
        assert client.get(address).status_code == 404
        assert db.session.scalars(queries.saved_searches(acting(person, None))).all() == []


class TestSavedSearchPages:
    def test_tell_what_is_new(self, client):
        person = a_person()
        sign_in(client, person)
        form = client.get("/searches/new?words=雨量&narrowed=theme%3Dweather&kinds=entry&lang=en")
        assert form.status_code == 200 and 'value="theme=weather"' in form.text
        data = {"title": "雨量", "kinds": ["entry"], "words": "雨量", "narrowed": "theme=weather"}
        assert client.post("/searches/new", data=data).location.endswith("/searches")
        a_published_entry()
        page = BeautifulSoup(client.get("/searches?lang=en").data, "html.parser")
        assert page.select_one("td.num").text.strip() == "1"
        assert "/search?in=entry&q=" in page.select_one("tbody th a")["href"]
        assert "1 new" in client.get("/desk?lang=en").text

    def test_give_each_a_feed_of_what_is_public(self, client):
        person = a_person()
        kept = saved(person, narrowed="")
        entry = a_published_entry()
        a_draft(title="雨量草稿")
        answer = client.get(f"/searches/{kept.feed}.atom")
        tree = ElementTree.fromstring(answer.data)  # noqa: S314  our own
        names = [one.text for one in tree.iter("{http://www.w3.org/2005/Atom}title")]
        assert answer.mimetype == "application/atom+xml" and names == ["雨量", entry.title]
        assert client.get("/searches/guessed.atom").status_code == 404
        assert client.get("/searches").status_code == 302

    def test_are_of_their_person_alone(self):
        kept = saved(a_person())
        for actor in (acting(a_person(), None), an_authority(), ANONYMOUS):
            rows = db.session.scalars(queries.saved_searches(actor)).all()
            assert kept.id not in [row.id for row in rows]
        assert isinstance(kept, SavedSearch)


class TestSearchPage:
    def test_finds_all_kinds_and_narrows_to_one(self, client):
        an_organisation("agency", name="雨量监测中心")
        entry = a_published_entry()
        page = BeautifulSoup(client.get("/search?q=雨量&lang=en").data, "html.parser")
        assert {card.text.strip() for card in page.select("#results h2")} == {"雨量监测中心", entry.title}
        kinds = [
            (box["value"], box.find_next("label").text.split()[-1]) for box in page.select('input[name="in"]')
        ]
        assert sorted(kinds) == [("entry", "1"), ("organisation", "1")]
        page = BeautifulSoup(client.get("/search?q=雨量&in=entry&lang=en").data, "html.parser")
        assert [card.text.strip() for card in page.select("#results h2")] == [entry.title]
        assert page.select('input[name="theme"]') and page.select("#results .chips a")
        assert page.select_one('a[href^="/searches/new?"]') is not None

    def test_keeps_every_filter_when_the_order_changes(self, client):
        a_published_entry()
        page = BeautifulSoup(client.get("/search?q=雨量&in=entry&theme=weather&lang=en").data, "html.parser")
        links = [a["href"] for a in page.select(".orders a")]
        assert links and all("theme=weather" in href and "q=" in href for href in links)
        for href in links:
            assert client.get(href).status_code == 200
        assert client.get("/search?sort=-title").status_code == 422

    def test_offers_the_nearest_words_and_whom_to_ask(self, client):
        authority = an_authority()
        a_published_entry(title="气象观测")
        text = client.get("/search?q=汽像&lang=en").text
        assert "气象" in re.search(r"Did you mean.*?</ul>", text, re.S).group(0)
        assert f"/organisations/{authority.organisation_id}" in text

    def test_says_which_words_mean_the_same(self, client):
        adopted()
        assert "降水量" in client.get("/search?q=雨量&lang=en").text

    @pytest.mark.parametrize(
        "query", ["q=%00", "q=%25", "q=" + "长" * 500, "in=nothing", "theme=%00", "in=entry&in=product"]
    )
    def test_survives_anything(self, client, query):
        assert client.get(f"/search?{query}").status_code == 200


class TestSuggest:
    def test_offers_titles_one_may_see(self, client):
        entry = a_published_entry()
        a_draft(title="雨量草稿")
        assert client.get("/search/suggest?q=雨量").json == {"q": "雨量", "titles": [entry.title]}
        assert client.get("/search/suggest").json["titles"] == []
        options = client.get("/search/suggest?q=yuliang", headers={"HX-Request": "true"}).text
        assert f'<option value="{entry.title}">' in options
