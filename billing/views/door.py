"""What the pages of billing share: the blueprint, filters, facets, files handed out, words of codes."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, request

from billing.vocabulary import (
    ACCOUNT_WORDS,
    ENTRY_WORDS,
    METHOD_WORDS,
    MODE_WORDS,
    PARTY_ROLE_WORDS,
    UNIT_WORDS,
)
from kernel.errors import NotSignedIn
from kernel.pages import current_actor, current_locale
from kernel.states import StateMachine, state_word
from kernel.storage import store
from kernel.words import N_, translate
from registry.vocabulary.purposes import WORDS as PURPOSE_WORDS

pages = Blueprint("billing", __name__)
WORDS: dict[str, str] = {
    str(code): word
    for table in (
        ACCOUNT_WORDS,
        ENTRY_WORDS,
        METHOD_WORDS,
        MODE_WORDS,
        PARTY_ROLE_WORDS,
        PURPOSE_WORDS,
        UNIT_WORDS,
    )  # fmt: skip
    for code, word in table.items()
}
PURPOSE_OPTIONS = [(str(code), word) for code, word in PURPOSE_WORDS.items()]


@pages.app_template_filter("billing_word")
def billing_word(code: str | None) -> str:
    """A unit, mode, purpose, method or role in words."""
    return translate(WORDS.get(str(code), str(code or "")), current_locale())


def signed_in() -> None:
    """These pages are for people with an account."""
    if not current_actor().is_signed_in:
        raise NotSignedIn()


def filters(*names: str) -> dict[str, str]:
    """What the reader filters by; empty ones are left out."""
    chosen = {name: request.args.get(name, "").strip() for name in names}
    return {name: value for name, value in chosen.items() if value}


def state_options(machine: StateMachine) -> list[tuple[str, str]]:
    """The states of a subject as options of a filter."""
    return [(state, state_word(state)) for state in sorted(machine.states)]


def facet(
    name: str, label: str, options: Iterable[tuple[str, str]], chosen: dict[str, str]
) -> dict[str, Any]:
    """One facet of a list, of which one value is chosen at a time."""
    listed = [
        {"value": value, "label": translate(words, current_locale()), "checked": chosen.get(name) == value}
        for value, words in options
    ]
    return {"name": name, "label": translate(label, current_locale()), "kind": "select", "options": listed}


def state_facet(machine: StateMachine, chosen: dict[str, str]) -> dict[str, Any]:
    """The facet of states."""
    return facet("state", N_("State"), state_options(machine), chosen)


def handed_out(kept: dict[str, Any]) -> Response:
    """An uploaded file for the reader, never run by the browser."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(kept['name'])}",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(store().get(kept["key"]), mimetype=kept["media_type"], headers=headers)
