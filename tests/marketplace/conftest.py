"""A whole market is made once by the real commands; each test gets its rows anew, as fast as the database copies."""

from typing import Any

import pytest
from flask import Flask

from kernel import clock
from kernel.db import db
from kernel.search.upkeep import rebuild
from tests.factories import marketplace as made

_KEPT: dict[str, Any] = {}


def _rows() -> dict[str, list[dict[str, Any]]]:
    return {
        table.name: [dict(row) for row in db.session.execute(table.select()).mappings()]
        for table in db.metadata.sorted_tables
        if not table.name.startswith("search_")
    }


def _restore(rows: dict[str, list[dict[str, Any]]]) -> None:
    """Rows point at rows of their own and of later tables: what they point at is looked for at the end."""
    later = {"sqlite": "PRAGMA defer_foreign_keys = ON", "postgresql": "SET LOCAL session_replication_role = replica"}
    db.session.execute(db.text(later[db.engine.dialect.name]))
    for table in db.metadata.sorted_tables:
        if rows.get(table.name):
            db.session.execute(table.insert(), rows[table.name])
    db.session.commit()
    rebuild(clock.now(), lambda _: None)


@pytest.fixture
def stall(app: Flask) -> made.Stall:
    """An operator's product on sale, and a buyer."""
    if "rows" not in _KEPT:
        built = made.a_stall()
        db.session.commit()
        kept = ("right", "element", "product", "offer", "plan")
        _KEPT["ids"] = {name: (type(getattr(built, name)), getattr(built, name).id) for name in kept}
        _KEPT["people"], _KEPT["rows"] = {"who": built.who, "buyer": built.buyer}, _rows()
        return built
    _restore(_KEPT["rows"])
    rows = {name: db.session.get(model, row_id) for name, (model, row_id) in _KEPT["ids"].items()}
    return made.Stall(**_KEPT["people"], **rows)
