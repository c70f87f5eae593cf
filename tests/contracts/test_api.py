"""The JSON door and the shell of contracts."""

import json

import pytest

from contracts import commands
from kernel.command import execute
from tests.factories import contracts as made
from tests.factories.accounts import an_actor


@pytest.fixture
def who(app) -> made.Parties:
    """A licensed operator, an authority, an agency and a registrar."""
    return made.parties()


@pytest.fixture
def api(app, monkeypatch):
    """Asks the JSON door as somebody."""

    def ask(actor, method, path, **rest):
        monkeypatch.setattr("accounts.views.load_api_actor", lambda: actor)
        return app.test_client().open(f"/api/v1/contracts{path}", method=method, **rest)

    return ask


class TestDoor:
    def test_lists_and_shows_what_may_be_seen(self, who, api) -> None:
        held = made.a_right(who)
        element = made.an_element(who, held)
        for path, number in (
            ("/rights", 1),
            ("/applications", 1),
            ("/agreements", 2),
            ("/elements", 1),
            ("/obligations", 1),
        ):
            assert api(who.operator, "GET", path).json["total"] == number
        shown = api(who.operator, "GET", f"/rights/{held.id}").json
        assert shown["number"] == held.number and shown["income_shares"][0]["share_bp"] == 7000
        assert api(who.operator, "GET", f"/elements/{element.id}").json["fields"] == made.FIELDS
        assert api(an_actor("operator"), "GET", f"/rights/{held.id}").status_code == 404

    def test_runs_commands_and_says_what_may_follow(self, who, api) -> None:
        asked = made.an_application(who)
        answer = api(who.operator, "POST", f"/applications/{asked.id}/submit")
        assert (answer.status_code, answer.json["state"], answer.json["available"]) == (
            200,
            "submitted",
            ["withdraw"],
        )
        again = api(who.operator, "POST", f"/applications/{asked.id}/submit")
        assert (again.status_code, again.json["code"]) == (409, "wrong_state")
        refused = api(who.authority, "POST", f"/applications/{asked.id}/return", json={})
        assert refused.status_code == 422 and "comments" in refused.json["errors"]

    def test_hides_the_assessment(self, who, api) -> None:
        asked = made.assessed(made.submitted(made.an_application(who), who.operator), who.authority)
        assert "可行" not in api(who.operator, "GET", f"/applications/{asked.id}").text


class TestShell:
    def test_shows_a_chain_and_whether_it_holds(self, app, who) -> None:
        held = made.a_right(who)
        result = app.test_cli_runner().invoke(args=["contracts", "chain", str(held.id)])
        assert result.exit_code == 0 and json.loads(result.output)["live"] is True
        execute(
            commands.right.suspend,
            actor=who.authority,
            subject_id=held.id,
            data={"reason": "泄露。", "basis": "YN L180"},
        )
        result = app.test_cli_runner().invoke(args=["contracts", "chain", str(held.id)])
        assert result.exit_code == 1 and "suspended" in json.loads(result.output)["why"].lower()
