"""What a harvest does with what it reads, step by step, and when it stumbles."""

import json
from datetime import timedelta

import pytest

from kernel import clock, outbox
from kernel.actor import SYSTEM
from kernel.command import execute
from kernel.db import db
from kernel.errors import Conflict, NotAllowed, NotFound
from kernel.outbox import OutboxMessage, deliver_due
from registry.commands import catalogue, harvest, harvest_run
from registry.feeds import harvesting
from registry.models import CatalogueImport
from registry.models.harvest import HarvestedRecord, HarvestSource
from registry.queries import harvest as known
from tests.factories.registry import ENTRY, a_published_entry, an_agency, an_authority, assessed
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
