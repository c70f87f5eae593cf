"""The runner as a process of its own, and what it gave up tried again by hand."""

import os
import signal
from datetime import UTC, datetime

import pytest

from kernel import clock, outbox
from kernel.db import db

UNKNOWN = "00000000-0000-0000-0000-000000000001"


@pytest.fixture
def sent(monkeypatch):
    """What was delivered; the first try of each message that `fails` is refused."""
    log = []

    def deliver(payload, key):
        if payload.get("fails") and clock.now().year < 2040:
            raise ConnectionError("the other side does not answer")
        log.append(key)

    monkeypatch.setitem(outbox.DELIVERIES, "note", deliver)
    return log


@pytest.fixture
def given_up(app, sent):
    """A delivery that failed until it was given up."""
    row = outbox.enqueue("note", {"fails": True}, "1")
    db.session.commit()
    for year in range(2027, 2028 + outbox.ATTEMPTS):
        with clock.frozen(datetime(year, 12, 1, tzinfo=UTC)):
            outbox.deliver_due()
    return row


@pytest.fixture
def shell(app):
    run = app.test_cli_runner()
    return lambda *arguments: run.invoke(args=["outbox", *arguments])


class TestRun:
    @pytest.fixture(autouse=True)
    def handlers(self):
        before = {sign: signal.getsignal(sign) for sign in (signal.SIGTERM, signal.SIGINT)}
        yield
        for sign, handler in before.items():
            signal.signal(sign, handler)

    @pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
    def test_delivers_until_it_is_told_to_end(self, shell, sent, monkeypatch, sign):
        monkeypatch.setattr(outbox, "PERIODIC", [(3600, lambda now: os.kill(os.getpid(), sign))])
        outbox.enqueue("note", {}, "1")
        db.session.commit()
        answer = shell("run")
        assert answer.exit_code == 0 and sent == ["note:1"]


class TestList:
    def test_names_what_was_given_up_and_why(self, shell, given_up):
        said = shell("list").output
        assert str(given_up.id) in said and "dead" in said and "does not answer" in said

    def test_is_empty_once_everything_is_delivered(self, shell, sent):
        outbox.enqueue("note", {}, "1")
        db.session.commit()
        assert "waiting" in shell("list").output
        outbox.deliver_due()
        assert shell("list").output == ""


class TestAgain:
    @pytest.mark.parametrize("which", ["--all", "id"])
    def test_tries_it_anew(self, shell, given_up, sent, which):
        with clock.frozen("2041-01-01T00:00+00:00"):
            assert shell("again", str(given_up.id) if which == "id" else which).exit_code == 0
            outbox.deliver_due()
        assert sent == ["note:1"]

    @pytest.mark.parametrize(("arguments", "code"), [((), 2), ((UNKNOWN,), 1), (("no-id",), 2)])
    def test_says_what_is_wrong(self, shell, given_up, arguments, code):
        assert shell("again", *arguments).exit_code == code

    def test_leaves_what_waits_alone(self, shell, sent):
        outbox.enqueue("note", {"fails": True}, "1")
        db.session.commit()
        outbox.deliver_due()
        assert shell("again", "--all").exit_code == 1
