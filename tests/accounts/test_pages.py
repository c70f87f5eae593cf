"""The pages of accounts, as a browser sees them."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select

from accounts import queries
from accounts.commands import attempt, membership, token
from accounts.models import Mandate, Person
from accounts.vocabulary import REGISTRATIONS_PER_ADDRESS, TRIES_PER_ACCOUNT
from kernel import clock
from kernel.actor import SYSTEM
from kernel.command import execute
from kernel.db import db
from tests.accounts.pages import check
from tests.factories.accounts import PASSWORD, a_code, a_member, a_person, acting, an_organisation, sign_in

pytestmark = pytest.mark.usefixtures("app")
OPEN = ("/sign-in", "/register", "/demo")
OWN = ("/account", "/account/edit", "/account/password", "/account/keys", "/organisations/switch", "/invitations", "/organisations/register")  # fmt: skip


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

    def test_is_counted_by_address(self, client) -> None:
        tried = {"kind": "register", "email": "a@example.org", "address": "127.0.0.1"}
        for _ in range(REGISTRATIONS_PER_ADDRESS):
            execute(attempt.make, actor=SYSTEM, data=tried)
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
