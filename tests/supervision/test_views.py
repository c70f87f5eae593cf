"""The pages of supervision: desk, deadlines, log, rule book, working days, service status."""

import csv
import io
from datetime import date

import openpyxl
import pytest

from kernel import audit, clock, due
from kernel.db import db
from kernel.outbox import OutboxMessage
from kernel.pages import address_of
from supervision import commands, queries
from tests.factories.accounts import a_person, an_actor
from tests.factories.contracts import a_right, parties
from tests.factories.registry import a_submitted_entry, an_agency, an_authority
from tests.supervision.test_commands import AFTER, NEAR

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
