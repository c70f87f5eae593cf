"""Many rows at once, in the transaction of the running command: COPY on PostgreSQL, one statement on SQLite.

For what a command writes by the thousand. Rows are plain tuples; the values of each column go through the very type of
that column, so that both ways into a table store the same.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import JSON, Table

from kernel.db import db

_plain = msgspec.json.Encoder(enc_hook=str).encode
_decode = msgspec.json.Decoder().decode


def as_json(value: Any) -> bytes:
    """A value as compact JSON; what JSON does not know is written as words."""
    try:
        return _plain(value)
    except (
        OverflowError,
        TypeError,
        ValueError,
    ):  # endless numbers, half characters: what a hostile file may hold
        return json.dumps(value, default=str, separators=(",", ":")).encode()


def from_json(text: bytes | str | None) -> Any:
    """The value again; None stays None."""
    return None if text is None else _decode(text)


def insert_rows(table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows given as tuples in the order of `columns`. JSON columns take their text (str or bytes) or a value."""
    connection = db.session.connection()
    prepare = _preparation(table, columns, connection.dialect)
    if connection.dialect.name == "postgresql":
        named = ", ".join(f'"{column}"' for column in columns)
        driver: Any = connection.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({named}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(prepare(row))
        return
    named, marks = ", ".join(columns), ", ".join("?" * len(columns))
    prepared = [tuple(prepare(row)) for row in rows]
    if prepared:
        connection.exec_driver_sql(f"INSERT INTO {table.name} ({named}) VALUES ({marks})", prepared)  # noqa: S608


def read_rows(statement: Any) -> list[Any]:
    """The rows of a select of columns, as plain tuples, without objects of their own."""
    return list(db.session.execute(statement).all())


def _preparation(table: Table, columns: Sequence[str], dialect: Any) -> Callable[[Sequence[Any]], list[Any]]:
    """How a row is made ready: only the columns whose type changes its values are touched."""
    changing: list[tuple[int, Callable[[Any], Any]]] = []
    for place, name in enumerate(columns):
        kind = table.columns[name].type
        process = _json_text if isinstance(kind, JSON) else kind.dialect_impl(dialect).bind_processor(dialect)
        if process is not None:
            changing.append((place, process))

    def prepare(row: Sequence[Any]) -> list[Any]:
        ready = list(row)
        for place, process in changing:
            if ready[place] is not None:
                ready[place] = process(ready[place])
        return ready

    return prepare


def _json_text(value: Any) -> str:
    """Text is taken for JSON that is written already."""
    if isinstance(value, str):
        return value
    return (value if isinstance(value, bytes) else as_json(value)).decode()
