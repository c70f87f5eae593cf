"""The pages of accounts: signing in and out, one's account, organisations and their members."""

from accounts.views import (
    account,
    demonstration,
    desk,
    invitations,
    keys,
    organisations,
    registration,
    signing_in,
)
from accounts.views.door import pages
from accounts.views.who import load_actor, load_api_actor

__all__ = [
    "account",
    "demonstration",
    "desk",
    "invitations",
    "keys",
    "load_actor",
    "load_api_actor",
    "organisations",
    "pages",
    "registration",
    "signing_in",
]
