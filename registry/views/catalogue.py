"""The public catalogue, an agency's own entries, and what waits for the authority's review."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, request

from accounts.queries.search import identity
from kernel.command import execute
from kernel.errors import DomainError, NotAllowed, NotSignedIn
from kernel.pages import Searched, current_actor, current_locale, filter_word, paged, sheet
from kernel.pages.kept import same_for_everybody
from kernel.words import N_, Text, translate
from registry import queries
from registry.commands import catalogue as commands
from registry.models import CatalogueEntry
from registry.views.coverage import coverages, period_words
from registry.views.door import chosen, pages, place_name
from registry.vocabulary import FREQUENCIES


@pages.get("/catalogue")
@same_for_everybody
def catalogue() -> Any:
    """The catalogue: search by words and filters; everybody finds what is published, others also their own."""
    searched = Searched(current_actor(), ["entry"])
    if kind := request.args.get("format"):
        return _file(searched, kind)
    return render_template(
        "registry/catalogue.html",
        page=searched.page,
        searched=searched,
        word=filter_word,
        coverages=coverages(searched.page.items),
    )


def _file(searched: Searched, kind: str) -> Any:
    headings = [
        N_("Name of the resource"),
        N_("Agency"),
        N_("Jurisdiction"),
        N_("Themes"),
        N_("Opening attribute"),
        N_("Data formats"),
        N_("Update frequency"),
        N_("Period covered"),
        N_("Number of records"),
        N_("Abstract"),
        N_("Source address"),
    ]
    rows = (_row(entry) for entry in searched.every())
    return sheet("catalogue", headings, rows, kind)


def _row(entry: CatalogueEntry) -> list[Any]:
    locale = current_locale()
    frequency = FREQUENCIES[entry.update_frequency].word(locale) if entry.update_frequency else ""
    return [
        entry.title,
        entry.agency.name if entry.agency else "",
        place_name(entry.jurisdiction),
        "、".join(filter_word("theme", code) for code in entry.themes),
        filter_word("opening", entry.opening_attribute),
        "、".join(filter_word("data_format", code) for code in entry.formats),
        frequency,
        period_words(entry),
        entry.record_count,
        entry.abstract,
        entry.source_url,
    ]


@pages.get("/catalogue/own")
def own_entries() -> Any:
    """An agency's own entries by state, with what each lacks."""
    actor = current_actor()
    if not actor.is_signed_in:
        raise NotSignedIn()
    asked = chosen("state")
    return render_template(
        "registry/own_entries.html",
        page=paged(queries.entries(actor, state=asked["state"] or None, own=True)),
        chosen=asked,
        counts=queries.entry_counts(actor),
    )


@pages.route("/catalogue/review", methods=["GET", "POST"])
def review() -> Any:
    """What was handed in: publish many at once, or look at one and return it."""
    actor = current_actor()
    if not actor.is_signed_in:
        raise NotSignedIn()
    if "authority" not in actor.roles:
        raise NotAllowed()
    if request.method == "POST":
        return _publish_ticked(actor)
    return render_template(
        "registry/review.html", page=paged(queries.submitted_entries(actor), size=50), word=filter_word
    )


def _publish_ticked(actor: Any) -> Any:
    """Publish each entry that is ticked by its own command; what is refused is told and stays."""
    done, refused = 0, []
    sent = [identity(code) for code in request.form.getlist("entry")[:200]]
    for row_id in (uuid.UUID(code) for code in sent if code):
        try:
            execute(commands.publish, actor=actor, subject_id=row_id)
            done += 1
        except DomainError as error:
            refused.append(error.message)
    locale = current_locale()
    if done:
        flash(translate(Text(N_("{number} entries were published."), number=done), locale), "success")
    for message in dict.fromkeys(refused):
        flash(translate(message, locale), "error")
    return redirect("/catalogue/review")
