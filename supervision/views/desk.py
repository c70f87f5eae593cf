"""The desk: due work by its date first, then what each package lays on it, then the area of those who oversee it."""

from datetime import date
from typing import Any

from flask import render_template, url_for

from kernel import clock
from kernel.actor import Actor
from kernel.pages import DESK, DeskRow, DeskSection, current_locale, desk_section
from kernel.words import N_, Text, translate
from supervision import queries
from supervision.views import pages
from supervision.views.reading import signed_in

FIGURES: dict[str, tuple[str, str | None, dict[str, str] | None]] = {
    "running": (N_("Running deadlines"), None, {}),
    "warned": (N_("Last day is near"), "attention", {"state": "warned"}),
    "overdue": (N_("Overdue"), "bad", {"state": "missed"}),
    "provisional": (N_("Date provisional"), None, {"state": "provisional"}),
    "late": (N_("Met late this year"), None, None),
}
LOOKED_UP = [
    (N_("Log of events"), "events", N_("Who did what, when, under which rules.")),
    (N_("Rule book"), "rules", N_("Every period, cap and class with its article.")),
    (N_("Working days"), "calendar", N_("The years that are known.")),
]


@pages.get("/desk")
def desk() -> Any:
    """What waits for the person, by date, then the sections of its roles."""
    actor, today = signed_in(), clock.today()
    sections: list[Any] = area(actor, today)
    for _order, section in DESK:
        found = section(actor)
        if found is not None:
            sections += [found] if isinstance(found, DeskSection) else list(found)
    return render_template("site/desk.html", work=queries.due_work(actor, today), sections=sections)


def area(actor: Actor, today: date) -> list[dict[str, Any]]:
    """For authority, auditor and government: how the deadlines of their area stand, in figures."""
    if not queries.oversees(actor):
        return []
    counted = queries.area_figures(actor, today)
    figures = [
        {
            "label": label,
            "value": counted[name],
            "tone": tone if counted[name] else None,
            "href": None if query is None else url_for("supervision.clocks", **query),  # type: ignore[arg-type]
        }
        for name, (label, tone, query) in FIGURES.items()
    ]
    return [
        {"title": N_("Deadlines in your area"), "figures": figures, "more": url_for("supervision.clocks")}
    ]


@desk_section(5)
def left_undone(actor: Actor) -> DeskSection | None:
    """What others have left undone; for a government the authority's own delays stand first."""
    if not queries.oversees(actor):
        return None
    rows = [
        DeskRow(
            work.heading, work.address or url_for("supervision.clocks"), _step(work), "missed", work.due_on
        )
        for work in queries.overdue_in_area(actor, clock.today())
    ]
    return DeskSection(
        N_("Overdue in your area"),
        rows,
        more=url_for("supervision.clocks", state="missed"),
        empty=N_("Nothing is overdue."),
        total=len(rows),
    )


def _step(work: queries.Work) -> Text:
    return Text(N_("{step}, waits for {who}"), step=Text(work.what), who=Text(work.who))


@desk_section(90)
def daily_run(actor: Actor) -> DeskSection | None:
    """Shown while the installation does not do its daily work: no warning, no missed deadline is noted then."""
    if "authority" not in actor.roles:
        return None
    today, last = clock.today(), queries.last_tick()
    gaps, late = queries.days_without_a_run(today), queries.run_is_late(today)
    if not gaps and not late:
        return None
    rows = [DeskRow(day.isoformat(), "/healthz", N_("No run on this day"), due_on=None) for day in gaps[-10:]]
    if late:
        since = Text(N_("Last run: {day}"), day=last.day) if last else Text(N_("It has never run."))
        rows.insert(0, DeskRow(str(today), "/healthz", since, "missed"))
    return DeskSection(N_("The daily run of deadlines was missed"), rows, more="/healthz", total=len(rows))


@desk_section(95)
def audit(actor: Actor) -> DeskSection | None:
    """Where those who oversee look things up."""
    if not queries.oversees(actor):
        return None
    rows = [
        DeskRow(translate(title, current_locale()), url_for(f"supervision.{page}"), note)
        for title, page, note in LOOKED_UP
    ]
    return DeskSection(N_("Look things up"), rows)
