"""The comparison of several sources of a data item."""

from typing import Any
from uuid import UUID

from flask import redirect

from kernel.pages import form_page, page_of
from kernel.words import N_
from registry.commands import comparison as comparison_commands
from registry.models import Comparison
from registry.queries import sources
from registry.states import COMPARISON
from registry.views.door import allow, chosen, pages
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
    reader,
    states_of,
    table_rows,
)

COMPARED = "LS13; LS16; YN L39"
CONFIRM = N_("The source department says which source is right, or how the differences are cleared.")


@page_of(Comparison)
def comparison_address(found: Comparison) -> str:
    """/comparisons/…"""
    return f"/comparisons/{found.id}"


@pages.get("/comparisons")
def comparisons() -> Any:
    """Items compared over several sources."""
    actor = managing()
    facets = [Facet("state", N_("State"), states_of(COMPARISON))]
    filters = asked(facets)
    listing = Listing(
        "comparisons",
        N_("Comparison of sources"),
        N_("A data item checked record by record against several sources; only counts and hashes are kept."),
        [
            Column(N_("Data item"), link),
            Column(N_("Source department"), lambda row: row.agency.name),
            Column(N_("Records in all sources"), lambda row: row.counts["common"], "num"),
            Column(N_("Different"), lambda row: row.counts["different"], "num"),
            Column(N_("State"), lambda row: row.state, "state"),
        ],
        facets,
        actions=creates("registry.comparison.compare", N_("Compare sources"), "/comparisons/new"),
        empty=N_("No sources were compared yet."),
    )
    return list_page(listing, sources.comparisons(actor, **filters), filters)


@pages.route("/comparisons/new", methods=["GET", "POST"])
def compare() -> Any:
    """Hand in the files of two or three sources."""
    actor = managing()
    allow(comparison_commands.compare, None)
    found = sources.comparable_entries(actor, chosen("q")["q"])
    options = [(str(row.id), f"{row.title} · {row.agency.name if row.agency else ''}") for row in found]
    return form_page(
        "registry/choose_entry.html",
        comparison_commands.compare,
        then=lambda row: redirect(comparison_address(row)),
        entries={f"{name}_entry_id": options for name in comparison_commands.SOURCES},
        lead=N_("Both columns stand as headings in every file. The files are compared and not kept."),
    )


@pages.get("/comparisons/<uuid:comparison_id>")
def comparison(comparison_id: UUID) -> Any:
    """One comparison: what is equal, what differs, what each source lacks."""
    found = sources.comparison(reader(), comparison_id)
    counts = found.counts
    columns = [
        Column(
            N_("Source"), lambda row: {"value": row[0]["title"], "href": f"/catalogue/{row[0]['entry_id']}"}
        ),
        Column(N_("Records"), lambda row: row[0]["rows"], "num"),
        Column(N_("Missing there"), lambda row: row[1], "num"),
        Column("SHA-256", lambda row: row[0]["sha256"], "code"),
    ]
    right = next((row["title"] for row in found.sources if row["entry_id"] == str(found.right_id)), None)
    return case_page(
        CasePage(
            found,
            found.item,
            N_("Comparison of sources"),
            [(N_("Comparison of sources"), "/comparisons")],
            [
                (N_("Item that identifies the record"), found.key, "text"),
                (N_("Source department"), found.agency.name, "text"),
                (N_("Records found"), counts["keys"], "num"),
                (N_("Records in all sources"), counts["common"], "num"),
                (N_("Equal"), counts["equal"], "num"),
                (N_("Different"), counts["different"], "num"),
                (N_("Source that is right"), right, "text"),
                (N_("Finding"), found.finding, "text"),
                (N_("Confirmed by"), found.confirmed_by, "text"),
            ],
            next=(CONFIRM, found.agency.name, COMPARED) if found.state == "compared" else None,
            skip=("confirm",),
            template="registry/comparison.html",
            more={
                "columns": columns,
                "rows": table_rows(columns, zip(found.sources, counts["missing"], strict=True)),
            },
        )
    )


@pages.route("/comparisons/<uuid:comparison_id>/confirm", methods=["GET", "POST"])
def confirm_comparison(comparison_id: UUID) -> Any:
    """The source department confirms what it found."""
    found = sources.comparison(reader(), comparison_id)
    allow(comparison_commands.confirm, found)
    return form_page(
        "registry/choose_entry.html",
        comparison_commands.confirm,
        subject=found,
        values={},
        then=lambda row: redirect(comparison_address(row)),
        entries={"right_id": [(row["entry_id"], row["title"]) for row in found.sources]},
    )
