"""Foreign catalogues: proposed, rehearsed, approved, read again and again; what came, what changed, what vanished."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from flask import Flask

from kernel import audit, clock, outbox
from kernel.actor import SYSTEM
from kernel.command import available, execute
from kernel.db import db
from kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound, WrongState
from kernel.fetching import loopback_in_tests
from kernel.outbox import OutboxMessage, deliver_due
from kernel.sealing import CannotOpen, opened, sealed
from registry.commands import catalogue, harvest, harvest_run
from registry.feeds import harvesting
from registry.models import CatalogueEntry, CatalogueImport
from registry.models.harvest import HarvestedRecord, HarvestRun, HarvestSource
from registry.queries import harvest as known
from tests.factories.accounts import an_actor
from tests.factories.registry import ENTRY, a_published_entry, an_agency, an_authority, assessed, colleague

pytestmark = pytest.mark.usefixtures("app")


class Portal(BaseHTTPRequestHandler):
    """A foreign portal: what stands at a path is set by the test; what it was asked is kept."""

    stands: dict[str, tuple[int, str, bytes]] = {}
    asked: list[tuple[str, str]] = []

    def do_GET(self):  # noqa: N802
        self.asked.append((self.path, self.headers.get("Authorization", "")))
        status, kind, content = self.stands.get(self.path) or self.stands.get(self.path.partition("?")[0]) or (404, "text/plain", b"")
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """Nothing on the screen."""


@pytest.fixture
def portal():
    Portal.stands, Portal.asked = {}, []
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    with loopback_in_tests():
        yield f"http://127.0.0.1:{httpd.server_address[1]}"
    httpd.shutdown()
    thread.join()
    httpd.server_close()


def record(name, title, **facts):
    return {"id": name, "name": name, "title": title, "notes": f"{title}的说明", "organization": {"title": "外地气象局"}, "extras": [], "tags": [{"name": "气象"}], "resources": [{"format": "CSV"}], **facts}


def shows(*records, path="/api/3/action/package_search"):
    body = json.dumps({"success": True, "result": {"count": len(records), "results": list(records)}})
    Portal.stands[path] = (200, "application/json", body.encode())


def proposed(actor=None, portal="http://portal.example.org", **facts):
    data = {"title": "外地目录", "kind": "ckan", "address": portal, "jurisdiction": "990100", "grace_days": 3}
    return execute(harvest.propose, actor=actor or an_authority(), data=data | facts)


def worked_off():
    while deliver_due():
        pass
    assert not [row for row in db.session.query(OutboxMessage).filter_by(state="waiting") if row.due_at <= clock.now()]


def rehearsed(source, actor=SYSTEM):
    execute(harvest.rehearse, actor=actor if actor is not SYSTEM else an_authority(), subject_id=source.id)
    worked_off()
    return latest(source)


def read(source):
    execute(harvest.read, actor=SYSTEM, subject_id=source.id)
    worked_off()
    return latest(source)


def latest(source):
    db.session.expire_all()
    return db.session.query(HarvestRun).filter_by(source_id=source.id).order_by(HarvestRun.created_at.desc(), HarvestRun.id.desc()).first()


def approved(portal, **facts):
    source = proposed(portal=portal, **facts)
    rehearsed(source)
    return execute(harvest.approve, actor=an_authority(), subject_id=source.id)


def entries():
    db.session.expire_all()
    return {row.title: row for row in db.session.query(CatalogueEntry)}


class TestPropose:
    def test_begins_unapproved_and_reads_nothing(self, portal):
        source = proposed(portal=portal, rhythm="daily")
        assert (source.state, source.next_at) == ("proposed", None) and Portal.asked == []

    def test_is_for_ones_own_agency(self):
        agency = an_agency()
        assert proposed(agency).agency_id == agency.organisation_id

    @pytest.mark.parametrize("role", ["buyer", "registrar", "operator"])
    def test_is_not_for_others(self, role):
        with pytest.raises(NotAllowed):
            proposed(an_actor(role))

    @pytest.mark.parametrize("facts", [{"address": "ftp://a.example.org/x"}, {"address": "http://u:p@a.example.org/"}, {"kind": "csw"}, {"grace_days": -1}, {"credential": "bearer"}, {"credential": "bearer", "secret": "密"}, {"credential": "bearer", "secret": "a\nb"}])
    def test_refuses_bad_input(self, facts):
        with pytest.raises(InvalidInput):
            proposed(**facts)


class TestSecrets:
    def test_are_encrypted_and_never_told(self, portal, client):
        word = "a-very-secret-word"
        authority = an_authority()
        source = proposed(authority, portal, credential="bearer", secret=word)
        row = db.session.query(HarvestSource.secret).filter_by(id=source.id).scalar()
        assert word not in row and opened(row) == word
        events = db.session.query(audit.AuditEvent).filter_by(subject_id=source.id).all()
        assert events and all(word.encode() not in event.body for event in events)
        shows(record("a", "雨量"))
        rehearsed(source)
        assert Portal.asked[-1][1] == f"Bearer {word}"
        assert all(word not in json.dumps(row.payload) for row in db.session.query(OutboxMessage))

    def test_go_as_the_source_wants_them(self):
        for kind, secret, header in (("basic", "me:word", "Basic bWU6d29yZA=="), ("key", "abc", "abc"), ("none", "abc", None)):
            source = proposed(credential=kind, secret=secret)
            assert harvesting.credentials(source).get("Authorization") == header

    def test_are_entered_again_for_another_machine(self):
        source = proposed(credential="key", secret="abc")
        data = {"title": "外地目录", "kind": "ckan", "address": "http://portal.example.org/other", "credential": "key"}
        execute(harvest.amend, actor=an_authority(), subject_id=source.id, data=data)
        assert opened(source.secret) == "abc"
        with pytest.raises(InvalidInput):
            execute(harvest.amend, actor=an_authority(), subject_id=source.id, data=data | {"address": "http://thief.example.org"})

    def test_can_not_be_opened_with_another_key(self):
        with pytest.raises(CannotOpen):
            opened("x" + sealed("abc")[1:])


class TestAmend:
    def test_needs_approval_anew(self, portal):
        shows(record("a", "雨量"))
        source = approved(portal, rhythm="daily")
        data = {"title": "外地目录", "kind": "ckan", "address": portal + "/x"}
        execute(harvest.amend, actor=an_authority(), subject_id=source.id, data=data)
        assert (source.state, source.next_at) == ("proposed", None)

    def test_is_not_for_another_agency(self):
        with pytest.raises(NotFound):
            execute(harvest.amend, actor=an_agency(), subject_id=proposed(an_agency()).id, data={})


class TestApprove:
    def test_wants_a_rehearsal_first(self):
        with pytest.raises(Conflict):
            execute(harvest.approve, actor=an_authority(), subject_id=proposed().id)

    def test_is_for_another_person_than_the_proposer(self, portal):
        shows(record("a", "雨量"))
        authority = an_authority()
        source = proposed(authority, portal)
        rehearsed(source)
        with pytest.raises(NotAllowed):
            execute(harvest.approve, actor=authority, subject_id=source.id)
        execute(harvest.approve, actor=colleague(authority), subject_id=source.id)
        assert source.state == "approved"

    def test_is_not_for_the_agency(self, portal):
        agency = an_agency()
        source = proposed(agency, portal)
        with pytest.raises(NotAllowed):
            execute(harvest.approve, actor=agency, subject_id=source.id)


class TestDecline:
    def test_says_why(self):
        source = proposed()
        execute(harvest.decline, actor=an_authority(), subject_id=source.id, data={"reasons": "来源不明。"})
        assert (source.state, source.reasons) == ("declined", "来源不明。")
        with pytest.raises(InvalidInput):
            execute(harvest.decline, actor=an_authority(), subject_id=proposed().id, data={})


class TestPause:
    def test_stops_the_reading_until_resumed(self, portal):
        shows(record("a", "雨量"))
        source = approved(portal, rhythm="daily")
        execute(harvest.pause, actor=an_authority(), subject_id=source.id, data={"reasons": "维护。"})
        assert source.next_at is None and known.sources_due(clock.now()) == []
        with pytest.raises(WrongState):
            execute(harvest.read, actor=SYSTEM, subject_id=source.id)


class TestResume:
    def test_lets_it_be_read_again(self, portal):
        shows(record("a", "雨量"))
        source = approved(portal, rhythm="daily")
        execute(harvest.pause, actor=an_authority(), subject_id=source.id, data={"reasons": "维护。"})
        execute(harvest.resume, actor=an_authority(), subject_id=source.id)
        assert source.state == "approved" and known.sources_due(clock.now()) == [source.id]


class TestRetire:
    def test_deletes_the_credentials(self):
        source = proposed(credential="key", secret="abc")
        execute(harvest.retire, actor=an_authority(), subject_id=source.id, data={"reasons": "不再需要。"})
        assert (source.state, source.secret, source.credential) == ("retired", None, "none")
        assert available(source, an_authority()) == []


class TestRehearse:
    def test_reports_and_enters_nothing(self, portal):
        shows(record("a", "雨量"), record("b", ""), record("a", "雨量"))
        run = rehearsed(proposed(portal=portal))
        assert run.state == "reported" and entries() == {}
        assert run.counts == {"records": 3, "new": 2, "changed": 0, "same": 0, "refused": 1, "vanished": 0}
        assert [row["key"] for row in run.doubled] == ["a"] and db.session.query(HarvestedRecord).count() == 0

    def test_is_one_at_a_time(self, portal):
        source = proposed(portal=portal)
        execute(harvest.rehearse, actor=an_authority(), subject_id=source.id)
        with pytest.raises(Conflict):
            execute(harvest.rehearse, actor=an_authority(), subject_id=source.id)


class TestRead:
    def test_makes_drafts_like_an_import(self, portal):
        shows(record("a", "雨量"), record("b", "风速"))
        run = read(approved(portal))
        assert run.state == "completed" and run.counts["new"] == 2
        assert {title: row.state for title, row in entries().items()} == {"雨量": "draft", "风速": "draft"}
        assert entries()["雨量"].import_id == run.import_id and entries()["雨量"].provider == "外地气象局"

    def test_leaves_alone_what_is_the_same(self, portal):
        shows(record("a", "雨量"))
        source = approved(portal)
        read(source)
        before = entries()["雨量"].version
        run = read(source)
        assert (run.counts["same"], run.counts["new"], len(entries()), entries()["雨量"].version) == (1, 0, 1, before)

    def test_takes_changes_over_into_drafts(self, portal):
        shows(record("a", "雨量"))
        source = approved(portal)
        read(source)
        shows(record("a", "雨量", notes="新的说明"))
        run = read(source)
        assert run.counts["changed"] == 1 and entries()["雨量"].abstract == "新的说明"

    def test_proposes_changes_of_what_is_published(self, portal):
        agency = an_agency()
        whole = [{"key": name, "value": value} for name, value in ENTRY.items() if isinstance(value, str)]
        whole += [{"key": "items", "value": "站点、雨量"}, {"key": "themes", "value": "weather"}]
        shows(record("a", "雨量", notes="说明", extras=whole))
        source = proposed(agency, portal)
        rehearsed(source)
        execute(harvest.approve, actor=an_authority(), subject_id=source.id)
        read(source)
        (entry,) = entries().values()
        assessed(entry, agency)
        execute(catalogue.submit, actor=agency, subject_id=entry.id)
        execute(catalogue.publish, actor=an_authority(), subject_id=entry.id)
        shows(record("a", "雨量", notes="新的说明", extras=[extra for extra in whole if extra["key"] != "abstract"]))
        run = read(source)
        (entry,) = entries().values()
        assert run.counts["changed"] == 1 and entry.state == "published" and entry.proposed["abstract"] == "新的说明"

    def test_goes_from_page_to_page(self, portal, monkeypatch):
        first = json.dumps({"result": {"count": 2, "results": [record("a", "雨量")]}}).encode()
        second = json.dumps({"result": {"count": 2, "results": [record("b", "风速")]}}).encode()
        Portal.stands["/api/3/action/package_search?rows=100&start=0&sort=name+asc"] = (200, "application/json", first)
        Portal.stands["/api/3/action/package_search?rows=100&start=1&sort=name+asc"] = (200, "application/json", second)
        run = read(approved(portal))
        assert len(run.pages) == 2 and set(entries()) == {"雨量", "风速"}

    def test_survives_a_restart_between_two_steps(self, portal):
        """Nothing is kept in memory: each step is found again by what stands in the database."""
        shows(record("a", "雨量"))
        source = approved(portal)
        source_id = execute(harvest.read, actor=SYSTEM, subject_id=source.id).id
        db.session.remove()
        while deliver_due(1):
            db.session.remove()
        assert latest(db.session.get(HarvestSource, source_id)).state == "completed"

    def test_does_not_do_a_step_twice(self, portal):
        shows(record("a", "雨量"))
        source = approved(portal)
        execute(harvest.read, actor=SYSTEM, subject_id=source.id)
        (message,) = db.session.query(OutboxMessage).filter_by(kind=harvesting.STEP, state="waiting")
        payload = dict(message.payload)
        worked_off()
        asked = len(Portal.asked)
        outbox.DELIVERIES[harvesting.STEP](payload, "again")
        assert len(Portal.asked) == asked and len(entries()) == 1

    def test_is_due_as_often_as_was_asked_for(self, portal):
        shows(record("a", "雨量"))
        source = approved(portal, rhythm="daily")
        harvesting.read_what_is_due(clock.now())
        worked_off()
        assert latest(source).state == "completed" and known.sources_due(clock.now()) == []
        assert known.sources_due(clock.now() + timedelta(days=1, minutes=1)) == [source.id]

    def test_notes_what_vanished_and_waits(self, portal):
        shows(record("a", "雨量"), record("b", "风速"))
        source = approved(portal)
        read(source)
        shows(record("a", "雨量"))
        run = read(source)
        assert run.counts["vanished"] == 1 and run.vanished[0]["title"] == "风速"
        assert set(entries()) == {"雨量", "风速"}
        shows(record("a", "雨量"), record("b", "风速"))
        read(source)
        assert db.session.query(HarvestedRecord).filter(HarvestedRecord.missing_since.is_not(None)).count() == 0


class TestVanished:
    @pytest.mark.parametrize("way, state", [("withdraw", "withdrawn"), ("report", "published")])
    def test_records_are_withdrawn_after_the_grace_where_it_was_asked_for(self, portal, way, state):
        shows(record("a", "雨量"), record("b", "风速"))
        source = approved(portal, when_vanished=way)
        read(source)
        entry = a_published_entry()
        db.session.query(HarvestedRecord).filter_by(key="b").one().entry_id = entry.id
        db.session.commit()
        shows(record("a", "雨量"))
        for days, expected in ((0, "published"), (3, "published"), (5, state)):
            with clock.frozen(clock.now() + timedelta(days=days)):
                read(source)
            db.session.refresh(entry)
            assert entry.state == expected, days


class TestTake:
    def test_is_done_by_the_system_only(self, portal):
        source = proposed(portal=portal)
        execute(harvest.rehearse, actor=an_authority(), subject_id=source.id)
        run = latest(source)
        for step in (harvest_run.take, harvest_run.examine, harvest_run.report, harvest_run.enter, harvest_run.complete, harvest_run.fail, harvest_run.stumble):
            with pytest.raises(NotAllowed):
                execute(step, actor=an_authority(), subject_id=run.id, data={"storage_key": "harvest/x"})


class TestBegin:
    def test_is_done_by_the_system_only(self):
        data = {"source_id": str(proposed().id), "is_rehearsal": True}
        with pytest.raises(NotAllowed):
            execute(harvest_run.begin, actor=an_authority(), data=data)
        assert execute(harvest_run.begin, actor=SYSTEM, data=data).state == "fetching"


class TestExamine:
    def test_fails_where_nothing_came(self, portal):
        shows()
        run = rehearsed(proposed(portal=portal))
        assert run.state == "failed" and run.problem["msgid"] == harvesting._NOTHING


class TestReport:
    def test_tells_differences_without_remembering_them(self, portal):
        shows(record("a", "雨量"), record("b", "风速"))
        source = approved(portal)
        read(source)
        shows(record("a", "雨量", notes="新的说明"))
        run = rehearsed(source)
        assert (run.counts["changed"], run.counts["vanished"], entries()["雨量"].abstract) == (1, 1, "雨量的说明")
        assert db.session.query(HarvestedRecord).filter(HarvestedRecord.missing_since.is_not(None)).count() == 0


class TestEnter:
    def test_carries_the_import_out(self, portal):
        shows(record("a", "雨量"))
        run = read(approved(portal))
        assert db.session.get(CatalogueImport, run.import_id).state == "carried_out"


class TestComplete:
    def test_remembers_each_record_with_its_entry(self, portal):
        shows(record("a", "雨量"))
        read(approved(portal))
        (row,) = db.session.query(HarvestedRecord)
        assert (row.key, row.entry_id, row.missing_since) == ("a", entries()["雨量"].id, None)


class TestStumble:
    def test_tries_again_later_and_gives_up_in_the_end(self, portal):
        Portal.stands["/api/3/action/package_search"] = (503, "text/plain", b"")
        source = proposed(portal=portal)
        execute(harvest.rehearse, actor=an_authority(), subject_id=source.id)
        worked_off()
        assert (latest(source).state, latest(source).failures) == ("fetching", 1)
        for hours in range(1, 6):
            with clock.frozen(clock.now() + timedelta(hours=hours)):
                worked_off()
        assert (latest(source).state, latest(source).failures) == ("failed", 5) and latest(source).ended_at

    def test_goes_on_where_it_was(self, portal):
        Portal.stands["/api/3/action/package_search"] = (503, "text/plain", b"")
        source = proposed(portal=portal)
        execute(harvest.rehearse, actor=an_authority(), subject_id=source.id)
        worked_off()
        shows(record("a", "雨量"))
        with clock.frozen(clock.now() + timedelta(hours=1)):
            worked_off()
        assert latest(source).state == "reported" and latest(source).problem is None


class TestFail:
    @pytest.mark.parametrize("status, kind, content", [(404, "text/html", b""), (200, "text/html", b"<html>"), (200, "application/json", b"{}"), (200, "application/json", b"[" * 9999)])
    def test_says_why_and_does_not_try_again(self, portal, status, kind, content):
        Portal.stands["/api/3/action/package_search"] = (status, kind, content)
        run = rehearsed(proposed(portal=portal))
        assert run.state == "failed" and run.problem["msgid"] and len(Portal.asked) == 1

    def test_refuses_private_addresses(self, portal):
        for address in ("http://10.0.0.1/", "http://169.254.169.254/", "http://[fd00::1]/"):
            run = rehearsed(proposed(portal=address))
            assert run.state == "failed" and "public" in run.problem["msgid"]

    def test_stays_at_the_machine_of_the_source(self, portal):
        page = '@prefix hydra: <http://www.w3.org/ns/hydra/core#> . @prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . <http://a.example.org/1> a dcat:Dataset; dct:title "雨量"@zh . <http://a.example.org/p> hydra:next <http://169.254.169.254/x> .'
        Portal.stands["/c.ttl"] = (200, "text/turtle", page.encode())
        run = rehearsed(proposed(portal=f"{portal}/c.ttl", kind="dcat"))
        assert run.state == "failed" and run.problem["msgid"] == harvesting._ONLY_HERE


class TestCancel:
    def test_stops_it(self, portal):
        shows(record("a", "雨量"))
        source = proposed(portal=portal)
        execute(harvest.rehearse, actor=an_authority(), subject_id=source.id)
        execute(harvest_run.cancel, actor=an_authority(), subject_id=latest(source).id)
        worked_off()
        assert latest(source).state == "cancelled" and Portal.asked == []

    def test_is_for_whose_source_it_is(self):
        agency = an_agency()
        source = proposed(agency)
        execute(harvest.rehearse, actor=agency, subject_id=source.id)
        with pytest.raises(NotFound):
            execute(harvest_run.cancel, actor=an_agency(), subject_id=latest(source).id)
        execute(harvest_run.cancel, actor=agency, subject_id=latest(source).id)
        assert latest(source).state == "cancelled"


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
