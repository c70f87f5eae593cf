"""An empty database brought up by the migrations is what the models say, guards included."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import upgrade
from sqlalchemy import Connection

from kernel import config
from kernel.audit.guards import GUARDED
from kernel.db import db
from tests.conftest import POSTGRES, own_database
from tests.generated_docs import ROOT
from wsgi import create_app


@pytest.fixture
def migrated(settings: config.Settings, tmp_path: Path) -> Iterator[Connection]:
    """A connection to a database of its own that only the migrations have touched."""
    url, drop = own_database() if POSTGRES else (f"sqlite:///{tmp_path / 'migrated.db'}", None)
    fresh = create_app(replace(settings, database_url=url), TESTING=True)
    try:
        with fresh.app_context():
            upgrade(str(ROOT / "migrations"))
            with db.engine.connect() as connection:
                yield connection
            db.engine.dispose()
    finally:
        config.use(settings)
        if drop:
            drop()


def _described(name: str | None, kind: str, _parents: object) -> bool:
    """Not the tables that SQLite makes for the index of the search."""
    return kind != "table" or not str(name).startswith("search_tokens")


class TestMigrations:
    def test_make_what_the_models_say(self, migrated):
        context = MigrationContext.configure(migrated, opts={"compare_type": True, "include_name": _described})
        differences = [one for one in compare_metadata(context, db.metadata) if "toy_" not in str(one)]
        assert not differences

    def test_make_the_guards_of_every_table_that_is_only_added_to(self, migrated):
        if migrated.dialect.name == "postgresql":
            query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        else:
            query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        names = {row[0] for row in migrated.exec_driver_sql(query)}
        assert names == {f"{table}_no_{verb}" for table in GUARDED for verb in ("update", "delete")}

    def test_leave_a_database_of_another_version_alone(self, migrated, caplog):
        here = migrated.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        migrated.exec_driver_sql("UPDATE alembic_version SET version_num = 'of_another'")
        migrated.commit()
        with pytest.raises(SystemExit):
            upgrade(str(ROOT / "migrations"))
        assert "made by another version" in caplog.text and "of_another" in caplog.text and here != "of_another"

    def test_have_one_line_without_a_fork(self):
        versions = sorted((ROOT / "migrations" / "versions").glob("*.py"))
        befores = [
            line
            for path in versions
            for line in path.read_text().splitlines()
            if line.startswith("down_revision")
        ]
        assert len(befores) == len(set(befores)) >= 1
