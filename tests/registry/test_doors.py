"""JSON and shell: the same commands, the same refusals, and the real catalogue of a city."""

import json

import pytest

from accounts import queries as accounts
from accounts.commands import token as tokens
from kernel import clock
from kernel.command import execute
from kernel.db import db
from registry.models import CatalogueEntry
from tests.factories.accounts import an_organisation
from tests.factories.registry import (
    ENTRY,
    a_draft,
    a_published_entry,
    a_registered_resource,
    a_release,
    a_submitted_entry,
    an_agency,
    an_authority,
)

pytestmark = pytest.mark.usefixtures("app")
ROWS = [{"资源名称": "公交站点", "提供单位": "市交通局", "更新周期": "每月"}, {"资源名称": ""}]


def key_of(actor):
    """The headers of a program that acts for the actor."""
    data = {"name": "test", "scope": "act", "expires_on": clock.today().isoformat()}
    issued = execute(tokens.issue, actor=actor, data=data)
    return {"Authorization": f"Bearer {issued.secret}"}


class TestJson:
    def test_lists_published_entries_for_everybody(self, client):
        a_published_entry()
        a_draft()
        answer = client.get("/api/v1/registry/entries").json
        assert [row["title"] for row in answer["items"]] == [ENTRY["title"]]

    def test_hides_from_strangers_what_is_not_public(self, client):
        agency = an_agency()
        entry = a_published_entry(agency, contact_name="张科长", use_conditions="注明来源")
        address = f"/api/v1/registry/entries/{entry.id}"
        assert "contact_name" not in client.get(address).json and client.get(address).json["use_conditions"]
        assert client.get(address, headers=key_of(agency)).json["contact_name"] == "张科长"
        assert "contact_name" not in client.get("/api/v1/registry/entries").json["items"][0]

    def test_searches_and_filters(self, client):
        agency, authority = an_agency(), an_authority()
        a_published_entry(agency, authority)
        a_published_entry(agency, authority, title="公交站点", themes=["transport"])
        found = client.get("/api/v1/registry/entries?q=公交").json
        assert [row["title"] for row in found["items"]] == ["公交站点"]
        assert client.get("/api/v1/registry/entries?theme=weather").json["total"] == 1

    def test_runs_commands_with_the_same_refusals(self, client):
        agency = an_agency()
        headers = key_of(agency)
        made = client.post("/api/v1/registry/entries/draft", json=dict(ENTRY), headers=headers)
        assert made.status_code == 201 and "submit" in made.json["available"]
        refused = client.post(f"/api/v1/registry/entries/{made.json['id']}/submit", headers=headers)
        assert refused.status_code == 409 and refused.json["duties"] == ["C09"]
        wrong = client.post("/api/v1/registry/entries/draft", json={}, headers=headers)
        assert wrong.status_code == 422 and "title" in wrong.json["errors"]

    @pytest.mark.parametrize("field", ["state", "agency_id", "version", "public_since", "missing"])
    def test_takes_no_field_that_is_not_asked_for(self, client, field):
        data = {**ENTRY, field: "published"}
        made = client.post("/api/v1/registry/entries/draft", json=data, headers=key_of(an_agency()))
        assert made.status_code == 422

    def test_hides_the_inside(self, client):
        entry = a_submitted_entry()
        assert client.get(f"/api/v1/registry/entries/{entry.id}").status_code == 404
        found = a_registered_resource()
        told = client.get(f"/api/v1/registry/resources/{found.id}").json
        assert "storage_location" not in told and told["code"] == found.code

    @pytest.mark.parametrize(
        "plural", ["imports", "releases", "resources", "registrations", "objections", "licences"]
    )
    def test_lists_every_subject(self, client, plural):
        a_release()
        assert client.get(f"/api/v1/registry/{plural}").status_code == 200


class TestShell:
    def a_file(self, tmp_path, rows=ROWS):
        path = tmp_path / "catalogue.json"
        path.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
        return str(path)

    def run(self, app, *arguments):
        return app.test_cli_runner().invoke(args=["registry", "import", *arguments])

    def test_reports_and_enters(self, app, tmp_path):
        answer = self.run(app, self.a_file(tmp_path), "--jurisdiction", "331100", "--json", "--rows")
        told = json.loads(answer.output)
        assert answer.exit_code == 0
        assert (told["total"], told["taken"], told["mended"], told["refused"]) == (2, 1, 0, 1)
        assert told["rows"][1]["problems"][-1]["said"]["zh"]
        assert db.session.query(CatalogueEntry).count() == 1

    def test_only_looks_when_told_so(self, app, tmp_path):
        answer = self.run(app, self.a_file(tmp_path), "--jurisdiction", "331100", "--dry-run")
        assert answer.exit_code == 0 and "discarded" in answer.output
        assert db.session.query(CatalogueEntry).count() == 0

    def test_gives_all_rows_to_one_agency(self, app, tmp_path):
        agency = an_organisation("agency")
        path = self.a_file(tmp_path)
        self.run(app, path, "--jurisdiction", "990100", "--agency", agency.uscc)
        assert db.session.query(CatalogueEntry).one().agency_id == agency.id
        unknown = self.run(app, path, "--jurisdiction", "990100", "--agency", "91530100MA0000000X")
        assert unknown.exit_code == 1

    def test_says_what_is_wrong(self, app, tmp_path):
        answer = self.run(app, self.a_file(tmp_path), "--jurisdiction", "nowhere")
        assert answer.exit_code == 1 and "jurisdiction" in answer.output


@pytest.mark.data
@pytest.mark.slow
class TestRealCatalogue:
    def test_of_lishui_goes_in_and_is_known_again(self, app, real_data):
        path = str(real_data / "catalogues" / "zhejiang_lishui.json")
        command = ["registry", "import", path, "--jurisdiction", "331100", "--json"]
        first = json.loads(app.test_cli_runner().invoke(args=command).output)
        assert first["total"] == 845 and first["refused"] * 100 <= first["total"]
        assert db.session.query(CatalogueEntry).count() == first["taken"] + first["mended"]
        again = json.loads(app.test_cli_runner().invoke(args=command).output)
        assert again["repeated"] + again["refused"] == 845
        assert db.session.query(CatalogueEntry).count() == first["taken"] + first["mended"]
        assert accounts.agency_named("市大数据局", "331100") is not None
