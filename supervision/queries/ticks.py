"""The daily run of what time itself has to do: when it ran, on which days it did not."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, false, select, true

from kernel.actor import Actor
from kernel.db import db
from kernel.due import DueDate
from kernel.permissions import visible, visible_to
from supervision.models import Tick
from supervision.queries.clocks import OVERSEERS

LOOKED_BACK_DAYS = 30


@visible(Tick)
def ticks_of_actor(actor: Actor) -> ColumnElement[bool]:
    """Those who oversee see whether the installation does its daily work."""
    return true() if actor.roles & OVERSEERS else false()


def ticks(actor: Actor) -> Select[Any]:
    """The runs, latest first."""
    return select(Tick).where(visible_to(actor, Tick)).order_by(Tick.ran_at.desc())


def last_tick() -> Tick | None:
    """The latest run."""
    return db.session.scalar(select(Tick).order_by(Tick.ran_at.desc()).limit(1))


def run_is_late(today: date) -> bool:
    """Whether neither today nor yesterday had its run although clocks run (a fresh installation has none)."""
    last = last_tick()
    if last is not None:
        return last.day < today - timedelta(days=1)
    first = db.session.scalar(select(DueDate.started_on).order_by(DueDate.started_on).limit(1))
    return first is not None and first < today - timedelta(days=1)


def days_without_a_run(today: date) -> list[date]:
    """The days of the last month, since the first run in it and before today, on which none took place."""
    since = today - timedelta(days=LOOKED_BACK_DAYS)
    ran = set(db.session.scalars(select(Tick.day).where(Tick.day >= since).distinct()))
    if not ran:
        return []
    span = range((today - min(ran)).days)
    return [day for day in (min(ran) + timedelta(days=number) for number in span) if day not in ran]
