"""CKAN's read interface: programs made for CKAN read the catalogue unchanged, and bad questions are told as CKAN tells them."""

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from ckanapi import NotFound, RemoteCKAN, ValidationError
from ckanapi.errors import SearchQueryError
from werkzeug.serving import make_server

from accounts import queries as accounts
from kernel.command import execute
from registry.commands import catalogue
from tests.factories.accounts import a_member, acting, an_organisation
from tests.factories.registry import a_draft, a_published_entry, a_release, an_agency, an_authority

pytestmark = pytest.mark.usefixtures("app")
ENTRIES = [
    {"title": "公园名录", "keywords": ["公园", "绿地"], "themes": ["environment"], "formats": ["xlsx"]},
    {"title": "雨量站", "keywords": ["雨量"], "themes": ["weather", "environment"], "formats": ["csv", "json"]},
    {"title": "医院名录", "keywords": ["医院"], "themes": ["health"], "formats": ["csv"], "opening_attribute": "conditional", "opening_conditions": "须申请。"},
]  # fmt: skip


def ask(client, name, status=200, **asked):
    answer = client.post(f"/api/3/action/{name}", json=asked)
    assert answer.status_code == status, answer.text[:400]
    return answer.json["result"] if status == 200 else answer.json["error"]


@pytest.fixture
def shown():
    agency = an_agency()
    return [a_published_entry(agency, **facts) for facts in ENTRIES]


@pytest.fixture
def live(app):
    """The site on a port of this machine, for programs that speak HTTP."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


class TestCkanapi:
    """The public client of CKAN, as its users run it."""

    def dump(self, live, thing, tmp_path):
        path = tmp_path / f"{thing}.jsonl"
        program = Path(sys.executable).parent / "ckanapi"
        command = [program, "dump", thing, "--all", "-q", "-O", path, "-r", live]
        environment = {"PATH": str(program.parent)}
        subprocess.run(command, check=True, timeout=60, env=environment, stderr=subprocess.PIPE)  # noqa: S603
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]

    @pytest.mark.slow
    def test_dumps_every_published_entry_with_its_files(self, shown, live, tmp_path):
        file = a_release(entry=shown[1], agency=agency_of(shown[1]))
        a_draft(title="未发布")
        dumped = self.dump(live, "datasets", tmp_path)
        assert {row["title"] for row in dumped} == {facts["title"] for facts in ENTRIES}
        assert [row["id"] for row in dumped if row["title"] == "雨量站"] == [str(shown[1].id)]
        assert [r["id"] for row in dumped for r in row["resources"] if r["url_type"] == "upload"] == [str(file.id)]

    @pytest.mark.slow
    def test_dumps_agencies_and_themes(self, shown, live, tmp_path):
        organizations = self.dump(live, "organizations", tmp_path)
        assert [row["package_count"] for row in organizations] == [3]
        groups = {row["name"]: row["package_count"] for row in self.dump(live, "groups", tmp_path)}
        assert (groups["environment"], groups["health"]) == (2, 1)

    def test_reads_by_both_methods_and_knows_our_refusals(self, shown, live):
        for get_only in (False, True):
            with RemoteCKAN(live, get_only=get_only) as site:
                assert site.action.package_show(id=str(shown[0].id))["title"] == "公园名录"
                assert site.action.package_search(q="公园", rows=5)["count"] == 1
                with pytest.raises(NotFound):
                    site.action.package_show(id="nothing")
                with pytest.raises(SearchQueryError):
                    site.action.package_search(fq="secret:1")
                with pytest.raises(ValidationError):
                    site.action.package_show()


def agency_of(entry):
    organisation = accounts.organisation(entry.agency_id)
    return acting(a_member(organisation), organisation)


class TestPackageSearch:
    @pytest.mark.parametrize(
        "asked, titles",
        [
            ({}, {"公园名录", "雨量站", "医院名录"}),
            ({"q": "*:*"}, {"公园名录", "雨量站", "医院名录"}),
            ({"q": "名录"}, {"公园名录", "医院名录"}),
            ({"fq": "groups:environment"}, {"公园名录", "雨量站"}),
            ({"fq": "groups:(weather OR health)"}, {"雨量站", "医院名录"}),
            ({"fq": "+groups:environment +res_format:CSV"}, {"雨量站"}),
            ({"fq": 'groups:environment AND res_format:"JSON"'}, {"雨量站"}),
            ({"fq": 'tags:"绿地"'}, {"公园名录"}),
            ({"fq": "tags:绿"}, set()),
            ({"fq": "license_id:conditional"}, {"医院名录"}),
            ({"q": "名录", "fq": "res_format:csv"}, {"医院名录"}),
            ({"fq_list": ["groups:environment", "groups:weather"]}, set()),
            ({"fq": "dataset_type:dataset state:active"}, {"公园名录", "雨量站", "医院名录"}),
            ({"fq": "state:deleted"}, set()),
            ({"fq": "organization:00000000-0000-7000-8000-000000000000"}, set()),
            ({"fq": "organization:nobody"}, set()),
        ],
    )
    def test_finds_by_words_and_filters(self, client, shown, asked, titles):
        found = ask(client, "package_search", **asked)
        assert {row["title"] for row in found["results"]} == titles and found["count"] == len(titles)

    def test_counts_by_facets(self, client, shown):
        found = ask(client, "package_search", rows=0, **{"facet.field": ["groups", "res_format", "organization", "tags"]})
        assert found["results"] == [] and found["facets"]["groups"] == {"environment": 2, "health": 1, "weather": 1}
        assert found["facets"]["res_format"] == {"CSV": 2, "JSON": 1, "XLSX": 1}
        (agency,) = found["search_facets"]["organization"]["items"]
        assert agency["count"] == 3 and agency["display_name"]

    def test_counts_only_what_a_filter_leaves(self, client, shown):
        found = ask(client, "package_search", fq="groups:environment", **{"facet.field": '["groups","res_format"]'})
        assert found["facets"] == {"groups": {"environment": 2}, "res_format": {"CSV": 1, "JSON": 1, "XLSX": 1}}

    def test_pages_in_an_order_that_holds(self, client, shown):
        pages = [ask(client, "package_search", sort="name asc", rows=1, start=start)["results"] for start in range(4)]
        assert [row["id"] for page in pages for row in page] == sorted(str(entry.id) for entry in shown)

    def test_puts_the_last_changed_first(self, client, shown):
        found = ask(client, "package_search", sort="metadata_modified desc")
        assert [row["title"] for row in found["results"]] == ["医院名录", "雨量站", "公园名录"]

    @pytest.mark.parametrize(
        "asked, status",
        [
            ({"fq": "secret:1"}, 400), ({"fq": "groups"}, 400), ({"fq": "-groups:health"}, 400), ({"fq": "groups:(a AND b)"}, 400),
            ({"sort": "notes asc"}, 400), ({"q": "雨", "sort": "name asc"}, 400), ({"q": "雨", "fq": "tags:a"}, 400),
            ({"rows": -1}, 409), ({"rows": "x"}, 409), ({"start": 1.5}, 409), ({"q": {"a": 1}}, 409), ({"q": "x" * 5000}, 409),
            ({"q": "\x00"}, 409), ({"facet.field": "[1]"}, 409), ({"facet.field": "[" * 500}, 409), ({"facet": "perhaps"}, 409),
            ({"fq": ")" * 1500}, 400), ({"fq": '"' * 999}, 400),
        ],
    )  # fmt: skip
    def test_refuses_what_it_does_not_understand(self, client, shown, asked, status):
        error = ask(client, "package_search", status, **asked)
        assert error["__type"] in ("Search Query Error", "Validation Error")

    def test_sends_at_most_a_thousand(self, client, shown):
        assert len(ask(client, "package_search", rows=999999)["results"]) == 3

    def test_asks_the_database_a_fixed_number_of_times(self, client, shown, count_queries):
        with count_queries() as few:
            ask(client, "package_search", rows=1)
        with count_queries() as many:
            ask(client, "package_search", rows=3)
        assert few.number == many.number


class TestPackageShow:
    def test_says_what_the_entry_says(self, client, shown):
        row = ask(client, "package_show", id=str(shown[1].id))
        extras = {part["key"]: part["value"] for part in row["extras"]}
        assert (row["license_id"], row["organization"]["id"]) == ("open", str(shown[1].agency_id))
        assert {group["name"] for group in row["groups"]} == {"weather", "environment"}
        assert [resource["format"] for resource in row["resources"]] == ["CSV", "JSON"]
        assert extras["update_frequency"] == "daily" and extras["data_items"] == "站点、雨量"

    def test_never_shows_what_is_not_published(self, client, shown):
        draft = a_draft(title="未发布")
        execute(catalogue.withdraw, actor=an_authority(), subject_id=shown[0].id, data={"reasons": "重复。"})
        for hidden in (draft, shown[0]):
            assert ask(client, "package_show", 404, id=str(hidden.id))["__type"] == "Not Found Error"
        assert set(ask(client, "package_list")) == {str(shown[1].id), str(shown[2].id)}


class TestOtherActions:
    def test_tell_of_the_site(self, client):
        assert ask(client, "site_read") is True and ask(client, "status_show")["site_url"] == "http://localhost"
        assert client.get("/api/3").json == {"version": 3}
        assert {row["id"] for row in ask(client, "license_list")} == {"open", "conditional", "none", "notspecified"}

    def test_list_packages_in_parts(self, client, shown):
        names = ask(client, "package_list")
        assert ask(client, "package_list", limit=1, offset=1) == names[1:2]
        assert [row["id"] for row in ask(client, "current_package_list_with_resources", limit=2)] == names[:2]
        assert [row["id"] for row in ask(client, "current_package_list_with_resources", limit=2, page=2)] == names[2:]

    def test_show_agencies(self, client, shown):
        an_organisation("agency", name="没有目录的部门")
        (row,) = ask(client, "organization_list", all_fields=True)
        told = ask(client, "organization_show", id=row["id"], include_datasets=True)
        assert told["package_count"] == 3 and len(told["packages"]) == 3
        ask(client, "organization_show", 404, id="没有")

    def test_show_themes(self, client, shown):
        by_count = ask(client, "group_list", sort="package_count desc", limit=1)
        assert by_count == ["environment"] and len(ask(client, "group_list")) > 10
        assert len(ask(client, "group_show", id="health", include_datasets="true")["packages"]) == 1
        ask(client, "group_show", 404, id="nothing")
        ask(client, "group_list", 409, sort="secret desc")

    def test_list_keywords(self, client, shown):
        assert set(ask(client, "tag_list")) == {"公园", "绿地", "雨量", "医院"}
        assert [row["name"] for row in ask(client, "tag_list", query="绿", all_fields=True)] == ["绿地"]
        assert ask(client, "tag_list", query="%") == []

    def test_show_resources(self, client, shown):
        row = ask(client, "package_show", id=str(shown[1].id))["resources"][0]
        assert ask(client, "resource_show", id=row["id"]) == row
        file = a_release(entry=shown[1], agency=agency_of(shown[1]))
        assert ask(client, "resource_show", id=str(file.id))["hash"] == f"sha256:{file.sha256}"
        for hidden in ("x", row["id"], str(shown[1].id), f"{shown[0].id}-csv"):
            assert ask(client, "resource_show", 404, id=hidden)["__type"] == "Not Found Error"

    @pytest.mark.parametrize("name", ["package_create", "user_list", "x" * 3000, "a/b", "%00"])
    def test_of_other_names_are_not_known(self, client, name):
        answer = client.post(f"/api/3/action/{name}", json={})
        assert answer.status_code == 400 and answer.json["success"] is False

    @pytest.mark.parametrize("body", [b"{", b"[1]", b'"x"', b"\xff", b"[" * 5000])
    def test_refuse_a_body_that_is_no_object(self, client, body):
        answer = client.post("/api/3/action/package_list", data=body, content_type="application/json")
        assert answer.status_code == 400 and answer.json["error"]["__type"] == "Bad Request"

    def test_refuse_a_wrong_key_in_their_own_shape(self, client):
        answer = client.get("/api/3/action/site_read", headers={"Authorization": "wrong"})
        assert answer.status_code == 403 and answer.json["error"]["__type"] == "Authorization Error"
