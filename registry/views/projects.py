"""Publicly funded projects with their gate report, and the list of data resources beside the catalogue."""

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
from registry.states import HOLDING, PROJECT
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
from registry.vocabulary import DATA_FORMS
from registry.vocabulary.collecting import PROJECT_KINDS, PROJECT_NEEDS, PROJECT_STEPS

GATE = "WZ14; DG48; LS29; YN L49-50"
COVERAGE = {
    "catalogued": N_("Catalogued"),
    "under_way": N_("Entry under way"),
    "not_catalogued": N_("Not catalogued yet"),
}
LISTED = N_("The agency drafts an entry for the data and names it here.")
MOST_CHOICES = 300


@page_of(Project)
def project_address(found: Project) -> str:
    """/projects/…"""
    return f"/projects/{found.id}"


@page_of(Holding)
def holding_address(found: Holding) -> str:
    """/holdings/…"""
    return f"/holdings/{found.id}"


@pages.get("/projects")
def publicly_funded() -> Any:
    """The projects one handed in or decides on."""
    actor = managing()
    facets = [
        Facet("kind", N_("Kind of project"), list(PROJECT_KINDS.items())),
        Facet("state", N_("State"), states_of(PROJECT)),
        Facet("jurisdiction", N_("Jurisdiction"), places_of(actor)),
    ]
    filters = asked(facets)
    listing = Listing(
        "projects",
        N_("Publicly funded projects"),
        N_(
            "Before approval and acceptance the data of a project are listed, catalogued, shared and aggregated."
        ),
        [
            Column(N_("Name of the project"), link),
            Column(N_("Project unit"), lambda row: row.agency.name),
            Column(N_("Kind of project"), lambda row: PROJECT_KINDS[row.kind], "t"),
            Column(N_("Public money"), lambda row: row.budget_minor, "money"),
            Column(N_("State"), lambda row: row.state, "state"),
        ],
        facets,
        actions=creates("registry.project.draft", N_("Register a project")),
        empty=N_("No project was registered yet."),
    )
    return list_page(listing, projects.projects(actor, **filters), filters)


@pages.get("/projects/<uuid:project_id>")
def project(project_id: UUID) -> Any:
    """One project: its data list and what the gate says of each data set at each step."""
    actor = reader()
    found = projects.project(actor, project_id)
    report = projects.gate_of(found)
    return case_page(
        CasePage(
            found,
            found.title,
            PROJECT_KINDS[found.kind],
            [(N_("Publicly funded projects"), "/projects")],
            [
                (N_("Project unit"), found.agency.name, "text"),
                (N_("Jurisdiction"), place_name(found.jurisdiction), "text"),
                (N_("Project number"), found.number, "code"),
                (N_("What is built or bought"), found.summary, "text"),
                (N_("Public money"), found.budget_minor, "money"),
                (N_("Planned completion"), found.completes_on, "day"),
                (N_("Approved"), found.approved_at, "moment"),
                (N_("Accepted"), found.accepted_at, "moment"),
                (N_("Decided by"), found.decided_by, "text"),
                (N_("Legal basis of the refusal"), found.basis, "text"),
            ],
            next=_next(found),
            first="submit",
            template="registry/project.html",
            more={
                "holdings": projects.holdings_of_project(found.id),
                "report": report,
                "steps": list(dict.fromkeys(row.step for row in report)),
                "step_words": PROJECT_STEPS,
                "need_words": PROJECT_NEEDS,
                "adds": found.agency_id == actor.organisation_id
                and found.state not in ("accepted", "refused"),
            },
        )
    )


def _next(found: Project) -> tuple[str, str, str] | None:
    unit, office = found.agency.name, N_("Authority or government, never the unit itself")
    return {
        "draft": (N_("The unit lists the data of the project and hands it in for approval."), unit, GATE),
        "returned": (
            N_("The unit supplements what was asked for and hands the project in again."),
            unit,
            GATE,
        ),
        "submitted": (
            N_("The approver approves once the gate is passed, returns it, or refuses."),
            office,
            GATE,
        ),
        "approved": (
            N_("The unit builds, catalogues, shares and aggregates, then asks for acceptance."),
            unit,
            GATE,
        ),
        "built": (
            N_("The approver accepts once the gate is complete, or says what is missing."),
            office,
            GATE,
        ),
    }.get(found.state)


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
            more={"entry": entry},
        )
    )


def _sees(entry: CatalogueEntry, actor: Any) -> bool:
    return may_see(actor, entry)


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
