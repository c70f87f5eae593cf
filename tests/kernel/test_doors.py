"""The generic doors: JSON, page and shell run the same commands and refuse the same way."""

import io
import json
import uuid

import pytest
from flask import g
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError

from kernel import audit
from kernel.actor import ANONYMOUS
from kernel.db import db
from kernel.errors import NotAllowed, NotSignedIn, TooMany
from kernel.routes.refusals import refuse
from kernel.routes.shell_door import ACTORS, do
from tests.kernel.doors_steps import LIST, permit
from tests.kernel.toys import ANN, BEN, EVE, ToyPermit


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
