"""Sealed rows: results that nobody may change behind the program's back.

Of each row of a sealed table that a command wrote, its event keeps the hash of all columns as they were and as they
became. The hashes that became and were not followed by another are what must stand in the table today, in whatever
order the events are read: the check of the log makes the hash again from the row and compares.
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
NEW = "-"
NOTHING: tuple[Any, ...] = (None, "", [], {})
_TOUCHED = "rows touched since the last event"


def sealed(model: Model) -> Model:
    """Mark a table whose rows are results: all of it is written by commands, through the session."""
    SEALED[model.__tablename__] = model  # type: ignore[attr-defined]
    return model


def row_key(table: str, identity: Any) -> str:
    """How an event names a row."""
    return f"{table}/{identity}"


def row_hash(values: dict[str, Any]) -> str:
    """The hash of a row: its columns by name, in the form events are written in.

    Columns that say nothing are left out, so that a column added later changes no hash of the rows before it.
    """
    said = {name: value for name, value in values.items() if value not in NOTHING}
    return hashlib.sha256(canonical(said)).hexdigest()


def _hash_now(row: Any) -> str:
    return row_hash({name: getattr(row, name) for name in inspect(type(row)).columns.keys()})


def _hash_before(row: Any) -> str:
    """The hash of a row as it was before the flush that is under way."""
    state, values = inspect(row), {}
    for name in inspect(type(row)).columns.keys():
        history = state.attrs[name].history
        values[name] = history.deleted[0] if history.deleted else getattr(row, name)
    return row_hash(values)


def touched(session: Any) -> dict[str, str]:
    """The sealed rows written since the last event: by key the hash of what they said and of what they say now."""
    rows = session.info.pop(_TOUCHED, {})
    return {row_key(row.__tablename__, row.id): f"{before} {_hash_now(row)}" for row, before in rows.values()}


def rows_now(connection: Connection) -> Iterator[tuple[str, str]]:
    """Every sealed row as it stands in the database: (key, hash)."""
    for name, model in SEALED.items():
        table: Any = model.__table__  # type: ignore[attr-defined]
        columns: dict[str, Any] = dict(inspect(model).columns.items())
        for row in connection.execute(select(table).execution_options(yield_per=1000)):
            values = {key: row._mapping[column] for key, column in columns.items()}
            yield row_key(name, values["id"]), row_hash(values)


@event.listens_for(Session, "after_flush")
def _remember(session: Session, _context: Any) -> None:
    """Row by row what it was before; a row that is written twice keeps what it was first."""
    new = set(map(id, session.new))
    for row in (*session.new, *session.dirty):
        if type(row).__dict__.get("__tablename__") in SEALED:
            kept = session.info.setdefault(_TOUCHED, {})
            if id(row) not in kept:
                kept[id(row)] = (row, NEW if id(row) in new else _hash_before(row))


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, _previous: Any) -> None:
    session.info.pop(_TOUCHED, None)
