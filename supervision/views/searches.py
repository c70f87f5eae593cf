"""The searches somebody keeps: the list with what is new, the form, and a feed for each that any reader can follow."""

from datetime import datetime
from typing import Any

from flask import Response, redirect, render_template, request, url_for

from kernel import search
from kernel.actor import Actor
from kernel.config import settings
from kernel.pages import (
    DeskRow,
    DeskSection,
    address_of,
    current_locale,
    desk_section,
    form_page,
    page_of,
    paged,
)
from kernel.words import N_, Text, translate
from registry.feeds.atom import News, feed
from supervision import queries
from supervision.commands import searching as commands
from supervision.models import SavedSearch
from supervision.views import pages
from supervision.views.reading import signed_in


@page_of(SavedSearch)
def saved_address(_saved: SavedSearch) -> str:
    """/searches: the list is the page of each."""
    return "/searches"


@pages.get("/searches")
def searches() -> Any:
    """One's own kept searches, each with the number of what is new."""
    actor = signed_in()
    page = paged(queries.saved_searches(actor))
    return render_template(
        "site/searches.html",
        page=page,
        fresh={saved.id: queries.fresh(actor, saved) for saved in page.items},
        most=queries.NEWEST,
        address=_search_address,
        kind_words=_kind_words,
        site=settings().base_url,
    )


@pages.route("/searches/new", methods=["GET", "POST"])
def save_search() -> Any:
    """Keep a search: the words and filters come with the address of the search page."""
    signed_in()
    kinds = request.args.getlist("kinds") or list(queries.EVERYTHING)
    words = request.args.get("words", "").strip()
    values = {
        "title": words,
        "kinds": kinds,
        "words": words,
        "narrowed": request.args.get("narrowed", ""),
    }
    return form_page(
        "site/search_form.html",
        commands.save,
        values=values,
        then=lambda _saved: redirect(url_for("supervision.searches")),
    )


@pages.get("/searches/<feed_name>.atom")
def search_feed(feed_name: str) -> Any:
    """The newest public hits of a kept search; the address is known to its person alone."""
    saved = queries.saved_by_feed(feed_name)
    news = [_news(row) for row in queries.latest(saved).rows]
    body = feed(f"/searches/{saved.feed}", saved.title, news)
    return Response(body, mimetype="application/atom+xml")


def _news(row: Any) -> News:
    href = settings().base_url + address_of(row)
    since: datetime = getattr(row, "public_since", None) or getattr(row, "listed_at", None) or row.created_at
    return News(href, row.heading, (getattr(row, "abstract", "") or "")[:500], "", since, since)


def _search_address(saved: SavedSearch) -> str:
    filters = queries.narrowed(saved.kinds, saved.narrowed)
    if saved.kinds != list(queries.EVERYTHING):
        filters["in"] = list(saved.kinds)
    return f"/search?{queries.written({'q': [saved.words], **filters})}"


def _kind_words(saved: SavedSearch) -> list[str]:
    return [
        translate(search.KINDS[kind].word, current_locale()) for kind in saved.kinds if kind in search.KINDS
    ]


@desk_section(90)
def kept_searches(actor: Actor) -> DeskSection | None:
    """The kept searches in which something is new."""
    if not actor.is_signed_in:
        return None
    rows = []
    for saved in paged(queries.saved_searches(actor), size=20, number=1).items:
        if number := queries.fresh(actor, saved):
            said = Text(N_("{number} new"), number=number if number < queries.NEWEST else f"{number}+")
            rows.append(DeskRow(saved.title, _search_address(saved), said))
    return DeskSection(N_("New in your searches"), rows, more="/searches") if rows else None
