"""The whole JSON door against its own description: whatever is sent, no answer breaks and none is undocumented."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import select

import accounts.views as accounts
from accounts.vocabulary import MANDATES, ROLES
from kernel.actor import ANONYMOUS, Actor
from kernel.db import db
from kernel.routes.json_door import SERVED
from tests.factories.accounts import PLACE, a_member, an_organisation
from tests.factories.registry import a_licence, a_registered_resource, a_release, an_agency

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 2
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def town(app: Flask) -> dict[str, Any]:
    """Some rows of each kind, and somebody who may do everything for his body."""
    agency = an_agency()
    a_registered_resource(agency)
    a_release(agency)
    a_licence()
    body = an_organisation("agency")
    person = a_member(body)
    everything = Actor(
        user_id=person.id, name=person.name, organisation_id=agency.organisation_id, organisation_name=body.name,
        roles=frozenset(ROLES), mandates=frozenset(MANDATES), jurisdictions=frozenset({PLACE}),
    )  # fmt: skip
    return {"everybody": everything, "nobody": ANONYMOUS, "ids": dict(known_ids())}


def known_ids() -> Iterator[tuple[str, list[str]]]:
    """The beginning of each address with the identities of some rows it can be about."""
    for served in SERVED:
        model: Any = served.model
        ids = [str(row_id) for row_id in db.session.scalars(select(model.id).limit(5))]
        if ids:
            yield f"/api/v1/{served.package}/{served.plural}/", ids


class TestJsonDoor:
    @pytest.mark.parametrize("who", ["everybody", "nobody"])
    def test_answers_as_it_is_described(self, app: Flask, town: dict[str, Any], monkeypatch: Any, who: str) -> None:
        monkeypatch.setattr(accounts, "load_api_actor", lambda: town[who])
        schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
        wrong = [fault for found in schema.get_all_operations() for fault in faults(found.ok(), town["ids"], who)]
        assert not wrong, f"{len(wrong)} faults:\n" + "\n".join(sorted(set(wrong))[:60])


def faults(operation: Any, ids: dict[str, list[str]], who: str) -> list[str]:
    """What an operation answers wrongly to a few requests, half of them about rows that exist."""
    wrong: list[str] = []
    known = next((found for start, found in ids.items() if operation.path.startswith(start + "{")), [])
    chance = random.Random(operation.label)

    @seed(1)
    @settings(max_examples=EXAMPLES if who == "everybody" else 1, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def send(case: Any) -> None:
        if known and chance.random() < 0.8 and "subject_id" in (case.path_parameters or {}):
            case.path_parameters["subject_id"] = chance.choice(known)
        response = case.call()
        try:
            case.validate_response(response, checks=CHECKS)
        except FailureGroup as found:
            said = " | ".join(" ".join(str(fault).split())[:300] for fault in found.exceptions)
            wrong.append(f"{operation.label}: {response.status_code} {said}")

    send()
    return wrong
