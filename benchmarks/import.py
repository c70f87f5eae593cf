"""Bulk import against raw COPY: rows read, checked, reported and entered, beside the same rows merely copied.

    python -m benchmarks.import [--rows 100000] [--server postgresql+psycopg://user:password@host/database]

Ours: real files of portals (invented ones where there are none) from bytes to drafts, by the commands of the product,
each row with its report. Theirs: what that left in the tables of reports, entries and terms, copied into the same
tables with the same indexes of an empty database: COPY on PostgreSQL, executemany on SQLite, one transaction a table.
Same run, same machine. The search index and the proposing of agencies nobody knew are timed apart.
"""

import argparse
import io
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from accounts.commands import organisation
from benchmarks.corpus import REAL
from benchmarks.databases import application
from kernel import search
from kernel.actor import SYSTEM
from kernel.command import execute
from kernel.db import db
from kernel.fields import File
from registry import queries
from registry.gateway import propose_mapping

PLACE = "331100"
PARENTS = ("accounts_organisation", "registry_import")
COPIED = ("registry_import_row", "registry_entry", "registry_entry_term")
PART = 1 << 16


@dataclass
class Took:
    """Seconds by what they were spent on."""

    seconds: Counter[str] = field(default_factory=Counter)

    def measure(self, name: str, work: Any) -> Any:
        """Do the work; its time counts under the name, less what was counted apart meanwhile."""
        apart, began = self.seconds["index"], time.perf_counter()
        done = work()
        self.seconds[name] += time.perf_counter() - began - (self.seconds["index"] - apart)
        return done


def files(rows: int) -> Iterator[tuple[str, bytes]]:
    """Files of altogether so many rows: those of the portals, again with numbered names when they are used up."""
    portals = [
        (path.name, [row for row in json.loads(path.read_text("utf-8")) if isinstance(row, dict)])
        for path in sorted(REAL.glob("*.json"))
    ] or [("invented.json", _invented())]
    left, turn = rows, 0
    while left > 0:
        for name, found in portals:
            headings = propose_mapping(dict.fromkeys(key for row in found[:50] for key in row)).columns
            marked = {heading for heading, meant in headings.items() if meant in ("title", "source_url")}
            part = [_varied(row, marked, f"{name}{turn}") for row in found[:left]]
            left -= len(part)
            if part:
                yield f"{turn}-{name}", json.dumps(part, ensure_ascii=False).encode()
        turn += 1


def _varied(row: dict[str, Any], marked: set[str], mark: str) -> dict[str, Any]:
    """The row with a mark in name and address: all files go into one place, where no two may be the same entry."""
    return {key: f"{value}#{mark}" if key in marked and value else value for key, value in row.items()}


def _invented() -> list[dict[str, Any]]:
    told = {"提供单位": "市气象局", "更新周期": "每日", "开放条件": "无条件开放", "数据格式": "xls,csv"}
    return [
        {"资源名称": f"站点观测{number}", "摘要": f"第{number}站逐日观测。", **told}
        for number in range(5_000)
    ]


def ours(rows: int, took: Took) -> Counter[str]:
    """Import the files; the counts of rows by outcome."""
    total: Counter[str] = Counter()
    put = search.put

    def timed(*args: Any) -> Any:
        began = time.perf_counter()
        done = put(*args)
        took.seconds["index"] += time.perf_counter() - began
        return done

    search.put = timed
    from registry.commands import imports

    for name, content in files(rows):
        data = {"file": File(name, content), "jurisdiction": PLACE}
        found = took.measure(
            "read and report", lambda data=data: execute(imports.examine, actor=SYSTEM, data=data)
        )
        found = took.measure("read and report", lambda found=found: _finish(found, imports.STEPS))
        took.measure("propose agencies", lambda found=found: _propose(found))
        found = took.measure(
            "enter", lambda found=found: execute(imports.carry_out, actor=SYSTEM, subject_id=found.id)
        )
        found = took.measure("enter", lambda found=found: _finish(found, imports.STEPS))
        total.update(found.counts)
    search.put = put
    return total


def _propose(found: Any) -> None:
    """Make known the agencies the file names, as carrying it out would."""
    known = queries.agencies_by_name(found.jurisdiction)
    for name in found.agencies:
        if queries.comparable_name(name) not in known:
            proposal = {"name": name, "jurisdiction": found.jurisdiction}
            body = execute(organisation.propose, actor=SYSTEM, data=proposal)
            known[queries.comparable_name(name)] = body.id


def _finish(found: Any, steps: Any) -> Any:
    while (step := steps.get(found.state)) is not None:
        found = execute(step, actor=SYSTEM, subject_id=found.id)
    return found


def taken_out() -> dict[str, Any]:
    """What the import left, ready to be copied: COPY's own text on PostgreSQL, tuples on SQLite."""
    return {table: _dump(table) for table in (*PARENTS, *COPIED)}


def _columns(table: str) -> list[str]:
    return [column.name for column in db.metadata.tables[table].columns]


def _dump(table: str) -> Any:
    connection = db.session.connection()
    driver: Any = connection.connection.driver_connection
    named = ", ".join(f'"{name}"' for name in _columns(table))
    if connection.dialect.name == "sqlite":
        return driver.execute(f"SELECT {named} FROM {table}").fetchall()  # noqa: S608
    out = io.BytesIO()
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table}" ({named}) TO STDOUT') as copy:
        for part in copy:
            out.write(part)
    return out.getvalue()


def theirs(kept: dict[str, Any], took: Took) -> None:
    """Copy the same rows into the same tables of an empty database."""
    for table in PARENTS:
        _load(table, kept[table])
    for table in COPIED:
        took.measure("raw copy", lambda table=table: _load(table, kept[table]))


def _load(table: str, rows: Any) -> None:
    connection = db.session.connection()
    driver: Any = connection.connection.driver_connection
    columns = _columns(table)
    named = ", ".join(f'"{name}"' for name in columns)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f"INSERT INTO {table} ({named}) VALUES ({marks})", rows)  # noqa: S608
    else:
        with driver.cursor() as cursor, cursor.copy(f'COPY "{table}" ({named}) FROM STDIN') as copy:
            for start in range(0, len(rows), PART):
                copy.write(rows[start : start + PART])
    db.session.commit()


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--server", default="")
    chosen = options.parse_args()
    took = Took()
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        with application(Path(first), chosen.server, max_upload_bytes=1 << 30) as app, app.app_context():
            db.create_all()
            total = ours(chosen.rows, took)
            dialect, kept = db.engine.dialect.name, taken_out()
        with application(Path(second), chosen.server) as app, app.app_context():
            db.create_all()
            theirs(kept, took)
    _print(dialect, total, took)


def _print(dialect: str, total: Counter[str], took: Took) -> None:
    work = took.seconds["read and report"] + took.seconds["enter"]
    entered = sum(total[name] for name in ("taken", "mended"))
    print(f"{dialect}: {total['rows']:,} rows read and checked, {entered:,} entered")
    for name in ("read and report", "enter", "raw copy", "index", "propose agencies"):
        print(f"  {name:18} {took.seconds[name]:8.1f} s")
    print(f"  import / raw copy  {work / took.seconds['raw copy']:8.2f}")


if __name__ == "__main__":
    main()
