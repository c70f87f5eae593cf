"""Everything supervision reads: running clocks, the log, the daily run, figures of the whole house."""

from supervision.queries.clocks import (
    Work,
    addresses_of,
    area_figures,
    calendar_years,
    clock,
    clocks,
    days_left,
    due_work,
    not_warned,
    open_clocks,
    overdue,
    overdue_in_area,
    steps,
)
from supervision.queries.log import event, event_facts, events, names_of_events, oversees
from supervision.queries.service import health, home_jurisdiction, public_figures, right_of_application
from supervision.queries.ticks import days_without_a_run, last_tick, run_is_late, ticks

__all__ = [
    "Work",
    "addresses_of",
    "area_figures",
    "calendar_years",
    "clock",
    "clocks",
    "days_left",
    "days_without_a_run",
    "due_work",
    "event",
    "event_facts",
    "events",
    "health",
    "home_jurisdiction",
    "last_tick",
    "names_of_events",
    "not_warned",
    "open_clocks",
    "overdue",
    "overdue_in_area",
    "oversees",
    "public_figures",
    "right_of_application",
    "run_is_late",
    "steps",
    "ticks",
]
