"""Supervision as JSON: running clocks, loaded years, daily runs, the log, issued documents, saved searches."""

from typing import Any
from urllib.parse import quote

from kernel import clock
from kernel.audit import AuditEvent
from kernel.config import settings
from kernel.documents import Document, issued
from kernel.due import CalendarYear, DueDate
from kernel.routes import answers, serve
from supervision import queries
from supervision.models import OperatingMandate, OperatingTeam, Operation, SavedSearch, Synonym, Tick
from supervision.schemas import (
    CalendarView,
    ClockView,
    EventView,
    TickView,
)
from supervision.schemas.operating import MandateView, OperationView, TeamView
from supervision.schemas.printing import DocumentView
from supervision.schemas.searching import SavedSearchView, SynonymView
from supervision.schemas.standing import StandingView
from supervision.vocabulary import MALFORMED, UNKNOWN

serve(DueDate, "supervision", "clocks", ClockView, queries.open_clocks)
serve(CalendarYear, "supervision", "calendars", CalendarView, queries.calendar_years)
serve(Tick, "supervision", "ticks", TickView, queries.ticks)
serve(AuditEvent, "supervision", "events", EventView, queries.events)
serve(Synonym, "supervision", "synonyms", SynonymView, queries.synonyms)
serve(Document, "supervision", "documents", DocumentView, issued)
serve(SavedSearch, "supervision", "saved_searches", SavedSearchView, queries.saved_searches)
serve(OperatingTeam, "supervision", "teams", TeamView, queries.teams)
serve(OperatingMandate, "supervision", "mandates", MandateView, queries.operating_mandates)
serve(Operation, "supervision", "operations", OperationView, queries.operations)

FRESH_SECONDS = 60  # how long an answer may be kept: a suspension is known everywhere a minute later
STATUS = {MALFORMED: 422, UNKNOWN: 404}


@answers(
    "check",
    "/<string:code>",
    StandingView,
    others=(404, 422),
    summary="How a registration, licence, right or document stands today: a status of its own for each case",
)
def check(code: str) -> Any:
    """The standing of a code, for everybody; read only, a few indexed look-ups, kept by caches for a minute."""
    found = queries.standing(code, clock.today())
    found |= {"checked_at": clock.now(), "page": f"{settings().base_url}/check/{quote(found['code'], safe='')}"}
    headers = {"Cache-Control": f"public, max-age={FRESH_SECONDS}", "Access-Control-Allow-Origin": "*"}
    return found, STATUS.get(found["status"], 200), headers
