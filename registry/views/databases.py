"""The register of base and theme databases."""

from typing import Any
from uuid import UUID

from flask import redirect, request

from jurisdictions.keys import term
from kernel.pages import current_locale, form_page, page_of, paged
from kernel.words import N_
from registry.commands import database as commands
from registry.models import Database
from registry.queries import places
from registry.states import DATABASE
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
from registry.vocabulary.collecting import DATABASE_KINDS

PLACE = N_("Jurisdiction")


@page_of(Database)
def database_address(found: Database) -> str:
    """/databases/…"""
    return f"/databases/{found.id}"


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
