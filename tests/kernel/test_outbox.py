"""Deliveries after the commit: once, with retries, given up in the open."""

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from kernel import clock, outbox
from kernel.db import db
from kernel.outbox import DELIVERIES, OutboxMessage, deliver_due, delivers, enqueue, every


@pytest.fixture
def sent(monkeypatch):
    """What was delivered, in order."""
    log = []
    monkeypatch.setitem(DELIVERIES, "note", None)

    @delivers("note")
    def deliver(payload, key):
        if payload.get("fails"):
            raise ConnectionError("the other side does not answer")
        log.append((payload["text"], key))

    return log


def message():
    return db.session.scalars(select(OutboxMessage)).one()


class TestDeliverDue:
    def test_delivers_once(self, app, sent):
        enqueue("note", {"text": "hello"}, "event-1")
        db.session.commit()
        assert deliver_due() == 1 and deliver_due() == 0
        assert sent == [("hello", "note:event-1")] and message().state == "delivered"

    def test_delivers_nothing_that_was_rolled_back(self, app, sent):
        enqueue("note", {"text": "hello"}, "event-1")
        db.session.rollback()
        assert deliver_due() == 0 and sent == []

    def test_waits_until_its_time(self, app, sent):
        enqueue("note", {"text": "later"}, "event-1", at=datetime(2999, 1, 1, tzinfo=UTC))
        db.session.commit()
        assert deliver_due() == 0

    def test_tries_again_later_and_gives_up_in_the_end(self, app, sent):
        enqueue("note", {"text": "x", "fails": True}, "event-1")
        db.session.commit()
        assert deliver_due() == 1 and deliver_due() == 0
        row = message()
        assert (row.state, row.attempts) == ("waiting", 1) and "does not answer" in row.last_error
        for year in range(2027, 2027 + outbox.ATTEMPTS):
            with clock.frozen(datetime(year, 12, 1, tzinfo=UTC)):
                deliver_due()
        assert message().state == "dead" and message().attempts == outbox.ATTEMPTS

    def test_stops_at_its_limit(self, app, sent):
        for number in range(3):
            enqueue("note", {"text": str(number)}, str(number))
        db.session.commit()
        assert deliver_due(limit=2) == 2 and len(sent) == 2

    def test_goes_on_when_a_message_was_taken_away(self, app, sent, monkeypatch):
        monkeypatch.setattr(
            outbox, "_claim", lambda: db.session.info.setdefault("ghost", outbox.uuid.uuid4())
        )
        assert deliver_due() == 0


class TestRunner:
    def test_delivers_and_does_its_rounds(self, site, app, sent, monkeypatch):
        stop = threading.Event()
        monkeypatch.setattr(outbox, "PERIODIC", [(3600, lambda now: stop.set())])
        enqueue("note", {"text": "hello"}, "event-1")
        db.session.commit()
        db.session.remove()
        outbox.start_runner(site, stop).join(timeout=20)
        assert stop.is_set() and sent == [("hello", "note:event-1")]

    def test_survives_an_error_and_does_a_round_no_sooner_than_it_is_due(self, site, app, monkeypatch):
        rounds, stop = [], threading.Event()

        def broken(now):
            rounds.append(now)
            raise ZeroDivisionError

        def last(now):
            stop.set()

        monkeypatch.setattr(outbox, "PAUSE_SECONDS", 0.01)
        monkeypatch.setattr(outbox, "PERIODIC", [(3600, broken), (3600, last)])
        outbox.start_runner(site, stop).join(timeout=20)
        assert len(rounds) == 1 and stop.is_set()

    def test_rounds_are_registered(self, monkeypatch):
        monkeypatch.setattr(outbox, "PERIODIC", [])
        every(60)(print)
        assert outbox.PERIODIC == [(60, print)]
