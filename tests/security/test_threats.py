"""Threats that need no world: mass assignment, forged forms, stolen cookies, false ways back, missing headers."""

import uuid
from datetime import timedelta
from typing import Any

import marshmallow
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, Rule

from accounts import queries
from accounts.commands import person, token
from accounts.models import Session
from kernel import clock
from kernel.actor import SYSTEM
from kernel.audit import AuditEvent
from kernel.command import COMMANDS, execute
from kernel.db import db
from kernel.permissions import anyone, system
from registry.models import CatalogueEntry
from tests.factories.accounts import PASSWORD, a_member, a_person, acting, an_actor, an_organisation, sign_in
from wsgi import PACKAGES

# What the server alone decides. A person may name a place or an organisation only where the form is about choosing it.
DECIDED = {
    "state", "status", "number", "holder_id", "applicant_id", "seller_id", "buyer_id", "granted_by_id", "user_id",
    "unit_price_minor", "total_minor", "waived_minor", "created_at", "profile_version", "document_id", "sha256",
    "storage_key", "version", "approved_by_id", "confirmed_by_id", "signed_by_id",
}  # fmt: skip
# The number of a paper or of a project as others gave it, the hash of a batch they hold, the holder they tell of.
THEIRS = {
    "registry.aggregation.record": {"sha256"}, "registry.dossier.add_paper": {"number"},
    "registry.duty_to_register.note": {"holder_id"}, "registry.project.amend": {"number"},
    "registry.project.draft": {"number"}, "contracts.plan.record_decision": {"number"},
    "registry.reconciliation.record": {"sha256"},
}  # fmt: skip
BEGINNINGS = sorted(
    name for name, command in COMMANDS.items() if command.creates and name.split(".")[0] in PACKAGES
)
# Programs send these: a signed message, a question that writes nothing.
NO_FORMS = {"billing.webhook", "api_registry_feeds.oai", "supervision.mails_off"}
# Anybody may send these without an account: they register, sign in, object, are told by the payment provider, or
# end mails by an address nobody can guess.
OPEN_FORMS = {
    "api_registry_feeds.oai",
    "accounts.register",
    "accounts.sign_in",
    "accounts.sign_out",
    "registry.lodge_objection",
    "billing.webhook",
    "supervision.checked",
    "accounts.demo_sign_in",
    "supervision.mails_off",
}
# Pages that nobody needs an account for.
OPEN_PAGES = {
    "accounts.demo", "accounts.register", "accounts.sign_in", "accounts.organisations", "api-docs.openapi_json", "contracts.clause_templates",
    "contracts.condition_library", "contracts.selections", "marketplace.open_data",
    "marketplace.price_history", "marketplace.prices", "marketplace.products", "registry.catalogue", "registry.debarred_operators", "registry.licences", "registry.operators",
    "registry.registrations", "registry.releases", "registry.resources", "static", "supervision.accessibility",
    "supervision.api_docs", "supervision.calendar", "supervision.check", "supervision.favicon",
    "supervision.healthz", "supervision.help_", "supervision.operating_mandates", "supervision.home", "supervision.privacy", "supervision.robots",
    "supervision.rules", "supervision.search", "supervision.sitemap", "supervision.suggest", "supervision.synonyms", "billing.caps",
    "registry.announcements", "registry.registrars", "registry.schema", "registry.standard", "supervision.log", "supervision.log_key",
    "api_registry_feeds.catalogue", "api_registry_feeds.catalogue_feed", "api_registry_feeds.oai",
    "api_registry_feeds.open_data_feed", "api_registry_feeds.sitemap", "api_registry_feeds.versions", "api_registry_feeds.vocabulary",
}  # fmt: skip
AWAY = [
    "//evil.example",
    "/\\evil.example",
    "https://evil.example/desk",
    "javascript:alert(1)",
    "\t//evil.example",
    "/%0d%0aLocation: https://evil.example",
    "///evil.example",
    "http:evil.example",
]


def events() -> int:
    """How many events the log has."""
    return db.session.scalar(db.select(db.func.count(AuditEvent.id))) or 0


def addresses(app: Flask, method: str) -> list[tuple[str, str]]:
    """(endpoint, address) of every rule that takes the method, with an identity nobody has in its places."""
    fills: dict[str, Any] = {
        "name": "registry.entry.draft",
        "kind": "evidence",
        "number": 0,
        "filename": "css/main.css",
    }
    found = []
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()):
            asked = rule.arguments - set(rule.defaults or ())
            values = {name: fills.get(name, uuid.UUID(int=7)) for name in asked}
            values |= {name: only[0] for name, only in _choices(rule) if name in asked}
            found.append(
                (rule.endpoint, app.url_map.bind("localhost").build(rule.endpoint, values, method=method))
            )
    return found


def _choices(rule: Rule) -> list[tuple[str, tuple[str, ...]]]:
    """The places of an address that take some words only, with these words."""
    return [
        (name, tuple(sorted(converter.items)))
        for name, converter in rule._converters.items()
        if isinstance(converter, AnyConverter)
    ]


class TestInput:
    """Threat 4: nobody sets what the server decides."""

    @pytest.mark.parametrize("name", sorted(COMMANDS))
    def test_takes_only_what_its_schema_names(self, name: str) -> None:
        schema = COMMANDS[name].schema()
        columns = set(COMMANDS[name].subject.__table__.columns.keys()) - set(schema.load_fields)
        assert schema.unknown == marshmallow.RAISE
        with pytest.raises(marshmallow.ValidationError) as refused:
            schema.load(dict.fromkeys(columns, "1"))
        assert columns <= set(refused.value.messages_dict)

    def test_names_nothing_that_the_server_decides(self) -> None:
        asked = {
            name: set(command.schema().load_fields) & DECIDED - THEIRS.get(name, set())
            for name, command in COMMANDS.items()
            if command.may != (system,)
        }
        assert {name: found for name, found in asked.items() if found} == {}

    def test_is_refused_by_the_json_door_and_dropped_by_the_page(
        self, app: Flask, client: FlaskClient
    ) -> None:
        agency, other = an_actor("agency"), an_actor("agency")
        forced = {
            "title": "目录",
            "state": "published",
            "agency_id": str(other.organisation_id),
            "jurisdiction": "331100",
        }
        sign_in(client, queries.person(agency.user_id))
        header = bearer(agency)
        answer = client.post("/api/v1/registry/entries/draft", json=forced, headers=header)
        assert answer.status_code == 422 and {"state", "agency_id", "jurisdiction"} <= set(
            answer.json["errors"]
        )
        assert client.post("/catalogue/new", data=forced).status_code == 302
        made = db.session.scalars(db.select(CatalogueEntry)).one()
        assert (made.state, made.agency_id, made.jurisdiction) == ("draft", agency.organisation_id, "990100")


def bearer(actor: Any) -> dict[str, str]:
    """The header of a program that acts for somebody."""
    wanted = {"name": "k", "scope": "act", "expires_on": (clock.today() + timedelta(days=9)).isoformat()}
    return {"Authorization": f"Bearer {execute(token.issue, actor=actor, data=wanted).secret}"}


class TestForms:
    """Threat 21: a form that did not come from our page does nothing."""

    @pytest.fixture
    def guarded(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
        monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
        return app

    def test_without_its_secret_is_refused_at_every_address(self, guarded: Flask) -> None:
        client, who = guarded.test_client(), a_member(an_organisation("operator"))
        guarded.config["WTF_CSRF_ENABLED"] = False
        assert sign_in(client, who).status_code == 302
        guarded.config["WTF_CSRF_ENABLED"] = True
        before, taken = events(), []
        for endpoint, address in addresses(guarded, "POST"):
            if not address.startswith("/api/") and endpoint not in NO_FORMS:
                answer = client.post(address, data={"x": "1"})
                if answer.status_code != 400:
                    taken.append((address, answer.status_code))
        assert (taken, events()) == ([], before)

    def test_of_signing_in_needs_its_secret_too(self, guarded: Flask) -> None:
        client, who = guarded.test_client(), a_person()
        assert sign_in(client, who).status_code == 400
        page = client.get("/sign-in").text
        secret = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
        sent = {"email": who.email, "password": PASSWORD, "csrf_token": secret}
        assert client.post("/sign-in", data=sent).status_code == 302

    def test_reaches_no_program_door_with_a_cookie(self, app: Flask, client: FlaskClient) -> None:
        own = an_organisation("agency")
        sign_in(client, a_member(own))
        before = events()
        answer = client.post(
            "/api/v1/registry/entries/draft", data='{"title": "目录"}', headers={"Content-Type": "text/plain"}
        )
        assert answer.status_code in (401, 403) and events() == before


class TestSessions:
    """Threat 20: a cookie is worth what the session row says, and no more."""

    def test_a_copied_cookie_dies_at_sign_out(self, app: Flask, client: FlaskClient) -> None:
        sign_in(client, a_member(an_organisation("buyer")))
        thief = app.test_client()
        thief.set_cookie("shuheng", client.get_cookie("shuheng").value)
        assert thief.get("/desk").status_code == 200
        client.post("/sign-out")
        assert thief.get("/desk").status_code == 302
        assert {row.state for row in db.session.scalars(db.select(Session))} == {"ended"}

    def test_gets_a_new_identity_at_every_sign_in(self, client: FlaskClient) -> None:
        client.get("/sign-in")
        before = client.get_cookie("shuheng")
        who = a_member(an_organisation("buyer"))
        sign_in(client, who)
        first = client.get_cookie("shuheng").value
        sign_in(client, who)
        second = client.get_cookie("shuheng").value
        assert len({before and before.value, first, second}) == 3
        stale = client.application.test_client()
        stale.set_cookie("shuheng", first)
        assert stale.get("/desk").status_code == 302

    def test_keeps_its_cookie_from_scripts_and_strangers(self, client: FlaskClient) -> None:
        answer = sign_in(client, a_person())
        cookie = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith("shuheng="))
        assert "HttpOnly" in cookie and "SameSite=Lax" in cookie

    def test_ends_for_a_suspended_person(self, app: Flask, client: FlaskClient) -> None:
        who = a_member(an_organisation("buyer"))
        sign_in(client, who)
        execute(person.suspend, actor=SYSTEM, subject_id=who.id)
        assert client.get("/desk").status_code == 302
        assert not acting(who).is_signed_in


class TestWayBack:
    """Threat 39: after signing in one stays here."""

    @pytest.mark.parametrize("target", AWAY)
    def test_never_leads_away(self, app: Flask, client: FlaskClient, target: str) -> None:
        who = a_person()
        sent = {"email": who.email, "password": PASSWORD, "next": target}
        answer = client.post("/sign-in", query_string={"next": target}, data=sent)
        assert answer.status_code == 302
        assert answer.headers["Location"].removeprefix("http://localhost").startswith("/")
        assert (
            "evil" not in answer.headers["Location"].split("/")[2:3]
            and "//" not in answer.headers["Location"]
        )

    def test_is_kept_whole(self, client: FlaskClient) -> None:
        wanted = "/orders?state=active&page=2"
        asked = client.get(wanted)
        who = a_person()
        answer = client.post(asked.headers["Location"], data={"email": who.email, "password": PASSWORD})
        assert answer.headers["Location"] == wanted


class TestNobody:
    """Threat 2: without an account there are the open pages, and nothing else."""

    def test_reads_the_open_pages_alone(self, app: Flask, client: FlaskClient) -> None:
        seen = set()
        for endpoint, address in addresses(app, "GET"):
            with client.get(address) as answer:
                if answer.status_code == 200 and not address.startswith("/api/v1/"):
                    seen.add(endpoint)
        assert sorted(seen - OPEN_PAGES) == []

    def test_lists_by_program_only_what_is_public(self, app: Flask, client: FlaskClient) -> None:
        an_actor("operator")
        for endpoint, address in addresses(app, "GET"):
            if address.startswith("/api/v1/") and endpoint.endswith("_list"):
                answer = client.get(address)
                assert answer.status_code in (200, 401, 403), address
                if answer.status_code == 200 and "organisations" not in address:
                    assert answer.json["total"] == 0, address

    def test_changes_nothing(self, app: Flask, client: FlaskClient) -> None:
        before, done = events(), []
        for endpoint, address in addresses(app, "POST"):
            if endpoint not in OPEN_FORMS:
                answer = (
                    client.post(address, json={}) if "/api/" in address else client.post(address, data={})
                )
                if answer.status_code < 300 or (
                    answer.status_code < 400 and "sign-in" not in answer.headers["Location"]
                ):
                    done.append((address, answer.status_code))
        assert (done, events()) == ([], before)

    @pytest.mark.parametrize("name", BEGINNINGS)
    def test_begins_nothing_that_is_not_for_everybody(
        self, app: Flask, client: FlaskClient, name: str
    ) -> None:
        before, answer = events(), client.post(f"/do/{name}", data={})
        if anyone in COMMANDS[name].may:
            assert answer.status_code == 422  # everybody may, with the right input
        else:
            assert answer.status_code in (401, 403)
        assert events() == before


class TestHeaders:
    """Threat 40: every answer says what a browser may do with it."""

    @pytest.mark.parametrize(
        "address", ["/", "/catalogue", "/no-such-page", "/healthz", "/api/v1/openapi.json"]
    )
    def test_guard_every_answer(self, app: Flask, client: FlaskClient, address: str) -> None:
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert (
            "default-src 'self'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
        )
        assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"

    def test_keep_private_pages_out_of_caches(self, app: Flask, client: FlaskClient) -> None:
        assert client.get("/").headers["Cache-Control"] == "no-cache"
        sign_in(client, a_member(an_organisation("buyer")))
        assert client.get("/desk").headers["Cache-Control"] == "no-store"
        assert client.get("/").headers["Cache-Control"] == "no-store"
