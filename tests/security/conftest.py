"""One world for all tests of a file: nothing they do may change it."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts import queries as accounts
from kernel.db import db
from tests.conftest import a_quick_printer, empty
from tests.factories.accounts import sign_in
from tests.security.world import World, a_world, keep_accounts


@pytest.fixture(scope="module")
def world(site: Flask) -> Iterator[World]:
    """Private rows of every kind, and strangers."""
    with site.app_context(), a_quick_printer():
        built = a_world()
        keep_accounts(built, site.test_client())
        yield built
        db.session.remove()
        empty()


@pytest.fixture
def enter(site: Flask, world: World):  # noqa: ANN201
    """A browser in which the person of an actor has signed in."""

    def entered(actor: object) -> FlaskClient:
        client = site.test_client()
        assert sign_in(client, accounts.person(actor.user_id)).status_code == 302
        return client

    return entered


@pytest.fixture
def owner(world: World, enter) -> FlaskClient:  # noqa: ANN001
    """A browser of the operator, to whom much of the world belongs."""
    return enter(world.stall.who.operator)


@pytest.fixture(params=["body", "agency"])
def stranger(request: pytest.FixtureRequest, world: World, site: Flask) -> FlaskClient:
    """A browser of somebody from another body of the same kinds, in the same place."""
    client = site.test_client()
    assert sign_in(client, world.strangers[request.param]).status_code == 302
    return client
