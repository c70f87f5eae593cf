"""The quality board: completeness, freshness, aggregation and what is open, by agency, and what would improve it."""

from typing import Any

from flask import render_template, request

from kernel import clock
from kernel.pages import current_locale, sheet
from kernel.words import N_, translate
from registry.queries import quality
from registry.schemas.catalogue import EntryInput
from registry.views.door import chosen, pages
from registry.views.lists import managing, places_of
from registry.vocabulary.collecting import QUALITY_FIELDS

HEADINGS = [
    N_("Agency"),
    N_("Published entries"),
    N_("Fields told in per cent"),
    N_("Fresh in per cent"),
    N_("Aggregated in per cent"),
    N_("Open corrections"),
    N_("Overdue"),
    N_("Score"),
]
ON_CHART = 15


@pages.get("/quality")
def quality_board() -> Any:
    """The figures of every agency one answers for or oversees, with a chart, and field by field."""
    actor = managing()
    place = chosen("jurisdiction")["jurisdiction"]
    choices = places_of(actor)
    found = quality.quality(actor, clock.today(), place if place in dict(choices) else "")
    if kind := request.args.get("format"):
        return sheet("quality", HEADINGS, (_cells(row) for row in found), kind)
    labels = {
        name: field.metadata["label"] for name, field in EntryInput().fields.items() if name in QUALITY_FIELDS
    }
    fields = [
        (translate(labels.get(name, name), current_locale()), share, lacking, QUALITY_FIELDS[name])
        for name, share, lacking in quality.told_by_field(found)
    ]
    return render_template(
        "registry/quality.html",
        rows=found,
        chart=found[:ON_CHART],
        headings=HEADINGS,
        fields=fields,
        places=[{"value": code, "label": words, "checked": code == place} for code, words in choices],
    )


def _cells(row: quality.AgencyQuality) -> list[Any]:
    told = row.quality
    shares = [told.complete, told.fresh, told.aggregated]
    return [row.agency, row.entries, *shares, told.open_corrections, told.overdue, told.score]
