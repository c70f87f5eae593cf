"""When things happened in the demonstration: told from the last completed quarter, so that it never looks old."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kernel import clock


@dataclass(frozen=True)
class Calendar:
    """Days of the story, counted from the first day of the quarter that was sold."""

    today: date

    @property
    def quarter_start(self) -> date:
        """The first day of the last completed quarter."""
        first = date(self.today.year, (self.today.month - 1) // 3 * 3 + 1, 1)
        return (first - timedelta(days=1)).replace(day=1).replace(month=(first - timedelta(days=1)).month - 2)

    @property
    def quarter_end(self) -> date:
        """The last day of the last completed quarter."""
        return date(self.today.year, (self.today.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)

    def day(self, offset: int) -> date:
        """So many days after the quarter began, never after today."""
        return min(self.quarter_start + timedelta(days=offset), self.today)

    @contextmanager
    def at(self, day: date | int, hour: int = 9, minute: int = 0) -> Iterator[None]:
        """Stop the clock at an hour of that day (Beijing time); today no later than this very moment."""
        chosen = self.day(day) if isinstance(day, int) else min(day, self.today)
        moment = datetime.combine(chosen, time(hour, minute), tzinfo=clock.LEGAL_ZONE)
        with clock.frozen(min(moment, clock.now())):
            yield

    @contextmanager
    def ago(self, days: int, hour: int = 9) -> Iterator[None]:
        """Stop the clock so many days before today."""
        with self.at(self.today - timedelta(days=days), hour):
            yield
