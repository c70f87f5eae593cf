"""The one window to the payment provider: hosted checkout, refunds, and what its webhook says."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import stripe

from kernel.config import settings
from kernel.errors import DomainError, InvalidInput
from kernel.words import N_

# A notice is believed for so long, before as after: clocks differ by seconds, a copied notice comes later.
TOLERANCE_SECONDS = 300
PAID = frozenset({"checkout.session.completed", "checkout.session.async_payment_succeeded"})
GIVEN_UP = frozenset({"checkout.session.expired", "checkout.session.async_payment_failed"})
# Where tests put an HTTP client of their own under the real SDK.
http: dict[str, stripe.HTTPClient | None] = {"client": None}


class ProviderFailed(DomainError):
    """The provider refused or did not answer."""

    status, code = 503, "provider_failed"
    default = N_(
        "The payment provider did not answer. Nothing was charged; try again or pay by bank transfer."
    )


@dataclass(frozen=True)
class Notice:
    """What a webhook says about a checkout: `outcome` paid, given_up or other; amount in minor units."""

    event_id: str
    outcome: str
    session_id: str
    intent_id: str | None
    amount_minor: int
    currency: str


def is_configured() -> bool:
    """Whether buyers can pay online here."""
    return bool(settings().stripe_key)


def open_session(
    *, payment_id: str, reference: str, amount_minor: int, currency: str, title: str, back_to: str
) -> tuple[str, str]:
    """Open the provider's page for a payment: (session id, address). The same payment gives the same session."""
    params: Any = {
        "mode": "payment",
        "client_reference_id": payment_id,
        "metadata": {"reference": reference},
        "success_url": f"{back_to}?paid=1",
        "cancel_url": f"{back_to}?cancelled=1",
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": currency.lower(),
                    "unit_amount": amount_minor,
                    "product_data": {"name": title},
                },
            }
        ],
    }
    session = _asked(
        "sessions.create",
        lambda client: client.v1.checkout.sessions.create(
            params, {"idempotency_key": f"checkout-{payment_id}"}
        ),
    )
    return str(session.id), str(session.url)


def expire_session(session_id: str) -> None:
    """Close the provider's page of a payment that was withdrawn."""
    _asked("sessions.expire", lambda client: client.v1.checkout.sessions.expire(session_id))


def give_back(*, intent_id: str, payment_id: str) -> str:
    """Refund a payment in full; the provider's id of the refund. Asked twice, it happens once."""
    params: Any = {"payment_intent": intent_id}
    refund = _asked(
        "refunds.create",
        lambda client: client.v1.refunds.create(params, {"idempotency_key": f"refund-{payment_id}"}),
    )
    return str(refund.id)


def _asked(what: str, ask: Any) -> Any:
    client = stripe.StripeClient(settings().stripe_key, http_client=http["client"], max_network_retries=0)
    try:
        return ask(client)
    except stripe.StripeError as error:
        raise ProviderFailed from error


def read_notice(body: bytes, header: str | None, now: datetime) -> Notice:
    """The notice in a webhook, once its signature and its time are right. Raises InvalidInput otherwise."""
    try:
        stripe.WebhookSignature.verify_header(body, header, settings().stripe_webhook_secret)
    except (stripe.SignatureVerificationError, UnicodeDecodeError) as error:
        raise InvalidInput({"signature": [N_("The signature of the notice is not right.")]}) from error
    signed_at = int(dict(part.split("=", 1) for part in str(header).split(","))["t"])
    if abs(int(now.timestamp()) - signed_at) > TOLERANCE_SECONDS:
        raise InvalidInput({"signature": [N_("The notice is not of this time.")]})
    return _notice(json.loads(body))


def _notice(event: dict[str, Any]) -> Notice:
    session = event["data"]["object"]
    kind = event["type"]
    paid = kind in PAID and session.get("payment_status") == "paid"
    return Notice(
        event_id=str(event["id"]),
        outcome="paid" if paid else "given_up" if kind in GIVEN_UP else "other",
        session_id=str(session.get("id", "")),
        intent_id=session.get("payment_intent"),
        amount_minor=int(session.get("amount_total") or 0),
        currency=str(session.get("currency") or ""),
    )
