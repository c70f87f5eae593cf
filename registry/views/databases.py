"""The register of base and theme databases, and the catalogues of places that the level above reviews."""

from typing import Any
from uuid import UUID

from flask import redirect, request

from accounts import queries as accounts
from jurisdictions.keys import term
from kernel.pages import current_locale, form_page, page_of, paged
from kernel.words import N_
from registry.commands import database as commands
from registry.models import Database, LocalCatalogue
from registry.queries import places
from registry.states import DATABASE, LOCAL_CATALOGUE
from registry.views.door import allow, pages, place_name
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
from registry.vocabulary import DATABASE_LEVELS
from registry.vocabulary.collecting import CATALOGUE_KINDS, DATABASE_KINDS

PLACE = N_("Jurisdiction")


@page_of(Database)
def database_address(found: Database) -> str:
    """/databases/…"""
    return f"/databases/{found.id}"


@page_of(LocalCatalogue)
def local_catalogue_address(found: LocalCatalogue) -> str:
    """/local-catalogues/…"""
    return f"/local-catalogues/{found.id}"


@pages.get("/databases")
def databases() -> Any:
    """The databases of the reader's line of places, with how many entries belong to which level."""
    actor = managing()
    facets = [
        Facet("kind", N_("Kind of database"), list(DATABASE_KINDS.items())),
        Facet("jurisdiction", PLACE, places_of(actor)),
        Facet("state", N_("State"), states_of(DATABASE)),
    ]
    filters = asked(facets)
    counted = places.counts_by_level(actor)
    levels = [(level.word(current_locale()), counted.get(level.code, 0)) for level in DATABASE_LEVELS]
    listing = Listing(
        "databases",
        N_("Base and theme databases"),
        N_("Which department leads each database, and which entries and data items go into it."),
        [
            Column(N_("Name of the database"), link),
            Column(N_("Kind of database"), lambda row: DATABASE_KINDS[row.kind], "t"),
            Column(N_("Lead department"), lambda row: row.agency.name),
            Column(PLACE, lambda row: place_name(row.jurisdiction)),
            Column(N_("Version"), lambda row: row.version, "num"),
            Column(N_("State"), lambda row: row.state, "state"),
        ],
        facets,
        actions=creates("registry.database.establish", N_("Establish a database")),
        template="registry/databases.html",
        more={"levels": levels, "untold": counted.get(None, 0)},
    )
    return list_page(listing, places.databases(actor, **filters), filters)


@pages.get("/databases/<uuid:database_id>")
def database(database_id: UUID) -> Any:
    """One database: its lead department, its entries with their items, and what may still be added."""
    actor = reader()
    found = places.database(actor, database_id)
    words = request.args.get("add", "").strip()
    leads = found.agency_id == actor.organisation_id and found.state != "closed"
    named = term(found.code).of(current_locale()) if found.code else None
    return case_page(
        CasePage(
            found,
            found.title,
            DATABASE_KINDS[found.kind],
            [(N_("Base and theme databases"), "/databases")],
            [
                (N_("Lead department"), found.agency.name, "text"),
                (PLACE, place_name(found.jurisdiction), "text"),
                (N_("Database named by the rule"), named, "text"),
                (N_("What it holds"), found.scope, "text"),
                (N_("Legal basis"), found.basis, "text"),
                (N_("Version"), found.version, "num"),
                (N_("Compiled"), found.compiled_at, "moment"),
                (N_("What is new"), found.note, "text"),
                (N_("SHA-256 of the catalogue"), found.members_sha256, "code"),
            ],
            next=_next(found),
            skip=("enlist", "strike"),
            template="registry/database.html",
            more={
                "members": paged(places.database_members(found.id), size=50),
                "leads": leads,
                "add": words,
                "candidates": places.entries_to_enlist(found, words) if leads and words else [],
            },
        )
    )


def _next(found: Database) -> tuple[str, str, str] | None:
    if found.state == "closed":
        return None
    what = N_("The lead department adds the entries that belong to it and compiles the catalogue.")
    if found.state == "compiled":
        what = N_("The lead department keeps the catalogue up to date and compiles it anew after changes.")
    return what, found.agency.name, "CD16; CD20; LS14; YN L34"


@pages.route("/databases/<uuid:database_id>/strike/<uuid:entry_id>", methods=["GET", "POST"])
def strike_entry(database_id: UUID, entry_id: UUID) -> Any:
    """Take an entry out of a database, with reasons."""
    found = places.database(reader(), database_id)
    allow(commands.strike, found)
    return form_page(
        "site/command.html",
        commands.strike,
        subject=found,
        values={"entry_id": str(entry_id)},
        then=lambda database: redirect(database_address(database)),
    )


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
