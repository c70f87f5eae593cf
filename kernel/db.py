"""The database session and the few column types every table shares."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, BigInteger, Date, DateTime, Engine, MetaData, TypeDecorator, Uuid, event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

from kernel import clock

_writing: ContextVar[bool] = ContextVar("writing", default=False)
_serial = count(int.from_bytes(os.urandom(2), "big"))


class UTCDateTime(TypeDecorator[datetime]):
    """Stores aware datetimes only, always in UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime: take the time from kernel.clock")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    registry = registry(
        metadata=metadata,
        type_annotation_map={
            datetime: UTCDateTime,
            date: Date,
            uuid.UUID: Uuid,
            int: BigInteger,
            dict[str, Any]: JSON,
            list[Any]: JSON,
            list[str]: JSON,
        },
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False, "autoflush": True})


def new_id() -> uuid.UUID:
    """A random identity that sorts by time (UUID version 7: milliseconds, a process counter, random bits)."""
    millis = int(clock.now().timestamp() * 1000)
    rest = int.from_bytes(os.urandom(5), "big")
    serial = next(_serial) & 0xFFFFFFFF
    value = (
        (millis & (1 << 48) - 1) << 80
        | 7 << 76
        | (serial >> 20) << 64
        | 2 << 62
        | (serial & 0xFFFFF) << 42
        | rest
    )
    return uuid.UUID(int=value)


class Record(db.Model):  # type: ignore[name-defined,misc]
    """A row with an identity."""

    __abstract__ = True
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)


class Case:
    """Columns of a subject that moves through states under the rules of one jurisdiction.

    `profile_version` is the version of the jurisdiction's profile the case began under; it keeps it.
    """

    state: Mapped[str] = mapped_column(index=True)
    jurisdiction: Mapped[str] = mapped_column(index=True)
    profile_version: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


@contextmanager
def writing() -> Iterator[None]:
    """The next transaction takes the write lock at once (SQLite), so that two writers queue and never deadlock."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def is_writing() -> bool:
    """Whether a command is at work: what is read now may yet be rolled back."""
    return _writing.get()


@event.listens_for(Engine, "connect")
def _prepare(connection: Any, _record: Any) -> None:
    if connection.__class__.__module__.startswith("psycopg"):
        # A plan for words nobody has seen takes the rare word for a common one and reads the whole index backwards.
        connection.execute("SET plan_cache_mode = force_custom_plan")
        connection.commit()
    if connection.__class__.__module__.startswith("sqlite3"):
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=15000", "synchronous=NORMAL"):
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Any) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
