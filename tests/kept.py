"""What many tests begin with, made once by the real commands and kept: the same rows come back in place of the same work.

A factory marked `kept` runs its commands once in a process for each known state of the database it is called in; the
next time that state is called upon, the whole database is put back as it was, and the files beside it. A state is known
as long as nothing but kept factories has written since the database was emptied. After any other write, under a
monkeypatch, or with what cannot be told apart, a factory simply runs.
"""

import dataclasses
import functools
import itertools
import sqlite3
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

import pytest
from sqlalchemy import event, inspect
from sqlalchemy.engine import Engine

from kernel import clock, config, pdf, storage
from kernel.db import db
from kernel.search.finding import forget

P, T = ParamSpec("P"), TypeVar("T")
MOST = 400  # states kept in a process, some hundred kilobytes each; the one used longest ago makes room
PLAIN = (str, bytes, int, bool, date, timedelta, Decimal, UUID, frozenset, type(None), type)
READS = ("SELECT", "PRAGMA", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET", "SHOW", "EXPLAIN")


class Unfit(Exception):
    """A value that cannot be told apart from others, or not be found again."""


@dataclass(frozen=True)
class Row:
    """A row of a table, by its identity."""

    model: type
    identity: tuple[Any, ...]


@dataclass(frozen=True)
class Parts:
    """A list, tuple, set, mapping or data class, by its parts."""

    kind: type
    parts: tuple[Any, ...]


@dataclass
class Kept:
    """The database and the files as a factory left them, what it returned, and the number of this state."""

    number: int
    rows: Any
    files: dict[Path, tuple[bytes, int]]
    value: Any


_states: OrderedDict[Hashable, Kept] = OrderedDict()
_patched: set[int] = set()
_numbers = itertools.count(1)
_now: dict[str, Any] = {"state": None, "files": {}, "restoring": False}
counts = {"restored": 0, "made": 0, "unknown": 0}


def emptied() -> None:
    """The database is empty: the state that all others begin with."""
    _now.update(state=0, files={})


def kept(factory: Callable[P, T]) -> Callable[P, T]:
    """A factory whose work is done once in a process for each known state and the same arguments."""

    @functools.wraps(factory)
    def made(*args: P.args, **kwargs: P.kwargs) -> T:
        key = _key(factory, args, kwargs)
        if key is None:
            counts["unknown"] += 1
            return factory(*args, **kwargs)
        if key in _states:
            counts["restored"] += 1
            return _restore(key)  # type: ignore[no-any-return]
        counts["made"] += 1
        value = factory(*args, **kwargs)
        _keep(key, value)
        return value

    return made


def _key(factory: Any, args: Any, kwargs: Any) -> Hashable | None:
    """What the outcome depends on; None where that is not known."""
    if _now["state"] is None or _patched or not _possible() or db.session.new or db.session.dirty or db.session.deleted:
        return None
    moment = clock.now() if clock._frozen.get() else clock.today()
    about = (factory.__module__, factory.__qualname__, pdf.render.__module__, config.settings(), moment)
    try:
        key = (_now["state"], about, _fold(args), _fold(kwargs))
        hash(key)
    except (Unfit, TypeError):
        return None
    return key


def _keep(key: Hashable, value: Any) -> None:
    """Keep what a factory left, if it can be found again."""
    try:
        folded = _fold(value)
    except Unfit:
        return
    if db.session.new or db.session.dirty or (config.settings().data / "log").exists():
        return
    files = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in _now["files"] if path.exists()}
    _states[key] = made = Kept(next(_numbers), _copied(), files, folded)
    if len(_states) > MOST:
        _states.popitem(last=False)
    _now["state"] = made.number


def _restore(key: Hashable) -> Any:
    """Put the database and the files back; what the factory returned."""
    found = _states[key]
    _states.move_to_end(key)
    db.session.rollback()
    _now["restoring"] = True
    try:
        _put_back(found.rows)
    finally:
        _now["restoring"] = False
    for path, (content, written) in found.files.items():
        if not path.exists() or path.stat().st_mtime_ns != written:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            found.files[path] = (content, path.stat().st_mtime_ns)
    for row in list(db.session):  # what a test holds shows what the factory made of it
        db.session.refresh(row)
    forget()  # answers to searches are kept for each state of the index, and its states have come back
    _now.update(state=found.number, files=dict.fromkeys(found.files))
    value = _unfold(found.value)
    db.session.commit()  # as after a command: no transaction is open, and what was read stays
    return value


@functools.cache
def _possible() -> bool:
    """Whether rows can be put back past the triggers that protect them."""
    if db.engine.dialect.name == "sqlite":
        return True
    with db.engine.connect() as connection:
        return bool(connection.exec_driver_sql("SELECT current_setting('is_superuser')").scalar() == "on")


# ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _copied() -> Any:
    """The rows as they stand: on SQLite the whole file, else each table that has any."""
    if db.engine.dialect.name == "sqlite":
        with closing(_file()) as source, closing(sqlite3.connect(":memory:")) as beside:
            source.backup(beside)
            whole = bytearray(beside.serialize())
        whole[18:20] = b"\x01\x01"  # written with a log beside it, which memory has none of
        return zlib.compress(whole, 1)  # most of its pages are empty
    with db.engine.connect() as connection:
        names = filled(connection)
        raw: Any = connection.connection.driver_connection
        rows = {}
        with raw.cursor() as cursor:
            for name in names:
                with cursor.copy(f'COPY "{name}" TO STDOUT (FORMAT BINARY)') as copy:
                    rows[name] = b"".join(copy)
        return rows


def _put_back(rows: Any) -> None:
    if isinstance(rows, bytes):
        with closing(_file()) as target, closing(sqlite3.connect(":memory:")) as beside:
            beside.deserialize(zlib.decompress(rows))
            target.execute("PRAGMA synchronous = OFF")
            beside.backup(target)
        return
    with db.engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")  # no triggers, no foreign keys
        raw: Any = connection.connection.driver_connection
        with raw.cursor() as cursor:
            for name in filled(connection):
                cursor.execute(f'DELETE FROM "{name}"')
            for name, content in rows.items():
                with cursor.copy(f'COPY "{name}" FROM STDIN (FORMAT BINARY)') as copy:
                    copy.write(content)


def _file() -> sqlite3.Connection:
    return sqlite3.connect(str(db.engine.url.database), isolation_level=None)


def filled(connection: Any) -> list[str]:
    """The tables that have rows, those first that others point to."""
    tables = db.metadata.sorted_tables
    asked = " UNION ALL ".join(f"SELECT '{table.name}' WHERE EXISTS (SELECT 1 FROM \"{table.name}\")" for table in tables)  # noqa: S608
    names = set(connection.exec_driver_sql(asked).scalars())
    return [table.name for table in tables if table.name in names]


# ── values ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _fold(value: Any) -> Any:
    if isinstance(value, PLAIN):
        return value
    if hasattr(type(value), "__mapper__"):
        state = inspect(value)
        if not state.persistent:
            raise Unfit
        return Row(type(value), state.identity)
    if isinstance(value, list | tuple):
        return Parts(type(value), tuple(map(_fold, value)))
    if isinstance(value, Mapping):
        return Parts(dict, tuple((_fold(name), _fold(part)) for name, part in value.items()))
    if dataclasses.is_dataclass(value):
        names = [field.name for field in dataclasses.fields(value) if field.init]
        return Parts(type(value), tuple((name, _fold(getattr(value, name))) for name in names))
    raise Unfit


def _unfold(folded: Any) -> Any:
    if isinstance(folded, Row):
        return db.session.get(folded.model, folded.identity)
    if not isinstance(folded, Parts):
        return folded
    if folded.kind in (list, tuple):
        return folded.kind(map(_unfold, folded.parts))
    pairs = {_unfold(name): _unfold(part) for name, part in folded.parts}
    return pairs if folded.kind is dict else folded.kind(**pairs)


# ── what makes a state unknown ──────────────────────────────────────────────────────────────────────────────────


@event.listens_for(Engine, "before_cursor_execute")
def _written(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    if _now["state"] is not None and not _now["restoring"] and not statement.lstrip().upper().startswith(READS):
        _now["state"] = None


def start_watching() -> None:
    """Note from now on what is patched and which files are stored."""
    _watch_patches()
    _watch_files()


def _watch_patches() -> None:
    """Under a monkeypatch nothing is kept, nor put back: nobody knows what was made under it."""

    def watched(name: str) -> None:
        plain = getattr(pytest.MonkeyPatch, name)

        @functools.wraps(plain)
        def change(self: pytest.MonkeyPatch, *args: Any, **kwargs: Any) -> Any:
            _patched.add(id(self))
            return plain(self, *args, **kwargs)

        setattr(pytest.MonkeyPatch, name, change)

    for name in ("setattr", "delattr", "setitem", "delitem", "setenv", "delenv"):
        watched(name)
    undo = pytest.MonkeyPatch.undo

    @functools.wraps(undo)
    def undone(self: pytest.MonkeyPatch) -> None:
        undo(self)
        _patched.discard(id(self))

    pytest.MonkeyPatch.undo = undone  # type: ignore[method-assign]


def of_no_account(patch: pytest.MonkeyPatch) -> None:
    """What this one changed is part of the key."""
    _patched.discard(id(patch))


def _watch_files() -> None:
    """Note each file that is stored."""
    put = storage.Store.put

    @functools.wraps(put)
    def noted(self: storage.Store, key: str, content: bytes) -> None:
        put(self, key, content)
        if "://" not in self.location:
            _now["files"][Path(self.location).absolute() / key] = None

    storage.Store.put = noted  # type: ignore[method-assign]
