"""The pages around the catalogue: databases, rounds, projects, sources, freshness, quality, archive, look-ups."""

import io
import json

import pytest

from accounts import queries as accounts
from kernel import clock
from kernel.command import execute
from kernel.db import db
from kernel.pages import DESK, address_of
from kernel.storage import store
from registry.commands import adjustment, archive_package, local_catalogue, overlap, project
from registry.models import Aggregation, Comparison, DatabaseEntry, Holding, Lookup, Overlap, Project
from registry.queries import rounds
from tests.factories.accounts import an_actor, sign_in
from tests.factories.collecting import (
    a_comparison,
    a_database,
    a_grading_rule,
    a_holding,
    a_lead_source,
    a_local_catalogue,
    a_lookup,
    a_project,
    a_round,
    an_aggregation,
    an_archive_package,
    an_overlap,
    catalogued,
    enlisted,
)
from tests.factories.registry import a_draft, a_published_entry, an_agency, an_authority
from tests.page_reader import faults

pytestmark = pytest.mark.usefixtures("app")
LISTS = (
    "/databases", "/catalogue/places", "/adjustments", "/projects", "/holdings", "/lead-sources", "/overlaps",
    "/comparisons", "/aggregations", "/catalogue/freshness", "/quality", "/grading-rules", "/archive", "/lookups",
    "/lead-sources/contested", "/catalogue/similar", "/catalogue/work",
)  # fmt: skip
FILES = tuple(path for path in LISTS if path.split("/")[-1] not in ("contested", "similar", "work"))
LEVELS = {"title": "河道水位", "items": [{"name": "站号", "key": True}, {"name": "水位"}, {"name": "流量"}]}


def enter(client, actor):
    sign_in(client, accounts.person(actor.user_id))
    return client


def read(client, address, reader="agency"):
    """A page in both languages without a fault; the English text."""
    for language in ("zh", "en"):
        with client.get(f"{address}{'&' if '?' in address else '?'}lang={language}") as answer:
            assert answer.status_code == 200, (address, answer.status_code, answer.text[-800:])
            assert not list(faults(answer, address, reader, language)), address
            text = answer.text
    return text


@pytest.fixture
def town():
    """An agency and an authority with one case of every kind between them."""
    agency, other, authority = an_agency(), an_agency(), an_authority()
    entry = a_published_entry(agency, authority, **LEVELS)
    second = a_published_entry(other, authority, title="水情", items=[{"name": "水位"}])
    found = a_database(authority, agency)
    enlisted(found, entry, agency, ["水位"])
    funded = a_project(agency)
    listed = catalogued(a_holding(agency, project_id=str(funded.id), data_form="table"), entry, agency)
    execute(project.submit, actor=agency, subject_id=funded.id)
    execute(project.approve, actor=authority, subject_id=funded.id, data={"reasons": "同意立项。"})
    money = {"purpose": "首期", "amount_minor": "100.00"}
    execute(project.fund, actor=authority, subject_id=funded.id, data=money)
    part = rounds.parts_of_round(a_round(authority).id)[0]
    data = {"everything": True}
    by = agency if part.agency_id == agency.organisation_id else other
    execute(adjustment.confirm, actor=by, subject_id=part.id, data=data)
    draft = a_draft(agency, title="水情", items=[{"name": "水位"}])
    explained = an_overlap(draft, second, agency)
    execute(overlap.question, actor=authority, subject_id=explained.id, data={"question": "为何？"})
    cases = [
        found,
        funded,
        listed,
        a_holding(agency, title="未编目数据"),
        *rounds.parts_of_round(part.round_id),
        part,
        a_lead_source(authority, agency, item="流量"),
        explained,
        a_comparison(authority, entry, second),
        an_aggregation(entry, agency, found),
        a_grading_rule(authority),
        a_lookup(agency),
        an_archive_package(second, other),
    ]
    who = {"agency": agency, "other": other, "authority": authority}
    return who | {"cases": cases, "entry": entry, "draft": draft, "second": second, "part": part}


class TestPages:
    @pytest.mark.parametrize("who", ["agency", "authority"])
    def test_of_lists_and_cases_have_no_fault(self, client, town, who):
        enter(client, town[who])
        for path in LISTS:
            read(client, path, who)
        for case in town["cases"]:
            address = address_of(case)
            if client.get(address).status_code != 404:
                read(client, address, who)

    def test_are_for_managing_bodies(self, client, town):
        for path in LISTS:
            assert client.get(path).status_code == 302, path
        enter(client, an_actor("buyer"))
        for path in LISTS:
            assert client.get(path).status_code == 403, path

    def test_hide_what_belongs_to_others(self, client, town):
        enter(client, an_agency())
        seen = [
            type(case).__name__ for case in town["cases"] if client.get(address_of(case)).status_code == 200
        ]
        assert set(seen) <= {"Database", "LeadSource", "GradingRule"}

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_give_every_list_as_a_file(self, client, town, kind):
        enter(client, town["authority"])
        for path in FILES:
            with client.get(f"{path}?format={kind}") as answer:
                assert answer.status_code == 200 and answer.headers["Content-Disposition"], path

    def test_take_any_filter(self, client, town):
        enter(client, town["authority"])
        for path in LISTS:
            query = "q=%00%25_'&state=nonsense&jurisdiction=990100&kind=x&manner=x&coverage=not_catalogued"
            assert client.get(f"{path}?{query}").status_code == 200, path

    def test_narrow_down_by_state(self, client, town):
        enter(client, town["authority"])
        assert "2026 年度目录调整" in client.get("/adjustments?state=open").text
        assert "2026 年度目录调整" not in client.get("/adjustments?state=closed").text
        assert "河道水位" in client.get("/catalogue/freshness?state=fresh").text
        assert "河道水位" not in client.get("/catalogue/freshness?state=never").text
        assert "未编目数据" in client.get("/holdings?coverage=not_catalogued").text

    def test_stand_on_the_desk(self, client, town):
        for who in ("agency", "authority"):
            ours = [section for _, section in DESK if section.__module__ == "registry.views.work_desk"]
            assert all(section(town[who]) for section in ours) and len(ours) == 2
            assert not any(section(an_actor("buyer")) for section in ours)
        enter(client, town["agency"])
        read(client, "/desk")


class TestForms:
    def test_add_an_entry_to_a_database_and_take_it_out(self, client, town):
        enter(client, town["agency"])
        found, entry = town["cases"][0], town["entry"]
        read(client, f"/databases/{found.id}?add=水")
        address = f"/databases/{found.id}/strike/{entry.id}"
        read(client, address)
        assert client.post(address, data={"entry_id": str(entry.id), "reasons": "移库"}).status_code == 302
        assert db.session.query(DatabaseEntry).count() == 0
        assert "水情" in read(client, f"/databases/{found.id}?add=水情")
        assert (
            client.post(
                f"/do/registry.database.enlist/{found.id}", data={"entry_id": str(entry.id)}
            ).status_code
            == 302
        )
        assert db.session.query(DatabaseEntry).count() == 1

    def test_explain_an_overlap(self, client, town):
        enter(client, town["agency"])
        other = town["second"].id
        assert "Questioned" in read(client, f"/catalogue/{town['draft'].id}/similar")
        fresh = a_draft(town["agency"], title="水情", items=[{"name": "水位"}])
        address = f"/catalogue/{fresh.id}/similar/{other}"
        read(client, f"/catalogue/{fresh.id}/similar")
        read(client, address)
        data = {
            "entry_id": str(fresh.id),
            "other_id": str(other),
            "manner": "collected_again",
            "reason": "短",
        }
        assert client.post(address, data=data).status_code == 422
        assert client.post(address, data={**data, "manner": "by_sharing"}).status_code == 302
        assert db.session.query(Overlap).filter_by(entry_id=fresh.id).count() == 1

    def test_offer_similar_entries_while_one_writes(self, client, town):
        enter(client, town["agency"])
        assert "水情" in read(client, "/catalogue/similar?title=水情&items=水位")
        told = json.loads(client.get("/catalogue/similar?title=水情&items-0-name=水位&format=json").text)
        assert told["similar"][0]["title"] == "水情" and told["similar"][0]["collected_again"]

    def test_record_an_aggregation(self, client, town):
        enter(client, town["agency"])
        address = f"/catalogue/{town['entry'].id}/aggregate"
        read(client, address)
        data = {"entry_id": str(town["entry"].id), "manner": "physical", "rows": "12"}
        assert client.post(address, data=data).status_code == 409
        data["database_id"] = str(town["cases"][0].id)
        assert client.post(address, data=data).status_code == 302
        assert db.session.query(Aggregation).count() == 2

    def test_compare_sources_and_confirm(self, client, town):
        enter(client, town["agency"])
        first, second = town["entry"], town["second"]
        read(client, "/comparisons/new")

        def files(rows):
            return (io.BytesIO(f"站号,水位\n{rows}\n".encode()), "a.csv")

        data = {
            "item": "水位",
            "key": "站号",
            "first_entry_id": str(first.id),
            "second_entry_id": str(second.id),
        }
        sent = client.post(
            "/comparisons/new", data=data | {"first_file": files("1,2"), "second_file": files("1,3")}
        )
        assert sent.status_code == 302
        made = db.session.query(Comparison).order_by(Comparison.created_at.desc()).first()
        read(client, f"/comparisons/{made.id}")
        read(client, f"/comparisons/{made.id}/confirm")
        answer = client.post(
            f"/comparisons/{made.id}/confirm", data={"finding": "已核对", "right_id": str(first.id)}
        )
        assert answer.status_code == 302
        read(client, f"/comparisons/{made.id}")

    def test_confirm_entries_in_a_round(self, client, town):
        part = next(case for case in town["cases"] if getattr(case, "state", "") == "open")
        owner = town["agency"] if part.agency_id == town["agency"].organisation_id else town["other"]
        enter(client, owner)
        assert client.post(f"/adjustments/parts/{part.id}/confirm", data={}).status_code == 422
        assert (
            client.post(f"/adjustments/parts/{part.id}/confirm", data={"everything": "true"}).status_code
            == 302
        )
        assert part.state == "answered"

    def test_list_data_for_a_project_and_name_their_entry(self, client, town):
        enter(client, town["agency"])
        funded = town["cases"][1]
        read(client, f"/do/registry.holding.record?project_id={funded.id}")
        data = {
            "title": "泵站台账",
            "system": "水务平台",
            "items": "泵站、功率",
            "project_id": str(funded.id),
        }
        assert client.post("/do/registry.holding.record", data=data).status_code == 302
        made = db.session.query(Holding).filter_by(title="泵站台账").one()
        assert made.items == ["泵站", "功率"]
        client.get(f"/holdings/{made.id}")  # what was done is said once
        read(client, f"/holdings/{made.id}/catalogue")
        chosen = {"entry_id": str(town["entry"].id)}
        assert client.post(f"/holdings/{made.id}/catalogue", data=chosen).status_code == 302
        read(client, f"/projects/{funded.id}")

    def test_register_a_project_and_look_something_up(self, client, town):
        enter(client, town["agency"])
        for command in ("registry.project.draft", "registry.lookup.look_up"):
            read(client, f"/do/{command}")
        data = {"kind": "organisation", "asked": "1", "case_number": "2", "purpose": "补贴"}
        assert client.post("/do/registry.lookup.look_up", data=data).status_code == 302
        assert db.session.query(Lookup).count() == 2 and db.session.query(Project).count() == 1

    def test_draw_the_forms_of_the_authority(self, client, town):
        enter(client, town["authority"])
        for command in (
            "registry.database.establish", "registry.adjustment.open", "registry.lead_source.name",
            "registry.grading_rule.adopt", "registry.local_catalogue.compile",
        ):  # fmt: skip
            read(client, f"/do/{command}")


class TestLocalCatalogues:
    def test_go_up_and_come_back(self, client):
        county, city = an_authority("640302"), an_authority("640300")
        a_published_entry(an_agency(jurisdiction="640302"), city)
        found = a_local_catalogue(county, "640302")
        execute(local_catalogue.report, actor=county, subject_id=found.id)
        enter(client, city)
        assert "Litong" in read(client, "/catalogue/places")
        read(client, f"/local-catalogues/{found.id}")
        assert client.post(f"/do/registry.local_catalogue.approve/{found.id}").status_code == 302
        read(client, f"/local-catalogues/{found.id}")


class TestArchive:
    def test_gives_the_package_and_the_shell_checks_it(self, app, client, tmp_path):
        agency = an_agency()
        found = an_archive_package(a_published_entry(agency), agency)
        enter(client, agency)
        with client.get(f"/archive/{found.id}/file") as answer:
            assert answer.status_code == 200 and answer.data == store().get(found.storage_key)
        path = tmp_path / "case.zip"
        path.write_bytes(store().get(found.storage_key))
        told = app.test_cli_runner().invoke(args=["registry", "check-archive", str(path)])
        assert told.exit_code == 0 and "whole" in told.output
        path.write_bytes(b"nothing")
        assert app.test_cli_runner().invoke(args=["registry", "check-archive", str(path)]).exit_code == 1

    def test_records_the_hand_over(self, client):
        agency = an_agency()
        found = an_archive_package(a_published_entry(agency), agency)
        data = {"archive": "档案馆", "receipt": "8", "handed_over_on": clock.today().isoformat()}
        execute(archive_package.hand_over, actor=agency, subject_id=found.id, data=data)
        enter(client, agency)
        read(client, f"/archive/{found.id}")


class TestJson:
    @pytest.mark.parametrize("plural", [
        "databases", "local_catalogues", "adjustments", "adjustment_parts", "projects", "holdings", "lead_sources",
        "overlaps", "comparisons", "aggregations", "grading_rules", "archive_packages", "lookups",
    ])  # fmt: skip
    def test_lists_every_subject_to_those_who_may(self, client, plural):
        assert client.get(f"/api/v1/registry/{plural}").json["total"] == 0
