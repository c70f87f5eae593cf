"""The rows of the log straight from the driver, a few thousand at a time, without a row becoming an object.

The columns of an event come as one text, spelt by the database as the first two parts of the event's bytes begin.
"""

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from zlib import crc32

from sqlalchemy.engine import Connection

from kernel.audit.entries import COLUMNS, FORM

AT_ONCE = 2000
_IDS = {"id", "user_id", "organisation_id", "subject_id", "caused_by_id"}


def beginning(dialect: str) -> str:
    """The SQL that writes, from an event's columns, the bytes its text must begin with."""
    if dialect == "sqlite":
        columns = ", ".join(f"e.{name}" for name in COLUMNS)
        return f"CAST(printf('{FORM}', {columns}) AS BLOB)"
    spelt = {"at": "to_char(e.at, 'YYYY-MM-DD HH24:MI:SS.US')"}
    spelt |= {name: f"replace(e.{name}::text, '-', '')" for name in _IDS}
    columns = ", ".join(spelt.get(name, f"e.{name}") for name in COLUMNS)
    return f"convert_to(format('{FORM}', {columns}), 'UTF8')"


def sealed_events(connection: Connection) -> Iterator[tuple[int, str, bytes | None, bytes | None]]:
    """Every leaf in order: (position, hash, how its event's bytes must begin, its bytes); None where it is gone."""
    query = (
        f"SELECT l.position, l.hash, {beginning(connection.dialect.name)}, e.body FROM audit_leaf l "  # noqa: S608
        "LEFT JOIN audit_event e ON e.id = l.event_id ORDER BY l.position"
    )
    return _stream(connection, query)


def loose_events(connection: Connection) -> Iterator[tuple[Any, str, bytes, bytes]]:
    """Every event without a leaf, oldest first: (id, command, how its bytes must begin, its bytes)."""
    query = (
        f"SELECT e.id, e.command, {beginning(connection.dialect.name)}, e.body FROM audit_event e "  # noqa: S608
        "WHERE NOT EXISTS (SELECT 1 FROM audit_leaf l WHERE l.event_id = e.id) ORDER BY e.at, e.id"
    )
    return _stream(connection, query)


def events_at(connection: Connection, begin: int, end: int) -> list[tuple[str, str | None]]:
    """The id and command of the events at the positions from `begin` to before `end`."""
    query = (
        "SELECT l.event_id, e.command FROM audit_leaf l LEFT JOIN audit_event e ON e.id = l.event_id "  # noqa: S608
        f"WHERE l.position >= {begin} AND l.position < {end} ORDER BY l.position"
    )
    return [(identity(found), command) for found, command in connection.exec_driver_sql(query)]


def identity(found: Any) -> str:
    """An id as people write it, however the database keeps it."""
    return str(found if isinstance(found, uuid.UUID) else uuid.UUID(str(found)))


def leaf_tiles(connection: Connection) -> Iterator[tuple[int, bytes]]:
    """The tiles over the leaves in order: (number, hashes)."""
    return _stream(connection, "SELECT number, hashes FROM audit_tile WHERE level = 0 ORDER BY number")


def checkpoints(connection: Connection) -> list[tuple[int, str, str]]:
    """The checkpoints of the database, smallest first: (tree size, root, signed note)."""
    return list(_stream(connection, "SELECT tree_size, root, note FROM audit_checkpoint ORDER BY tree_size"))


def counted(connection: Connection, table: str) -> int:
    """How many rows a table has."""
    return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())  # noqa: S608


def _stream(connection: Connection, query: str) -> Iterator[Any]:
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        yield from driver.execute(query)
        return
    with driver.cursor(name=f"log_{crc32(query.encode())}") as cursor, ThreadPoolExecutor(1) as ahead:
        cursor.execute(query, binary=True)
        batch = ahead.submit(cursor.fetchmany, AT_ONCE)
        while rows := batch.result():  # the database spells the next rows while these are looked at
            batch = ahead.submit(cursor.fetchmany, AT_ONCE)
            yield from rows
