"""Supervision as JSON: running clocks, loaded years, daily runs, the log, synonyms, saved searches."""

from kernel.audit import AuditEvent
from kernel.due import CalendarYear, DueDate
from kernel.routes import serve
from supervision import queries
from supervision.models import OperatingMandate, OperatingTeam, Operation, SavedSearch, Synonym, Tick
from supervision.schemas import (
    CalendarView,
    ClockView,
    EventView,
    TickView,
)
from supervision.schemas.operating import MandateView, OperationView, TeamView
from supervision.schemas.searching import SavedSearchView, SynonymView

serve(DueDate, "supervision", "clocks", ClockView, queries.open_clocks)
serve(CalendarYear, "supervision", "calendars", CalendarView, queries.calendar_years)
serve(Tick, "supervision", "ticks", TickView, queries.ticks)
serve(AuditEvent, "supervision", "events", EventView, queries.events)
serve(Synonym, "supervision", "synonyms", SynonymView, queries.synonyms)
serve(SavedSearch, "supervision", "saved_searches", SavedSearchView, queries.saved_searches)
serve(OperatingTeam, "supervision", "teams", TeamView, queries.teams)
serve(OperatingMandate, "supervision", "mandates", MandateView, queries.operating_mandates)
serve(Operation, "supervision", "operations", OperationView, queries.operations)
