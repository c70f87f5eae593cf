"""One box for everything: the search page, what it offers while typing, and what it says when nothing is found."""

from typing import Any

from flask import jsonify, render_template, request

from kernel import search as index
from kernel.pages import Searched, address_of, current_actor, current_locale
from kernel.words import translate
from supervision import queries
from supervision.views import pages

HOLDERS = {"entry": "agency", "resource": "holder"}


@pages.get("/search")
def search() -> Any:
    """Entries, resources, products and organisations that have the words and fit the filters."""
    actor = current_actor()
    searched = Searched(actor, queries.EVERYTHING)
    page = searched.page
    return render_template(
        "site/search.html",
        page=page,
        searched=searched,
        facets=_shown(searched),
        hits=[_hit(hit.kind, row) for hit, row in zip(searched.found.hits, page.items, strict=False)],
        also=_also(searched.words),
        nearest=index.nearest(actor, queries.EVERYTHING, searched.words) if not page.total else [],
        authorities=queries.authorities(searched.filters.get("jurisdiction", [])) if not page.total else [],
        query=queries.written({name: one for name, one in searched.filters.items() if name != "in"}),
        kept=[("kinds", kind) for kind in searched.filters.get("in", ())],
    )


def _shown(searched: Searched) -> list[dict[str, Any]]:
    """The filters of the one kind that is chosen; of several those that they share."""
    kinds = searched.filters.get("in") or list(queries.EVERYTHING)
    listed = [index.KINDS[kind].filters for kind in kinds if kind in index.KINDS]
    least = 1 if len(listed) == 1 else 2
    shared = {name for names in listed for name in names if sum(name in other for other in listed) >= least}
    return [facet for facet in searched.facets if facet["name"] == "in" or facet["name"] in shared]


def _hit(kind: str, row: Any) -> dict[str, Any]:
    said = getattr(row, "abstract", "") or ""
    holder = (
        getattr(row, "agency", None)
        if kind == "entry"
        else getattr(row, "holder", None)
        if kind == "resource"
        else None
    )
    return {
        "href": address_of(row),
        "title": row.heading,
        "kind": translate(index.KINDS[kind].word, current_locale()),
        "by": holder.name if holder is not None else None,
        "summary": said if len(said) <= 160 else said[:159] + "…",
        "state": row.state if row.state not in ("published", "registered", "listed", "active") else None,
    }


def _also(words: str) -> list[str]:
    """The words that were looked for as well because they mean the same."""
    groups = index.wanted(words).groups
    return [word.strip() for group in groups for word in group[1:]]


@pages.get("/search/suggest")
def suggest() -> Any:
    """Titles that fit what is typed: options for the box where it asks for them, else JSON."""
    words = request.args.get("q", "").replace("\x00", "").strip()
    found = index.suggestions(current_actor(), queries.EVERYTHING, words)
    if request.headers.get("HX-Request"):
        return render_template("site/suggestions.html", titles=found)
    return jsonify({"q": words, "titles": found})
