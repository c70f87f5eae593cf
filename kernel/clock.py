"""The only module that may ask the computer what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LEGAL_ZONE = ZoneInfo("Asia/Shanghai")
_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC)


def legal_day(moment: datetime) -> date:
    """The day a moment falls on for every legal period."""
    return moment.astimezone(LEGAL_ZONE).date()


def today() -> date:
    """The legal day of this moment."""
    return legal_day(now())


@contextmanager
def frozen(moment: str | datetime) -> Iterator[None]:
    """Stop the clock: `with clock.frozen("2026-02-13T09:00+08:00"): ...`"""
    stopped = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    token = _frozen.set(stopped.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)
