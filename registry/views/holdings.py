"""The list of data resources beside the catalogue."""

from typing import Any
from uuid import UUID

from flask import redirect

from kernel.db import db
from kernel.pages import current_locale, form_page, page_of
from kernel.permissions import may_see
from kernel.words import N_, Text, translate
from registry import queries
from registry.commands import holding as holding_commands
from registry.models import CatalogueEntry, Holding, Project
from registry.queries import projects
from registry.rules.databases import catalogued_how_far
from registry.states import HOLDING
from registry.views.door import allow, pages
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
from registry.vocabulary import DATA_FORMS

COVERAGE = {
    "catalogued": N_("Catalogued"),
    "under_way": N_("Entry under way"),
    "not_catalogued": N_("Not catalogued yet"),
}
LISTED = N_("The agency drafts an entry for the data and names it here.")
MOST_CHOICES = 300


@page_of(Holding)
def holding_address(found: Holding) -> str:
    """/holdings/…"""
    return f"/holdings/{found.id}"


@pages.get("/holdings")
def holdings() -> Any:
    """The list of data resources by agency, with what is not catalogued yet."""
    actor = managing()
    facets = [
        Facet("coverage", N_("In the catalogue"), list(COVERAGE.items())),
        Facet("state", N_("State"), states_of(HOLDING)),
        Facet("jurisdiction", N_("Jurisdiction"), places_of(actor)),
    ]
    filters = asked(facets)
    listing = Listing(
        "data-resources",
        N_("List of data resources"),
        N_("What each agency holds, system by system, and which of it is in the catalogue."),
        [
            Column(N_("What the data are called"), link),
            Column(N_("Agency"), lambda row: row.agency.name),
            Column(N_("Information system"), lambda row: row.system),
            Column(N_("Number of records"), lambda row: row.record_count, "num"),
            Column(N_("In the catalogue"), lambda row: COVERAGE[_how_far(row)], "t"),
            Column(N_("Catalogue entry"), lambda row: row.entry.title if row.entry else None),
        ],
        facets,
        actions=creates("registry.holding.record", N_("Add to the list of data resources")),
        empty=N_("Nothing was listed yet."),
        template="registry/holdings.html",
        more={"coverage": projects.coverage_by_agency(actor), "coverage_words": COVERAGE},
    )
    return list_page(listing, projects.holdings(actor, **filters), filters)


def _how_far(row: Holding) -> str:
    found: str = catalogued_how_far(row.entry.state if row.entry else None)
    return found


@pages.get("/holdings/<uuid:holding_id>")
def holding(holding_id: UUID) -> Any:
    """One row of the list of data resources."""
    actor = reader()
    found = projects.holding(actor, holding_id)
    entry = found.entry if found.entry and _sees(found.entry, actor) else None
    form = DATA_FORMS[found.data_form].word(current_locale()) if found.data_form else None
    return case_page(
        CasePage(
            found,
            found.title,
            N_("Data resource of an agency"),
            [(N_("List of data resources"), "/holdings")],
            [
                (N_("Agency"), found.agency.name, "text"),
                (N_("Information system"), found.system, "text"),
                (N_("Data items"), "、".join(found.items), "text"),
                (N_("Data form"), form, "text"),
                (N_("Number of records"), found.record_count, "num"),
                (N_("Project they come from"), found.project.title if found.project else None, "text"),
                (N_("In the catalogue"), COVERAGE[_how_far(found)], "t"),
                (N_("Note"), found.note, "text"),
            ],
            next=(LISTED, found.agency.name, "WZ6; DG6; YN L12") if found.state == "listed" else None,
            skip=("catalogue",),
            template="registry/holding.html",
            more={
                "entry": entry,
                "project": found.project if found.project and _sees(found.project, actor) else None,
            },
        )
    )


def _sees(row: CatalogueEntry | Project, actor: Any) -> bool:
    return may_see(actor, row)


@pages.route("/holdings/<uuid:holding_id>/catalogue", methods=["GET", "POST"])
def catalogue_holding(holding_id: UUID) -> Any:
    """Name the entry that catalogues the data, chosen from one's own catalogue."""
    actor = reader()
    found = projects.holding(actor, holding_id)
    allow(holding_commands.catalogue, found)
    rows = queries.entries(actor, own=True).limit(MOST_CHOICES)
    own = [(str(entry.id), entry.title) for entry in db.session.scalars(rows) if entry.state != "withdrawn"]
    return form_page(
        "registry/choose_entry.html",
        holding_commands.catalogue,
        subject=found,
        values={"entry_id": str(found.entry_id or "")},
        then=lambda row: redirect(holding_address(row)),
        entries={"entry_id": own},
        none=translate(Text(N_("Your catalogue has no entry yet. Draft one first.")), current_locale()),
    )
