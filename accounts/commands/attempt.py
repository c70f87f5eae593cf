"""Tries to sign in, to register or to prove a password, counted before they are looked at."""

from datetime import datetime

from accounts import queries, rules
from accounts.models import Attempt
from accounts.permissions import MAY
from accounts.schemas import AttemptInput
from accounts.states import ATTEMPT
from kernel.actor import Actor
from kernel.command import command
from kernel.errors import TooMany


@command(
    "accounts.attempt.make", may=MAY["accounts.attempt.make"], on=Attempt, states=ATTEMPT, schema=AttemptInput
)
def make(*, kind: str, email: str, address: str, actor: Actor, now: datetime) -> Attempt:
    """A try is noted, or refused where there were too many. Noted first, so that many at once do not slip through."""
    if queries.is_throttled(kind, email, address, now):
        raise TooMany()
    account = queries.fingerprint(rules.comparable(email))
    return Attempt(kind=kind, account=account, address=address, at=now)
