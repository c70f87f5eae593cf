"""The people of the demonstration without their doings: whoever walks can be each of them with one click."""

from datetime import date

from supervision.cli.demonstration.people import PASSWORD, found_city
from supervision.cli.demonstration.times import Calendar
from tests.browser.live import Live

__all__ = ["PASSWORD", "found"]


def found(server: Live) -> None:
    """Everybody registers and is admitted, long before the walk begins."""
    with server.inside():
        found_city(Calendar(date(2026, 7, 31)))
