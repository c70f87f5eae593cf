"""The catalogues of places, counted up, and reported to the level above for approval."""

from typing import Any
from uuid import UUID

from accounts import queries as accounts
from kernel.pages import page_of
from kernel.words import N_
from registry.models import LocalCatalogue
from registry.queries import places
from registry.states import LOCAL_CATALOGUE
from registry.views.door import pages, place_name
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
from registry.vocabulary.collecting import CATALOGUE_KINDS

PLACE = N_("Jurisdiction")


@page_of(LocalCatalogue)
def local_catalogue_address(found: LocalCatalogue) -> str:
    """/local-catalogues/…"""
    return f"/local-catalogues/{found.id}"


@pages.get("/catalogue/places")
def catalogue_places() -> Any:
    """The catalogues of the places one oversees: what each holds, rolled up, and what was reported above."""
    actor = managing()
    facets = [
        Facet("jurisdiction", PLACE, places_of(actor)),
        Facet("state", N_("State"), states_of(LOCAL_CATALOGUE)),
    ]
    filters = asked(facets)
    filters["q"] = ""
    listing = Listing(
        "local-catalogues",
        N_("Catalogues by place"),
        N_("What each place holds, counted up to the level above, and the catalogues reported for approval."),
        [
            Column(N_("Catalogue"), lambda row: link(row, f"{place_name(row.jurisdiction)} {row.edition}")),
            Column(N_("Kind"), lambda row: CATALOGUE_KINDS[row.kind], "t"),
            Column(N_("Entries"), lambda row: row.entries, "num"),
            Column(N_("Compiled by"), lambda row: row.organisation.name),
            Column(N_("State"), lambda row: row.state, "state"),
        ],
        facets,
        actions=creates("registry.local_catalogue.compile", N_("Compile the catalogue of a place")),
        empty=N_("No catalogue was compiled for the level above yet."),
        search=False,
        template="registry/catalogue_places.html",
        more={"places": _rolled_up(places.counts_by_place(actor), actor.jurisdictions)},
    )
    return list_page(listing, places.local_catalogues(actor, **filters), filters)


def _rolled_up(counted: dict[str, dict[str, int]], codes: frozenset[str]) -> list[list[Any]]:
    """Place, its own published entries, those with all places below it, what is in review, what is returned."""

    def states(code: str, state: str, *, below: bool = False) -> int:
        among = accounts.places_below(code) if below else [code]
        return sum(counted.get(place, {}).get(state, 0) for place in among)

    rows = []
    for code in sorted(codes):
        total = states(code, "published", below=True)
        waiting, back = states(code, "submitted"), states(code, "returned")
        if total or waiting or back:
            rows.append([place_name(code), states(code, "published"), total, waiting, back])
    return rows


@pages.get("/local-catalogues/<uuid:catalogue_id>")
def local_catalogue(catalogue_id: UUID) -> Any:
    """The catalogue of a place as it was compiled and reported."""
    actor = reader()
    found = places.local_catalogue(actor, catalogue_id)
    known = places.titles_known_above(found.jurisdiction) if found.kind == "supplement" else []
    return case_page(
        CasePage(
            found,
            f"{place_name(found.jurisdiction)} {found.edition}",
            CATALOGUE_KINDS[found.kind],
            [(N_("Catalogues by place"), "/catalogue/places")],
            [
                (PLACE, place_name(found.jurisdiction), "text"),
                (N_("Compiled by"), found.organisation.name, "text"),
                (N_("Compiled"), found.compiled_at, "moment"),
                (N_("Published entries"), found.entries, "num"),
                (N_("Entries in review"), found.waiting, "num"),
                (N_("Agencies"), found.agencies, "num"),
                (N_("What is new"), found.note, "text"),
                (N_("SHA-256 of the catalogue"), found.sha256, "code"),
                (N_("Decided by"), found.decided_by, "text"),
                (N_("Also in the catalogue above"), "、".join(known), "text"),
            ],
            next=_next_local(found),
        )
    )


def _next_local(found: LocalCatalogue) -> tuple[str, str, str] | None:
    basis = "WZ12; LS9; CD13; YN L41"
    if found.state in ("compiled", "returned"):
        return (
            N_("The authority of the place reports its catalogue to the level above."),
            found.organisation.name,
            basis,
        )
    if found.state == "reported":
        return (
            N_("The level above approves the catalogue or sends it back with reasons."),
            N_("Authority"),
            basis,
        )
    return None
