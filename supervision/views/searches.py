"""The searches somebody keeps: list and form, a feed of each for any reader, and the way out of its mails."""

from datetime import datetime
from typing import Any

from flask import Response, redirect, render_template, request, url_for

from kernel import mail, search
from kernel.actor import SYSTEM, Actor
from kernel.command import execute
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
from supervision.vocabulary import MAILS


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
        address=queries.address_in_search,
        kind_words=_kind_words,
        mails=MAILS if mail.is_possible() else None,
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
        "mails": "never",
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


@pages.route("/searches/off/<off>", methods=["GET", "POST"])
def mails_off(off: str) -> Any:
    """Where a mail about a kept search leads to end them: a page with a button, or at once by the mail program."""
    saved = queries.saved_by_off(off)
    if request.method == "POST" and saved.mails != "never":
        execute(commands.switch_off, actor=SYSTEM, subject_id=saved.id)
    return render_template("site/search_mails_off.html", saved=saved)


@pages.record_once
def exempt_the_way_out(state: Any) -> None:
    """Mail programs post without a form token (RFC 8058); the part of the address nobody can guess stands for it."""
    state.app.extensions["csrf"].exempt(mails_off)


def _news(row: Any) -> News:
    href = settings().base_url + address_of(row)
    since: datetime = getattr(row, "public_since", None) or getattr(row, "listed_at", None) or row.created_at
    return News(href, row.heading, (getattr(row, "abstract", "") or "")[:500], "", since, since)


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
            rows.append(DeskRow(saved.title, queries.address_in_search(saved), said))
    return DeskSection(N_("New in your searches"), rows, more="/searches") if rows else None
