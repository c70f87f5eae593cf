"""The pages of the log, the rule book and the working days; the doors of the site for programs."""

import csv
import io
import re
from datetime import date

import pytest

from accounts.commands import organisation as organisations
from kernel import audit, clock, config, due
from kernel.command import execute
from registry.commands import catalogue
from supervision import commands, queries
from tests.factories.accounts import a_member, a_person, acting, an_organisation, sign_in
from tests.factories.contracts import a_right, parties
from tests.factories.registry import a_submitted_entry, an_agency, an_authority
from tests.supervision.test_commands import notice

OTHER_PLACE = "530000"


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
