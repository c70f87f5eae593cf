"""OAI-PMH 2.0: every verb, every error, lists that go on, and withdrawals that stay told."""

import base64
import json
import re

import pytest
from defusedxml import ElementTree

from kernel import clock
from kernel.command import execute
from registry.commands import catalogue
from registry.feeds.oai import verbs
from tests.factories.registry import a_draft, a_published_entry, a_release, an_agency, an_authority

pytestmark = pytest.mark.usefixtures("app")
NS = {
    "o": "http://www.openarchives.org/OAI/2.0/", "dc": "http://purl.org/dc/elements/1.1/",
    "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/",
}  # fmt: skip


def ask(client, verb=None, **asked):
    answer = client.get("/oai", query_string=({"verb": verb} if verb else {}) | asked)
    assert answer.status_code == 200 and answer.mimetype == "text/xml"
    return ElementTree.fromstring(answer.data)


def code_of(document):
    return document.find("o:error", NS).get("code")


def names(document):
    return [row.text for row in document.iterfind(".//o:header/o:identifier", NS)]


def name_of(entry):
    return f"oai:localhost:{entry.id}"


@pytest.fixture
def shown():
    agency = an_agency()
    found = []
    for number, title in enumerate(("公园名录", "雨量站", "医院名录")):
        with clock.frozen(f"2026-03-0{number + 1}T08:00:00+00:00"):
            found.append(a_published_entry(agency, title=title, themes=["weather"] if number == 1 else ["health"]))
    return found


class TestIdentify:
    def test_says_what_the_repository_is(self, client, shown):
        document = ask(client, "Identify")
        told = {part.tag.partition("}")[2]: part.text for part in document.find("o:Identify", NS)}
        assert told["baseURL"] == "http://localhost/oai" and told["deletedRecord"] == "persistent"
        assert told["earliestDatestamp"] == "2026-03-01T08:00:00Z" and "@" in told["adminEmail"]
        assert document.find("o:request", NS).get("verb") == "Identify"

    def test_is_asked_by_post_as_well(self, client):
        document = ElementTree.fromstring(client.post("/oai", data={"verb": "Identify"}).data)
        assert document.find("o:Identify", NS) is not None


class TestListMetadataFormats:
    def test_names_both_formats(self, client, shown):
        found = ask(client, "ListMetadataFormats", identifier=name_of(shown[0]))
        assert [row.text for row in found.iterfind(".//o:metadataPrefix", NS)] == ["oai_dc", "dcat"]

    def test_has_none_for_a_record_that_is_gone(self, client, shown):
        execute(catalogue.withdraw, actor=an_authority(), subject_id=shown[0].id, data={"reasons": "重复。"})
        assert code_of(ask(client, "ListMetadataFormats", identifier=name_of(shown[0]))) == "noMetadataFormats"
        assert code_of(ask(client, "ListMetadataFormats", identifier="oai:localhost:x")) == "idDoesNotExist"


class TestListSets:
    def test_names_themes_places_and_agencies(self, client, shown):
        sets = {row.text for row in ask(client, "ListSets").iterfind(".//o:setSpec", NS)}
        assert {"theme-weather", "place-990100", f"agency-{shown[0].agency_id}"} <= sets

    @pytest.mark.parametrize("kind", ["theme-weather", "place-990100", "agency"])
    def test_narrow_a_list(self, client, shown, kind):
        kind = f"agency-{shown[0].agency_id}" if kind == "agency" else kind
        found = names(ask(client, "ListIdentifiers", metadataPrefix="oai_dc", set=kind))
        assert found == [name_of(shown[1])] if kind == "theme-weather" else len(found) == 3


class TestListRecords:
    def test_says_entries_in_dublin_core(self, client, shown):
        document = ask(client, "ListRecords", metadataPrefix="oai_dc")
        assert [row.text for row in document.iterfind(".//dc:title", NS)] == ["公园名录", "雨量站", "医院名录"]
        assert f"http://localhost/catalogue/{shown[0].id}" in [row.text for row in document.iterfind(".//dc:identifier", NS)]
        assert document.find(".//o:resumptionToken", NS) is None

    def test_says_entries_in_dcat(self, client, shown):
        file = a_release(entry=a_published_entry(agency := an_agency(), title="有文件"), agency=agency)
        document = ask(client, "ListRecords", metadataPrefix="dcat")
        about = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"
        kinds = [row.get(about) for row in document.iterfind(".//{http://www.w3.org/1999/02/22-rdf-syntax-ns#}type")]
        assert kinds.count("http://www.w3.org/ns/dcat#Dataset") == 4
        assert f"http://localhost/open-data/{file.id}/file" in [row.get(about) for row in document.iterfind(".//dcat:downloadURL", NS)]

    @pytest.mark.parametrize("verb", ["ListRecords", "ListIdentifiers"])
    def test_goes_on_until_everything_was_told(self, client, shown, monkeypatch, verb):
        monkeypatch.setattr(verbs, "SIZE", 2)
        first = ask(client, verb, metadataPrefix="oai_dc")
        token = first.find(".//o:resumptionToken", NS)
        assert (token.get("completeListSize"), token.get("cursor")) == ("3", "0")
        last = ask(client, verb, resumptionToken=token.text)
        assert names(first) + names(last) == [name_of(entry) for entry in shown]
        end = last.find(".//o:resumptionToken", NS)
        assert end.text is None and end.get("cursor") == "2"

    def test_goes_on_rightly_while_entries_change(self, client, shown, monkeypatch):
        monkeypatch.setattr(verbs, "SIZE", 2)
        token = ask(client, "ListIdentifiers", metadataPrefix="oai_dc").find(".//o:resumptionToken", NS).text
        execute(catalogue.withdraw, actor=an_authority(), subject_id=shown[0].id, data={"reasons": "重复。"})
        assert names(ask(client, "ListIdentifiers", resumptionToken=token)) == [name_of(shown[2]), name_of(shown[0])]

    @pytest.mark.parametrize(
        "asked, told",
        [
            ({"from": "2026-03-02"}, (1, 2)), ({"until": "2026-03-02"}, (0, 1)),
            ({"from": "2026-03-02T08:00:00Z", "until": "2026-03-02T08:00:00Z"}, (1,)), ({"from": "2026-03-02", "until": "2026-03-02"}, (1,)),
            ({"from": "2026-03-02T08:00:01Z"}, (2,)), ({"until": "2026-03-01T08:00:00Z"}, (0,)), ({"until": "9999-12-31"}, (0, 1, 2)),
        ],
    )  # fmt: skip
    def test_takes_what_changed_between_two_moments(self, client, shown, asked, told):
        found = names(ask(client, "ListIdentifiers", metadataPrefix="oai_dc", **asked))
        assert found == [name_of(shown[place]) for place in told]

    def test_tells_of_withdrawals_by_their_header_alone(self, client, shown):
        draft = a_draft(title="未发布")
        execute(catalogue.withdraw, actor=an_authority(), subject_id=shown[1].id, data={"reasons": "秘密的理由。"})
        answer = client.get("/oai?verb=ListRecords&metadataPrefix=oai_dc").text
        document = ElementTree.fromstring(answer)
        gone = [row for row in document.iterfind(".//o:record", NS) if row.find("o:header", NS).get("status") == "deleted"]
        assert [row.find("o:header/o:identifier", NS).text for row in gone] == [name_of(shown[1])]
        assert gone[0].find("o:metadata", NS) is None and "秘密" not in answer and str(draft.id) not in answer


class TestGetRecord:
    def test_says_one_entry(self, client, shown):
        document = ask(client, "GetRecord", identifier=name_of(shown[0]), metadataPrefix="oai_dc")
        assert document.find(".//dc:title", NS).text == "公园名录" and len(list(document.iterfind(".//o:record", NS))) == 1

    def test_keeps_hostile_words_inside(self, client):
        entry = a_published_entry(title='</dc:title><x a="1">&<![CDATA[ ]]>', abstract="控制\x0b\ufffe字符")
        for form in ("oai_dc", "dcat"):
            document = ask(client, "GetRecord", identifier=name_of(entry), metadataPrefix=form)
            assert document.find("o:GetRecord/o:record/o:metadata", NS) is not None


def forged(**changed):
    kept = {"prefix": "oai_dc", "of": "", "since": "", "until": "", "moment": "2026-03-01T08:00:00+00:00", "id": "0" * 32, "told": 0, "total": 9}
    return base64.urlsafe_b64encode(json.dumps(list({**kept, **changed}.values())).encode()).decode()


class TestErrors:
    @pytest.mark.parametrize(
        "query, code",
        [
            ("", "badVerb"), ("verb=Drop", "badVerb"), ("verb=Identify&verb=Identify", "badVerb"), ("verb=", "badVerb"),
            ("verb=Identify&x=1", "badArgument"), ("verb=ListRecords", "badArgument"), ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=dcat", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&from=x", "badArgument"), ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-13-01", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-03-02&until=2026-03-01", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-03-02&until=2026-03-03T00:00:00Z", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&set=%00", "badArgument"), ("verb=ListRecords&metadataPrefix=oai_dc&set=theme-weather-x", "noRecordsMatch"),
            ("verb=ListRecords&metadataPrefix=oai_dc&set=agency-nobody", "noRecordsMatch"), ("verb=ListRecords&metadataPrefix=oai_dc&set=place-1", "noRecordsMatch"),
            ("verb=ListRecords&metadataPrefix=oai_dc&from=2030-01-01", "noRecordsMatch"), ("verb=ListRecords&metadataPrefix=oai_dc&until=0001-01-01", "noRecordsMatch"),
            ("verb=ListRecords&metadataPrefix=marc", "cannotDisseminateFormat"), ("verb=GetRecord&metadataPrefix=marc&identifier=x", "cannotDisseminateFormat"),
            ("verb=GetRecord&metadataPrefix=oai_dc&identifier=x", "idDoesNotExist"), ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:localhost:00000000-0000-7000-8000-000000000000", "idDoesNotExist"),
            ("verb=ListRecords&resumptionToken=x", "badResumptionToken"), ("verb=ListRecords&resumptionToken=%E9%95%BF", "badResumptionToken"),
            ("verb=ListRecords&resumptionToken=" + "W" * 5000, "badResumptionToken"), ("verb=ListSets&resumptionToken=x", "badResumptionToken"),
            ("verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x", "badArgument"),
        ],
    )  # fmt: skip
    def test_are_told_by_their_code(self, client, shown, query, code):
        answer = client.get(f"/oai?{query}")
        document = ElementTree.fromstring(answer.data)
        assert answer.status_code == 200 and code_of(document) == code
        attributes = document.find("o:request", NS).attrib
        assert not attributes if code in ("badVerb", "badArgument") else attributes["verb"]

    @pytest.mark.parametrize(
        "changed",
        [{"prefix": "marc"}, {"of": "x"}, {"since": 5}, {"moment": "2026-03-01"}, {"moment": 1}, {"id": "x"}, {"told": "x"}, {"until": "9999-99-31"}, {"extra": 1}],
    )
    def test_of_forged_tokens(self, client, shown, changed):
        assert code_of(ask(client, "ListRecords", resumptionToken=forged(**changed))) == "badResumptionToken"

    def test_never_repeat_what_is_no_name(self, client):
        text = client.get('/oai?verb=ListRecords&metadataPrefix=marc&%22%3E%3Cx=1').text
        assert re.search(r"badArgument", text) and "<x" not in text
