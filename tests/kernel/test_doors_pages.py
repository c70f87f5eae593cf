"""What the kernel gives to every page: lists, forms, templates, the session, the desk."""

import io
import uuid
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from flask import Flask, g, render_template_string, request

import wsgi
from kernel import config, outbox
from kernel.actor import ANONYMOUS
from kernel.pages import DESK, Form, desk_section, sheet
from kernel.pages.addresses import PAGES, address_by_table, address_of
from kernel.pages.forms import form_values
from kernel.pages.session import current_actor, current_locale
from kernel.pages.wording import SHAPES, messages_of
from kernel.words import Text
from tests.kernel import toys
from tests.kernel.doors_steps import LIST, permit
from tests.kernel.toys import ANN, ToyInput, ToyPermit


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
