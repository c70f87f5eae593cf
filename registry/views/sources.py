"""The collection list: which agency is the lead source of which data item, and which items several agencies hold."""

from typing import Any
from uuid import UUID

from flask import render_template

from kernel.pages import page_of, paged
from kernel.words import N_
from registry.models import LeadSource
from registry.queries import sources
from registry.states import LEAD_SOURCE
from registry.views.door import chosen, pages, place_name
from registry.views.lists import (
    CasePage,
    Column,
    Facet,
    Listing,
    asked,
    case_page,
    creates,
    link,
    list_page,
    managing,
    places_of,
    reader,
    states_of,
)
from registry.vocabulary.collecting import item_name

PLACE = N_("Jurisdiction")
ONE_SOURCE = "DG15; LS10; CD17; YN L39; YN L59"
BOUND = N_(
    "Entries of other agencies with this item are handed in only when they name from whom they obtain it."
)


@page_of(LeadSource)
def lead_source_address(found: LeadSource) -> str:
    """/lead-sources/…"""
    return f"/lead-sources/{found.id}"


@pages.get("/lead-sources")
def lead_sources() -> Any:
    """The collection list: which agency is the source of which data item."""
    actor = managing()
    facets = [
        Facet("jurisdiction", PLACE, places_of(actor)),
        Facet("state", N_("State"), states_of(LEAD_SOURCE)),
    ]
    filters = asked(facets)
    listing = Listing(
        "collection-list",
        N_("Collection list"),
        N_("Each data item has exactly one lawful source; all other agencies obtain it by sharing."),
        [
            Column(N_("Data item"), lambda row: link(row, row.item)),
            Column(N_("Lead source"), lambda row: row.agency.name),
            Column(N_("Legal basis"), lambda row: row.basis),
            Column(PLACE, lambda row: place_name(row.jurisdiction)),
            Column(N_("State"), lambda row: row.state, "state"),
        ],
        facets,
        actions=[
            *creates("registry.lead_source.name", N_("Name the lead source")),
            (N_("Items of several agencies"), "/lead-sources/contested"),
        ],
        empty=N_("No lead source was named yet."),
    )
    return list_page(listing, sources.lead_sources(actor, **filters), filters)


@pages.get("/lead-sources/contested")
def contested_items() -> Any:
    """Data items that several agencies hold, with the lead source where one is named."""
    actor = managing()
    words, item = chosen("q", "item").values()
    places = sorted(actor.jurisdictions)
    found: Any = sources.contested_items(places, words)
    page = paged(found, scalars=False)
    return render_template(
        "registry/contested.html",
        page=page,
        q=words,
        item=item,
        leads=sources.lead_sources_by_name([row[0] for row in page.items], places),
        holders=sources.holders_of_item(actor, item, places) if item else [],
        name=item_name(item),
        names=bool(creates("registry.lead_source.name", "")),
    )


@pages.get("/lead-sources/<uuid:source_id>")
def lead_source(source_id: UUID) -> Any:
    """A decision on the source of a data item, with the entries that hold the item."""
    actor = reader()
    found = sources.lead_source(actor, source_id)
    return case_page(
        CasePage(
            found,
            found.item,
            N_("Lead source of a data item"),
            [(N_("Collection list"), "/lead-sources")],
            [
                (N_("Lead source"), found.agency.name, "text"),
                (N_("Legal basis"), found.basis, "text"),
                (PLACE, place_name(found.jurisdiction), "text"),
            ],
            next=(BOUND, found.agency.name, ONE_SOURCE) if found.state == "in_force" else None,
            template="registry/lead_source.html",
            more={"holders": sources.holders_of_item(actor, found.item, [found.jurisdiction])},
        )
    )
