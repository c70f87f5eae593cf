"""What people tell the search: which words mean the same, and which searches they keep."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from accounts import queries as accounts
from kernel import audit, clock, search
from kernel.actor import Actor
from kernel.command import Command, command
from kernel.errors import Conflict, InvalidInput
from kernel.states import StateMachine
from kernel.words import N_, Text
from supervision import queries
from supervision.models import SavedSearch, Synonym
from supervision.permissions import MAY
from supervision.schemas.searching import MailsInput, SavedSearchInput, SynonymInput
from supervision.states import SAVED_SEARCH, SYNONYM


def _command(
    name: str, on: type, states: StateMachine, **options: Any
) -> Callable[[Callable[..., Any]], Command]:
    return command(f"supervision.{name}", may=MAY[f"supervision.{name}"], on=on, states=states, **options)


@_command("synonym.adopt", Synonym, SYNONYM, schema=SynonymInput, label=N_("Let words mean the same"))
def adopt(*, actor: Actor, now: datetime, words: list[str], reason: str) -> Synonym:
    """The authority says which words mean the same to the search."""
    place = accounts.organisation(actor.organisation_id).jurisdiction
    search.touch()
    return Synonym(words=_distinct(words), reason=reason, jurisdiction=place)


@_command("synonym.amend", Synonym, SYNONYM, schema=SynonymInput, label=N_("Change the words"))
def amend(synonym: Synonym, *, actor: Actor, now: datetime, words: list[str], reason: str) -> None:
    """The authority changes which words belong together."""
    synonym.words, synonym.reason = _distinct(words), reason
    search.touch()


@_command("synonym.repeal", Synonym, SYNONYM, label=N_("Take the words apart"))
def repeal(synonym: Synonym, *, actor: Actor, now: datetime) -> None:
    """The words no longer mean the same to the search."""
    search.touch()


def _distinct(words: list[str]) -> list[str]:
    """Words as the search tells them apart; each has to be one word that can be looked for."""
    kept: dict[str, str] = {}
    for word in words:
        if len(found := search.needles(word) or []) != 1:
            said = N_("“{word}” is not one word that can be looked for.")
            raise InvalidInput({"words": [Text(said, word=word)]})
        kept.setdefault(found[0], word)
    if len(kept) < 2:
        raise InvalidInput({"words": [N_("Give at least two different words.")]})
    return list(kept.values())


@_command(
    "saved_search.save", SavedSearch, SAVED_SEARCH, schema=SavedSearchInput, label=N_("Save the search")
)
def save(
    *, actor: Actor, now: datetime, title: str, kinds: list[str], words: str, narrowed: str, mails: str
) -> SavedSearch:
    """Somebody keeps a search and is told what is new in it."""
    if unknown := [kind for kind in kinds if kind not in search.KINDS]:
        said = N_("“{kind}” cannot be searched.")
        raise InvalidInput({"kinds": [Text(said, kind=unknown[0])]})
    return SavedSearch(
        title=title,
        kinds=list(dict.fromkeys(kinds)),
        words=words,
        narrowed=queries.written(queries.narrowed(kinds, narrowed)),
        person_id=actor.user_id,
        feed=secrets.token_urlsafe(24),
        mails=mails,
        off=secrets.token_urlsafe(24),
        created_at=now,
        seen_at=now,
        told_at=now,
    )


@_command("saved_search.look", SavedSearch, SAVED_SEARCH, label=N_("Mark as read"))
def look(saved: SavedSearch, *, actor: Actor, now: datetime) -> None:
    """What was new so far has been seen."""
    saved.seen_at = now


@_command(
    "saved_search.tell_by", SavedSearch, SAVED_SEARCH, schema=MailsInput, label=N_("Change the mails")
)
def tell_by(saved: SavedSearch, *, actor: Actor, now: datetime, mails: str) -> None:
    """Somebody says how often a mail tells what is new in the search."""
    if saved.mails == "never":
        saved.told_at = now  # mails begin with what comes from now on
    saved.mails = mails


@_command("saved_search.tell", SavedSearch, SAVED_SEARCH, label=N_("Tell what is new by mail"))
def tell(saved: SavedSearch, *, actor: Actor, now: datetime) -> None:
    """The days between two mails have passed and something public is new: a mail tells it."""
    if not queries.mail_is_due(saved, clock.legal_day(now)):
        raise Conflict()
    audit.note(since=saved.told_at.isoformat())
    saved.told_at = now


@_command("saved_search.switch_off", SavedSearch, SAVED_SEARCH, label=N_("Switch the mails off"))
def switch_off(saved: SavedSearch, *, actor: Actor, now: datetime) -> None:
    """Whoever holds a mail about the search ends these mails by its address, without signing in."""
    saved.mails = "never"


@_command("saved_search.remove", SavedSearch, SAVED_SEARCH, label=N_("Remove the search"))
def remove(saved: SavedSearch, *, actor: Actor, now: datetime) -> None:
    """The search is kept no longer; its feed ends."""
