"""Supervision as JSON: running clocks, loaded years, daily runs, the log."""

from kernel.audit import AuditEvent
from kernel.due import CalendarYear, DueDate
from kernel.routes import serve
from supervision import queries
from supervision.models import Tick
from supervision.schemas import CalendarView, ClockView, EventView, TickView

serve(DueDate, "supervision", "clocks", ClockView, queries.open_clocks)
serve(CalendarYear, "supervision", "calendars", CalendarView, queries.calendar_years)
serve(Tick, "supervision", "ticks", TickView, queries.ticks)
serve(AuditEvent, "supervision", "events", EventView, queries.events)
