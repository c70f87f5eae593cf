"""What follows from what happened: a loaded year makes provisional deadlines firm."""

from typing import Any

from kernel import due
from kernel.command import after


@after("supervision.calendar.load")
def make_deadlines_firm(_year: Any, event: Any) -> None:
    """Every open deadline that reached into the unknown year is computed again."""
    due.recompute_provisional(event.at)
