"""Keys for programs: listed, issued (shown once), revoked."""

from datetime import timedelta
from typing import Any

from flask import render_template

from accounts import queries
from accounts.commands import token as tokens
from accounts.views.account import oneself
from accounts.views.door import pages
from accounts.vocabulary import SCOPES
from kernel import clock
from kernel.errors import NotAllowed
from kernel.pages import current_actor, form_page

# What the form suggests; the longest term is the rule's.
SUGGESTED = timedelta(days=90)


@pages.get("/account/keys")
def keys() -> Any:
    """One's own keys."""
    rows = queries.tokens_of(oneself().id)
    names = queries.names_of([row.organisation_id for row in rows])
    return render_template("accounts/keys.html", keys=rows, names=names, scopes=SCOPES)


@pages.route("/account/keys/new", methods=["GET", "POST"])
def new_key() -> Any:
    """A new key. The page that answers is the only one that ever shows it."""
    oneself()
    if current_actor().organisation_id is None:
        raise NotAllowed()
    return form_page(
        "accounts/new_key.html",
        tokens.issue,
        values={"expires_on": (clock.today() + SUGGESTED).isoformat(), "scope": "read"},
        then=lambda token: render_template("accounts/key_issued.html", token=token),
    )
