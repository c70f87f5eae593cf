"""The shared copies held against the agencies' own data: what matches, what differs, what was put right."""

from typing import Any
from uuid import UUID

from flask import redirect

from kernel.pages import form_page, page_of
from kernel.words import N_
from registry import queries
from registry.commands import reconciliation as commands
from registry.models import Reconciliation
from registry.queries import aggregations
from registry.states import RECONCILIATION
from registry.views.aggregations import log_link
from registry.views.door import allow, pages, place_name
from registry.views.lists import (
    CasePage,
    Column,
    Facet,
    Listing,
    asked,
    case_page,
    link,
    list_page,
    managing,
    reader,
    states_of,
)

TITLE = N_("Reconciliation of shared copies")
OWN, COPY = N_("Rows of your own data"), N_("Rows of the shared copy")


@page_of(Reconciliation)
def reconciliation_address(found: Reconciliation) -> str:
    """/reconciliations/…"""
    return f"/reconciliations/{found.id}"


@pages.get("/reconciliations")
def reconciliations() -> Any:
    """The reconciliations of the agency, or of all agencies overseen."""
    actor = managing()
    facets = [Facet("state", N_("State"), states_of(RECONCILIATION))]
    filters = asked(facets)
    listing = Listing(
        "reconciliations",
        TITLE,
        N_("Counts and hashes of the agencies' own data beside those of the copy they delivered last."),
        [
            Column(N_("Name of the resource"), link),
            Column(N_("When"), lambda row: row.created_at, "moment"),
            Column(OWN, lambda row: row.rows, "num"),
            Column(COPY, lambda row: row.copy_rows, "num"),
            Column(N_("State"), lambda row: row.state, "state"),
        ],
        facets,
        actions=[log_link()],
        empty=N_("No copy was held against the agency's own data yet."),
    )
    return list_page(listing, aggregations.reconciliations(actor, **filters), filters)


@pages.get("/reconciliations/<uuid:reconciliation_id>")
def reconciliation(reconciliation_id: UUID) -> Any:
    """One reconciliation: both counts, both hashes, and the delivery that put it right."""
    found = aggregations.reconciliation(reader(), reconciliation_id)
    return case_page(
        CasePage(
            found,
            found.title,
            TITLE,
            [(TITLE, "/reconciliations")],
            [
                (N_("When"), found.created_at, "moment"),
                (OWN, found.rows, "num"),
                (COPY, found.copy_rows, "num"),
                (N_("SHA-256 of your own data"), found.sha256, "code"),
                (N_("SHA-256 of the batch"), found.copy_sha256, "code"),
                (N_("Note"), found.note, "text"),
                (N_("Jurisdiction"), place_name(found.jurisdiction), "text"),
            ],
        )
    )


@pages.route("/catalogue/<uuid:entry_id>/reconcile", methods=["GET", "POST"])
def reconcile_entry(entry_id: UUID) -> Any:
    """Hold the shared copy of an entry against the agency's own data."""
    found = queries.entry_page(reader(), entry_id)
    allow(commands.record, None)
    return form_page(
        "registry/choose_entry.html",
        commands.record,
        values={"entry_id": str(found.id), "rows": found.record_count},
        then=lambda row: redirect(reconciliation_address(row)),
        entries={},
        lead=found.title,
    )
