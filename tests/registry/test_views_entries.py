"""The pages of an entry's life: kept while typing, two tabs, history, standard and template, withdrawal, columns of a file."""

import csv
import io
import json

import pytest
from bs4 import BeautifulSoup

from kernel import clock
from kernel.command import execute
from kernel.db import db
from registry import reactions
from registry.commands import catalogue
from registry.models import CatalogueEntry
from tests.factories.registry import (
    ENTRY,
    a_draft,
    a_published_entry,
    a_resource,
    a_submitted_entry,
    an_agency,
    an_authority,
)
from tests.registry.views_steps import enter, read

pytestmark = pytest.mark.usefixtures("app")


class TestKeeping:
    def test_begins_a_draft_and_goes_on_in_it(self, client):
        enter(client, an_agency())
        typed = {"title": "正在填写", "request_key": "11111111-1111-7111-8111-111111111111"}
        first = client.post("/catalogue/keep", data=typed)
        assert first.status_code == 200
        again = client.post("/catalogue/keep", data=typed).json
        assert again["id"] == first.json["id"] and db.session.query(CatalogueEntry).count() == 1
        data = {"title": "正在填写二", "revision": first.json["revision"]}
        kept = client.post(f"{first.json['address']}/keep", data=data).json
        assert kept["revision"] == first.json["revision"] + 1

    def test_says_what_is_wrong_without_losing_it(self, client):
        agency = an_agency()
        entry = a_draft(agency)
        enter(client, agency)
        answer = client.post(
            f"/catalogue/{entry.id}/keep?lang=en", data={"title": "a", "update_frequency": "每月度"}
        )
        assert answer.status_code == 422 and "monthly" in answer.json["errors"]["update_frequency"][0]
        stale = client.post(f"/catalogue/{entry.id}/keep", data={"title": "b", "revision": "0"})
        assert (stale.status_code, stale.json["code"]) == (409, "text_conflict")

    def test_is_for_the_agency(self, client):
        assert client.post("/catalogue/keep", data={"title": "x"}).status_code == 401
        entry = a_submitted_entry()
        enter(client, an_authority())
        assert client.post(f"/catalogue/{entry.id}/keep", data={"title": "x"}).status_code == 403


class TestTwoTabs:
    def test_show_both_texts_and_let_one_save_again(self, client):
        agency = an_agency()
        entry = a_draft(agency)
        enter(client, agency)
        other = {**ENTRY, "title": "另一窗口", "revision": entry.revision}
        execute(catalogue.amend, actor=agency, subject_id=entry.id, data=other)
        mine = {"title": "我的文本", "revision": "1", "update_frequency": "monthly"}
        answer = client.post(f"/catalogue/{entry.id}/edit?lang=en", data=mine)
        assert answer.status_code == 409
        assert "另一窗口" in answer.text and "我的文本" in answer.text and "daily" in answer.text
        page = BeautifulSoup(answer.data, "html.parser")
        revision = page.select_one('input[name="revision"]')["value"]
        assert (
            client.post(f"/catalogue/{entry.id}/edit", data=mine | {"revision": revision}).status_code == 302
        )
        db.session.expire_all()
        assert entry.title == "我的文本"


class TestEntryHistory:
    def updated(self, agency, authority):
        with clock.frozen("2026-03-02T09:00+08:00"):
            entry = a_published_entry(agency, authority)
        with clock.frozen("2026-05-06T09:00+08:00"):
            data = {**ENTRY, "title": "逐时雨量", "contact_name": "张科长"}
            execute(catalogue.revise, actor=agency, subject_id=entry.id, data=data)
            execute(catalogue.update, actor=authority, subject_id=entry.id)
        return entry

    def test_shows_the_public_what_was_public_then(self, client):
        entry = self.updated(an_agency(), an_authority())
        text = read(client, f"/catalogue/{entry.id}/history?on=2026-05-05").text
        assert ENTRY["title"] in text and "张科长" not in text
        before = client.get(f"/catalogue/{entry.id}/history?on=2026-03-01&lang=en").text
        assert "did not exist yet" in before and ENTRY["abstract"] not in before
        assert client.get(f"/catalogue/{entry.id}?on=2026-05-05").status_code == 302

    def test_shows_the_inside_every_step(self, client):
        agency = an_agency()
        entry = self.updated(agency, an_authority())
        assert "张科长" in read(enter(client, agency), f"/catalogue/{entry.id}/history").text

    def test_is_data_as_well(self, client):
        entry = self.updated(an_agency(), an_authority())
        told = client.get(f"/catalogue/{entry.id}/history?format=json&on=2026-05-05").json
        assert [step["command"].rsplit(".")[-1] for step in told["steps"]] == ["update", "publish"]
        assert told["then"]["entry"]["title"] == ENTRY["title"]
        assert client.get(f"/catalogue/{entry.id}/history?format=json&on=2026-03-01").json["then"] is None

    def test_refuses_what_is_no_day(self, client):
        entry = a_published_entry()
        assert client.get(f"/catalogue/{entry.id}/history?on=gestern").status_code == 422


class TestStandard:
    def test_shows_every_field_and_what_the_place_asks_for(self, client):
        text = read(enter(client, an_agency()), "/catalogue/standard").text
        assert "Sharing attribute" in text and "may be authorised for operation" in text

    def test_is_a_schema_under_its_version(self, client):
        answer = client.get("/catalogue/schema.json?jurisdiction=530000")
        assert answer.mimetype == "application/schema+json"
        assert "data_form" in answer.json["required"] and client.get("/catalogue/schema.json").json[
            "required"
        ] == ["title"]
        assert client.get(f"/catalogue/schema/{answer.json['version']}.json").status_code == 200
        assert client.get("/catalogue/schema/0.9.json").status_code == 404
        assert client.get("/catalogue/schema.json?jurisdiction=nowhere").status_code == 404

    @pytest.mark.parametrize(("kind", "start"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
    def test_is_a_file_to_fill_in(self, client, kind, start):
        assert client.get(f"/catalogue/template.{kind}").data.startswith(start)
        assert client.get("/catalogue/template.pdf").status_code == 404


class TestWithdrawing:
    def test_shows_what_rests_on_it_first(self, client):
        agency, authority = an_agency(), an_authority()
        resource = a_resource(agency, authority)
        entry = db.session.query(CatalogueEntry).one()
        enter(client, agency)
        assert resource.title in read(client, f"/catalogue/{entry.id}/withdraw").text
        assert (
            client.post(f"/catalogue/{entry.id}/withdraw", data={"reasons": "机构撤销。"}).status_code == 302
        )
        db.session.expire_all()
        assert entry.state == "withdrawn"


class TestImportColumns:
    rows = [{"名目": "公园名录", "提供单位": "市园林局", "更新周期": "每月一次吧"}]

    def test_are_set_otherwise_by_a_person(self, client):
        enter(client, an_agency())
        body = json.dumps(self.rows, ensure_ascii=False).encode()
        answer = client.post("/imports/new", data={"file": (io.BytesIO(body), "k.json")})
        page = read(client, f"{answer.location}/mapping")
        assert "公园名录" in page.text
        data = {"columns-0-heading": "名目", "columns-0-field": "title"}
        assert client.post(f"{answer.location}/mapping", data=data).status_code == 302
        assert "公园名录" in read(client, answer.location).text
        wrong = client.post(
            f"{answer.location}/mapping", data={"columns-0-heading": "名目", "columns-0-field": ""}
        )
        assert wrong.status_code == 422

    def test_are_a_report_of_their_own(self, client):
        enter(client, an_agency())
        body = json.dumps(
            [{"资源名称": "公园名录", "更新周期": "每月一次吧", "色": "红"}], ensure_ascii=False
        ).encode()
        answer = client.post("/imports/new", data={"file": (io.BytesIO(body), "k.json")})
        text = client.get(f"{answer.location}?format=csv&by=column&lang=en").data.decode("utf-8-sig")
        told = {row[0]: row[1:] for row in csv.reader(io.StringIO(text))}
        assert told["资源名称"][:2] == ["Name of the resource", "1"]
        assert told["更新周期"][3] == "1" and told["色"][0] == "kept beside the entry"

    def test_page_renews_itself_while_rows_are_read(self, client, monkeypatch):
        monkeypatch.setattr(reactions.imports, "IMPORT_AT_ONCE", 0)
        enter(client, an_agency())
        body = json.dumps(self.rows, ensure_ascii=False).encode()
        answer = client.post("/imports/new", data={"file": (io.BytesIO(body), "k.json")})
        page = BeautifulSoup(client.get(f"{answer.location}").data, "html.parser")
        assert page.select_one("main [hx-trigger] progress")
        assert page.select_one(f'main a[href="{answer.location}"]')
