"""What the tests of billing share: a quick printer, and a payment provider that is not there.

The provider is an HTTP client of our own under its real SDK.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

import pytest
import stripe

from accounts.models import Person
from billing import gateway
from kernel import config
from kernel.db import db
from tests.factories.accounts import sign_in

KEY, SECRET = "sk_test_key_for_tests", "whsec_for_tests"


class Provider(stripe.HTTPClient):
    """Answers as the provider would; keeps what it was asked. `fails`: it answers with an error."""

    name = "tests"

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, str, dict[str, str], str | None]] = []
        self.fails = False

    def request(self, method: str, url: str, headers: Any, post_data: Any = None, **_: Any) -> Any:
        """One request: sessions are named after the payment, so that the same payment gives the same session."""
        sent = {name: values[0] for name, values in parse_qs(post_data or "").items()}
        self.asked.append((method, url, sent, dict(headers).get("Idempotency-Key")))
        if self.fails:
            return json.dumps({"error": {"message": "no", "type": "api_error"}}), 500, {}
        return json.dumps(self._answer(url, sent)), 200, {}

    def close(self) -> None:
        """Nothing is open."""

    def _answer(self, url: str, sent: dict[str, str]) -> dict[str, Any]:
        if url.endswith("/refunds"):
            return {"id": "re_1", "object": "refund"}
        session_id = f"cs_{sent.get('client_reference_id', 'closed')}"
        return {
            "id": session_id,
            "object": "checkout.session",
            "url": f"https://checkout.stripe.com/{session_id}",
        }


@pytest.fixture
def provider(app: Any) -> Iterator[Provider]:
    """The provider is configured, and this is who answers."""
    before, fake = config.settings(), Provider()
    config.use(replace(before, stripe_key=KEY, stripe_webhook_secret=SECRET))
    gateway.http["client"] = fake
    yield fake
    gateway.http["client"] = None
    config.use(before)


@pytest.fixture
def browser(app):
    """Opens a browser signed in as an actor."""

    def enter(actor):
        client = app.test_client()
        assert sign_in(client, db.session.get(Person, actor.user_id)).status_code == 302
        return client

    return enter
