"""Sealed rows: results that nobody may change behind the program's back.

Of each row of a sealed table that a command wrote, its event keeps the hash of all columns. The check of the log makes
the hash again from the row as it stands and compares it with the last event that wrote it.
"""

import hashlib
from collections.abc import Iterator
from typing import Any, TypeVar

from sqlalchemy import event, inspect, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from kernel.audit.spelling import canonical

SEALED: dict[str, type] = {}
Model = TypeVar("Model", bound=type)
_TOUCHED = "rows touched since the last event"


def sealed(model: Model) -> Model:
    """Mark a table whose rows are results: all of it is written by commands, through the session."""
    SEALED[model.__tablename__] = model  # type: ignore[attr-defined]
    return model


def row_key(table: str, identity: Any) -> str:
    """How an event names a row."""
    return f"{table}/{identity}"


def row_hash(values: dict[str, Any]) -> str:
    """The hash of a row: all its columns by name, in the form events are written in."""
    return hashlib.sha256(canonical(values)).hexdigest()


def hash_of(row: Any) -> str:
    """The hash of a row in hand."""
    return row_hash({name: getattr(row, name) for name in inspect(type(row)).columns.keys()})


def touched(session: Any) -> dict[str, str]:
    """The sealed rows written since the last event, by key with the hash of what they say now; then forgotten."""
    rows = session.info.pop(_TOUCHED, {})
    return {row_key(row.__tablename__, row.id): hash_of(row) for row in rows.values()}


def rows_now(connection: Connection) -> Iterator[tuple[str, str]]:
    """Every sealed row as it stands in the database: (key, hash)."""
    for name, model in SEALED.items():
        table: Any = model.__table__  # type: ignore[attr-defined]
        columns = dict(inspect(model).columns.items())
        for row in connection.execute(select(table).execution_options(yield_per=1000)):
            values = {key: row._mapping[column] for key, column in columns.items()}
            yield row_key(name, values["id"]), row_hash(values)


@event.listens_for(Session, "after_flush")
def _remember(session: Session, _context: Any) -> None:
    for row in (*session.new, *session.dirty):
        if type(row).__dict__.get("__tablename__") in SEALED:
            session.info.setdefault(_TOUCHED, {})[id(row)] = row


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, _previous: Any) -> None:
    session.info.pop(_TOUCHED, None)
