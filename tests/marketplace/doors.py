"""One person at all three doors: page, JSON and shell."""

import json
from typing import Any

from flask import Flask

from accounts.commands import token
from kernel import clock
from kernel.actor import Actor
from kernel.command import execute
from tests.factories.accounts import a_member, acting, organisation_of, sign_in


class Doors:
    """Somebody of the actor's organisation: a browser, a key for programs, and the shell."""

    def __init__(self, app: Flask, actor: Actor) -> None:
        organisation = organisation_of(actor)
        person = a_member(organisation)
        self.app, self.code, self.email = app, organisation.uscc, person.email
        self.page = app.test_client()
        assert sign_in(self.page, person).status_code == 302
        expires = clock.today().replace(year=clock.today().year + 1, day=1).isoformat()
        issued = {"name": "test", "scope": "act", "expires_on": expires}
        self.key = execute(token.issue, actor=acting(person, organisation), data=issued).secret
        self.program = app.test_client()

    def json(self, path: str, data: dict[str, Any]) -> Any:
        """POST to the JSON door."""
        return self.program.post(f"/api/v1/marketplace/{path}", json=data, headers=self.headers)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}

    def shell(self, command: str, data: dict[str, Any], subject_id: Any = None) -> Any:
        """The command by its name in the shell."""
        words = ["do", command, *([str(subject_id)] if subject_id else [])]
        words += ["--as", self.email, "--for", self.code, "--data", json.dumps(data)]
        return self.app.test_cli_runner().invoke(args=words)
