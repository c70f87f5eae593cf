"""Freshness of entries and the log of aggregation."""

from typing import Any
from uuid import UUID

from flask import redirect

from jurisdictions import tree
from kernel import clock
from kernel.pages import current_locale, form_page, page_of
from kernel.words import N_
from registry import queries
from registry.commands import aggregation as commands
from registry.models import Aggregation
from registry.queries import aggregations, places
from registry.rules.aggregation import frequency_binds, next_update_due
from registry.states import AGGREGATION
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
from registry.vocabulary import FREQUENCIES
from registry.vocabulary.collecting import AGGREGATION_MANNERS

OVERDUE = N_("Overdue: the rule asks for aggregation at the stated frequency")
FRESHNESS = {
    "overdue": N_("Older than its frequency says"),
    "never": N_("Never aggregated"),
    "fresh": N_("Fresh"),
}


@page_of(Aggregation)
def aggregation_address(found: Aggregation) -> str:
    """/aggregations/…"""
    return f"/aggregations/{found.id}"


def log_link() -> tuple[str, str]:
    """The way to the log of aggregation."""
    return N_("Log of aggregation"), "/aggregations"


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
            Column(N_("Freshness"), lambda row: _words(row, _state(row, today)), "t"),
        ],
        facets,
        actions=[log_link()],
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


def _words(row: Any, state: str) -> str:
    """What is said of an entry: where the rule binds to the stated frequency, being older is being overdue."""
    late = state == "overdue" and frequency_binds(tree.profile_of(row[0].jurisdiction))
    return OVERDUE if late else FRESHNESS[state]


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
        actions=[
            (N_("Freshness of the catalogue"), "/catalogue/freshness"),
            (N_("Reconciliation of shared copies"), "/reconciliations"),
        ],
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
            [log_link()],
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
