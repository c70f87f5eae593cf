"""The pages of supervision: desk, deadlines, log, rule book, working days, service status."""

import csv
import io
import re
from datetime import date

import openpyxl
import pytest

from accounts.commands import organisation as organisations
from kernel import audit, clock, config, due
from kernel.command import execute
from kernel.db import db
from kernel.outbox import OutboxMessage
from kernel.pages import address_of
from registry.commands import catalogue
from supervision import commands, queries
from tests.factories.accounts import a_member, a_person, acting, an_actor, an_organisation, sign_in
from tests.factories.contracts import a_right, parties
from tests.factories.registry import a_submitted_entry, an_agency, an_authority
from tests.supervision.test_commands import AFTER, NEAR, notice

OTHER_PLACE = "530000"


class TestHome:
    def test_counts_what_there_is(self, client, app):
        assert queries.public_figures(clock.today()) == {"resources": 0, "products": 0, "rights": 0}
        a_right(parties())
        assert queries.public_figures(clock.today()) == {"resources": 1, "products": 0, "rights": 1}
        assert queries.public_figures(clock.today().replace(year=2099))["rights"] == 0
        assert client.get("/").status_code == 200


class TestHealthz:
    def test_says_how_everything_is(self, client, app):
        a_submitted_entry()
        audit.seal(clock.now())
        a_person()
        found = client.get("/healthz").json
        assert found["status"] == "ok" and found["version"]
        assert found["database"] == {"kind": db.engine.dialect.name, "reachable": True}
        assert 2026 in found["calendar"]["years"] and found["queue"] == {"waiting": 0, "dead": 0}
        assert (
            found["log"]["unsealed"] == 1
            and found["log"]["last_checkpoint"]["size"] == found["log"]["events"] - 1
        )
        assert found["tick"] == {"last": None, "late": False}

    def test_asks_for_a_person_where_a_delivery_was_given_up(self, client, app):
        now = clock.now()
        db.session.add(
            OutboxMessage(kind="x", key="x", payload={}, state="dead", created_at=now, due_at=now, attempts=8)
        )
        db.session.commit()
        found = client.get("/healthz")
        assert (
            found.status_code == 200
            and found.json["status"] == "attention"
            and found.json["queue"]["dead"] == 1
        )

    def test_notices_a_missed_run(self, client, entry):
        with clock.frozen("2026-11-26T09:00+08:00"):
            assert client.get("/healthz").json["tick"] == {"last": None, "late": True}
            commands.tick(clock.now())
            assert client.get("/healthz").json["tick"]["late"] is False

    def test_says_so_when_the_database_does_not_answer(self, client, app, monkeypatch):
        def gone(*_):
            raise queries.service.SQLAlchemyError()

        monkeypatch.setattr(queries.service, "_facts", gone)
        found = client.get("/healthz")
        assert found.status_code == 503
        assert found.json["status"] == "unavailable" and found.json["database"]["reachable"] is False


class TestDesk:
    def test_needs_an_account(self, client):
        assert client.get("/desk").location == "/sign-in?next=/desk"

    def test_shows_the_authority_what_waits_for_it(self, reader, entry):
        with clock.frozen(NEAR):
            page = reader("authority").get("/desk?lang=en").text
        assert entry.title in page and f"/catalogue/{entry.id}" in page and "Deadlines in your area" in page

    def test_shows_nobody_the_work_of_another_place(self, reader, entry):
        with clock.frozen(NEAR):
            page = reader("authority", jurisdiction=OTHER_PLACE).get("/desk?lang=en").text
        assert entry.title not in page and "Nothing is waiting for you" in page

    @pytest.mark.parametrize("role", ["authority", "auditor", "government"])
    def test_shows_those_who_oversee_what_was_left_undone(self, reader, entry, role):
        with clock.frozen(AFTER):
            commands.tick(clock.now())
            page = reader(role).get("/desk?lang=en").text
        assert "Overdue in your area" in page and entry.title in page and "/events" in page

    @pytest.mark.parametrize("role", ["operator", "buyer", "agency", "registrar", "expert"])
    def test_keeps_the_area_from_everybody_else(self, reader, entry, role):
        with clock.frozen(AFTER):
            page = reader(role).get("/desk?lang=en")
        assert (
            page.status_code == 200
            and "Overdue in your area" not in page.text
            and entry.title not in page.text
        )

    def test_puts_the_authoritys_own_delays_first_for_a_government(self, app):
        government = an_actor("government")
        with clock.frozen("2026-11-23T09:00+08:00"):
            a_submitted_entry(title="乙")
        early = due.DueDate(
            subject_type="x", subject_id=an_agency().organisation_id, heading="甲", name="supplement", command="x",
            jurisdiction="990100", waits_for="applicant", started_on=date(2026, 11, 2),
            due_on=date(2026, 11, 4), period_key="x", profile_version="x", why={}, duties=[],
        )  # fmt: skip
        db.session.add(early)
        db.session.commit()
        today = date(2026, 12, 20)
        assert [work.heading for work in queries.overdue_in_area(government, today)] == ["乙", "甲"]
        assert [work.heading for work in queries.overdue_in_area(an_authority(), today)] == ["甲", "乙"]

    def test_tells_the_authority_of_missed_runs(self, reader, entry):
        with clock.frozen("2026-11-24T08:00+08:00"):
            commands.tick(clock.now())
        with clock.frozen("2026-11-27T08:00+08:00"):
            page = reader("authority").get("/desk?lang=en").text
        assert "The daily run of deadlines was missed" in page and "2026-11-25" in page and "Last run" in page

    def test_names_a_day_left_out_also_when_it_runs_again(self, reader, app):
        for day in (23, 25):
            with clock.frozen(f"2026-11-{day}T08:00+08:00"):
                commands.tick(clock.now())
        with clock.frozen("2026-11-25T09:00+08:00"):
            page = reader("authority").get("/desk?lang=en").text
        assert "2026-11-24" in page and "Last run" not in page

    def test_says_nothing_of_the_run_while_all_is_well(self, reader, app):
        assert "daily run" not in reader("authority").get("/desk?lang=en").text


class TestClocks:
    def test_needs_an_account(self, client):
        assert client.get("/clocks").status_code == 302

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", True), ("state=running", True), ("state=missed", False), ("state=warned", False), ("state=x", False),
            ("state=provisional", False), ("waits_for=authority", True), ("waits_for=agency", False),
            ("step=review", True), ("step=x", False), ("until=2026-12-07", True), ("until=2026-12-06", False),
            ("q=雨量", True), ("q=%25", False), ("q=%00", True), ("unknown=1", True),
        ],
    )  # fmt: skip
    def test_can_be_narrowed_down(self, reader, entry, query, found):
        page = reader("authority").get(f"/clocks?lang=en&{query}")
        assert page.status_code == 200 and (f"/catalogue/{entry.id}" in page.text) is found

    def test_show_why_the_day_is_that_day(self, reader, entry):
        page = reader("authority").get("/clocks?lang=en").text
        assert "Why this date?" in page and "7 Dec 2026" in page

    def test_tell_what_is_no_day(self, reader, app):
        assert reader("authority").get("/clocks?until=tomorrow").status_code == 422

    def test_come_as_a_file(self, reader, entry):
        client = reader("authority")
        rows = list(
            csv.reader(io.StringIO(client.get("/clocks?format=csv&lang=en").data.decode("utf-8-sig")))
        )
        assert rows[0][:3] == ["Subject", "Step", "Waits for"] and rows[1][0] == entry.title
        book = openpyxl.load_workbook(io.BytesIO(client.get("/clocks?format=xlsx&lang=zh").data))
        assert book.active["A1"].value == "事项" and book.active["F2"].value == "2026-12-07"
        assert client.get("/clocks?format=pdf").status_code == 404

    def test_lead_to_their_case(self, reader, running, entry):
        client = reader("authority")
        assert client.get(f"/clocks/{running.id}").location == f"/catalogue/{entry.id}"
        assert client.get(f"/clocks/{entry.id}").status_code == 404

    def test_are_not_there_for_others(self, reader, running):
        assert reader("buyer").get(f"/clocks/{running.id}").status_code == 404

    def test_refuse_people_what_only_time_may_do(self, reader, running):
        client = reader("authority")
        for verb in ("warn", "miss"):
            assert client.post(f"/do/supervision.clock.{verb}/{running.id}").status_code == 403


    def test_have_addresses_of_their_own(self, app, running):
        with app.test_request_context():
            assert address_of(running) == f"/clocks/{running.id}"
            commands.tick(clock.now())
            assert address_of(queries.last_tick()) == "/clocks"


class TestEvents:
    def test_need_an_account_and_an_office(self, client, reader):
        assert client.get("/events").status_code == 302
        assert reader("operator").get("/events").status_code == 403

    @pytest.mark.parametrize("role", ["authority", "auditor", "government"])
    def test_are_open_to_those_who_oversee(self, reader, entry, role):
        page = reader(role).get("/events?lang=en").text
        assert "registry.entry.submit" in page and f"/catalogue/{entry.id}" in page

    def test_stay_within_the_area(self, reader, entry):
        page = reader("auditor", jurisdiction=OTHER_PLACE).get("/events?lang=en")
        assert page.status_code == 200 and "registry.entry.submit" not in page.text

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("command=entry.submit", True), ("command=licence", False), ("since=2026-11-23&until=2026-11-23", True),
            ("since=2026-11-24", False), ("until=2026-11-22", False), ("who=Organisation", True), ("who=nobody", False),
            ("subject=registry_entry", True), ("subject=registry.entry", True), ("subject=zzz", False),
            ("who=%00", True), ("command=%25", False),
        ],
    )  # fmt: skip
    def test_can_be_searched(self, reader, entry, query, found):
        page = reader("auditor").get(f"/events?lang=en&size=200&{query}")
        assert page.status_code == 200 and ("registry.entry.submit" in page.text) is found

    def test_of_one_subject_stand_together(self, reader, entry):
        page = reader("auditor").get(f"/events?subject={entry.id}").text
        assert len(re.findall(r'href="/events/[0-9a-f-]{36}"', page)) == len(audit.events_of(entry))

    def test_can_be_searched_by_e_mail(self, reader, app):
        who = a_person(email="clerk@example.org")
        own = an_organisation("buyer")
        a_member(own, person=who)
        named = {"data_body": "数据办", "security_head": "甲", "security_officer": "乙"}
        execute(organisations.name_responsible, actor=acting(who, own), subject_id=own.id, data=named)
        client = reader("auditor")
        assert "accounts.organisation.name_responsible" in client.get("/events?who=CLERK@example.org").text
        assert (
            "accounts.organisation.name_responsible" not in client.get("/events?who=other@example.org").text
        )

    def test_come_as_a_file(self, reader, entry):
        client = reader("auditor")
        text = client.get(f"/events?format=csv&lang=en&subject={entry.id}").data.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        assert rows[0][0] == "Moment" and {row[2] for row in rows[1:]} >= {"registry.entry.submit"}
        assert client.get("/events?format=xlsx").data[:2] == b"PK"

    def test_show_one_with_duties_and_place_in_the_log(self, reader, entry):
        client = reader("auditor")
        event = audit.events_of(entry)[-1]
        page = client.get(f"/events/{event.id}?lang=en")
        assert page.status_code == 200 and "will be sealed" in page.text
        audit.seal(clock.now())
        page = client.get(f"/events/{event.id}?lang=en").text
        assert audit.proof_of(event.id)["root"] in page and "registry." in page

    def test_are_not_there_for_others(self, reader, entry):
        event = audit.events_of(entry)[-1]
        assert reader("operator").get(f"/events/{event.id}").status_code == 404

    def test_name_cause_and_consequence(self, reader, app):
        held = a_right(parties())
        client = reader("auditor")
        event = next(event for event in audit.events_of(held) if event.caused_by_id)
        page = client.get(f"/events/{event.id}?lang=en").text
        assert "Followed from" in page and f"/events/{event.caused_by_id}" in page
        assert "Led to" in client.get(f"/events/{event.caused_by_id}?lang=en").text


class TestRules:
    @pytest.mark.parametrize("path", ["/rules", "/rules/530000", "/rules?code=990100"])
    def test_are_open_to_everybody(self, client, path):
        page = client.get(f"{path}{'&' if '?' in path else '?'}lang=en")
        assert page.status_code == 200 and "Rule book" in page.text

    def test_are_not_there_for_an_unknown_place(self, client):
        assert (
            client.get("/rules/123456").status_code == 404 and client.get("/rules?code=x").status_code == 404
        )

    def test_begin_with_the_readers_own_place(self, reader, app):
        page = reader("agency", jurisdiction=OTHER_PLACE).get("/rules").text
        assert re.search(r'<option value="530000" selected', page)

    def test_begin_with_the_busiest_place_for_everybody_else(self, client, entry):
        assert re.search(r'<option value="990100" selected', client.get("/rules").text)


class TestCalendar:
    def test_shows_the_known_years_to_everybody(self, client):
        page = client.get("/calendar?lang=en").text
        assert "2026" in page and "/calendar/load" not in page

    def test_is_loaded_by_the_authority_through_the_page(self, reader, app):
        client = reader("authority")
        assert client.get("/calendar/load?lang=en").status_code == 200
        file = notice()
        sent = {"notice": "国办发明电〔2026〕7号", "file": (io.BytesIO(file.content), file.name)}
        done = client.post("/calendar/load", data=sent, content_type="multipart/form-data")
        assert done.status_code == 302 and done.location == "/calendar"
        assert "国办发明电〔2026〕7号" in client.get("/calendar").text and due.calendar().knows(
            date(2027, 6, 1)
        )

    def test_keeps_what_was_typed_when_the_file_is_wrong(self, reader, app):
        sent = {"notice": "一号文", "file": (io.BytesIO(b"x"), "x.json")}
        page = reader("authority").post(
            "/calendar/load?lang=en", data=sent, content_type="multipart/form-data"
        )
        assert (
            page.status_code == 422 and 'value="一号文"' in page.text and "neither TOML nor JSON" in page.text
        )

    def test_is_refused_to_everybody_else(self, client, reader):
        assert client.get("/calendar/load").status_code == 302
        client = reader("agency")
        assert client.get("/calendar/load").status_code == 403
        assert client.post("/calendar/load", data={"notice": "x"}).status_code == 403


class TestSite:
    def test_tells_crawlers_what_is_open(self, client):
        text = client.get("/robots.txt").text
        assert "Disallow: /api/" in text and f"{config.settings().base_url}/sitemap" in text

    def test_has_a_mark_for_the_tab(self, client):
        with client.get("/favicon.ico") as mark:
            assert mark.mimetype == "image/svg+xml"

    @pytest.mark.parametrize("path", ["/api/docs", "/api/v1/docs"])
    def test_draws_the_reader_of_the_interfaces_from_our_own_origin(self, client, path):
        page = client.get(path).text
        assert "swagger-ui-bundle.js" in page and "http://" not in page and "https://" not in page

    @pytest.mark.parametrize("path", ["/help", "/accessibility", "/privacy", "/sitemap"])
    def test_explains_itself(self, client, path):
        assert client.get(path).status_code == 200

    def test_opens_the_desk_to_somebody_without_an_organisation(self, client, app):
        sign_in(client, a_person())
        assert client.get("/desk").status_code == 200 and client.get("/clocks").status_code == 200


class TestJsonDoor:
    def test_lists_running_clocks(self, client, key, entry):
        listed = client.get("/api/v1/supervision/clocks", headers=key("authority")).json
        assert [row["heading"] for row in listed["items"]] == [entry.title]
        assert listed["items"][0]["why"]["start"] == "2026-11-23"
        assert client.get("/api/v1/supervision/clocks", headers=key("buyer")).json["total"] == 0

    def test_lets_nobody_play_time(self, client, key, running):
        for verb in ("warn", "miss"):
            answer = client.post(f"/api/v1/supervision/clocks/{running.id}/{verb}", headers=key("authority"))
            assert answer.status_code == 403
        assert (
            client.post("/api/v1/supervision/ticks/run", headers=key("authority"), json={}).status_code == 403
        )

    def test_loads_a_year(self, client, key):
        sent = {"notice": "一号文", "file": (io.BytesIO(notice().content), "2027.json")}
        address = "/api/v1/supervision/calendars/load"
        done = client.post(address, headers=key("authority"), data=sent, content_type="multipart/form-data")
        assert done.status_code == 201 and done.json["year"] == 2027
        sent = {"notice": "一号文", "file": (io.BytesIO(b"x"), "2027.json")}
        refused = client.post(
            address, headers=key("authority"), data=sent, content_type="multipart/form-data"
        )
        assert refused.status_code == 422 and "file" in refused.json["errors"]
        assert client.post(address, headers=key("agency"), data={}).status_code == 403

    def test_reads_the_log_to_those_who_oversee(self, client, key, entry):
        rows = client.get("/api/v1/supervision/events", headers=key("auditor")).json["items"]
        assert "registry.entry.submit" in {row["command"] for row in rows} and rows[0]["actor"] is not None
        assert client.get("/api/v1/supervision/events", headers=key("operator")).json["total"] == 0

    def test_lists_the_daily_runs(self, client, key, app):
        commands.tick(clock.now())
        assert client.get("/api/v1/supervision/ticks", headers=key("authority")).json["total"] == 1
        assert client.get("/api/v1/supervision/ticks", headers=key("agency")).json["total"] == 0


class TestDueWork:
    def test_waits_for_the_organisation_that_is_named_not_for_its_like(self, app):
        """What was returned waits for that agency, not for every agency of the place."""
        with clock.frozen("2026-11-23T09:00+08:00"):
            agency, other = an_agency(), an_agency()
            entry = a_submitted_entry(agency)
            execute(
                catalogue.return_, actor=an_authority(), subject_id=entry.id, data={"reasons": "请补充摘要"}
            )
        today = date(2026, 11, 24)
        assert [work.heading for work in queries.due_work(agency, today)] == [entry.title]
        assert queries.due_work(other, today) == []

    def test_says_how_many_working_days_are_left(self, entry):
        work = queries.due_work(an_authority(), date(2026, 12, 3))[0]
        assert (work.left, work.provisional) == (2, False)

    @pytest.mark.parametrize(("today", "left"), [(19, 1), (20, 0), (21, -1), (22, -1), (23, -1), (24, -2)])
    def test_counts_a_deadline_as_over_on_the_weekend_after_it(self, app, today, left):
        """Friday, 20 November 2026 was the last day."""
        assert queries.days_left(due.calendar(), date(2026, 11, today), date(2026, 11, 20)) == left
