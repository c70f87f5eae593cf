"""What the tests of supervision share: running clocks, browsers of each role, keys for the JSON door."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from accounts.commands import token
from kernel import clock, due
from kernel.command import execute
from kernel.due import DueDate
from registry.models import CatalogueEntry
from tests.factories.accounts import PLACE, a_member, acting, an_organisation, sign_in
from tests.factories.registry import a_submitted_entry

MONDAY = "2026-11-23T09:00+08:00"


@pytest.fixture
def entry(app: Any) -> CatalogueEntry:
    """An entry handed in on Monday, 23 November 2026: the authority has ten working days, until 7 December."""
    with clock.frozen(MONDAY):
        return a_submitted_entry()


@pytest.fixture
def running(entry: CatalogueEntry) -> DueDate:
    """The clock of that entry."""
    return due.running_of(entry)[0]


@pytest.fixture
def reader(client: FlaskClient) -> Callable[..., FlaskClient]:
    """A browser signed in as somebody of an organisation with these roles."""

    def enter(*roles: str, jurisdiction: str = PLACE, **facts: Any) -> FlaskClient:
        own = an_organisation(*roles, jurisdiction=jurisdiction, **facts)
        assert sign_in(client, a_member(own)).status_code == 302
        return client

    return enter


@pytest.fixture
def key() -> Callable[..., dict[str, str]]:
    """The header of a key for the JSON door, for a new organisation with these roles."""

    def issue(*roles: str, **facts: Any) -> dict[str, str]:
        own = an_organisation(*roles, **facts)
        wanted = {"name": "test", "scope": "act", "expires_on": clock.today().isoformat()}
        made = execute(token.issue, actor=acting(a_member(own), own), data=wanted)
        return {"Authorization": f"Bearer {made.secret}"}

    return issue


@pytest.fixture
def shell(app: Any) -> Callable[..., Any]:
    """Runs `flask …` and gives the result with exit code and output."""
    runner = app.test_cli_runner()
    return lambda *arguments: runner.invoke(args=list(arguments))
