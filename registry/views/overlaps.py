"""Similar entries of other agencies, and what was said about each: obtained by sharing, or collected again and why."""

import json
import re
from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, request

from kernel import due
from kernel.pages import address_of, current_locale, form_page, page_of
from kernel.words import N_, translate
from registry import queries
from registry.commands import overlap as overlap_commands
from registry.models import CatalogueEntry, Overlap
from registry.queries import sources
from registry.states import OVERLAP
from registry.views.door import allow, is_insider, pages
from registry.views.lists import (
    CasePage,
    Column,
    Facet,
    Listing,
    Value,
    asked,
    case_page,
    link,
    list_page,
    managing,
    reader,
    states_of,
)
from registry.vocabulary.collecting import OVERLAP_MANNERS

AGAIN = "WZ18; LS10; CD18; YN L57"
ITEMS_SEPARATOR = re.compile(r"[、,，;；\n]")
LONGEST = 4000


@page_of(Overlap)
def overlap_address(found: Overlap) -> str:
    """/overlaps/…"""
    return f"/overlaps/{found.id}"


@pages.get("/catalogue/similar")
def similar() -> Any:
    """Similar entries for a title and items that are being written: a part of a page, or JSON for programs."""
    actor = managing()
    title = request.args.get("title", "")[:LONGEST]
    own = sources.profile_of_actor(actor)
    names = [
        *ITEMS_SEPARATOR.split(request.args.get("items", "")[:LONGEST]),
        *(value for key, value in request.args.items() if key.startswith("items-") and key.endswith("-name")),
    ]
    items = [{"name": name.strip()} for name in names if name.strip()][:200]
    rows = sources.similar_entries(title, items, actor.organisation_id, own) if title.strip() or items else []
    if request.args.get("format") == "json":
        told = [
            {
                "id": str(row.entry.id),
                "title": row.entry.title,
                "agency": row.entry.agency.name if row.entry.agency else None,
                "items": list(row.likeness.items),
                "title_percent": row.likeness.title_percent,
                "items_percent": row.likeness.percent,
                "collected_again": row.again,
            }
            for row in rows
        ]
        return Response(json.dumps({"similar": told}, ensure_ascii=False), mimetype="application/json")
    return render_template("registry/similar.html", rows=rows, title=title, entry=None, said={}, q=title)


@pages.get("/catalogue/<uuid:entry_id>/similar")
def similar_to_entry(entry_id: UUID) -> Any:
    """Entries of other agencies that are like this one, and what was said about each."""
    actor = reader()
    found = queries.entry_page(actor, entry_id)
    if not is_insider(found, found.agency_id):
        return redirect(address_of(found))
    rows = sources.similar_entries(found.title, found.items, found.agency_id, due.profile(found))
    said = {row.other_id: row for row in sources.overlaps_of_entry(found.id)}
    return render_template(
        "registry/similar.html", rows=rows, title=found.title, entry=found, said=said, q=found.title
    )


@pages.route("/catalogue/<uuid:entry_id>/similar/<uuid:other_id>", methods=["GET", "POST"])
def explain_overlap(entry_id: UUID, other_id: UUID) -> Any:
    """Say how data that another agency holds are obtained."""
    actor = reader()
    found = queries.entry_page(actor, entry_id)
    allow(overlap_commands.explain, None)
    other = queries.entry_page(actor, other_id)
    return form_page(
        "registry/explain.html",
        overlap_commands.explain,
        values={"entry_id": str(found.id), "other_id": str(other.id)},
        then=lambda _: redirect(f"/catalogue/{entry_id}/similar"),
        entry={"title": found.title, "href": address_of(found)},
        both=_beside(found, other),
    )


def _beside(own: CatalogueEntry, other: CatalogueEntry) -> list[list[Any]]:
    """Both entries beside each other: label, one's own, the other's."""

    def told(label: str, value: Value) -> list[Any]:
        return [translate(label, current_locale()), value(own), value(other)]

    return [
        told(N_("Name of the resource"), lambda row: row.title),
        told(N_("Agency"), lambda row: row.agency.name if row.agency else None),
        told(N_("Data items"), lambda row: "、".join(item["name"] for item in row.items)),
        told(N_("Sharing conditions"), lambda row: row.sharing_conditions),
    ]


@pages.get("/overlaps")
def overlaps() -> Any:
    """What agencies said about data that others hold already."""
    actor = managing()
    facets = [
        Facet("manner", N_("How the data are obtained"), list(OVERLAP_MANNERS.items())),
        Facet("state", N_("State"), states_of(OVERLAP)),
    ]
    filters = asked(facets)
    listing = Listing(
        "overlaps",
        N_("Explained overlaps"),
        N_(
            "Where an agency holds data that another holds already: obtained by sharing, or collected again and why."
        ),
        [
            Column(N_("Entry"), lambda row: link(row, row.entry.title)),
            Column(N_("Similar entry"), lambda row: row.other.title),
            Column(N_("How the data are obtained"), lambda row: OVERLAP_MANNERS[row.manner], "t"),
            Column(N_("Reason"), lambda row: row.reason),
            Column(N_("State"), lambda row: row.state, "state"),
        ],
        facets,
        empty=N_("Nothing was explained yet."),
    )
    return list_page(listing, sources.overlaps(actor, **filters), filters)


@pages.get("/overlaps/<uuid:overlap_id>")
def overlap(overlap_id: UUID) -> Any:
    """One explained overlap: both entries beside each other, the reason, the authority's question."""
    found = sources.overlap(reader(), overlap_id)
    agency = found.entry.agency.name if found.entry.agency else None
    other = found.other.agency.name if found.other.agency else None
    return case_page(
        CasePage(
            found,
            found.entry.title,
            N_("Explained overlap"),
            [(N_("Explained overlaps"), "/overlaps")],
            [
                (N_("Agency"), agency, "text"),
                (N_("Similar entry"), found.other.title, "text"),
                (N_("Held by"), other, "text"),
                (N_("How the data are obtained"), OVERLAP_MANNERS[found.manner], "t"),
                (N_("Reason"), found.reason, "text"),
                (N_("Legal basis"), found.basis, "text"),
                (N_("What has to be explained better"), found.question, "text"),
            ],
            next=_next(found, agency or ""),
        )
    )


def _next(found: Overlap, agency: str) -> tuple[str, str, str] | None:
    if found.state == "questioned":
        return N_("The agency explains it better; until then the entry cannot be handed in."), agency, AGAIN
    if found.state == "explained":
        return (
            N_("The authority lets the explanation stand or asks for a better one."),
            N_("Authority"),
            AGAIN,
        )
    return None
