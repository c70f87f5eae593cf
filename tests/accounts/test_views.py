"""The pages of accounts, as a browser sees them."""

import re
import time
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select

from accounts import queries
from accounts.commands import membership, organisation, person, token
from accounts.models import Mandate, Person, Session
from accounts.views.links import safe
from accounts.vocabulary import PASSWORD_HASH, TRIES_PER_ACCOUNT
from kernel import clock, config
from kernel.actor import SYSTEM
from kernel.command import execute
from kernel.db import db
from tests.factories.accounts import PASSWORD, a_code, a_member, a_person, acting, an_organisation, sign_in

pytestmark = pytest.mark.usefixtures("app")
OPEN = ("/sign-in", "/register", "/demo")
OWN = ("/account", "/account/edit", "/account/password", "/account/keys", "/organisations/switch", "/invitations", "/organisations/register")  # fmt: skip


@pytest.fixture
def signed_in(client):
    """A browser of somebody with every mandate in an operating organisation."""
    own = an_organisation("operator", "buyer")
    who = a_member(own)
    assert sign_in(client, who).status_code == 302
    return client, who, own


def check(response, title: str = "") -> str:
    """A page as every page must be: one h1, a title, labelled inputs, no id twice."""
    assert response.status_code in (200, 422, 429), response.text[:2000]
    text = response.text
    assert len(re.findall(r"<h1[ >]", text)) == 1 and re.search(r"<title>\s*\S", text)
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids)), sorted(one for one in ids if ids.count(one) > 1)
    labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', text))
    for tag in re.findall(r"<(?:input|select|textarea)[^>]*>", text):
        if 'type="hidden"' not in tag:
            assert re.search(r'\sid="([^"]+)"', tag)[1] in labelled, tag
    assert title in text
    return text


class TestPages:
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_are_drawn_in_both_languages(self, client, lang) -> None:
        for path in OPEN:
            check(client.get(f"{path}?lang={lang}"))

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_of_ones_own_are_drawn_in_both_languages(self, signed_in, lang) -> None:
        client, _, own = signed_in
        joined = queries.members(own.id)[0].id
        mine = [
            f"/organisations/{own.id}{part}"
            for part in ("", "/edit", "/invite", f"/mandates?membership_id={joined}")
        ]
        for path in (*OWN, "/account/keys/new", "/organisations", *mine):
            check(client.get(f"{path}{'&' if '?' in path else '?'}lang={lang}"))

    def test_of_ones_own_ask_a_stranger_to_sign_in(self, client) -> None:
        for path in (*OWN, "/account/keys/new", "/organisations"):
            answer = client.get(path)
            assert (answer.status_code, answer.location) == (302, f"/sign-in?next={path}")


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


class TestRegister:
    FACTS = {
        "name": "李娜",
        "email": "li@example.org",
        "password": "a long enough sentence",
        "language": "zh",
    }

    def test_answers_alike_for_an_address_free_or_taken(self, client) -> None:
        first = client.post("/register", data=self.FACTS)
        second = client.post("/register", data=self.FACTS | {"password": "another long sentence"})
        assert (first.status_code, first.location) == (second.status_code, second.location)
        assert db.session.scalar(select(func.count(Person.id))) == 1
        assert queries.person_with("li@example.org", self.FACTS["password"]) is not None
        check(client.get(first.location + "&lang=en"), "Now sign in")

    def test_leads_by_sign_in_to_the_organisation(self, client) -> None:
        target = client.post("/register", data=self.FACTS).location
        onward = parse_qs(urlsplit(target).query)["next"][0]
        data = {"email": "li@example.org", "password": self.FACTS["password"], "next": onward}
        assert client.post("/sign-in", data=data).location == "/organisations/register"
        facts = {"name": "云数", "uscc": a_code(), "legal_form": "enterprise", "jurisdiction": "990100", "roles": ["buyer", "operator"]}  # fmt: skip
        answer = client.post("/organisations/register", data=facts)
        page = client.get(answer.location + "?lang=en")
        check(page, "The persons responsible for data are not named yet.")
        check(client.get("/account?lang=en"), "You act for it now")

    @pytest.mark.parametrize(
        "changes",
        [
            {"email": ""},
            {"email": "nonsense"},
            {"password": "short"},
            {"name": ""},
            {"password": "1234567890", "email": "x"},
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(self, client, changes) -> None:
        answer = client.post("/register", data=self.FACTS | changes)
        assert answer.status_code == 422
        assert self.FACTS["password"] not in check(answer)

    def test_makes_nobody_a_person_of_the_demonstration(self, client) -> None:
        client.post("/register", data=self.FACTS | {"demo_role": "authority"})
        assert queries.person_by_email("li@example.org").demo_role is None

    def test_is_counted_by_address(self, client, monkeypatch) -> None:
        monkeypatch.setattr("accounts.queries.sessions.REGISTRATIONS_PER_ADDRESS", 1)
        client.post("/register", data=self.FACTS)
        check(client.post("/register", data=self.FACTS | {"email": "b@example.org"}))
        assert queries.person_by_email("b@example.org") is None

    def test_offers_every_jurisdiction(self, client) -> None:
        sign_in(client, a_person())
        assert '<option value="990100"' in check(client.get("/organisations/register"), "Hengzhou")

    def test_tells_which_character_of_the_code_is_wrong(self, client) -> None:
        sign_in(client, a_person())
        facts = {"name": "云数", "uscc": "9I110000600037341L", "legal_form": "enterprise", "jurisdiction": "990100", "roles": ["buyer"]}  # fmt: skip
        answer = client.post("/organisations/register?lang=en", data=facts)
        assert answer.status_code == 422
        check(answer, "perhaps 1 or 0 is meant")

    def test_is_left_by_those_who_are_signed_in(self, signed_in) -> None:
        client, _, _ = signed_in
        assert client.get("/register").location == "/organisations/register"


class TestAccount:
    def test_is_changed(self, signed_in) -> None:
        client, who, _ = signed_in
        assert client.post("/account/edit", data={"name": "新名", "language": "en"}).location == "/account"
        db.session.refresh(who)
        assert (who.name, who.language) == ("新名", "en")

    def test_gets_a_new_password_and_keeps_this_browser_in(self, signed_in, app) -> None:
        client, who, _ = signed_in
        other = app.test_client()
        sign_in(other, who)
        before = client.get_cookie("shuheng").value
        data = {"password": PASSWORD, "new_password": "quite another sentence"}
        assert client.post("/account/password", data=data).location == "/account"
        assert client.get("/account").status_code == 200 and other.get("/account").status_code == 302
        client.set_cookie("shuheng", before)
        assert client.get("/account").status_code == 302

    def test_does_not_let_a_found_browser_guess_the_password(self, signed_in) -> None:
        client, _, _ = signed_in
        data = {"password": "wrong password", "new_password": "quite another sentence"}
        for _ in range(TRIES_PER_ACCOUNT):
            assert client.post("/account/password", data=data).status_code == 422
        assert client.post("/account/password", data=data | {"password": PASSWORD}).status_code == 429


class TestSwitch:
    def test_changes_the_organisation_acted_for(self, signed_in) -> None:
        client, who, _ = signed_in
        second = an_organisation("developer", name="第二公司")
        a_member(second, person=who)
        data = {"organisation_id": str(second.id), "next": "/account"}
        assert client.post("/organisations/switch", data=data).location == "/account"
        assert "第二公司" in client.get("/account").text

    def test_is_refused_for_strangers_organisations(self, signed_in) -> None:
        client, _, _ = signed_in
        data = {"organisation_id": str(an_organisation().id)}
        assert client.post("/organisations/switch", data=data).status_code == 422


class TestOrganisation:
    def test_shows_others_the_short_form_only(self, signed_in) -> None:
        client, _, _ = signed_in
        body = an_organisation("agency", contact_phone="0871-55555", address="湖滨路1号")
        text = check(client.get(f"/organisations/{body.id}"))
        assert body.uscc in text and "0871-55555" not in text
        for part in ("/edit", "/invite", "/mandates"):
            assert client.get(f"/organisations/{body.id}{part}").status_code == 404

    def test_is_not_there_for_those_whom_it_does_not_concern(self, signed_in, client) -> None:
        own_client, _, _ = signed_in
        other = an_organisation("operator")
        assert own_client.get(f"/organisations/{other.id}").status_code == 404

    def test_shows_members_mandates_and_buttons_to_those_who_sign(self, signed_in) -> None:
        client, who, own = signed_in
        text = check(client.get(f"/organisations/{own.id}?lang=en"), "Members and mandates")
        assert who.email in text and "/do/accounts.mandate.revoke/" in text and "Invite a colleague" in text

    def test_facts_are_corrected_and_emptied(self, signed_in) -> None:
        client, _, own = signed_in
        path = f"/organisations/{own.id}/edit"
        assert (
            client.post(path, data={"name": "新名", "legal_form": "enterprise"}).location
            == f"/organisations/{own.id}"
        )
        db.session.refresh(own)
        assert (own.name, own.address) == ("新名", "")
        assert check(client.post(path, data={"name": "", "legal_form": "enterprise"}))
        data = {"name": "x", "legal_form": "enterprise", "controlled_by_uscc": own.uscc}
        answer = client.post(path, data=data)
        assert answer.status_code == 409 and own.uscc in answer.text

    def test_list_is_filtered_and_comes_as_a_file(self, client) -> None:
        authority = an_organisation("authority", name="主管部门")
        an_organisation("operator", name="=公司")
        sign_in(client, a_member(authority))
        text = check(client.get("/organisations?role=authority&lang=en"))
        assert f'href="/organisations/{authority.id}"' in text and "=公司" not in text
        table = client.get("/organisations?format=csv").data.decode("utf-8-sig")
        assert "'=公司" in table and authority.uscc in table
        assert client.get("/organisations?format=xlsx").data[:2] == b"PK"


class TestInvitation:
    def test_goes_from_page_to_page(self, signed_in, app) -> None:
        client, _, own = signed_in
        who = a_person("new@example.org")
        page = check(client.post(f"/organisations/{own.id}/invite", data={"email": "NEW@example.org"}))
        code = re.search(r"<code>([\w-]{16})</code>", page)[1]
        other = app.test_client()
        sign_in(other, who)
        assert other.post("/invitations", data={"code": "wrong"}).status_code == 422
        check(other.post("/invitations", data={}))
        assert other.post("/invitations", data={"code": f" {code} "}).location == f"/organisations/{own.id}"
        assert queries.is_member(who.id, own.id)
        joined = next(row for row in queries.members(own.id) if row.person_id == who.id)
        today = clock.today().isoformat()
        data = {"membership_id": str(joined.id), "kind": "apply", "starts_on": today, "ends_on": today}
        assert client.post(f"/organisations/{own.id}/mandates", data=data).status_code == 302
        assert acting(who, own).mandates == {"apply"}

    def test_gives_mandates_to_members_only(self, signed_in) -> None:
        client, _, own = signed_in
        made = execute(membership.invite, actor=acting(signed_in[1], own), data={"email": "x@example.org"})
        for chosen in (str(made.id), "nonsense", ""):
            assert client.get(f"/organisations/{own.id}/mandates?membership_id={chosen}").status_code == 404


class TestKeys:
    def test_are_shown_once(self, signed_in) -> None:
        client, who, _ = signed_in
        data = {"name": "夜间取数", "scope": "act", "expires_on": clock.today().isoformat()}
        page = check(client.post("/account/keys/new", data=data))
        secret = re.search(r"shu_[\w-]{43}", page)[0]
        listed = check(client.get("/account/keys"), "夜间取数")
        assert secret not in listed and secret[:10] in listed
        answer = client.get("/api/v1/accounts/organisations", headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code == 200

    def test_need_an_organisation(self, client) -> None:
        sign_in(client, a_person())
        assert client.get("/account/keys/new").status_code == 403


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


class TestCommandPages:
    """The generic pages of commands ask first and lead back to where their subject is shown."""

    def runs(self, client, command: str, row, leads_to: str, **data: str) -> None:
        path = f"/do/{command}/{row.id}"
        check(client.get(path))
        assert client.post(path, data=data).location == leads_to

    def test_lead_back_to_the_organisation_and_the_account(self, signed_in) -> None:
        client, who, own = signed_in
        chief = acting(who, own)
        page, today = f"/organisations/{own.id}", clock.today().isoformat()
        invited = execute(membership.invite, actor=chief, data={"email": "x@example.org"})
        facts = {"name": "key", "scope": "read", "expires_on": today}
        issued = execute(token.issue, actor=chief, data=facts)
        (held,) = queries.holders(own.id, "apply", clock.today())
        (session,) = queries.open_sessions(who.id, clock.now())
        named = {"data_body": "甲", "security_head": "乙", "security_officer": "丙"}
        self.runs(client, "accounts.organisation.name_responsible", own, page, **named)
        self.runs(client, "accounts.mandate.revoke", db.session.get(Mandate, held), page)
        self.runs(client, "accounts.membership.end", invited, "/account")
        self.runs(client, "accounts.token.revoke", issued, "/account/keys")
        self.runs(client, "accounts.person.amend", who, "/account", name="x", language="en")
        self.runs(client, "accounts.session.end", session, "/account")

    def test_list_what_may_be_seen(self, app) -> None:
        own = an_organisation("operator")
        who = a_member(own)
        actor = acting(who, own)
        assert len(db.session.scalars(queries.memberships(actor)).all()) == 1
        assert len(db.session.scalars(queries.mandates(actor)).all()) == 4
