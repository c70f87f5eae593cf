"""The period that data cover, told to other catalogues and read from them."""

import json
from dataclasses import dataclass

import pytest
from pyshacl import validate
from rdflib import RDF, XSD, Literal, URIRef

from kernel.db import db
from registry.feeds.linked_data import DCAT, DCT
from registry.gateway.harvest import ckan, dcat
from registry.models import CatalogueEntry
from tests.factories.registry import a_published_entry, an_agency, an_authority
from tests.registry.harvest_steps import Portal, approved, read
from tests.registry.test_feeds_dcat import graph_at, shapes
from tests.registry.test_feeds_pages import markup

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")]
PAGE = """
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<http://a.example.org/d/1> a dcat:Dataset ; dct:title "雨量"@zh ; {temporal} .
"""
SPAN = 'dct:temporal [ a dct:PeriodOfTime ; dcat:startDate "{}"^^xsd:{} {}]'


@dataclass(frozen=True)
class Told:
    """A period as an entry keeps it, with the types of its ends in XML Schema, and as an interval of ISO 8601."""

    first: str | None
    last: str | None
    types: tuple[URIRef | None, URIRef | None]
    interval: str


CASES = [
    Told("2015", "2020-03", (XSD.gYear, XSD.gYearMonth), "2015/2020-03"),
    Told("2015-01-31", None, (XSD.date, None), "2015-01-31/.."),
    Told(None, "2020", (None, XSD.gYear), "../2020"),
]


class TestFeeds:
    @pytest.mark.parametrize("case", CASES)
    def test_tell_it_in_each_form(self, client, case):
        entry = a_published_entry(covers_from=case.first, covers_until=case.last)
        graph = graph_at(client, f"/catalogue/{entry.id}.ttl")
        (span,) = graph.objects(URIRef(f"http://localhost/catalogue/{entry.id}"), DCT.temporal)
        assert (span, RDF.type, DCT.PeriodOfTime) in graph
        for prop, value, kind in zip((DCAT.startDate, DCAT.endDate), (case.first, case.last), case.types, strict=True):
            assert list(graph.objects(span, prop)) == ([Literal(value, datatype=kind)] if value else [])
        assert markup(client.get(f"/catalogue/{entry.id}"))["temporalCoverage"] == case.interval
        records = client.get("/oai?verb=ListRecords&metadataPrefix=oai_dc").text
        assert f"coverage>{case.interval}</" in records
        package = client.get(f"/api/3/action/package_show?id={entry.id}").json["result"]
        extras = {part["key"]: part["value"] for part in package["extras"]}
        assert (extras.get("covers_from"), extras.get("covers_until")) == (case.first, case.last)

    def test_conform_to_the_shapes(self, client, real_data):
        agency, authority = an_agency(), an_authority()
        for number, case in enumerate(CASES):
            a_published_entry(agency, authority, title=f"雨量{number}", covers_from=case.first, covers_until=case.last)
        wanted = shapes(real_data, "shapes", "range")
        conforms, _, report = validate(graph_at(client, "/catalogue.ttl"), shacl_graph=wanted)
        assert conforms, report

    def test_say_nothing_where_none_is_told(self, client):
        entry = a_published_entry()
        assert "temporal" not in client.get(f"/catalogue/{entry.id}.ttl").text
        assert "temporalCoverage" not in markup(client.get(f"/catalogue/{entry.id}"))


class TestHarvest:
    @pytest.mark.parametrize("case", CASES)
    def test_reads_what_our_own_catalogue_tells(self, portal, client, case):
        theirs = a_published_entry(an_agency(), covers_from=case.first, covers_until=case.last)
        Portal.stands["/catalogue.ttl"] = (200, "text/turtle", client.get("/catalogue.ttl").data)
        read(approved(f"{portal}/catalogue.ttl", kind="dcat", agency_id=str(an_agency().organisation_id)))
        ours = db.session.query(CatalogueEntry).filter(CatalogueEntry.id != theirs.id).one()
        assert (ours.covers_from, ours.covers_until) == (case.first, case.last)

    @pytest.mark.parametrize(
        "spans, first, last",
        [
            ([SPAN.format("2015-01-01", "date", '; dcat:endDate "2016-01-01"^^xsd:date')], "2015-01-01", "2016-01-01"),
            ([SPAN.format(year, "gYear", f'; dcat:endDate "{year}"^^xsd:gYear') for year in (2018, 2015)], "2015", "2018"),
            ([SPAN.format("2015", "gYear", ""), SPAN.format("2010", "gYear", '; dcat:endDate "2012"^^xsd:gYear')], "2010", None),
            (["dct:temporal [ a dct:PeriodOfTime ]"], None, None),
        ],
    )
    def test_joins_several_stretches_of_time(self, spans, first, last):
        page = PAGE.replace("{temporal}", " ; ".join(spans)).encode()
        (row,) = dcat.read_page(page, "text/turtle", "http://a.example.org/").rows
        assert (row.get("covers_from"), row.get("covers_until")) == (first, last)

    def test_reads_the_names_that_other_portals_give_it(self):
        extras = [{"key": "temporal_start", "value": "2015-01-01"}, {"key": "temporal_end", "value": "2020-12-31"}]
        answer = {"result": {"count": 1, "results": [{"id": "a", "title": "雨量", "extras": extras}]}}
        (row,) = ckan.read_page(json.dumps(answer).encode(), "", "http://a.example.org/api/3/action/package_search").rows
        assert (row["covers_from"], row["covers_until"]) == ("2015-01-01", "2020-12-31")
