"""What changes with every change of the index: by it answers are kept, and the second tier knows if it is behind."""

from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Engine, text

from kernel.db import db
from kernel.search.filters import FILTERS
from kernel.search.tokens import MADE_WITH

_STATE = text(
    "SELECT max(id) AS last, count(*) AS kept, sum(CASE WHEN number > 0 THEN 1 ELSE 0 END) AS waiting, "
    "(SELECT folder FROM search_tier WHERE folder <> '' AND made_with = :made_with LIMIT 1) AS folder "
    "FROM search_change"
)


@lru_cache(maxsize=4)
def _make(names: tuple[str, ...]) -> str:
    return f"{MADE_WITH}-{sha256(' '.join(names).encode()).hexdigest()[:8]}"


def make() -> str:
    """What the files of the second tier have to be made with: our tokens and our filters."""
    return _make(tuple(FILTERS))


class State(NamedTuple):
    """The last change that is kept, how many are, how many of them wait for the second tier, and its folder."""

    last: int
    kept: int
    waiting: int
    folder: str


def state() -> State:
    """The state of the index as this transaction sees it."""
    return _read(db.session.connection().execute(_STATE, {"made_with": make()}).one())


def newest_state() -> State:
    """The state of the index at this moment, asked in the shortest way: no session is opened for it."""
    connection = db.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(_plain(db.engine, make()))
        return _read(cursor.fetchone())
    finally:
        connection.close()


def _read(row: Any) -> State:
    last, kept, waiting, folder = row
    return State(last or 0, kept, int(waiting or 0), folder or "")


@lru_cache(maxsize=4)
def _plain(engine: Engine, made_with: str) -> str:
    """The statement as the driver takes it."""
    asked = _STATE.bindparams(made_with=made_with)
    return str(asked.compile(engine, compile_kwargs={"literal_binds": True}))
