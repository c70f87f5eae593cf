"""The blueprint of the marketplace, where its subjects have their pages, and what several pages say."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, request

from billing.vocabulary import UNIT_WORDS, Unit
from kernel.errors import NotSignedIn
from kernel.pages import current_actor, current_locale, page_of
from kernel.storage import store
from kernel.words import Text
from marketplace.models import DataProduct, Delivery, Download, Entitlement, Offer, Order, Result
from marketplace.queries.files import disposition
from marketplace.vocabulary import KIND_WORDS, ProductKind
from registry.vocabulary import CodeList
from registry.vocabulary.purposes import WORDS as PURPOSE_WORDS

pages = Blueprint("marketplace", __name__)

page_of(DataProduct)(lambda row: f"/products/{row.id}")
page_of(Offer)(lambda row: f"/products/{row.product_id}")
page_of(Order)(lambda row: f"/orders/{row.id}")
page_of(Entitlement)(lambda row: f"/my-data/{row.id}")
page_of(Delivery)(lambda row: f"/deliveries/{row.id}")
page_of(Download)(lambda row: f"/open-data/{row.release_id}")
page_of(Result)(lambda row: f"/my-data/{row.entitlement_id}")


def signed_in() -> Any:
    """The actor of a page that is for people with an account."""
    actor = current_actor()
    if not actor.is_signed_in:
        raise NotSignedIn()
    return actor


def asked(name: str) -> str:
    """One word of the query."""
    return request.args.get(name, "").strip()


def kind_word(kind: str) -> Text:
    """A kind of product in words."""
    return Text(KIND_WORDS[ProductKind(kind)])


def purpose_word(purpose: str) -> Text:
    """A class of purpose in words."""
    return Text(PURPOSE_WORDS[purpose])


def unit_word(unit: str) -> Text:
    """A charging unit in words."""
    return Text(UNIT_WORDS[Unit(unit)])


def term_word(codes: CodeList, code: str | None) -> str:
    """A term of a code list in the reader's language; '' where there is none."""
    return codes[code].word(current_locale()) if code and code in codes else ""


def options(values: Iterable[tuple[str, Any, int | None]], chosen: Iterable[str]) -> list[dict[str, Any]]:
    """The choices of a filter: (value, label, count)."""
    picked = set(chosen)
    return [
        {"value": value, "label": label, "checked": value in picked}
        | ({"count": count} if count is not None else {})
        for value, label, count in values
    ]


def handed_inline(content: bytes, media_type: str) -> Response:
    """A small file for programs, as it is."""
    response = Response(content, mimetype=media_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def handed_over(key: str, name: str, media_type: str, sha256: str) -> Response:
    """A stored file as a download under its own name, never shown in the page."""
    response = Response(store().stream(key), mimetype=media_type)
    response.headers["Content-Disposition"] = disposition(name)
    response.headers["Content-Length"] = str(store().size(key))
    response.headers["ETag"] = f'"{sha256}"'
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
