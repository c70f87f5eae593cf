"""The pages of resources, registrations, objections and releases: each shows what it should, to whom it should."""

import io

import pytest

from kernel.db import db
from kernel.pages import DESK
from registry import queries
from registry.models import (
    DataResource,
    Objection,
    Registration,
    Release,
)
from tests.factories.accounts import an_actor
from tests.factories.registry import (
    RESOURCE,
    a_prepared_release,
    a_published_entry,
    a_registered_resource,
    a_registrar,
    a_registration,
    a_release,
    a_resource,
    a_submitted_entry,
    an_agency,
    handed_in,
    in_notice,
)
from tests.registry.views_steps import enter, paper, read

pytestmark = pytest.mark.usefixtures("app")


class TestReleases:
    def test_lead_from_the_entry_to_the_open_file(self, client):
        agency = an_agency()
        entry = a_published_entry(agency)
        enter(client, agency)
        read(client, f"/catalogue/{entry.id}/release")
        data = {
            "entry_id": str(entry.id),
            "title": "雨量",
            "edition": "2026-10-31",
            "treatment": "已脱敏。",
            "file": (io.BytesIO("站点,雨量\n东站,1\n".encode()), "rain.csv"),
        }
        assert client.post(f"/catalogue/{entry.id}/release", data=data).status_code == 302
        found = db.session.query(Release).one()
        read(client, f"/releases/{found.id}")
        read(client, "/releases")
        assert client.get(f"/releases/{found.id}/file").data.startswith("站点".encode())

    def test_hide_a_file_that_is_not_released(self, client):
        found = a_prepared_release()
        read(client, f"/releases/{found.id}", 404)
        assert client.get(f"/releases/{found.id}/file").status_code == 404
        read(client, "/releases", 302)

    def test_give_a_released_file_to_everybody(self, client):
        found = a_release()
        read(client, f"/releases/{found.id}")
        answer = client.get(f"/releases/{found.id}/file")
        assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]


class TestResources:
    def test_show_the_register_to_everybody(self, client):
        found = a_registered_resource()
        assert RESOURCE["title"] in read(client, "/resources").text
        text = read(client, f"/resources/{found.id}").text
        assert found.code in text and RESOURCE["storage_location"] not in text
        assert found.code in client.get("/resources?format=csv").data.decode("utf-8-sig")

    def test_hide_what_is_not_registered(self, client):
        found = a_resource()
        assert RESOURCE["title"] not in read(client, "/resources").text
        read(client, f"/resources/{found.id}", 404)

    def test_have_a_form(self, client):
        agency = an_agency()
        entry = a_published_entry(agency)
        enter(client, agency)
        read(client, "/resources/new")
        answer = client.post("/resources/new", data={**RESOURCE, "entry_ids": str(entry.id)})
        assert answer.status_code == 302
        found = db.session.query(DataResource).one()
        read(client, f"/resources/{found.id}")
        assert str(entry.id) in str(read(client, f"/resources/{found.id}/edit").select("input[checked]"))
        read(client, "/resources/own")
        assert client.post("/resources/new", data={"title": "x"}).status_code == 422


class TestRegistrations:
    def test_lead_the_registrant_to_the_preview(self, client):
        agency = an_agency()
        a_registrar()
        resource = a_resource(agency)
        enter(client, agency)
        read(client, f"/registrations/new?kind=first&resource_id={resource.id}")
        data = {
            "kind": "first",
            "object_type": "resource",
            "resource_id": str(resource.id),
            "risk_assessment": "无。",
        }
        answer = client.post("/registrations/new", data=data | {"commitment_letter": paper()})
        assert answer.status_code == 302
        found = db.session.query(Registration).one()
        read(client, f"/registrations/{found.id}")
        read(client, f"/registrations/{found.id}/edit")
        assert RESOURCE["abstract"] in read(client, f"/registrations/{found.id}/submit").text
        assert (
            client.post(f"/registrations/{found.id}/submit", data={"commitment": "true"}).status_code == 422
        )
        both = {"commitment": "true", "public_preview_confirmed": "true"}
        assert client.post(f"/registrations/{found.id}/submit", data=both).status_code == 302
        assert client.get(f"/registrations/{found.id}/files/commitment_letter").data.startswith(b"%PDF")

    def test_tell_a_refusal_in_the_form(self, client):
        agency = an_agency()
        found = a_registration(agency)
        both = {"commitment": "true", "public_preview_confirmed": "true"}
        answer = enter(client, agency).post(f"/registrations/{found.id}/submit", data=both)
        assert answer.status_code == 409

    def test_show_a_notice_to_everybody_without_its_papers(self, client):
        agency, registrar = an_agency(), a_registrar()
        found = in_notice(handed_in(a_registration(agency), agency), registrar)
        text = read(client, f"/registrations/{found.id}").text
        assert RESOURCE["title"] in text and "paper.pdf" not in text and "不含个人信息。" not in text
        assert client.get(f"/registrations/{found.id}/files/commitment_letter").status_code == 404
        read(client, "/registrations?state=public_notice")
        assert RESOURCE["title"] in client.get("/registrations?format=csv").data.decode("utf-8-sig")
        assert "paper.pdf" in read(enter(client, registrar), f"/registrations/{found.id}").text

    def test_show_the_one_in_force_with_its_document(self, client):
        found = a_registered_resource()
        first = queries.registration_in_force(resource_id=found.id)
        assert first.number in read(client, f"/registrations/{first.id}").text


class TestObjections:
    def test_are_lodged_without_an_account_and_followed_by_receipt(self, client):
        agency, registrar = an_agency(), a_registrar()
        found = in_notice(handed_in(a_registration(agency), agency), registrar)
        read(client, f"/registrations/{found.id}/object")
        data = {
            "registration_id": str(found.id),
            "name": "李某某",
            "contact": "0000-1234567",
            "grounds": "未经我单位同意提供的数据。",
            "evidence": paper(),
        }
        answer = client.post(f"/registrations/{found.id}/object", data=data)
        raised = db.session.query(Objection).one()
        assert answer.headers["Location"].endswith(raised.receipt)
        text = read(client, f"/objections/{raised.receipt}").text
        assert raised.receipt in text and "李某某" not in text
        assert client.get(f"/objections/{raised.receipt}/evidence").status_code == 404
        read(client, "/objections", 302)
        enter(client, registrar)
        assert "李某某" in read(client, f"/objections/{raised.receipt}").text
        assert client.get(f"/objections/{raised.receipt}/evidence").status_code == 200
        read(client, "/objections")
        read(client, "/objections/YY-000", 404)


class TestDesk:
    @pytest.mark.parametrize("role", ["agency", "authority", "registrar", "operator", "buyer"])
    def test_has_sections_for_each_role(self, role):
        a_submitted_entry()
        actor = an_actor(role)
        sections = [
            found
            for _, section in DESK
            if section.__module__.startswith("registry") and (found := section(actor))
        ]
        assert bool(sections) == (role != "buyer")
