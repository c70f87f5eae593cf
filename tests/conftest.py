"""What every test stands on: a fresh database, SQLite by default, PostgreSQL where an address is given."""

import hashlib
import os
import shutil
import socketserver
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy
from flask import Flask
from flask.testing import FlaskClient

from kernel import config, pdf
from kernel.db import db
from tests import kept
from tests.mail_server import a_mail_server
from wsgi import create_app

POSTGRES = os.environ.get("SHUHENG_TEST_DATABASE_URL", "")
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[config.Settings]:
    """Settings of a throw-away installation: one per test process."""
    data = tmp_path_factory.mktemp("data")
    url, drop = own_database() if POSTGRES else (f"sqlite:///{data / 'test.db'}", None)
    chosen = config.load(
        {
            "SHUHENG_DATA": str(data),
            "SHUHENG_DATABASE_URL": url,
            "SHUHENG_SECRET_KEY": "for-tests-only-" * 4,
            "SHUHENG_DEMO": "1",
            "SHUHENG_BACKGROUND": "0",
            "SHUHENG_BASE_URL": "http://localhost",
            "SHUHENG_PRINT_AT_ONCE": str(10**9),  # what is printed later is tested by itself
        }
    )
    config.use(chosen)
    yield chosen
    if drop:
        drop()


def own_database():
    """A database of its own for this test process, on the server that was given."""
    name = f"shuheng_{uuid.uuid4().hex[:12]}"
    address = sqlalchemy.make_url(config.load_url(POSTGRES))
    server = sqlalchemy.create_engine(address, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')

    def drop() -> None:
        with db_engines_closed(), server.connect() as connection:
            connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.dispose()

    return address.set(database=name).render_as_string(hide_password=False), drop


class db_engines_closed:
    """Nothing of ours may hold the database open while it is dropped."""

    def __enter__(self) -> None:
        for engine in ENGINES:
            engine.dispose()

    def __exit__(self, *_: object) -> None:
        ENGINES.clear()


ENGINES: list[sqlalchemy.Engine] = []


@pytest.fixture(scope="session")
def site(settings: config.Settings) -> Flask:
    """The application, built once per test process, with all tables made once."""
    application = create_app(settings, TESTING=True, WTF_CSRF_ENABLED=False)
    with application.app_context():
        ENGINES.append(db.engine)
        db.create_all()
        kept.emptied()
    return application


@contextmanager
def a_quick_printer() -> Iterator[None]:
    """A printer that takes no time: the bytes depend on the page alone, as those of the real one do."""

    def render(html: str, **_rest: object) -> bytes:
        return b"%PDF-1.7\n" + hashlib.sha256(html.encode()).hexdigest().encode() + b"\n%%EOF\n"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "render", render)
        kept.of_no_account(patch)
        yield


@pytest.fixture(autouse=True)
def printer(request: pytest.FixtureRequest) -> Iterator[None]:
    """The real printer where what is printed is the subject, a quick one everywhere else."""
    if any(request.node.get_closest_marker(name) for name in ("prints", "browser")):
        yield
        return
    with a_quick_printer():
        yield


@pytest.fixture
def app(site: Flask) -> Iterator[Flask]:
    """The application with an empty database, its context pushed."""
    with site.app_context():
        log = config.settings().data / "log"
        yield site
        db.session.remove()
        empty()
        shutil.rmtree(log, ignore_errors=True)  # what speaks of the emptied log


def empty() -> None:
    """Take every row out."""
    _take_rows_out()
    kept.emptied()


def _take_rows_out() -> None:
    """Every row, also of the tables that the database itself protects; an empty table costs next to nothing."""
    tables = list(reversed(db.metadata.sorted_tables))
    filled = " UNION ALL ".join(
        f"SELECT '{table.name}' WHERE EXISTS (SELECT 1 FROM \"{table.name}\")"  # noqa: S608
        for table in tables
    )
    with db.engine.begin() as connection:
        names = set(connection.exec_driver_sql(filled).scalars()) if tables else set()
        if connection.dialect.name == "postgresql":
            _empty_on_postgresql(connection, names)
            return
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        triggers = connection.exec_driver_sql(
            "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).all()
        for name, table, _ in triggers:
            if table in names:
                connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        for table in tables:
            if table.name in names:
                connection.execute(table.delete())
        for _, table, text in triggers:
            if table in names:
                connection.exec_driver_sql(text)
        if "search_row" in names:
            connection.exec_driver_sql("INSERT INTO search_tokens(search_tokens) VALUES ('delete-all')")


def _empty_on_postgresql(connection: sqlalchemy.Connection, names: set[str]) -> None:
    if connection.exec_driver_sql("SELECT current_setting('is_superuser')").scalar() != "on":
        every = ", ".join(f'"{table.name}"' for table in db.metadata.sorted_tables)
        connection.exec_driver_sql(f"TRUNCATE {every}")
        return
    connection.exec_driver_sql("SET LOCAL session_replication_role = replica")  # no triggers, no foreign keys
    for name in names:
        connection.exec_driver_sql(f'DELETE FROM "{name}"')  # noqa: S608


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a page: requests to the application."""
    return app.test_client()


@pytest.fixture
def mail_server() -> Iterator[socketserver.ThreadingTCPServer]:
    """A mail server that keeps what it is sent."""
    with a_mail_server() as server:
        yield server


@pytest.fixture
def set_mail(settings: config.Settings) -> Iterator[Callable[[str], None]]:
    """Says which mail server is set, until the test ends."""
    yield lambda url: config.use(replace(settings, smtp_url=url))
    config.use(settings)


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real catalogues beside the repository; the test is skipped, saying so, where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"the real data are not there: {SHARED.name}")
    return SHARED


def pytest_collection_modifyitems(config, items) -> None:  # noqa: ANN001
    """On PostgreSQL only what touches the database runs again: pure law and layout know no database."""
    if POSTGRES:
        once = [i for i in items if "site" not in i.fixturenames or i.get_closest_marker("sqlite")]
        items[:] = [item for item in items if item not in set(once)]
        config.hook.pytest_deselected(items=once)


def pytest_sessionstart() -> None:
    """What pytest patched of itself before the first test says nothing of what tests make."""
    kept.start_watching()


def pytest_terminal_summary(terminalreporter, exitstatus, config) -> None:  # noqa: ANN001
    """A part that was required must not have been skipped."""
    required = os.environ.get("SHUHENG_TEST_REQUIRED", "")
    if required and not terminalreporter.stats.get("passed") and exitstatus == 0:
        raise pytest.UsageError(f"nothing of the required part '{required}' ran")
