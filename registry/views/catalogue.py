"""The public catalogue, an agency's own entries, and what waits for the authority's review."""

import uuid
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from flask import flash, redirect, render_template, request

from kernel.command import execute
from kernel.db import db
from kernel.errors import DomainError, NotAllowed, NotSignedIn
from kernel.pages import current_actor, current_locale, paged, sheet
from kernel.states import state_word
from kernel.words import N_, Text, translate
from registry import queries
from registry.commands import catalogue as commands
from registry.models import CatalogueEntry
from registry.views.door import chosen, pages, place_name
from registry.vocabulary import FORMATS, FREQUENCIES, OPENING_ATTRIBUTES, THEMES

FILTERS = ("theme", "agency", "opening", "data_format", "jurisdiction")
LABELS = {
    "theme": N_("Theme"),
    "agency": N_("Agency"),
    "opening": N_("Opening"),
    "data_format": N_("Format"),
    "jurisdiction": N_("Jurisdiction"),
    "state": N_("State"),
}
LISTS = {"theme": THEMES, "opening": OPENING_ATTRIBUTES, "data_format": FORMATS}
SHOWN_OPTIONS = 12


@pages.get("/catalogue")
def catalogue() -> Any:
    """The catalogue: search by words and filters; everybody finds what is published, others also their own."""
    actor, words = current_actor(), request.args.get("q", "").strip()
    filters = {name: _values(name) for name in _names()}
    found = queries.search_entries(actor, words, filters)
    if kind := request.args.get("format"):
        return _file(found, kind)
    return render_template(
        "registry/catalogue.html",
        page=paged(found),
        q=words,
        facets=_facets(words, filters),
        narrowed=_narrowed(filters),
        word=_word,
    )


def _names() -> tuple[str, ...]:
    return (*FILTERS, "state") if current_actor().is_signed_in else FILTERS


def _values(name: str) -> list[str]:
    sent = [value for value in request.args.getlist(name) if value][:20]
    return [str(found) for found in _ids([(value, 0) for value in sent])] if name == "agency" else sent


def _facets(words: str, filters: dict[str, list[str]]) -> list[dict[str, Any]]:
    found = queries.facets(current_actor(), words, filters, filters)
    counted = {name: _most(rows, filters[name]) for name, rows in found.items()}
    names = queries.agency_names(_ids(counted["agency"]))
    return [
        {
            "name": name,
            "label": translate(LABELS[name], current_locale()),
            "open": name in ("theme", "opening"),
            "options": [
                {
                    "value": code,
                    "label": _word(name, code, names),
                    "count": number,
                    "checked": code in filters[name],
                }
                for code, number in rows
            ],
        }
        for name, rows in counted.items()
        if rows
    ]


def _most(rows: Sequence[tuple[str, int]], checked: Sequence[str]) -> list[tuple[str, int]]:
    return [row for place, row in enumerate(rows) if place < SHOWN_OPTIONS or row[0] in checked]


def _ids(rows: Sequence[tuple[str, int]]) -> list[Any]:
    return [found for code, _ in rows if (found := _identity(code))]


def _identity(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _word(name: str, code: str, names: dict[str, str] | None = None) -> str:
    if name in LISTS:
        return LISTS[name][code].word(current_locale()) if code in LISTS[name] else code
    if name == "jurisdiction":
        return place_name(code)
    if name == "state":
        return translate(state_word(code), current_locale())
    return (names or {}).get(code, code)


def _narrowed(filters: dict[str, list[str]]) -> list[dict[str, str]]:
    """Each filter that is set, with the address of the list without it."""
    names = queries.agency_names(_ids([(code, 0) for code in filters["agency"]]))
    return [
        {"label": _word(name, code, names), "href": _without(name, code)}
        for name, codes in filters.items()
        for code in codes
    ]


def _without(name: str, code: str) -> str:
    kept = [
        (key, value)
        for key, value in request.args.items(multi=True)
        if (key, value) != (name, code) and key != "page"
    ]
    return f"{request.path}?{urlencode(kept)}"


def _file(found: Any, kind: str) -> Any:
    headings = [
        N_("Name of the resource"),
        N_("Agency"),
        N_("Jurisdiction"),
        N_("Themes"),
        N_("Opening attribute"),
        N_("Data formats"),
        N_("Update frequency"),
        N_("Number of records"),
        N_("Abstract"),
        N_("Source address"),
    ]
    rows = (_row(entry) for entry in db.session.scalars(found))
    return sheet("catalogue", headings, rows, kind)


def _row(entry: CatalogueEntry) -> list[Any]:
    locale = current_locale()
    frequency = FREQUENCIES[entry.update_frequency].word(locale) if entry.update_frequency else ""
    return [
        entry.title,
        entry.agency.name if entry.agency else "",
        place_name(entry.jurisdiction),
        "、".join(_word("theme", code) for code in entry.themes),
        _word("opening", entry.opening_attribute) if entry.opening_attribute else "",
        "、".join(_word("data_format", code) for code in entry.formats),
        frequency,
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
        "registry/review.html", page=paged(queries.submitted_entries(actor), size=50), word=_word
    )


def _publish_ticked(actor: Any) -> Any:
    """Publish each entry that is ticked by its own command; what is refused is told and stays."""
    done, refused = 0, []
    for row_id in _ids([(code, 0) for code in request.form.getlist("entry")][:200]):
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
