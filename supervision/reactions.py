"""What follows from what happened: a loaded year makes provisional deadlines firm; a new day has its run."""

from datetime import datetime
from typing import Any

from kernel import clock, due, outbox
from kernel.command import after
from supervision import commands, queries


@after("supervision.calendar.load")
def make_deadlines_firm(_year: Any, event: Any) -> None:
    """Every open deadline that reached into the unknown year is computed again."""
    due.recompute_provisional(event.at)


@outbox.every(600)
def run_once_a_day(now: datetime) -> None:
    """The runner does what time itself has to do once every legal day, soon after midnight."""
    last = queries.last_tick()
    if last is None or last.day < clock.legal_day(now):
        commands.tick(now)
