"""After-commit deliveries: rows written in the business transaction, delivered afterwards with retries.

`enqueue` in a command or reaction; a package registers how a kind is delivered. A runner thread (or `bin/flask outbox
run` as a process of its own) claims due rows one by one; a killed runner loses nothing, its claim runs out. The same
runner does what has to happen again and again (`every`): sealing the log, looking at the clocks.
"""

import logging
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Mapped, mapped_column

from kernel import clock
from kernel.db import Record, db, writing

log = logging.getLogger("shuheng.outbox")
DELIVERIES: dict[str, Callable[[dict[str, Any], str], None]] = {}
PERIODIC: list[tuple[int, Callable[[datetime], Any]]] = []
ATTEMPTS = 8
CLAIM = timedelta(minutes=5)
PAUSE_SECONDS = 1.0


class OutboxMessage(Record):
    """Something to deliver. `state`: waiting, delivered, dead (given up after all attempts)."""

    __tablename__ = "outbox_message"
    kind: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    payload: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default="waiting", index=True)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
    delivered_at: Mapped[datetime | None]


def enqueue(kind: str, payload: dict[str, Any], key: str, *, at: datetime | None = None) -> OutboxMessage:
    """Put a delivery into the running transaction. `key` (an event's id) makes it happen once."""
    moment = clock.now()
    message = OutboxMessage(
        kind=kind, key=f"{kind}:{key}", payload=payload, created_at=moment, due_at=at or moment
    )
    db.session.add(message)
    return message


def is_dead(kind: str, key: str) -> bool:
    """Whether a delivery was given up after all attempts."""
    found = select(OutboxMessage.state).where(OutboxMessage.key == f"{kind}:{key}")
    return bool(db.session.scalar(found) == "dead")


def undelivered() -> list[OutboxMessage]:
    """What waits and what was given up, by due time."""
    query = select(OutboxMessage).where(OutboxMessage.state != "delivered")
    return list(db.session.scalars(query.order_by(OutboxMessage.due_at, OutboxMessage.id)))


def try_again(now: datetime, ids: Sequence[uuid.UUID] | None = None) -> int:
    """Let what was given up be tried anew, all of it or those with these ids; how many there were."""
    given_up = OutboxMessage.state == "dead"
    if ids is not None:
        given_up &= OutboxMessage.id.in_(ids)
    with writing():
        db.session.rollback()
        again = update(OutboxMessage).where(given_up).values(state="waiting", attempts=0, due_at=now)
        ids = db.session.scalars(again.returning(OutboxMessage.id)).all()
        db.session.commit()
    return len(ids)


def delivers(
    kind: str,
) -> Callable[[Callable[[dict[str, Any], str], None]], Callable[[dict[str, Any], str], None]]:
    """Register how messages of a kind are delivered: `(payload, key)`, raising when it did not work."""

    def register(deliver: Callable[[dict[str, Any], str], None]) -> Callable[[dict[str, Any], str], None]:
        DELIVERIES[kind] = deliver
        return deliver

    return register


def every(seconds: int) -> Callable[[Callable[[datetime], Any]], Callable[[datetime], Any]]:
    """Register something the runner does again and again."""

    def register(work: Callable[[datetime], Any]) -> Callable[[datetime], Any]:
        PERIODIC.append((seconds, work))
        return work

    return register


def deliver_due(limit: int = 100) -> int:
    """Deliver what is due, at most `limit` messages; how many were tried."""
    for tried in range(limit):
        if not _deliver_one():
            return tried
    return limit


def _deliver_one() -> bool:
    message_id = _claim()
    if message_id is None:
        return False
    message = db.session.get(OutboxMessage, message_id)
    if message is None:
        return False
    try:
        DELIVERIES[message.kind](message.payload, message.key)
    except Exception as error:  # whatever went wrong outside, the message stays and is tried again
        db.session.rollback()
        _failed(message_id, error)
    else:
        _settle(message_id, state="delivered", delivered_at=clock.now(), last_error=None)
    return True


def _claim() -> uuid.UUID | None:
    """Take the next due message by moving its due time on; two runners never take the same."""
    moment = clock.now()
    due = (OutboxMessage.state == "waiting") & (OutboxMessage.due_at <= moment)
    with writing():
        db.session.rollback()
        query = select(OutboxMessage).where(due).order_by(OutboxMessage.due_at).limit(1)
        message = db.session.scalar(query.with_for_update(skip_locked=True))
        if message is not None:
            message.due_at, message.attempts = moment + CLAIM, message.attempts + 1
        db.session.commit()
    return message.id if message else None


def _failed(message_id: uuid.UUID, error: Exception) -> None:
    message = db.session.get(OutboxMessage, message_id)
    attempts = message.attempts if message else ATTEMPTS
    log.warning("outbox message %s failed (attempt %s): %s", message_id, attempts, error)
    state = "dead" if attempts >= ATTEMPTS else "waiting"
    _settle(
        message_id,
        state=state,
        last_error=repr(error)[:500],
        due_at=clock.now() + timedelta(seconds=2**attempts),
    )


def _settle(message_id: uuid.UUID, **values: Any) -> None:
    with writing():
        db.session.rollback()
        db.session.execute(update(OutboxMessage).where(OutboxMessage.id == message_id).values(**values))
        db.session.commit()


def start_runner(app: Flask, stop: threading.Event | None = None) -> threading.Thread:
    """Start the runner thread of this process; it ends soon after `stop` is set."""
    thread = threading.Thread(target=work, args=(app, stop or threading.Event()), name="outbox", daemon=True)
    thread.start()
    return thread


def work(app: Flask, stop: threading.Event) -> None:
    """Deliver what is due and do what is done again and again, until `stop` is set."""
    last: dict[int, float] = {}
    while not stop.is_set():
        with app.app_context():
            try:
                deliver_due()
                _periodic(last)
            except Exception:
                log.exception("the outbox runner met an error and goes on")
                db.session.rollback()
        stop.wait(PAUSE_SECONDS)


def _periodic(last: dict[int, float]) -> None:
    moment = time.monotonic()
    for number, (seconds, work) in enumerate(PERIODIC):
        if number not in last or moment - last[number] >= seconds:
            last[number] = moment
            work(clock.now())
