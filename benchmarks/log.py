"""What the transparency log costs: checking it, and sealing it behind the commands.

    .venv/bin/python -m benchmarks.log [--events 1000000] [--commands 2000] [--database postgresql://…]

Without a database it runs on SQLite in a folder of its own. Prints two ratios, both sides measured in the same run:

- `verify`: the whole check of the log (columns, bytes, leaves, tiles, checkpoints) over one bare SHA-256 pass over the
  same events' bytes, each hashed by itself in memory. At most 12 on SQLite, 15 on PostgreSQL.
- `seal`: commands followed by sealing their events, over the same commands alone. At most 1.10.

Exit code 1 where a ratio is above its bound.
"""

import argparse
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import sqlalchemy
from sqlalchemy import insert, select

from accounts.commands import organisation
from kernel import audit, config
from kernel.actor import SYSTEM
from kernel.audit.entries import write
from kernel.command import execute
from kernel.db import db, new_id
from wsgi import create_app

BOUNDS = {"sqlite": 12, "postgresql": 15}
SEALING = 1.10
CHUNK = 20_000
FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--events", type=int, default=1_000_000)
    asked.add_argument("--commands", type=int, default=2_000)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--database", default="")
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder, own_database(chosen.database, folder) as url:
        app = create_app(settings_for(folder, url), TESTING=True)
        with app.app_context():
            db.create_all()
            kind = db.engine.dialect.name
            costs = sealing(chosen.commands, chosen.rounds)
            passes = checking(chosen.events, chosen.rounds)
            db.session.remove()
            db.engine.dispose()
    report(f"seal: {chosen.commands} commands with sealing / without", costs, SEALING)
    report(f"verify: {chosen.events} events on {kind} / one SHA-256 pass", passes, BOUNDS[kind])
    return int(costs > SEALING or passes > BOUNDS[kind])


def report(what: str, ratio: Any, bound: Any) -> None:
    """One line a figure."""
    sys.stdout.write(f"{what}: {ratio:.2f} (at most {bound})\n")


def settings_for(folder: str, url: str) -> config.Settings:
    """An installation of its own."""
    environment = {"SHUHENG_DATA": folder, "SHUHENG_SECRET_KEY": "for-benchmarks-only-" * 2, "SHUHENG_BACKGROUND": "0"}
    return config.load(environment | ({"SHUHENG_DATABASE_URL": url} if url else {}))


class own_database:  # noqa: N801  reads like the function it replaces
    """A database of its own on a PostgreSQL server, dropped afterwards; nothing to do for SQLite."""

    def __init__(self, address: str, folder: str) -> None:
        self.address, self.name = address, f"shuheng_benchmark_{uuid.uuid4().hex[:8]}"

    def __enter__(self) -> str:
        if not self.address:
            return ""
        self.run(f'CREATE DATABASE "{self.name}"')
        url = sqlalchemy.make_url(config.load_url(self.address)).set(database=self.name)
        return url.render_as_string(hide_password=False)

    def __exit__(self, *_: object) -> None:
        if self.address:
            self.run(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def run(self, statement: str) -> None:
        server = sqlalchemy.create_engine(config.load_url(self.address), isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.exec_driver_sql(statement)
        server.dispose()


# ── sealing behind the commands ───────────────────────────────────────────────────────────────────────────────


def sealing(number: int, rounds: int) -> Any:
    """The time of commands with the sealing of their events over the time of the commands alone, in turns."""
    some_commands(number // 10, "warm")
    audit.seal(audit_now())
    alone, both = [], []
    for turn in range(rounds):
        spent = timed(lambda turn=turn: some_commands(number, f"turn{turn}"))  # type: ignore[misc]
        alone.append(spent)
        both.append(spent + timed(lambda: audit.seal(audit_now())))
    return statistics.median(both) / statistics.median(alone)


def some_commands(number: int, name: str) -> None:
    """One of the cheapest commands there is, so that the share of the log shows at its largest."""
    for one in range(number):
        execute(organisation.propose, actor=SYSTEM, data={"name": f"Body {name} {one}", "jurisdiction": "990100"})


def audit_now() -> datetime:
    """The moment of a seal."""
    return datetime(2026, 12, 31, tzinfo=UTC)


def timed(work: Callable[[], Any]) -> Any:
    """Seconds of processor and waiting that `work` took."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


# ── checking the log ──────────────────────────────────────────────────────────────────────────────────────────


def checking(number: int, rounds: int) -> Any:
    """The time of the whole check over one pass of SHA-256 over the same bytes."""
    for chunk in chunks(number):
        db.session.execute(insert(audit.AuditEvent), chunk)
        db.session.commit()
    audit.seal(audit_now())
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    found: dict[str, Any] = {}
    check, bare = [], []
    for _ in range(rounds):
        check.append(timed(lambda: found.update(audit.verify())))
        bare.append(one_pass())
    if found["problems"] or found["sealed"] != found["events"]:
        raise SystemExit(f"the check found what nobody planted: {found['problems'][:3]}")
    sys.stdout.write(f"  check {min(check):.2f} s, one pass {min(bare):.2f} s, {found['events']} events\n")
    return statistics.median(check) / statistics.median(bare)


def one_pass() -> Any:
    """Seconds of hashing every event's bytes once, without fetching them."""
    spent: Any = 0
    ids = select(audit.AuditEvent.body).execution_options(yield_per=CHUNK)
    for bodies in db.session.scalars(ids).partitions():
        began = time.perf_counter()
        for body in bodies:
            sha256(body).digest()
        spent += time.perf_counter() - began
    db.session.rollback()
    return spent


def chunks(number: int) -> Iterator[list[dict[str, Any]]]:
    """Events as the commands of a registry leave them, in the order of their moments."""
    person_id, body_id = new_id(), new_id()
    row: list[dict[str, Any]] = []
    for one in range(number):
        row.append(an_event(one, person_id, body_id))
        if len(row) == CHUNK or one == number - 1:
            yield row
            row = []


def an_event(one: int, person_id: uuid.UUID, body_id: uuid.UUID) -> dict[str, Any]:
    at, event_id = FIRST + timedelta(milliseconds=137 * one), new_id()
    columns = {
        "command": "registry.registration.code",
        "user_id": person_id,
        "organisation_id": body_id,
        "subject_type": "registry_registration",
        "subject_id": uuid.uuid4(),
        "from_state": "public_notice",
        "to_state": "in_force",
        "profile": "990100",
        "caused_by_id": None,
        "request_key": None,
    }
    rest = {
        "actor": "登记中心吴主任",
        "organisation": "衡州市公共数据登记中心",
        "data": {"national_code": f"13932647267717816{one:05d}"},
        "duties": ["registry.notice_has_run", "registry.objections_are_settled", "registry.kind_fits"],
        "notes": [],
        "profile_version": "2026-01-01",
    }
    told = [f"document draw_up DJ-990100-20260101-{one:06d}-K {'ab' * 32}"] if one % 10 == 0 else []
    row = columns | {"id": event_id, "at": at}
    return row | {"body": write(row, told, {}, audit.canonical(rest))}


if __name__ == "__main__":
    sys.exit(main())
