"""The generic doors: JSON, page and shell run the same commands and refuse the same way."""

import io
import json
import uuid
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from flask import Flask, g, render_template_string, request
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError

import wsgi
from kernel import audit, config, outbox
from kernel.actor import ANONYMOUS
from kernel.command import execute
from kernel.db import db
from kernel.errors import NotAllowed, NotSignedIn, TooMany
from kernel.pages import DESK, Form, desk_section, sheet
from kernel.pages.addresses import PAGES, address_by_table, address_of
from kernel.pages.forms import form_values
from kernel.pages.session import current_actor, current_locale
from kernel.pages.wording import SHAPES, messages_of
from kernel.routes.refusals import refuse
from kernel.routes.shell_door import ACTORS, do
from kernel.words import Text
from tests.kernel import toys
from tests.kernel.toys import ANN, BEN, EVE, ToyInput, ToyPermit

LIST = "/api/v1/toy/permits"


@pytest.fixture
def acting(monkeypatch):
    """Say who asks from now on, on every door."""
    import accounts.views as accounts

    now = {"actor": ANONYMOUS}
    monkeypatch.setattr(accounts, "load_actor", lambda: now["actor"])
    monkeypatch.setattr(accounts, "load_api_actor", lambda: now["actor"])

    def become(actor):
        now["actor"] = actor

    return become


def permit(title="Well", years=3):
    return execute(toys.draft, actor=ANN, data={"title": title, "years": years})


class TestJsonDoor:
    def test_creates_shows_lists_and_names_what_may_follow(self, client, acting):
        acting(ANN)
        made = client.post(f"{LIST}/draft", json={"title": "Well", "years": 3})
        assert made.status_code == 201 and made.json["available"] == ["hand_in", "attach"]
        one = client.get(f"{LIST}/{made.json['id']}")
        assert one.json["title"] == "Well"
        listed = client.get(f"{LIST}?size=1").json
        assert (listed["total"], listed["page"], len(listed["items"])) == (1, 1, 1)
        done = client.post(f"{LIST}/{made.json['id']}/hand_in")
        assert done.status_code == 200 and done.json["state"] == "under_review"

    def test_refuses_with_problem_json_that_says_which_field(self, client, acting):
        acting(ANN)
        answer = client.post(
            f"{LIST}/draft", json={"title": "", "years": "x"}, headers={"Accept-Language": "zh-CN"}
        )
        assert answer.status_code == 422 and answer.mimetype == "application/problem+json"
        assert set(answer.json["errors"]) == {"title", "years"} and answer.json["errors"]["years"] == [
            "请填写整数。"
        ]
        assert db.session.scalars(select(ToyPermit)).all() == []

    def test_refuses_with_the_duty_and_its_basis(self, client, acting):
        acting(ANN)
        answer = client.post(f"{LIST}/{permit(years=9).id}/hand_in")
        assert answer.status_code == 409
        assert (answer.json["duty"], answer.json["duties"], answer.json["basis"]) == (
            "tests.term_is_short",
            ["T01"],
            "Toy rules 3",
        )

    def test_hides_what_a_stranger_may_not_see(self, client, acting):
        made = permit()
        acting(EVE)
        assert client.get(f"{LIST}/{made.id}").status_code == 404
        assert client.post(f"{LIST}/{made.id}/hand_in").status_code == 404
        assert client.get(LIST).json["total"] == 0

    def test_takes_files_as_a_form(self, client, acting):
        acting(ANN)
        made = permit()
        sent = {"paper": (io.BytesIO(b"abc"), "a.pdf")}
        answer = client.post(f"{LIST}/{made.id}/attach", data=sent, content_type="multipart/form-data")
        assert answer.status_code == 200 and answer.json["title"] == "Well (a.pdf)"

    @pytest.mark.parametrize("body", [b"[1]", b"{", b'"x"'])
    def test_wants_one_object(self, client, acting, body):
        acting(ANN)
        assert client.post(f"{LIST}/draft", data=body, content_type="application/json").status_code == 422

    def test_runs_once_for_one_idempotency_key(self, client, acting):
        acting(ANN)
        headers = {"Idempotency-Key": "once"}
        first = client.post(f"{LIST}/draft", json={"title": "A", "years": 1}, headers=headers)
        again = client.post(f"{LIST}/draft", json={"title": "A", "years": 1}, headers=headers)
        assert first.json["id"] == again.json["id"]

    @pytest.mark.parametrize("query", ["page=0", "page=x", "size=100000", "page=99"])
    def test_refuses_pages_that_do_not_exist(self, client, acting, query):
        acting(ANN)
        assert client.get(f"{LIST}?{query}").status_code in (404, 422)

    def test_describes_itself(self, client):
        document = client.get("/api/v1/openapi.json").json
        assert document["openapi"] == "3.1.0"
        assert "post" in document["paths"]["/api/v1/toy/permits/draft"]
        attach = document["paths"]["/api/v1/toy/permits/{subject_id}/attach"]["post"]
        assert "multipart/form-data" in attach["requestBody"]["content"]

    def test_answers_unknown_addresses_and_methods_as_problems(self, client):
        assert client.get("/api/v1/nothing").mimetype == "application/problem+json"
        refused = client.delete(LIST)
        assert refused.status_code == 405 and "GET" in refused.headers["Allow"]


class TestPageDoor:
    def test_draws_the_form_and_runs_the_command(self, client, acting):
        acting(ANN)
        page = client.get("/do/toy.permit.draft?lang=en")
        assert page.status_code == 200 and 'name="title"' in page.text
        done = client.post("/do/toy.permit.draft", data={"title": "Well", "years": "2"})
        assert done.status_code == 302
        assert db.session.scalars(select(ToyPermit)).one().years == 2

    def test_keeps_what_was_typed_when_something_is_wrong(self, client, acting):
        acting(ANN)
        answer = client.post("/do/toy.permit.draft", data={"title": "My well", "years": "many"})
        assert answer.status_code == 422 and "My well" in answer.text

    def test_says_why_a_rule_forbids_it(self, client, acting):
        acting(ANN)
        answer = client.post(f"/do/toy.permit.hand_in/{permit(years=9).id}?lang=en")
        assert (
            answer.status_code == 409 and "At most 5 years." in answer.text and "Toy rules 3" in answer.text
        )

    def test_is_closed_to_those_the_command_refuses(self, client, acting):
        made = permit()
        assert client.get("/do/toy.permit.draft").status_code == 302
        acting(EVE)
        assert client.get("/do/toy.permit.draft").status_code == 403
        assert client.get(f"/do/toy.permit.hand_in/{made.id}").status_code == 404
        acting(BEN)
        assert client.get(f"/do/toy.permit.hand_in/{made.id}").status_code == 403
        assert client.get(f"/do/toy.permit.hand_in/{uuid.uuid4()}").status_code == 404
        assert client.get("/do/toy.permit.nothing").status_code == 404
        assert client.get("/do/toy.permit.hand_in").status_code == 404


class TestShellDoor:
    def run(self, app, *arguments):
        return app.test_cli_runner().invoke(do, list(arguments))

    @pytest.fixture(autouse=True)
    def known(self, monkeypatch):
        monkeypatch.setitem(ACTORS, "by_email", lambda email, organisation: ANN)

    def test_runs_a_command_as_a_person(self, app):
        made = self.run(
            app, "toy.permit.draft", "--as", "ann@x.cn", "--data", '{"title": "Well", "years": 1}'
        )
        assert made.exit_code == 0 and json.loads(made.output)["state"] == "draft"

    def test_acts_as_the_system_when_nobody_is_named(self, app):
        made = self.run(app, "toy.permit.draft", "--data", '{"title": "Well", "years": 1}')
        assert made.exit_code == 0
        assert db.session.scalars(select(audit.AuditEvent)).one().actor_name == "Shuheng"

    def test_takes_files_by_path(self, app, tmp_path):
        paper = tmp_path / "合同.pdf"
        paper.write_bytes(b"abc")
        given = json.dumps({"paper": f"@{paper}"})
        assert (
            self.run(app, "toy.permit.attach", str(permit().id), "--as", "a", "--data", given).exit_code == 0
        )
        missing = self.run(
            app, "toy.permit.attach", str(permit().id), "--as", "a", "--data", '{"paper": "@/no/file"}'
        )
        assert missing.exit_code == 1 and "there is no file" in missing.output

    def test_explains_every_refusal(self, app):
        field = self.run(app, "toy.permit.draft", "--as", "a", "--data", '{"title": "x"}')
        assert field.exit_code == 1 and "years: Missing data" in field.output
        rule = self.run(app, "toy.permit.hand_in", str(permit(years=9).id), "--as", "a")
        assert "T01" in rule.output and "Toy rules 3" in rule.output
        for wrong in (
            ("no.such.command",),
            ("toy.permit.draft", "--data", "{"),
            ("toy.permit.draft", "--data", "[]"),
        ):
            assert self.run(app, *wrong).exit_code == 1


class TestRefusals:
    def test_send_a_reader_to_the_sign_in_and_back(self, site):
        with site.test_request_context("/desk?x=1"):
            g.actor = ANONYMOUS
            answer = refuse(NotSignedIn())
            assert answer.status_code == 302 and answer.location == "/sign-in?next=/desk%3Fx%3D1"
        with site.test_request_context("/desk", method="POST"):
            assert refuse(NotSignedIn())[1] == 401

    def test_draw_a_page_of_their_own_or_the_common_one(self, site):
        with site.test_request_context("/x?lang=en"):
            assert "Too many attempts" in refuse(TooMany())[0].get_data(as_text=True)
            assert refuse(NotAllowed())[1] == 403
        with site.test_request_context("/x?lang=en", method="POST"):
            assert "sign in" in refuse(NotSignedIn())[0].get_data(as_text=True).lower()

    def test_never_show_the_inside_of_an_error(self, client, acting, monkeypatch):
        acting(ANN)
        monkeypatch.setattr("kernel.routes.json_door.paged", lambda query: 1 / 0)
        client.application.config["PROPAGATE_EXCEPTIONS"] = False
        try:
            answer = client.get(LIST)
        finally:
            client.application.config["PROPAGATE_EXCEPTIONS"] = None
        assert answer.status_code == 500 and answer.json["reference"] and "Zero" not in answer.text

    def test_find_the_error_within_a_wrapped_one(self, site, caplog):
        with site.test_request_context("/api/v1/x"):
            g.actor = ANONYMOUS
            answer, status = site.handle_user_exception(
                InternalServerError(original_exception=ValueError("inside"))
            )
        assert (status, answer.json["code"]) == (500, "unforeseen") and "inside" not in answer.get_data(
            as_text=True
        )
        assert "inside" in caplog.text

    def test_leave_alone_what_is_no_error(self, site):
        class NotModified(HTTPException):
            code = 304

        with site.test_request_context("/x"):
            g.actor = ANONYMOUS
            assert site.handle_user_exception(NotModified()).code == 304

    def test_say_that_the_database_is_busy(self, client, acting, monkeypatch):
        def busy(query):
            raise OperationalError("SELECT", {}, Exception("database is locked"))

        acting(ANN)
        monkeypatch.setattr("kernel.routes.json_door.paged", busy)
        assert client.get(LIST).status_code == 503


class TestLists:
    def test_become_files_in_which_nothing_is_a_formula(self, site):
        rows = [["=1+1", 5, None, date(2026, 1, 2)], [Text("At most {n}", n=3), True, ["a"], "plain"]]
        with site.test_request_context("/?lang=en"):
            as_csv = sheet("list", ["A", "B", "C", "D"], rows, "csv")
            as_xlsx = sheet("list", ["A", "B", "C", "D"], rows, "xlsx")
        text = as_csv.get_data().decode("utf-8-sig")
        assert "'=1+1,5,,2026-01-02" in text and "At most 3,True,a,plain" in text
        book = openpyxl.load_workbook(io.BytesIO(as_xlsx.get_data()))
        assert book.active["A2"].value == "=1+1" and book.active["A2"].data_type == "s"

    def test_come_in_known_kinds_only(self, site):
        with site.test_request_context("/"), pytest.raises(Exception, match="nothing here"):
            sheet("list", [], [], "exe")

    def test_count_their_pages(self, client, acting):
        acting(ANN)
        for number in range(3):
            permit(f"Well {number}")
        second = client.get(f"{LIST}?size=2&page=2").json
        assert second["total"] == 3 and len(second["items"]) == 1


class TestForms:
    def test_resolve_choices_for_the_reader(self, site):
        class Chosen(ToyInput):
            title = toys.Words(metadata={"choices": lambda actor: [(actor.name, actor.name)]})

        with site.test_request_context("/"):
            g.actor = ANN
            assert Form(Chosen).fields["title"].metadata["choices"] == [("Ann", "Ann")]

    def test_read_lists_flags_files_and_rows(self, site):
        class Row(toys.Schema):
            name = toys.fields.String()

        class Big(toys.Schema):
            tags = toys.fields.List(toys.fields.String(), metadata={"separator": r"[,、]"})
            many = toys.fields.List(toys.fields.String())
            rows = toys.fields.List(toys.fields.Nested(Row))
            flag = toys.fields.Boolean()
            papers = toys.fields.List(toys.Upload())
            none = toys.fields.String()

        sent = {
            "tags": "a、b,,c",
            "many": ["x", " "],
            "rows-1-name": "two",
            "rows-0-name": "one",
            "rows-2-name": " ",
            "flag": "1",
            "none": " ",
            "papers": (io.BytesIO(b"x"), "p.pdf"),
        }
        with site.test_request_context("/", method="POST", data=sent):
            read = form_values(Big)
        papers = read.pop("papers")
        assert read == {
            "tags": ["a", "b", "c"],
            "many": ["x"],
            "rows": [{"name": "one"}, {"name": "two"}],
            "flag": True,
        }
        assert papers[0].name == "p.pdf"

    def test_word_messages_in_the_language_of_the_reader(self, site):
        samples = {
            "Length must be between 1 and 40.": "1 至 40",
            "Must be one of: a, b.": "a, b",
            "String does not match expected pattern.": "格式",
        }
        with site.test_request_context("/?lang=zh"):
            for english, part in samples.items():
                assert part in messages_of({"a": [english]})[0]
            assert messages_of([Text("Choose a file.")]) == ["请选择文件。"]
        assert len(SHAPES) == len({msgid for _, msgid in SHAPES})


class TestTemplates:
    @pytest.mark.parametrize(
        ("source", "shown"),
        [
            ("{{ none|money }} {{ none|moment }} {{ none|day }}", "— — —"),
            ("{{ (-123456)|money }} {{ 100|money('USD') }}", "−¥1,234.56 USD 1.00"),
            ("{% trans n=1 %}{{ n }} row{% pluralize %}{{ n }} rows{% endtrans %}", "1 row"),
            ("{% trans n=2 %}{{ n }} row{% pluralize %}{{ n }} rows{% endtrans %}", "2 rows"),
        ],
    )
    def test_show_values_and_their_absence(self, site, source, shown):
        with site.test_request_context("/x?lang=en"):
            g.actor = ANONYMOUS
            assert render_template_string(source) == shown


class TestSession:
    def test_knows_nobody_outside_of_a_request(self):
        assert current_actor() is ANONYMOUS and current_locale() == "en"

    @pytest.mark.parametrize(
        "query, cookie, header, locale",
        [
            ("?lang=en", "zh", "zh", "en"),
            ("", "en", "zh", "en"),
            ("", "", "zh-CN,zh;q=0.9,en;q=0.8", "zh_CN"),
            ("", "", "en-US,en;q=0.9", "en"),
            ("", "", "fr", "zh_CN"),
            ("?lang=xx", "", "en", "en"),
        ],
    )
    def test_reads_the_language_from_address_cookie_browser(self, site, query, cookie, header, locale):
        headers = {"Accept-Language": header, "Cookie": f"lang={cookie}" if cookie else ""}
        with site.test_request_context("/" + query, headers=headers):
            assert current_locale() == locale

    def test_a_language_asked_for_is_kept(self, client):
        answer = client.get("/help?lang=en")
        assert "lang=en" in answer.headers["Set-Cookie"] and 'lang="en"' in answer.text


class TestAddresses:
    def test_lead_to_the_page_or_the_desk(self, app, monkeypatch):
        made = permit()
        assert address_of(made) == "/desk" and address_by_table("toy_permit", made.id) == "/desk"
        monkeypatch.setitem(PAGES, ToyPermit, lambda row: f"/permits/{row.title}")
        assert (
            address_of(made) == "/permits/Well" and address_by_table("toy_permit", made.id) == "/permits/Well"
        )
        assert address_by_table("toy_permit", uuid.uuid4()) == "/desk"


class TestDesk:
    def test_keeps_sections_in_order(self, monkeypatch):
        monkeypatch.setattr("kernel.pages.desk.DESK", [])
        from kernel.pages import desk

        desk_section(20)(print)
        desk_section(10)(repr)
        assert [section for _, section in desk.DESK] == [repr, print] and DESK is not desk.DESK


class TestApplication:
    def test_guards_every_answer(self, client):
        headers = client.get("/help").headers
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "DENY"

    def test_starts_its_runner_only_outside_of_tests(self, settings, monkeypatch):
        started = []
        monkeypatch.setattr(outbox, "start_runner", started.append)
        try:
            wsgi.create_app(replace(settings, background=True, secure_cookies=True))
        finally:
            config.use(settings)
        assert len(started) == 1 and isinstance(started[0], Flask)

    @pytest.mark.parametrize(
        ("proxies", "believed"), [(0, "127.0.0.1"), (1, "192.0.2.7"), (2, "198.51.100.9")]
    )
    def test_believes_its_own_proxies_only(self, settings, proxies, believed):
        try:
            fresh = wsgi.create_app(replace(settings, proxies=proxies), TESTING=True)
        finally:
            config.use(settings)
        seen = []
        fresh.before_request_funcs = {None: [lambda: seen.append(request.remote_addr) or "seen"]}
        fresh.after_request_funcs = {}
        fresh.test_client().get("/help", headers={"X-Forwarded-For": "198.51.100.9, 192.0.2.7"})
        assert seen == [believed]

    def test_says_what_is_wrong_with_its_settings(self, monkeypatch, settings):
        monkeypatch.setattr(config, "_loaded", {})
        monkeypatch.delenv("SHUHENG_SECRET_KEY", raising=False)
        monkeypatch.setenv("SHUHENG_PORT", "x")
        with pytest.raises(SystemExit, match="cannot start"):
            wsgi.__getattr__("app")
        with pytest.raises(AttributeError):
            wsgi.__getattr__("other")
