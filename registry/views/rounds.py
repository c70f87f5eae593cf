"""Rounds of adjustment: the round with its progress, and the part an agency answers."""

from typing import Any
from uuid import UUID

from flask import redirect, request

from kernel.command import execute
from kernel.pages import address_of, page_of, paged
from kernel.words import N_
from registry.commands import adjustment as commands
from registry.models import AdjustmentPart, AdjustmentRound
from registry.queries import rounds
from registry.states import ADJUSTMENT
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

PLACE = N_("Jurisdiction")
BASIS = "WZ30; DG32; YN L105"
ROUND_OPEN = N_("Each agency confirms or changes its entries; then the authority closes the round.")
PART_OPEN = N_("The agency confirms what is right and changes the rest at the entries themselves.")


@page_of(AdjustmentRound)
def round_address(found: AdjustmentRound) -> str:
    """/adjustments/…"""
    return f"/adjustments/{found.id}"


@page_of(AdjustmentPart)
def part_address(found: AdjustmentPart) -> str:
    """/adjustments/parts/…"""
    return f"/adjustments/parts/{found.id}"


@pages.get("/adjustments")
def adjustments() -> Any:
    """The rounds of adjustment of the reader's line of places."""
    actor = managing()
    facets = [
        Facet("jurisdiction", PLACE, places_of(actor)),
        Facet("state", N_("State"), states_of(ADJUSTMENT)),
    ]
    filters = asked(facets) | {"q": ""}
    listing = Listing(
        "adjustments",
        N_("Adjustment of the catalogue"),
        N_("Once a year every agency confirms its published entries or changes them."),
        [
            Column(N_("Name of the round"), link),
            Column(PLACE, lambda row: place_name(row.jurisdiction)),
            Column(N_("Opened at"), lambda row: row.opened_at, "day"),
            Column(N_("Closed"), lambda row: row.closed_at, "day"),
            Column(N_("State"), lambda row: row.state, "state"),
        ],
        facets,
        actions=creates("registry.adjustment.open", N_("Open a round of adjustment")),
        empty=N_("No round was held yet."),
        search=False,
    )
    return list_page(listing, rounds.rounds(actor, **filters), filters)


@pages.get("/adjustments/<uuid:round_id>")
def adjustment_round(round_id: UUID) -> Any:
    """One round: how far each agency is."""
    actor = reader()
    found = rounds.adjustment_round(actor, round_id)
    page = paged(rounds.parts(actor, found.id), size=50)
    counted = rounds.outcomes(part.id for part in page.items)
    facts = [
        (PLACE, place_name(found.jurisdiction), "text"),
        (N_("What the agencies should look at"), found.focus, "text"),
        (N_("Opened at"), found.opened_at, "moment"),
        (N_("Closed"), found.closed_at, "moment"),
    ]
    for name, label in (
        ("agencies", N_("Agencies asked")),
        ("unanswered", N_("Agencies that did not answer")),
        ("confirmed", N_("Entries confirmed")),
        ("changed", N_("Entries changed")),
    ):
        if name in found.result:
            facts.append((label, found.result[name], "num"))
    return case_page(
        CasePage(
            found,
            found.title,
            N_("Round of adjustment"),
            [(N_("Adjustment of the catalogue"), "/adjustments")],
            facts,
            next=(
                N_("Each agency confirms or changes its entries; then the authority closes the round."),
                N_("Agency"),
                BASIS,
            )
            if found.state == "open"
            else None,
            template="registry/adjustment.html",
            more={"parts": page, "counted": counted},
        )
    )


@pages.get("/adjustments/parts/<uuid:part_id>")
def adjustment_part(part_id: UUID) -> Any:
    """What one agency has to answer: its entries, those still open first."""
    actor = reader()
    found = rounds.part(actor, part_id)
    counted = rounds.outcomes([found.id])[found.id]
    return case_page(
        CasePage(
            found,
            found.title,
            N_("Answer in an adjustment round"),
            [
                (N_("Adjustment of the catalogue"), "/adjustments"),
                (found.round.title, address_of(found.round)),
            ],
            [
                (N_("Agency"), found.agency.name, "text"),
                (N_("What the agencies should look at"), found.round.focus, "text"),
                (N_("Entries still open"), counted.get("open", 0), "num"),
                (N_("Entries confirmed"), counted.get("confirmed", 0), "num"),
                (N_("Entries changed"), counted.get("changed", 0), "num"),
                (N_("Answered"), found.answered_on, "day"),
            ],
            next=(
                N_("The agency confirms what is right and changes the rest at the entries themselves."),
                found.agency.name,
                BASIS,
            )
            if found.state == "open"
            else None,
            skip=("confirm",),
            template="registry/adjustment_part.html",
            more={"items": paged(rounds.part_items(found.id), size=50)},
        )
    )


@pages.post("/adjustments/parts/<uuid:part_id>/confirm")
def confirm_part(part_id: UUID) -> Any:
    """Confirm the ticked entries, or all that are open."""
    actor = reader()
    data = {
        "entry_ids": request.form.getlist("entry_ids"),
        "everything": request.form.get("everything", "") == "true",
    }
    found = execute(commands.confirm, actor=actor, subject_id=part_id, data=data)
    return redirect(address_of(found))
