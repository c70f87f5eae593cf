"""Guards in the database itself: a row of the log can be added, never changed, never deleted."""

from typing import Any

from sqlalchemy import DDL, event

GUARDED: set[str] = set()


def append_only(table: Any) -> None:
    """Make the database refuse to change or delete a row of `table`, wherever the table is made."""
    GUARDED.add(table.name)
    for verb in ("UPDATE", "DELETE"):
        for dialect, text in guard(table.name, verb).items():
            event.listen(table, "after_create", DDL(text).execute_if(dialect=dialect))


def guard(table: str, verb: str) -> dict[str, str]:
    """The statements, per database, that refuse `verb` on a table (used by the migrations as well)."""
    name = f"{table}_no_{verb.lower()}"
    message = f"{table} is append-only"
    return {
        "sqlite": f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END",
        "postgresql": (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '{message}'; END $$ "
            f"LANGUAGE plpgsql; CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        ),
    }
