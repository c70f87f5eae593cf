"""Threats 1 and 2: what belongs to others is not there, at any address, by any method; nothing is open by default."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts.commands import token
from contracts.models import Application, DevelopmentRight
from kernel import clock
from kernel.audit import AuditEvent
from kernel.command import execute
from kernel.db import db
from kernel.permissions import VISIBLE, may_see
from marketplace.models import DataProduct
from tests.security.addresses import commands_on, filled, of_nobody
from tests.security.world import World, actor_of

# Open to all, or kept for the machine alone.
OF_NOBODY = {
    "CalendarYear", "Download", "Tick", "Attempt", "Registrar", "Debarment", "RightsRecord", "OperatingMandate", "Synonym",
}  # fmt: skip
# Registers and decisions that bind every managing body of a place: each of its agencies reads them.
OF_MANAGING_BODIES = {"Database", "LeadSource", "GradingRule", "AdjustmentRound"}
GONE = {404, 405}


def events() -> int:
    """How many events the log has."""
    return db.session.scalar(db.select(db.func.count(AuditEvent.id))) or 0


def key_of(world: World, name: str) -> dict[str, str]:
    """The header by which a stranger's program says who it is."""
    wanted = {"name": "k", "scope": "act", "expires_on": (clock.today() + timedelta(days=9)).isoformat()}
    made = execute(token.issue, actor=actor_of(world.strangers[name]), data=wanted)
    return {"Authorization": f"Bearer {made.secret}"}


class TestWorld:
    def test_has_something_private_of_every_kind(self, world: World) -> None:
        kinds = {model.__name__ for model in VISIBLE if not model.__module__.startswith("tests.")} - OF_NOBODY
        assert kinds - OF_MANAGING_BODIES <= {model.__name__ for model in world.private}

    def test_fits_into_every_address(self, world: World, site: Flask) -> None:
        assert of_nobody(site, world.private) == []

    def test_none_of_it_is_visible_to_strangers(self, world: World) -> None:
        seen = [
            (name, type(row).__name__)
            for name, person in world.strangers.items()
            for row in world.private.values()
            if may_see(actor_of(person), row)
        ]
        assert seen == []

    def test_its_owners_see_their_part(self, world: World, owner: FlaskClient) -> None:
        pages = {Application: "applications", DevelopmentRight: "rights", DataProduct: "products"}
        for model, address in pages.items():
            assert owner.get(f"/{address}/{world.private[model].id}").status_code == 200, address


class TestStrangers:
    """Another body of the same kinds, signed in, with every mandate."""

    def test_finds_nothing_at_any_page(self, world: World, site: Flask, stranger: FlaskClient) -> None:
        before, wrong = events(), []
        for method, address, _model in filled(site, world.private):
            if not address.startswith("/api/"):
                answer = stranger.open(address, method=method)
                if answer.status_code not in GONE:
                    wrong.append((method, address, answer.status_code))
        assert wrong == []
        assert events() == before

    def test_finds_nothing_by_program(
        self, world: World, site: Flask, request: Any, stranger: FlaskClient
    ) -> None:
        header = key_of(world, request.node.callspec.params["stranger"])
        before, wrong = events(), []
        for method, address, _model in filled(site, world.private):
            if address.startswith("/api/"):
                answer = site.test_client().open(address, method=method, headers=header, json={})
                if answer.status_code not in GONE:
                    wrong.append((method, address, answer.status_code))
        assert wrong == []
        assert events() == before

    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_runs_no_command(self, world: World, stranger: FlaskClient, method: str) -> None:
        before, wrong = events(), []
        for name, address in commands_on(world.private):
            answer = stranger.open(address, method=method)
            if answer.status_code not in GONE:
                wrong.append((name, answer.status_code))
        assert wrong == []
        assert events() == before


class TestForms:
    """Threat 3: a form – and what stands beside it – is drawn only for those whose input would be taken."""

    @pytest.mark.parametrize("who", ["operator", "agency", "registrar", "authority"])
    def test_are_not_drawn_for_those_who_may_not_send_them(
        self, world: World, site: Flask, enter: Any, who: str
    ) -> None:
        client, wrong = enter(getattr(world.stall.who, who)), []
        for address in forms(site, world.private):
            if client.get(address).status_code == 200 and client.post(address, data={}).status_code in (
                403,
                404,
            ):
                wrong.append(address)
        assert wrong == []


def forms(app: Flask, private: dict[type, Any]) -> list[str]:
    """The addresses of forms about a row: drawn by GET, sent by POST. An agreement is read where it is signed."""
    methods: dict[str, set[str]] = {}
    for method, address, _model in filled(app, private):
        methods.setdefault(address, set()).add(method)
    both = (address for address, found in methods.items() if found == {"GET", "POST"})
    return [address for address in both if not address.startswith("/agreements/")]
