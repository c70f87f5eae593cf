"""The forms a harvest reads, and its pages."""

import pytest
from flask import Flask

from kernel.command import execute
from kernel.db import db
from registry.commands import harvest
from registry.models import CatalogueEntry
from tests.factories.accounts import an_actor
from tests.factories.registry import a_published_entry, an_agency, an_authority
from tests.registry.harvest_steps import (
    Portal,
    approved,
    entries,
    latest,
    proposed,
    read,
    record,
    rehearsed,
    shows,
    worked_off,
)

pytestmark = pytest.mark.usefixtures("app")


TURTLE = """
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
<http://a.example.org/d/1> a dcat:Dataset ; dct:title "Rain"@en, "雨量"@zh ; dct:description "每日雨量" ; dcat:keyword "气象" ;
  dct:publisher [ a foaf:Agent ; foaf:name "外地气象局" ] ; dct:issued "2026-01-02" ;
  dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/DAILY> ;
  dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ;
  dcat:distribution [ a dcat:Distribution ; dct:format <http://publications.europa.eu/resource/authority/file-type/CSV> ] .
"""


JSONLD = '{"@context":{"dcat":"http://www.w3.org/ns/dcat#","dct":"http://purl.org/dc/terms/"},"@id":"http://a.example.org/d/1","@type":"dcat:Dataset","dct:title":{"@value":"雨量","@language":"zh"}}'


RDFXML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/"><dcat:Dataset rdf:about="http://a.example.org/d/1"><dct:title xml:lang="zh">雨量</dct:title></dcat:Dataset></rdf:RDF>'


class TestDcat:
    @pytest.mark.parametrize("kind, text", [("text/turtle", TURTLE), ("application/ld+json", JSONLD), ("application/rdf+xml", RDFXML), ("application/octet-stream", RDFXML)])
    def test_is_read_in_every_form(self, portal, kind, text):
        Portal.stands["/catalogue"] = (200, kind, text.encode())
        run = read(approved(f"{portal}/catalogue", kind="dcat"))
        assert run.counts["new"] == 1 and entries()["雨量"].source_url == "http://a.example.org/d/1"

    def test_is_read_into_our_codes(self, portal):
        Portal.stands["/catalogue"] = (200, "text/turtle", TURTLE.encode())
        read(approved(f"{portal}/catalogue", kind="dcat"))
        entry = entries()["雨量"]
        assert (entry.update_frequency, entry.opening_attribute, entry.formats, entry.provider) == ("daily", "open", ["csv"], "外地气象局")

    def test_of_our_own_comes_back_as_it_went(self, portal, client):
        theirs = a_published_entry(an_agency(), title="原来的目录")
        Portal.stands["/catalogue.ttl"] = (200, "text/turtle", client.get("/catalogue.ttl").data)
        read(approved(f"{portal}/catalogue.ttl", kind="dcat", agency_id=str(an_agency().organisation_id)))
        ours = db.session.query(CatalogueEntry).filter(CatalogueEntry.id != theirs.id).one()
        for name in ("title", "abstract", "themes", "formats", "update_frequency", "opening_attribute"):
            assert getattr(ours, name) == getattr(theirs, name), name

    @pytest.mark.parametrize(
        "kind, text",
        [
            ("application/rdf+xml", '<!DOCTYPE r [<!ENTITY a "x">]><r>&a;</r>'), ("application/rdf+xml", "<r"), ("text/turtle", "@prefix"),
            ("application/rdf+xml", '<!DOCTYPE r SYSTEM "http://127.0.0.1/x"><r/>'), ("text/turtle", "[" * 9000), ("application/ld+json", "[" * 9000),
            ("application/ld+json", '{"@context":"http://169.254.169.254/c"}'), ("application/ld+json", '[{"a":{"@context":["http://10.0.0.1/"]}}]'),
            ("application/ld+json", '{"@context":{"@import":"http://10.0.0.1/"}}'), ("application/ld+json", "nothing"),
        ],
    )  # fmt: skip
    def test_that_is_hostile_is_refused(self, portal, kind, text):
        Portal.stands["/catalogue"] = (200, kind, text.encode())
        run = rehearsed(proposed(portal=f"{portal}/catalogue", kind="dcat"))
        assert run.state == "failed" and len(Portal.asked) == 1


class TestFile:
    @pytest.mark.parametrize("path, kind, text", [("/data.csv", "text/plain", "资源名称,提供单位\n雨量,外地气象局\n"), ("/export", "application/json", '[{"资源名称":"雨量","提供单位":"外地气象局"}]')])
    def test_is_read_like_one_that_was_handed_in(self, portal, path, kind, text):
        Portal.stands[path] = (200, kind, text.encode())
        source = approved(portal + path, kind="file")
        assert read(source).counts["new"] == 1 and entries()["雨量"].provider == "外地气象局"
        assert read(source).counts["same"] == 1

    def test_notes_rows_that_vanished(self, portal):
        Portal.stands["/data.csv"] = (200, "text/csv", "资源名称,提供单位\n雨量,气象局\n风速,气象局\n".encode())
        source = approved(portal + "/data.csv", kind="file")
        read(source)
        Portal.stands["/data.csv"] = (200, "text/csv", "资源名称,提供单位\n雨量,气象局\n".encode())
        assert read(source).counts["vanished"] == 1


class TestPages:
    @pytest.fixture
    def signed_in(self, app: Flask, monkeypatch):
        import accounts.views as accounts

        def as_(actor):
            monkeypatch.setattr(accounts, "load_actor", lambda: actor)
            monkeypatch.setattr(accounts, "load_api_actor", lambda: actor)
            return app.test_client()

        return as_

    def test_show_sources_and_readings(self, portal, signed_in):
        shows(record("a", "雨量"), record("b", "风速"))
        authority = an_authority()
        source = proposed(authority, portal, credential="key", secret="the-secret-word")
        rehearsed(source)
        client = signed_in(authority)
        for path in ("/harvest", "/harvest?state=proposed", "/harvest?format=csv", f"/harvest/{source.id}", f"/harvest/runs/{latest(source).id}", f"/harvest/runs/{latest(source).id}?format=csv", "/do/registry.harvest_source.propose", f"/do/registry.harvest_source.amend/{source.id}", "/api/v1/registry/harvest_sources", f"/api/v1/registry/harvest_runs/{latest(source).id}"):
            answer = client.get(path)
            assert answer.status_code == 200 and "the-secret-word" not in answer.text and str(source.secret) not in answer.text, path

    def test_are_shown_while_it_works_and_when_it_failed(self, portal, signed_in):
        authority = an_authority()
        source = proposed(authority, portal)
        client = signed_in(authority)
        execute(harvest.rehearse, actor=authority, subject_id=source.id)
        assert 'http-equiv="refresh"' in client.get(f"/harvest/runs/{latest(source).id}").text
        worked_off()
        assert client.get(f"/harvest/runs/{latest(source).id}").status_code == 200

    def test_are_not_for_strangers(self, portal, signed_in):
        source = proposed(an_agency(), portal)
        for actor in (an_agency(), an_actor("buyer")):
            client = signed_in(actor)
            assert client.get(f"/harvest/{source.id}").status_code == 404
            assert client.get("/harvest").status_code == 200
