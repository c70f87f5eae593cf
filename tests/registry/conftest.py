"""What tests of the registry share."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import event

from kernel.db import db


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
