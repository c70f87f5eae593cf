"""What the pages say of themselves to machines: schema.org, Atom, the site map, robots."""

import json
import re

import pytest
from defusedxml import ElementTree

from kernel.command import execute
from kernel.pages.structured import structured
from registry.commands import catalogue
from registry.feeds import sitemap
from tests.factories.registry import (
    a_draft,
    a_published_entry,
    a_registered_resource,
    a_release,
    an_agency,
    an_authority,
)

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9"}
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


def markup(page):
    return json.loads(BLOCK.search(page.text)[1])


def addresses(answer):
    return [row.text.removeprefix("http://localhost") for row in ElementTree.fromstring(answer.text).iterfind(".//m:loc", MAP)]


class TestStructured:
    def test_can_not_be_left_by_any_word(self):
        hostile = "</script><script>alert(1)</script>&'\"\u2028\\"
        block = str(structured({"name": hostile}))
        assert block.count("<") == 2 and json.loads(BLOCK.search(block)[1]) == {"name": hostile}


class TestEntryMarkup:
    def test_says_what_the_page_shows(self, client):
        agency = an_agency()
        entry = a_published_entry(agency, resource_code="307001/000001", database_level="department")
        file = a_release(agency, entry)
        said = markup(client.get(f"/catalogue/{entry.id}"))
        assert (said["@type"], said["name"], said["isAccessibleForFree"]) == ("Dataset", entry.title, True)
        assert said["distribution"][0]["sha256"] == file.sha256 and "307001/000001" in said["identifier"]
        assert markup(client.get(f"/open-data/{file.id}"))["isPartOf"] == f"http://localhost/catalogue/{entry.id}"

    def test_is_allowed_by_the_policy_as_it_is(self, client):
        answer = client.get(f"/catalogue/{a_published_entry().id}")
        assert "unsafe" not in answer.headers["Content-Security-Policy"] and BLOCK.search(answer.text)

    def test_keeps_hostile_words_inside(self, client):
        entry = a_published_entry(title="</script><script>alert(1)</script>")
        text = client.get(f"/catalogue/{entry.id}").text
        assert "<script>alert" not in text and markup(client.get(f"/catalogue/{entry.id}"))["name"] == entry.title

    def test_names_the_other_forms(self, client):
        entry = a_published_entry()
        text = client.get(f"/catalogue/{entry.id}").text
        assert f'href="/catalogue/{entry.id}.ttl"' in text and client.get(f"/catalogue/{entry.id}.ttl").status_code == 200


class TestAtom:
    def test_tells_the_newest_first(self, client):
        agency = an_agency()
        a_published_entry(agency, title="旧的 & <目录>")
        a_published_entry(agency, title="新的目录", abstract="控制\x0b字符")
        a_draft(agency, title="未发布")
        answer = client.get("/catalogue.atom")
        feed = ElementTree.fromstring(answer.text)
        assert answer.mimetype == "application/atom+xml"
        assert [row.text for row in feed.iterfind("a:entry/a:title", ATOM)] == ["新的目录", "旧的 & <目录>"]
        assert feed.find("a:updated", ATOM).text.endswith("Z")

    def test_tells_of_open_files_while_they_are_open(self, client):
        agency = an_agency()
        entry = a_published_entry(agency)
        file = a_release(agency, entry)
        href = ElementTree.fromstring(client.get("/open-data.atom").text).find("a:entry/a:link", ATOM).get("href")
        assert href == f"http://localhost/open-data/{file.id}"
        execute(catalogue.withdraw, actor=an_authority(), subject_id=entry.id, data={"reasons": "重复。"})
        assert ElementTree.fromstring(client.get("/open-data.atom").text).find("a:entry", ATOM) is None


class TestSitemap:
    def test_lists_what_is_open_and_nothing_else(self, client):
        agency = an_agency()
        entry = a_published_entry(agency)
        resource = a_registered_resource(agency)
        draft = a_draft(agency)
        found = addresses(client.get("/sitemap.xml"))
        assert f"/catalogue/{entry.id}" in found and f"/resources/{resource.id}" in found and "/catalogue" in found
        assert f"/catalogue/{draft.id}" not in found
        assert all(client.get(path).status_code == 200 for path in found)

    def test_becomes_an_index_once_it_is_long(self, client, monkeypatch):
        monkeypatch.setattr(sitemap, "MOST", 2)
        agency = an_agency()
        entries = {f"/catalogue/{a_published_entry(agency, title=f'目录 {number}').id}" for number in range(3)}
        parts = addresses(client.get("/sitemap.xml"))
        assert "/sitemap-entries-1.xml" in parts
        assert entries == {path for part in parts if "entries" in part for path in addresses(client.get(part))}

    @pytest.mark.parametrize("path", ["/sitemap-entries-9.xml", "/sitemap-secret-0.xml", "/sitemap-entries--1.xml"])
    def test_has_no_other_parts(self, client, path):
        assert client.get(path).status_code == 404

    def test_is_named_by_robots(self, client):
        assert "Sitemap: http://localhost/sitemap.xml" in client.get("/robots.txt").text
