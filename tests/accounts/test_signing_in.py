"""Signing in and out, and sessions, as a browser sees them."""

import time
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from accounts import queries
from accounts.commands import organisation, person
from accounts.models import Session
from accounts.views.door import pages
from accounts.views.links import safe
from accounts.vocabulary import PASSWORD_HASH, TRIES_PER_ACCOUNT
from kernel import clock, config
from kernel.actor import SYSTEM
from kernel.command import execute
from kernel.db import db
from tests.accounts.pages import check
from tests.factories.accounts import PASSWORD, a_member, a_person, an_organisation, sign_in

pytestmark = pytest.mark.usefixtures("app")
OPEN = ("/sign-in", "/register", "/demo")
OWN = ("/account", "/account/edit", "/account/password", "/account/keys", "/organisations/switch", "/invitations", "/organisations/register")  # fmt: skip


class TestSignIn:
    def test_leads_to_the_desk_with_a_cookie_of_its_own(self, client) -> None:
        answer = sign_in(client, a_person())
        assert (answer.status_code, answer.location) == (302, "/desk")
        cookie = answer.headers["Set-Cookie"]
        assert (
            cookie.startswith("shuheng=")
            and "HttpOnly" in cookie
            and "SameSite=Lax" in cookie
            and "Path=/" in cookie
        )

    @pytest.mark.parametrize("email", ["a@example.org", "nobody@example.org"])
    def test_answers_alike_to_a_wrong_password_and_an_unknown_address(self, client, email) -> None:
        a_person("a@example.org")
        answer = client.post("/sign-in?lang=en", data={"email": email, "password": "wrong password"})
        text = check(answer, "E-mail address or password is wrong.")
        assert answer.status_code == 422 and "wrong password" not in text
        assert client.get("/account").status_code == 302

    def test_takes_as_long_for_an_unknown_address(self, app, monkeypatch) -> None:
        monkeypatch.setitem(PASSWORD_HASH, "method", "scrypt:16384:8:1")
        a_person("a@example.org")

        def seconds(email: str) -> float:
            began = time.perf_counter()
            queries.person_with(email, "wrong password")
            return time.perf_counter() - began

        seconds("warm@example.org")
        known, unknown = (
            min(seconds(email) for _ in range(5)) for email in ("a@example.org", "b@example.org")
        )
        assert 0.5 < known / unknown < 2

    def test_refuses_the_suspended(self, client) -> None:
        who = a_person()
        execute(person.suspend, actor=SYSTEM, subject_id=who.id)
        assert sign_in(client, who).status_code == 422

    def test_asks_for_both_fields(self, client) -> None:
        check(client.post("/sign-in", data={"email": "a@example.org"}))

    def test_waits_after_many_tries_and_says_so(self, client) -> None:
        who = a_person()
        for _ in range(TRIES_PER_ACCOUNT):
            assert sign_in(client, who, "wrong password").status_code == 422
        answer = sign_in(client, who)
        assert answer.status_code == 429
        check(answer)
        with clock.frozen(clock.now().replace(year=2027)):
            assert sign_in(client, who).status_code == 302

    def test_makes_a_new_token_and_ends_the_session_before(self, client) -> None:
        first, second = a_person(), a_person()
        sign_in(client, first)
        before = client.get_cookie("shuheng").value
        sign_in(client, second)
        assert client.get_cookie("shuheng").value != before
        client.set_cookie("shuheng", before)
        assert client.get("/account").status_code == 302

    def test_goes_where_one_was_going(self, client) -> None:
        data = {"email": a_person().email, "password": PASSWORD, "next": "/account?x=1"}
        assert client.post("/sign-in", data=data).location == "/account?x=1"
        assert client.get("/sign-in?next=/catalogue").location == "/catalogue"

    @pytest.mark.parametrize("evil", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "\\\\evil", "/\t/evil", "evil"])  # fmt: skip
    def test_never_leads_to_another_site(self, client, evil) -> None:
        data = {"email": a_person().email, "password": PASSWORD, "next": evil}
        assert client.post("/sign-in", data=data).location == "/desk"
        assert safe(evil) == "/desk"


class TestCookie:
    def test_is_bound_to_the_host_where_it_travels_encrypted(self, app) -> None:
        usual = config.settings()
        config.use(replace(usual, secure_cookies=True))
        try:
            secure = Flask("secure")
            secure.register_blueprint(pages)
        finally:
            config.use(usual)
        assert secure.config["SESSION_COOKIE_NAME"] == "__Host-shuheng"
        assert secure.config["SESSION_COOKIE_SECURE"] and secure.config["SESSION_COOKIE_PATH"] == "/"


class TestSignOut:
    def test_ends_copies_of_the_cookie_too(self, signed_in) -> None:
        client, _, _ = signed_in
        stolen = client.get_cookie("shuheng").value
        assert client.post("/sign-out").location == "/"
        client.set_cookie("shuheng", stolen)
        assert client.get("/account").status_code == 302

    def test_is_no_link(self, signed_in) -> None:
        client, _, _ = signed_in
        assert client.get("/sign-out").status_code == 405

    def test_is_harmless_for_strangers(self, client) -> None:
        assert client.post("/sign-out").status_code == 302


class TestSession:
    def test_ends_when_left_alone_and_at_the_end_of_the_day(self, client) -> None:
        with clock.frozen("2026-11-23T08:00+08:00"):
            sign_in(client, a_person())
        for hour in (9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19):
            with clock.frozen(f"2026-11-23T{hour:02}:59+08:00"):
                assert client.get("/account").status_code == 200
        with clock.frozen("2026-11-23T20:00+08:00"):
            assert client.get("/account").status_code == 302

    def test_ends_when_left_alone(self, client) -> None:
        with clock.frozen("2026-11-23T08:00+08:00"):
            sign_in(client, a_person())
        with clock.frozen("2026-11-23T10:01+08:00"):
            assert client.get("/account").status_code == 302

    def test_notes_being_seen_only_now_and_then(self, client) -> None:
        with clock.frozen("2026-11-23T08:00+08:00"):
            sign_in(client, a_person())
        for minute in (5, 10, 15):
            with clock.frozen(f"2026-11-23T08:{minute:02}+08:00"):
                client.get("/account")
        row = db.session.scalars(select(Session)).one()
        assert row.last_seen_at == row.created_at

    def test_loses_every_right_with_the_next_request(self, signed_in) -> None:
        client, who, own = signed_in
        path = f"/organisations/{own.id}/edit"
        assert client.get(path).status_code == 200
        execute(organisation.suspend, actor=SYSTEM, subject_id=own.id, data={"reason": "x"})
        assert client.post(path, data={"name": "x"}).status_code in (403, 404)
        execute(person.suspend, actor=SYSTEM, subject_id=who.id)
        assert client.get("/account").status_code == 302

    def test_of_another_browser_can_be_ended(self, signed_in, app) -> None:
        client, who, _ = signed_in
        other = app.test_client()
        sign_in(other, who)
        row = next(
            row
            for row in queries.open_sessions(who.id, clock.now())
            if str(row.id) in client.get("/account").text
        )
        assert client.post(f"/account/sessions/{row.id}/end").location == "/account"
        assert other.get("/account").status_code == 302
        assert client.get("/account").status_code == 200

    def test_of_somebody_else_cannot_be_ended(self, signed_in, app) -> None:
        client, _, _ = signed_in
        other = app.test_client()
        stranger = a_person()
        sign_in(other, stranger)
        (row,) = queries.open_sessions(stranger.id, clock.now())
        assert client.post(f"/account/sessions/{row.id}/end").status_code == 404


class TestDemonstration:
    def test_signs_in_with_one_click(self, client) -> None:
        own = an_organisation("authority", name="示范主管部门")
        who = a_member(own, person=a_person(demo_role="Authority"))
        assert "示范主管部门" in check(client.get("/demo"))
        assert client.post(f"/demo/{who.id}").location == "/desk"
        assert client.get("/account").status_code == 200

    def test_is_for_its_own_people(self, client) -> None:
        who = a_person()
        assert client.post(f"/demo/{who.id}").status_code == 404
        gone = a_person(demo_role="Authority")
        execute(person.suspend, actor=SYSTEM, subject_id=gone.id)
        assert client.post(f"/demo/{gone.id}").status_code == 404

    def test_is_not_there_in_earnest(self, client) -> None:
        who = a_person(demo_role="Authority")
        usual = config.settings()
        config.use(replace(usual, demo=False))
        try:
            assert client.get("/demo").status_code == 404
            assert client.post(f"/demo/{who.id}").status_code == 404
        finally:
            config.use(usual)
