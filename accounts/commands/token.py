"""Keys for programs."""

import secrets
from datetime import date, datetime

from accounts import queries, rules
from accounts.commands.inputs import at_field
from accounts.models import Token
from accounts.permissions import MAY
from accounts.schemas import TokenInput
from accounts.states import TOKEN
from accounts.vocabulary import TOKEN_LONGEST, TOKEN_PREFIX
from kernel import clock
from kernel.actor import Actor
from kernel.command import command
from kernel.words import N_


@command(
    "accounts.token.issue",
    may=MAY["accounts.token.issue"],
    on=Token,
    states=TOKEN,
    schema=TokenInput,
    label=N_("Issue a key"),
)
def issue(*, name: str, scope: str, expires_on: date, actor: Actor, now: datetime) -> Token:
    """A key for programs of this person and the organisation acted for. Only the object returned holds it."""
    at_field("expires_on", rules.token_ends_in_time, expires_on, clock.legal_day(now), TOKEN_LONGEST)
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    token = Token(
        name=name,
        scope=scope,
        prefix=secret[:10],
        hash=queries.fingerprint(secret),
        person_id=actor.user_id,
        organisation_id=actor.organisation_id,
        expires_on=expires_on,
    )
    token.secret = secret
    return token


@command(
    "accounts.token.revoke",
    may=MAY["accounts.token.revoke"],
    on=Token,
    states=TOKEN,
    label=N_("Revoke the key"),
)
def revoke(token: Token, *, actor: Actor, now: datetime) -> None:
    """The key opens nothing any more."""
