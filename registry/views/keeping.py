"""Grading rules of a place, look-ups in place of a paper, and the overview of catalogue work."""

from typing import Any
from uuid import UUID

from flask import render_template

from kernel.pages import current_locale, page_of
from kernel.states import state_word
from kernel.words import N_
from registry.models import GradingRule, Lookup
from registry.queries import keeping
from registry.schemas.keeping import GRADES
from registry.states import GRADING_RULE
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
from registry.vocabulary import OPENING_ATTRIBUTES, SHARING_ATTRIBUTES, THEMES, CodeList
from registry.vocabulary.collecting import LOOKUP_KINDS

PLACE = N_("Jurisdiction")
LEVELS = dict(GRADES)
FOUND = N_("Proved here; no paper is needed")
NOT_FOUND = N_("Not known here; a paper may be asked for")


@page_of(GradingRule)
def grading_rule_address(found: GradingRule) -> str:
    """/grading-rules/…"""
    return f"/grading-rules/{found.id}"


@page_of(Lookup)
def lookup_address(found: Lookup) -> str:
    """/lookups/…"""
    return f"/lookups/{found.id}"


@pages.get("/catalogue/work")
def catalogue_work() -> Any:
    """Where everything around the catalogue is."""
    managing()
    return render_template("registry/work.html")


def _words(codes: CodeList, chosen: list[str]) -> str:
    return "、".join(codes[code].word(current_locale()) for code in chosen if code in codes)


@pages.get("/grading-rules")
def grading_rules() -> Any:
    """The grading rules of the reader's line of places."""
    actor = managing()
    facets = [
        Facet("jurisdiction", PLACE, places_of(actor)),
        Facet("level", N_("Grade or level it is for"), GRADES),
        Facet("state", N_("State"), states_of(GRADING_RULE)),
    ]
    filters = asked(facets)
    listing = Listing(
        "grading-rules",
        N_("Classification and grading rules"),
        N_("Which attributes data of a level may carry. A lower level is never laxer than those above."),
        [
            Column(N_("Name of the rule"), link),
            Column(PLACE, lambda row: place_name(row.jurisdiction)),
            Column(N_("Grade or level it is for"), lambda row: LEVELS.get(row.level, row.level), "t"),
            Column(N_("Opening attributes it allows"), lambda row: _words(OPENING_ATTRIBUTES, row.openings)),
            Column(N_("Sharing attributes it allows"), lambda row: _words(SHARING_ATTRIBUTES, row.sharings)),
            Column(N_("State"), lambda row: row.state, "state"),
        ],
        facets,
        actions=creates("registry.grading_rule.adopt", N_("Adopt a grading rule")),
        empty=N_("No rule of these places goes beyond the national standard."),
    )
    return list_page(listing, keeping.grading_rules(actor, **filters), filters)


@pages.get("/grading-rules/<uuid:rule_id>")
def grading_rule(rule_id: UUID) -> Any:
    """One grading rule."""
    found = keeping.grading_rule(reader(), rule_id)
    return case_page(
        CasePage(
            found,
            found.title,
            N_("Classification and grading rule"),
            [(N_("Classification and grading rules"), "/grading-rules")],
            [
                (PLACE, place_name(found.jurisdiction), "text"),
                (N_("Grade or level it is for"), LEVELS.get(found.level, found.level), "t"),
                (N_("Themes it is for"), _words(THEMES, found.themes) or N_("entries of every theme"), "t"),
                (N_("Opening attributes it allows"), _words(OPENING_ATTRIBUTES, found.openings), "text"),
                (N_("Sharing attributes it allows"), _words(SHARING_ATTRIBUTES, found.sharings), "text"),
                (N_("Legal basis"), found.basis, "text"),
            ],
        )
    )


@pages.get("/lookups")
def lookups() -> Any:
    """What was looked up here instead of being asked of a person."""
    actor = managing()
    facets = [Facet("kind", N_("What has to be proved"), list(LOOKUP_KINDS.items()))]
    filters = asked(facets)
    listing = Listing(
        "lookups",
        N_("Look-ups in place of a paper"),
        N_(
            "What this platform can tell is not asked of the person again. Each answer is kept with the case."
        ),
        [
            Column(N_("Your case number"), lambda row: link(row, row.case_number)),
            Column(N_("What has to be proved"), lambda row: LOOKUP_KINDS[row.kind], "t"),
            Column(N_("Code or number"), lambda row: row.asked, "code"),
            Column(N_("Answer"), lambda row: FOUND if row.found else NOT_FOUND, "t"),
            Column(N_("When"), lambda row: row.at, "moment"),
        ],
        facets,
        actions=creates("registry.lookup.look_up", N_("Look something up")),
        empty=N_("Nothing was looked up yet."),
    )
    return list_page(listing, keeping.lookups(actor, **filters), filters)


@pages.get("/lookups/<uuid:lookup_id>")
def lookup(lookup_id: UUID) -> Any:
    """One look-up with what the register said."""
    found = keeping.lookup(reader(), lookup_id)
    told = [(state_word(name), value, "text") for name, value in found.result.items()]
    return case_page(
        CasePage(
            found,
            found.asked,
            N_("Look-up in place of a paper"),
            [(N_("Look-ups in place of a paper"), "/lookups")],
            [
                (N_("Agency"), found.agency.name, "text"),
                (N_("Your case number"), found.case_number, "text"),
                (N_("What it is needed for"), found.purpose, "text"),
                (N_("What has to be proved"), LOOKUP_KINDS[found.kind], "t"),
                (N_("Answer"), FOUND if found.found else NOT_FOUND, "t"),
                (N_("When"), found.at, "moment"),
                *told,
                (N_("SHA-256 of the answer"), found.sha256, "code"),
            ],
        )
    )
