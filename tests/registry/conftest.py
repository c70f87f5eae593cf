"""What tests of the registry share."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import event

from kernel.db import db
from kernel.fetching import loopback_in_tests
from tests.factories.registry import a_registrar, a_registration, an_agency, handed_in
from tests.registry.harvest_steps import Portal


@pytest.fixture
def count_queries(app: Flask):
    """Count the statements sent to the database: `with count_queries() as sent: …` then `sent.number`."""

    @contextmanager
    def counting() -> Iterator[SimpleNamespace]:
        sent = SimpleNamespace(number=0, statements=[])

        def note(_connection, _cursor, statement, *_rest) -> None:
            if not statement.startswith("BEGIN"):
                sent.number += 1
                sent.statements.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return counting


@pytest.fixture
def case():
    """A holder, its registrar and a registration handed in."""
    agency, registrar = an_agency(), a_registrar()
    return agency, registrar, handed_in(a_registration(agency), agency)


@pytest.fixture
def portal():
    """A portal of others to harvest from: its address."""
    Portal.stands, Portal.asked = {}, []
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    with loopback_in_tests():
        yield f"http://127.0.0.1:{httpd.server_address[1]}"
    httpd.shutdown()
    thread.join()
    httpd.server_close()
