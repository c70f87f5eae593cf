"""The writes of supervision: clocks, working days, the daily run."""

import logging
import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from jurisdictions.calendars import NoticeUnreadable, read_notice
from kernel import clock as time
from kernel import due
from kernel.actor import SYSTEM, Actor
from kernel.command import Command, command, execute
from kernel.due import CalendarYear, DueDate
from kernel.errors import Conflict, DomainError, InvalidInput
from kernel.fields import File
from kernel.states import StateMachine
from kernel.words import N_
from supervision import queries, rules
from supervision.commands import clocks, operating, printing  # noqa: F401  stops of clocks, teams and mandates, files
from supervision.models import Tick
from supervision.permissions import MAY
from supervision.schemas import CalendarInput, TickInput
from supervision.states import CALENDAR, CLOCK, TICK

log = logging.getLogger("shuheng.supervision")


def _command(
    name: str, on: type, states: StateMachine, **options: Any
) -> Callable[[Callable[..., Any]], Command]:
    return command(f"supervision.{name}", may=MAY[f"supervision.{name}"], on=on, states=states, **options)


@_command("clock.warn", DueDate, CLOCK, label=N_("Warn of the last day"))
def warn(row: DueDate, *, actor: Actor, now: datetime) -> None:
    """A clock warns whoever is waited for that its last day is near: from now on it stands out on the desk."""
    if row.warned_at is not None:
        raise Conflict()
    row.warned_at = now


@_command("clock.miss", DueDate, CLOCK, label=N_("Note the missed deadline"))
def miss(row: DueDate, *, actor: Actor, now: datetime) -> None:
    """A deadline has passed without being met; it stands on the authority's desk until it is."""
    rules.deadline_is_missed(row.due_on, time.legal_day(now))


@_command(
    "calendar.load", CalendarYear, CALENDAR, schema=CalendarInput, label=N_("Load the working days of a year")
)
def load(*, actor: Actor, now: datetime, notice: str, file: File) -> CalendarYear:
    """The working days of a year are loaded from the official notice; provisional deadlines become firm."""
    try:
        read = read_notice(file.content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InvalidInput({"file": [N_("The file is not text in UTF-8.")]}) from error
    except NoticeUnreadable as error:
        raise InvalidInput({"file": list(error.problems)}) from error
    return CalendarYear(year=read.year, days=read.plain(), notice=notice, loaded_at=now)


@_command("tick.run", Tick, TICK, schema=TickInput, label=N_("Enter the daily run"))
def run(*, actor: Actor, now: datetime, **result: Any) -> Tick:
    """What time itself had to do was done; a day without this entry is shown as missed."""
    return Tick(ran_at=now, day=time.legal_day(now), result=result)


def tick(now: datetime) -> dict[str, Any]:
    """What time itself has to do: warn, note missed deadlines, let expire what has ended. Safe to run at any time.

    Each is a command of its own by the system; one that is refused does not stop the others and is named in the result,
    which `supervision.tick.run` keeps.
    """
    today, near = time.legal_day(now), _near(time.legal_day(now))
    done: dict[str, Any] = {"warned": 0, "missed": 0, "swept": 0, "refused": []}
    for row_id in [row.id for row in queries.overdue(today)]:
        done["missed"] += _try(miss, row_id, done)
    for row_id in near:
        done["warned"] += _try(warn, row_id, done)
    for find in due.SWEEPS:
        for swept, subject_id, *data in list(find(today)):
            done["swept"] += _try(swept, subject_id, done, *data)
    execute(run, actor=SYSTEM, data=done)
    return done


def _near(today: date) -> list[uuid.UUID]:
    """The clocks that are to warn: their last day is as near as their own rules say."""
    calendar, near = due.calendar(), list[uuid.UUID]()
    for row in queries.not_warned(today):
        left = queries.days_left(calendar, today, row.due_on)
        if rules.clock_may_warn(left, due.profile(row).number("deadline.warn_wd")):
            near.append(row.id)
    return near


def _try(
    step: Command, subject_id: uuid.UUID, done: dict[str, Any], data: dict[str, Any] | None = None
) -> int:
    """1 when the step was done; a refusal or a fault is named in `done` and does not stop the other steps."""
    try:
        execute(step, actor=SYSTEM, subject_id=subject_id, data=data)
    except DomainError as refusal:
        done["refused"].append(f"{step.name} {subject_id}: {refusal}")
        return 0
    except Exception as fault:
        log.exception("%s failed for %s", step.name, subject_id)
        done["refused"].append(f"{step.name} {subject_id}: {type(fault).__name__}")
        return 0
    return 1
