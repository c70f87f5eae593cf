"""Publicly funded projects with their gate report."""

from typing import Any
from uuid import UUID

from kernel.pages import page_of
from kernel.words import N_
from registry.models import Project
from registry.queries import projects
from registry.states import PROJECT
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
from registry.vocabulary.collecting import PROJECT_KINDS, PROJECT_NEEDS, PROJECT_STEPS

GATE = "WZ14; DG48; LS29; YN L49-50"


@page_of(Project)
def project_address(found: Project) -> str:
    """/projects/…"""
    return f"/projects/{found.id}"


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
