"""Supervision as JSON: running clocks and loaded years."""

from kernel.due import CalendarYear, DueDate
from kernel.routes import serve
from supervision import queries
from supervision.schemas import CalendarView, ClockView

serve(DueDate, "supervision", "clocks", ClockView, queries.open_clocks)
serve(CalendarYear, "supervision", "calendars", CalendarView, queries.calendar_years)
