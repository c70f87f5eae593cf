"""What changes with every change of the index: by it answers are kept, and the second tier knows if it is behind."""

from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import text

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
    row = db.session.connection().execute(_STATE, {"made_with": make()}).one()
    return State(row.last or 0, row.kept, int(row.waiting or 0), row.folder or "")
