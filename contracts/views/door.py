"""What the pages of contracts share: the blueprint, filters, files handed out, words in the page's language."""

from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, request

from accounts.queries import organisation, place_name
from jurisdictions.tree import all_jurisdictions
from kernel.errors import NotSignedIn
from kernel.pages import address_of, current_actor, current_locale
from kernel.permissions import may_see
from kernel.words import Text, translate
from registry.vocabulary.purposes import WORDS as PURPOSE_WORDS

NATION = "CN"
pages = Blueprint("contracts", __name__)


def signed_in() -> None:
    """Lists are for people with an account."""
    if not current_actor().is_signed_in:
        raise NotSignedIn()


def filters(*names: str) -> dict[str, str]:
    """What the reader filters by, as the queries take it; empty ones are left out."""
    chosen = {name: request.args.get(name, "").strip() for name in names}
    return {name: value for name, value in chosen.items() if value}


def place_asked() -> str:
    """The place named in the address if there is one, else that of the reader's organisation, else the nation."""
    actor, asked = current_actor(), request.args.get("place", "")
    if any(asked == place.code for place in all_jurisdictions()):
        return asked
    return organisation(actor.organisation_id).jurisdiction if actor.organisation_id else NATION


def reading() -> str:
    """The language of the page among those that texts with two languages have."""
    return "zh" if current_locale().startswith("zh") else "en"


def in_words(text: Text | str | None) -> str:
    """A text in the language of the page."""
    return translate(text, current_locale())


def link(row: Any) -> str | None:
    """The address of a row's page for those who may open it."""
    return address_of(row) if row is not None and may_see(current_actor(), row) else None


def places(codes: list[str]) -> str:
    """Names of jurisdictions, joined."""
    return translate([place_name(code, current_locale()) for code in codes], current_locale())


def purposes(names: list[str]) -> list[Text]:
    """Purpose classes in words."""
    return [Text(PURPOSE_WORDS[name]) for name in names]


def handed_out(content: bytes, name: str, media_type: str, *, inline: bool = False) -> Response:
    """A file for the reader, never run by the browser."""
    shown = "inline" if inline else "attachment"
    headers = {
        "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, mimetype=media_type, headers=headers)
