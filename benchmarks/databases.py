"""An application on a database of its own, gone afterwards."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import sqlalchemy
from flask import Flask

from kernel import config
from kernel.db import db


@contextmanager
def application(folder: Path, server: str = "", **settings: Any) -> Iterator[Flask]:
    """The application with its data in `folder`: SQLite there, or a fresh database on a PostgreSQL server."""
    from wsgi import create_app

    server = server or os.environ.get("SHUHENG_TEST_DATABASE_URL", "")
    address, drop = _made(server) if server else (f"sqlite:///{folder / 'bench.db'}", None)
    given = {
        "SHUHENG_DATA": str(folder),
        "SHUHENG_DATABASE_URL": address,
        "SHUHENG_SECRET_KEY": "for-benchmarks-only-" * 3,
        "SHUHENG_BACKGROUND": "0",
    }
    app = create_app(replace(config.load(given), **settings), TESTING=True)
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        if drop:
            drop()


def _made(server: str) -> tuple[str, Any]:
    name = f"bench_{uuid.uuid4().hex[:12]}"
    address = sqlalchemy.make_url(config.load_url(server))
    engine = sqlalchemy.create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')

    def drop() -> None:
        with engine.connect() as connection:
            connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        engine.dispose()

    return address.set(database=name).render_as_string(hide_password=False), drop
