"""Accounts from the shell."""

import pytest

from accounts import queries
from kernel import clock
from tests.factories.accounts import a_code, a_member, a_person, an_organisation

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def shell(app):
    """Runs `flask accounts …` and gives (exit code, output)."""
    runner = app.test_cli_runner()

    def run(*arguments: str) -> tuple[int, str]:
        done = runner.invoke(args=["accounts", *arguments])
        return done.exit_code, done.output.strip()

    return run


class TestCreate:
    def test_makes_the_first_authority_of_an_empty_database(self, shell) -> None:
        code, _ = shell(
            "create-person", "--email", "a@example.org", "--name", "甲", "--password", "a long sentence"
        )
        assert code == 0
        uscc = a_code()
        code, printed = shell(
            "create-organisation", "--name", "数据局", "--code", uscc, "--roles", "authority", "--roles", "registrar",
            "--jurisdiction", "990100", "--member", "a@example.org",
        )  # fmt: skip
        made = queries.organisation_by_code(uscc)
        assert code == 0 and printed == str(made.id)
        actor = queries.actor_by_email("a@example.org")
        assert made.roles == ["authority", "registrar"] and "decide" in actor.mandates
        assert actor.roles == {"authority"}  # a registrar acts as one from the day it was named

    def test_says_what_is_wrong(self, shell) -> None:
        code, printed = shell(
            "create-person", "--email", "a@example.org", "--name", "甲", "--password", "short"
        )
        assert code == 1 and "at least 10" in printed
        facts = ["--name", "x", "--code", a_code(), "--roles", "agency", "--jurisdiction"]
        code, printed = shell("create-organisation", *facts, "990100", "--member", "nobody@example.org")
        assert code == 1 and "no person with the address" in printed
        code, printed = shell("create-organisation", *facts, "1")
        assert code == 1 and "no rules" in printed
        code, printed = shell("create-organisation", *facts, "990100", "--roles", "buyer")
        assert code == 1 and "P04" in printed and "DG9" in printed


class TestToken:
    def test_prints_the_key_once(self, shell) -> None:
        own = an_organisation("operator")
        who = a_member(own)
        code, secret = shell("token", who.email, "--for", own.uscc)
        assert code == 0
        assert queries.actor_of_token(secret, clock.now()).organisation_id == own.id

    def test_says_what_is_wrong(self, shell) -> None:
        assert shell("token", "nobody@example.org")[0] == 1
        assert shell("token", a_person().email)[0] == 1


class TestSetPassword:
    def test_sets_it(self, shell) -> None:
        who = a_person()
        assert shell("set-password", who.email, "--password", "quite another sentence")[0] == 0
        assert queries.password_is_right(who.id, "quite another sentence")
