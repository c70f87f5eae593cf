"""Runs the migrations for `flask db …` on the application's own database, all of them in one transaction.

Either every pending migration is in force afterwards or none. Two servers that start at once take turns.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import current_app
from sqlalchemy import Connection, MetaData, TypeDecorator, text

from kernel.db import writing

LOCK = 7_483_647  # any number: the name of the turn on PostgreSQL
extension = current_app.extensions["migrate"]
metadata: MetaData = extension.db.metadata


def render_item(kind: str, item: Any, _autogenerate: Any) -> str | bool:
    """Write our own column types as what the database stores, so that a migration stays readable without them."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


def include_object(_item: Any, _name: str | None, kind: str, reflected: bool, compared_to: Any) -> bool:
    """Leave tables alone that no model describes: search indexes and job queues are made by their own statements."""
    return not (kind == "table" and reflected and compared_to is None)


def drop_empty(migration_context: Any, _revision: Any, directives: list[Any]) -> None:
    """Write no migration where the models have not changed."""
    asked = getattr(migration_context.config.cmd_opts, "autogenerate", False)
    if asked and directives[0].upgrade_ops.is_empty():
        directives.clear()


OPTIONS: dict[str, Any] = {
    "target_metadata": metadata,
    "compare_type": True,
    "compare_server_default": True,
    "render_as_batch": True,  # SQLite alters by copying
    "transactional_ddl": True,
    "render_item": render_item,
    "include_object": include_object,
    "process_revision_directives": drop_empty,
}


@contextmanager
def foreign_keys_rest(connection: Connection) -> Iterator[None]:
    """SQLite alters a table by dropping its old copy, which must not delete the rows that point at it."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw: Any = connection.connection.dbapi_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        broken = raw.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"after the migration rows point at rows that are not there: {broken[:5]}")
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def take_turn(connection: Connection) -> None:
    """Wait until no other server migrates the same PostgreSQL database (SQLite's write lock does it there)."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": LOCK})


def refuse_unknown() -> None:
    """Raises CommandError, before anything is touched, where other migrations than ours made the database."""
    scripts = ScriptDirectory.from_config(context.config)
    known = {one.revision for one in scripts.walk_revisions()}
    unknown = sorted(set(context.get_context().get_current_heads()) - known)
    if unknown:
        raise CommandError(
            f"This database was made by another version of Shuheng (revision {', '.join(unknown)}), and there is no way"
            " from there to this one. Nothing was changed. Run the version that made it, or begin a new installation:"
            " name an empty folder in SHUHENG_DATA, or another database in SHUHENG_DATABASE_URL."
        )


def migrate_here() -> None:
    """Migrate the database the application is connected to."""
    with writing(), extension.db.engine.connect() as connection, foreign_keys_rest(connection):
        context.configure(connection=connection, **{**OPTIONS, **extension.configure_args})
        with context.begin_transaction():
            take_turn(connection)
            refuse_unknown()
            context.run_migrations()


def write_sql() -> None:
    """`flask db upgrade --sql`: write the statements for somebody else to run."""
    url = extension.db.engine.url.render_as_string(hide_password=False)
    context.configure(url=url, literal_binds=True, **{**OPTIONS, **extension.configure_args})
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    write_sql()
else:
    migrate_here()
