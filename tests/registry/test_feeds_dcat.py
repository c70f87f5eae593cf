"""The catalogue as DCAT-AP: what it says, in which forms, and that it conforms to the profile's own shapes."""

import pytest
from pyshacl import validate
from rdflib import RDF, Graph, URIRef

from kernel.command import execute
from kernel.db import db
from registry.commands import catalogue
from registry.feeds.linked_data import DCAT, DCT, HYDRA
from registry.queries import public
from tests.factories.registry import a_draft, a_published_entry, a_release, an_agency, an_authority

# The reader of JSON-LD below us still uses its own old name of a set of graphs.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
FORMS = [("ttl", "turtle", "text/turtle"), ("jsonld", "json-ld", "application/ld+json"), ("rdf", "xml", "application/rdf+xml")]


def graph_at(client, path, form="turtle"):
    answer = client.get(path)
    assert answer.status_code == 200, answer.text[:500]
    return Graph().parse(data=answer.data, format=form)


def shapes(folder, *names):
    found = Graph()
    for name in names:
        found.parse(folder / "dcat_ap" / f"dcat-ap-3.0.1-{name}.ttl", format="turtle")
    return found


class TestCatalogue:
    @pytest.mark.parametrize("kind, form, media", FORMS)
    def test_says_the_same_in_every_form(self, client, kind, form, media):
        entry = a_published_entry()
        answer = client.get(f"/catalogue.{kind}")
        assert answer.mimetype == media
        graph = Graph().parse(data=answer.data, format=form)
        dataset = URIRef(f"http://localhost/catalogue/{entry.id}")
        assert (dataset, RDF.type, DCAT.Dataset) in graph
        assert str(graph.value(dataset, DCT.title)) == entry.title
        assert str(graph.value(dataset, DCT.accrualPeriodicity)).endswith("frequency/DAILY")
        assert str(graph.value(dataset, DCT.accessRights)).endswith("access-right/PUBLIC")

    def test_leaves_out_what_is_not_published(self, client):
        agency = an_agency()
        shown = a_published_entry(agency)
        a_draft(agency, title="未发布的目录")
        gone = a_published_entry(agency, title="已撤下的目录")
        execute(catalogue.withdraw, actor=an_authority(), subject_id=gone.id, data={"reasons": "重复。"})
        found = set(graph_at(client, "/catalogue.ttl").subjects(RDF.type, DCAT.Dataset))
        assert found == {URIRef(f"http://localhost/catalogue/{shown.id}")}
        assert client.get(f"/catalogue/{gone.id}.ttl").status_code == 404

    def test_goes_on_by_its_links_until_everything_was_told(self, client):
        agency = an_agency()
        entries = {str(a_published_entry(agency, title=f"目录 {number}").id) for number in range(5)}
        told, path = set(), "/catalogue.ttl?size=2"
        while path:
            graph = graph_at(client, path)
            told |= {str(name).rsplit("/", 1)[1] for name in graph.subjects(RDF.type, DCAT.Dataset)}
            view = next(graph.subjects(RDF.type, HYDRA.PartialCollectionView))
            following = graph.value(view, HYDRA.next)
            assert str(graph.value(URIRef("http://localhost/catalogue"), HYDRA.totalItems)) == "5"
            path = str(following).removeprefix("http://localhost") if following else None
        assert told == entries

    def test_names_the_open_file_with_size_and_checksum(self, client):
        agency = an_agency()
        entry = a_published_entry(agency)
        file = a_release(agency, entry)
        graph = graph_at(client, f"/catalogue/{entry.id}.ttl")
        (name,) = graph.subjects(RDF.type, DCAT.Distribution)
        assert str(graph.value(name, DCAT.downloadURL)) == f"http://localhost/open-data/{file.id}/file"
        assert int(graph.value(name, DCAT.byteSize)) == file.size
        assert client.get(f"/open-data/{file.id}").status_code == 200

    def test_never_tells_the_name_of_a_contact(self, client):
        a_published_entry(contact_name="不公开的人", contact_phone="0000-1234567", contact_email="a@example.org")
        text = client.get("/catalogue.ttl").text
        assert "不公开的人" not in text and "tel:00001234567" in text and "mailto:a@example.org" in text

    def test_survives_hostile_words(self, client):
        hostile = '"""<script>\\ \u2028 ]]> {x} \U0001f4a5'
        a_published_entry(title=f"雨量 {hostile}", keywords=[hostile[:40]], source_url="http://a.example.org/?q=%3Cx%3E&y=1")
        for kind, form, _ in FORMS:
            graph = graph_at(client, f"/catalogue.{kind}", form)
            assert any("<script>" in str(title) for title in graph.objects(None, DCT.title)), kind

    @pytest.mark.parametrize("query", ["size=x", "size=501", "after=1", "size=-1", "after=%00"])
    def test_refuses_what_it_does_not_understand(self, client, query):
        assert client.get(f"/catalogue.ttl?{query}").status_code == 422

    def test_is_not_sent_again_while_nothing_changed(self, client):
        a_published_entry()
        first = client.get("/catalogue.ttl")
        again = client.get("/catalogue.ttl", headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304 and first.headers["Cache-Control"].startswith("public")

    def test_asks_the_database_a_fixed_number_of_times(self, client, count_queries):
        agency = an_agency()
        for number in range(4):
            a_published_entry(agency, title=f"目录 {number}")
        with count_queries() as few:
            client.get("/catalogue.ttl?size=2")
        with count_queries() as many:
            client.get("/catalogue.ttl?size=4")
        assert few.number == many.number


class TestNegotiation:
    @pytest.mark.parametrize("kind, form, media", FORMS)
    def test_leads_to_the_form_that_is_asked_for(self, client, kind, form, media):
        entry = a_published_entry()
        for path in ("/catalogue", f"/catalogue/{entry.id}"):
            answer = client.get(path, headers={"Accept": media})
            assert (answer.status_code, answer.headers["Location"]) == (303, f"{path}.{kind}")

    @pytest.mark.parametrize("accept", ["text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "*/*", ""])
    def test_leaves_browsers_alone(self, client, accept):
        answer = client.get("/catalogue", headers={"Accept": accept})
        assert answer.status_code == 200 and answer.mimetype == "text/html" and "Accept" in answer.headers["Vary"]


class TestVocabulary:
    def test_leads_from_our_terms_to_those_of_the_standard_lists(self, client):
        text = client.get("/vocabulary.ttl").text
        assert "authority/data-theme/ENVI" in text and "生态环境" in text


class TestShapes:
    @pytest.fixture
    def everything(self, client):
        agency = an_agency()
        full = {
            "resource_code": "307001/000001", "database_level": "department", "industries": ["M"], "related_code": "307001/000002",
            "contact_name": "某", "contact_phone": "0000-1234567 / 12345678", "contact_email": "a@example.org", "formats": ["csv", "ofd", "mysql"],
            "source_url": "http://a.example.org/data?x=1", "updated_on": "2026-10-01", "use_conditions": "注明来源。",
            "themes": ["weather", "industry_agriculture"], "update_frequency": "by_minute",
        }  # fmt: skip
        a_published_entry(agency, **full)
        a_release(agency, a_published_entry(agency, title="有文件的目录"))
        a_published_entry(agency, title="简短的目录", abstract=None, keywords=None)
        terms = {"opening_attribute": "conditional", "opening_conditions": "登录开放", "use_conditions": "注明来源。"}
        a_published_entry(agency, title="附条件开放的目录", **terms)
        return graph_at(client, "/catalogue.ttl")

    def test_of_the_profile_and_its_ranges_are_met(self, everything, real_data):
        conforms, _, report = validate(everything, shacl_graph=shapes(real_data, "shapes", "range"))
        assert conforms, report

    def test_are_met_without_any_entry(self, client, real_data):
        wanted = shapes(real_data, "shapes", "range")
        conforms, _, report = validate(graph_at(client, "/catalogue.ttl"), shacl_graph=wanted)
        assert conforms, report

    def test_of_its_vocabularies_are_met(self, everything, real_data):
        wanted = shapes(real_data, "mdr-vocabularies.shape", "deprecateduris")
        conforms, _, report = validate(everything, shacl_graph=wanted, allow_warnings=True)
        assert conforms, report

    def test_are_met_by_every_page_of_a_single_entry(self, everything, client, real_data):
        wanted = shapes(real_data, "shapes", "range")
        for row_id in public.published_ids():
            conforms, _, report = validate(graph_at(client, f"/catalogue/{row_id}.ttl"), shacl_graph=wanted)
            assert conforms, report
        assert db.session.query(catalogue.CatalogueEntry).count() == 4
