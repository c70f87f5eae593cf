"""The pages of the registry: each shows what it should, to whom it should, in both languages."""

import io

import pytest
from bs4 import BeautifulSoup

from kernel.command import execute
from kernel.db import db
from registry.commands import catalogue
from registry.models import (
    CatalogueEntry,
    CatalogueImport,
)
from tests.factories.accounts import an_actor
from tests.factories.registry import (
    ENTRY,
    a_draft,
    a_published_entry,
    a_submitted_entry,
    an_agency,
    an_authority,
    assessed,
)
from tests.registry.test_commands_imports import examined
from tests.registry.views_steps import enter, read

pytestmark = pytest.mark.usefixtures("app")


class TestCatalogue:
    def test_shows_what_is_published_to_everybody(self, client):
        a_published_entry()
        a_draft(title="草稿条目")
        text = read(client, "/catalogue").text
        assert ENTRY["title"] in text and "草稿条目" not in text

    @pytest.mark.parametrize("words", ["雨", "雨量", "气象站", "逐日雨量", "yl", "yuliang", "rain", "量雨"])
    def test_finds_words_of_any_length(self, client, words):
        a_published_entry()
        found = ENTRY["title"] in client.get("/catalogue", query_string={"q": words}).text
        assert found == (words not in ("rain", "量雨"))

    def test_counts_its_facets_without_themselves(self, client):
        agency, authority = an_agency(), an_authority()
        a_published_entry(agency, authority)
        a_published_entry(agency, authority, title="公交站点", themes=["transport"], formats=["json"])
        page = BeautifulSoup(client.get("/catalogue?theme=weather&lang=en").data, "html.parser")
        assert len(page.select("#results .card")) == 1
        assert len(page.select('input[name="theme"]')) == 2
        assert len(page.select('input[name="data_format"]')) == 1

    def test_is_a_file_as_well(self, client):
        a_published_entry()
        answer = client.get("/catalogue?format=csv&lang=en")
        assert ENTRY["title"] in answer.data.decode("utf-8-sig")

    @pytest.mark.parametrize(
        "query", ["agency=nonsense", "theme=nonsense", "q=%25_'", "jurisdiction=x&state=draft"]
    )
    def test_takes_any_filter(self, client, query):
        a_published_entry()
        assert client.get(f"/catalogue?{query}").status_code == 200


class TestEntry:
    def test_shows_the_public_text_and_hides_the_inside(self, client):
        entry = a_published_entry()
        text = read(client, f"/catalogue/{entry.id}").text
        assert ENTRY["abstract"] in text and "局长" not in text

    def test_says_what_is_missing_with_the_rule(self, client):
        agency = an_agency()
        entry = a_draft(agency, provider=None)
        text = read(enter(client, agency), f"/catalogue/{entry.id}").text
        assert "Providing department" in text and "WZ13; DG11; YN L45" in text

    def test_shows_comments_beside_the_field(self, client):
        agency = an_agency()
        entry = a_submitted_entry(agency)
        data = {"reasons": "摘要。", "comments": [{"field": "abstract", "comment": "口径？"}]}
        execute(catalogue.return_, actor=an_authority(), subject_id=entry.id, data=data)
        enter(client, agency)
        assert "口径？" in read(client, f"/catalogue/{entry.id}").text
        assert "口径？" in read(client, f"/catalogue/{entry.id}/edit").text

    def test_is_unknown_to_strangers_before_it_is_published(self, client):
        entry = a_draft()
        read(client, f"/catalogue/{entry.id}", 404)

    def test_shows_a_proposed_update(self, client):
        agency, authority = an_agency(), an_authority()
        entry = a_published_entry(agency, authority)
        data = {**ENTRY, "title": "逐时雨量"}
        execute(catalogue.revise, actor=agency, subject_id=entry.id, data=data)
        assert "逐时雨量" in read(enter(client, authority), f"/catalogue/{entry.id}").text

    def test_hands_out_the_assessments_to_the_inside(self, client):
        agency = an_agency()
        entry = assessed(a_draft(agency), agency)
        address = f"/catalogue/{entry.id}/assessments/secrecy_risk"
        assert client.get(address).status_code == 404
        assert enter(client, agency).get(address).data.startswith(b"%PDF")
        assert client.get(f"/catalogue/{entry.id}/assessments/consent_of").status_code == 404


class TestEntryForms:
    def test_make_an_entry(self, client):
        enter(client, an_agency())
        read(client, "/catalogue/new")
        values = {**ENTRY, "keywords": "气象、雨量", "items-0-name": "站点"}
        values.pop("items")
        answer = client.post("/catalogue/new", data=values)
        assert answer.status_code == 302
        entry = db.session.query(CatalogueEntry).one()
        assert (entry.keywords, entry.items, entry.themes) == (
            ["气象", "雨量"],
            [{"name": "站点"}],
            ["weather"],
        )

    def test_keep_what_was_typed_when_it_is_wrong(self, client):
        enter(client, an_agency())
        answer = client.post("/catalogue/new", data={"abstract": "只有摘要"})
        assert answer.status_code == 422 and "只有摘要" in answer.text

    def test_change_an_entry(self, client):
        agency = an_agency()
        entry = a_draft(agency)
        enter(client, agency).post(f"/catalogue/{entry.id}/edit", data={"title": "新名称"})
        db.session.expire_all()
        assert entry.title == "新名称"

    def test_propose_an_update(self, client):
        agency = an_agency()
        entry = a_published_entry(agency)
        read(enter(client, agency), f"/catalogue/{entry.id}/update")

    def test_return_an_entry_with_comments(self, client):
        authority = an_authority()
        entry = a_submitted_entry()
        enter(client, authority)
        read(client, f"/catalogue/{entry.id}/return")
        data = {
            "reasons": "请修改。",
            "comments-0-field": "title",
            "comments-0-comment": "太短",
            "comments-1-field": "abstract",
        }
        assert client.post(f"/catalogue/{entry.id}/return", data=data).status_code == 302
        db.session.expire_all()
        assert entry.comments == {"title": "太短", "": "请修改。"}

    @pytest.mark.parametrize(
        "address", ["/catalogue/new", "/imports/new", "/resources/new", "/registrations/new"]
    )
    def test_are_not_for_buyers(self, client, address):
        read(client, address, 302)
        read(enter(client, an_actor("buyer")), address, 403)


class TestOwnEntries:
    def test_lists_them_by_state(self, client):
        agency = an_agency()
        a_draft(agency, provider=None)
        assert ENTRY["title"] in read(enter(client, agency), "/catalogue/own").text
        assert ENTRY["title"] not in read(client, "/catalogue/own?state=returned").text


class TestReview:
    def test_publishes_what_is_ticked(self, client):
        agency, authority = an_agency(), an_authority()
        first, second = a_submitted_entry(agency), a_submitted_entry(agency, title="公交站点")
        enter(client, authority)
        assert "公交站点" in read(client, "/catalogue/review").text
        client.post("/catalogue/review", data={"entry": [str(first.id), "nonsense"]})
        db.session.expire_all()
        assert (first.state, second.state) == ("published", "submitted")

    def test_tells_what_was_refused(self, client):
        county = an_authority("990102")
        entry = a_submitted_entry(an_agency(jurisdiction="990102"))
        answer = enter(client, county).post(
            "/catalogue/review", data={"entry": str(entry.id)}, follow_redirects=True
        )
        assert answer.status_code == 200 and entry.state == "submitted"

    def test_is_for_authorities(self, client):
        read(client, "/catalogue/review", 302)
        read(enter(client, an_agency()), "/catalogue/review", 403)


class TestImports:
    def test_lead_from_the_file_to_the_catalogue(self, client):
        authority = an_authority()
        enter(client, authority)
        read(client, "/imports")
        read(client, "/imports/new")
        rows = '[{"资源名称":"公交站点","提供单位":"市交通局","更新周期":"每月"},{"资源名称":""}]'.encode()
        data = {"file": (io.BytesIO(rows), "catalogue.json"), "jurisdiction": "990100"}
        answer = client.post("/imports/new", data=data)
        assert answer.status_code == 302
        found = db.session.query(CatalogueImport).one()
        assert "公交站点" in read(client, f"/imports/{found.id}").text
        for outcome in ("refused", "taken", "incomplete"):
            read(client, f"/imports/{found.id}?outcome={outcome}")
        assert "公交站点" in client.get(f"/imports/{found.id}?format=csv").data.decode("utf-8-sig")
        client.post(f"/do/registry.import.carry_out/{found.id}")
        db.session.expire_all()
        assert found.state == "carried_out"
        read(client, f"/imports/{found.id}")
        entry = db.session.query(CatalogueEntry).one()
        read(client, f"/catalogue/{entry.id}")
        read(client, f"/do/registry.entry.assign/{entry.id}")

    def test_say_what_is_wrong_with_a_file(self, client):
        enter(client, an_authority())
        answer = client.post("/imports/new", data={"file": (io.BytesIO(b"%PDF-1.7"), "a.json")})
        assert answer.status_code == 422

    def test_are_unknown_to_others(self, client):
        found = examined()
        read(client, "/imports", 302)
        read(client, f"/imports/{found.id}", 404)
        read(enter(client, an_agency()), f"/imports/{found.id}", 404)
