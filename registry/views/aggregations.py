"""Freshness of entries, the log of aggregation, and the comparison of several sources of an item."""

from typing import Any
from uuid import UUID

from flask import redirect

from kernel import clock
from kernel.pages import current_locale, form_page, page_of
from kernel.words import N_
from registry import queries
from registry.commands import aggregation as commands
from registry.commands import comparison as comparison_commands
from registry.models import Aggregation, Comparison
from registry.queries import aggregations, places, sources
from registry.rules.aggregation import next_update_due
from registry.states import AGGREGATION, COMPARISON
from registry.views.door import allow, chosen, pages, place_name
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
from registry.vocabulary import FREQUENCIES
from registry.vocabulary.collecting import AGGREGATION_MANNERS

FRESHNESS = {
    "overdue": N_("Older than its frequency says"),
    "never": N_("Never aggregated"),
    "fresh": N_("Fresh"),
}
COMPARED = "LS13; LS16; YN L39"
CONFIRM = N_("The source department says which source is right, or how the differences are cleared.")


@page_of(Aggregation)
def aggregation_address(found: Aggregation) -> str:
    """/aggregations/…"""
    return f"/aggregations/{found.id}"


@page_of(Comparison)
def comparison_address(found: Comparison) -> str:
    """/comparisons/…"""
    return f"/comparisons/{found.id}"


@pages.get("/catalogue/freshness")
def freshness() -> Any:
    """Published entries by their last aggregation against the frequency they state."""
    actor, today = managing(), clock.today()
    facets = [Facet("state", N_("Freshness"), list(FRESHNESS.items()))]
    filters = asked(facets)
    listing = Listing(
        "freshness",
        N_("Freshness of the catalogue"),
        N_("When the data of each entry were aggregated last, and by when they are due again."),
        [
            Column(N_("Name of the resource"), lambda row: link(row[0])),
            Column(N_("Agency"), lambda row: row[0].agency.name if row[0].agency else None),
            Column(N_("Update frequency"), lambda row: _frequency(row[0])),
            Column(N_("Last aggregated"), lambda row: row[1], "day"),
            Column(N_("Due again"), lambda row: _due(row), "day"),
            Column(N_("Freshness"), lambda row: FRESHNESS[_state(row, today)], "t"),
        ],
        facets,
        actions=[(N_("Log of aggregation"), "/aggregations")],
        empty=N_("No published entry fits."),
    )
    return list_page(listing, aggregations.freshness(actor, today, **filters), filters, scalars=False)


def _frequency(entry: Any) -> str | None:
    code = entry.update_frequency
    return FREQUENCIES[code].word(current_locale()) if code else None


def _due(row: Any) -> Any:
    entry, last = row
    interval = FREQUENCIES[entry.update_frequency].interval if entry.update_frequency else None
    return next_update_due(clock.legal_day(last), interval) if last else None


def _state(row: Any, today: Any) -> str:
    if row[1] is None:
        return "never"
    due = _due(row)
    return "overdue" if due is not None and due < today else "fresh"


@pages.get("/aggregations")
def aggregation_log() -> Any:
    """The log of aggregation."""
    actor = managing()
    facets = [
        Facet("manner", N_("How the data are aggregated"), list(AGGREGATION_MANNERS.items())),
        Facet("state", N_("State"), states_of(AGGREGATION)),
    ]
    filters = asked(facets)
    listing = Listing(
        "aggregations",
        N_("Log of aggregation"),
        N_("Each delivery of an entry's data to the databases or the data centre: when, how, how many rows."),
        [
            Column(N_("Name of the resource"), link),
            Column(N_("When"), lambda row: row.at, "moment"),
            Column(N_("Rows delivered"), lambda row: row.rows, "num"),
            Column(N_("How the data are aggregated"), lambda row: AGGREGATION_MANNERS[row.manner], "t"),
            Column(N_("Database"), lambda row: row.database.title if row.database else None),
            Column(N_("State"), lambda row: row.state, "state"),
        ],
        facets,
        actions=[(N_("Freshness of the catalogue"), "/catalogue/freshness")],
        empty=N_("Nothing was aggregated yet."),
    )
    return list_page(listing, aggregations.aggregations(actor, **filters), filters)


@pages.get("/aggregations/<uuid:aggregation_id>")
def aggregation(aggregation_id: UUID) -> Any:
    """One record of the log."""
    found = aggregations.aggregation(reader(), aggregation_id)
    return case_page(
        CasePage(
            found,
            found.title,
            N_("Record of aggregation"),
            [(N_("Log of aggregation"), "/aggregations")],
            [
                (N_("When"), found.at, "moment"),
                (N_("Rows delivered"), found.rows, "num"),
                (N_("How the data are aggregated"), AGGREGATION_MANNERS[found.manner], "t"),
                (N_("Database"), found.database.title if found.database else None, "text"),
                (N_("SHA-256 of the batch"), found.sha256, "code"),
                (N_("Note"), found.note, "text"),
                (N_("Jurisdiction"), place_name(found.jurisdiction), "text"),
            ],
        )
    )


@pages.route("/catalogue/<uuid:entry_id>/aggregate", methods=["GET", "POST"])
def aggregate_entry(entry_id: UUID) -> Any:
    """Record that the data of an entry were aggregated."""
    found = queries.entry_page(reader(), entry_id)
    allow(commands.record, None)
    open_ = places.open_databases(found.jurisdiction)
    return form_page(
        "registry/choose_entry.html",
        commands.record,
        values={"entry_id": str(found.id), "manner": "physical", "rows": found.record_count},
        then=lambda row: redirect(aggregation_address(row)),
        entries={"database_id": [(str(row.id), row.title) for row in open_]},
        lead=found.title,
    )


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
