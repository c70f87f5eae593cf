"""The check of the whole log, and of the rows it seals: what was changed behind the program's back, by name.

It reads one snapshot, row by row as it stands in the database, and hashes each event's own bytes.
"""

from binascii import hexlify
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from sqlalchemy.engine import Connection

from kernel.audit import raw
from kernel.audit.entries import GAP, rows_of
from kernel.audit.keys import checkpoint_key
from kernel.audit.log import TILE, checkpoints_file
from kernel.audit.notes import LOG, Checkpoint, Key
from kernel.audit.rows import SEALED, rows_now
from kernel.db import db
from kernel.merkle import Tree

MOST_NAMED = 20  # events that are named where the place of a change can only be told roughly
Writer = tuple[int, str | None]  # the position of an event, or its id where it has none yet


@dataclass
class Check:
    """The running check: what was found so far, and what later parts need of it.

    `rows`: of each sealed row how often each of its hashes became and was left again, and who wrote it; `roots`:
    the roots we signed,
    by size; `good`: the size of the last checkpoint whose root was right.
    """

    connection: Connection
    problems: list[dict[str, Any]] = field(default_factory=list)
    rows: dict[str, dict[str, int]] = field(default_factory=dict)
    writers: dict[tuple[str, str], Writer] = field(default_factory=dict)
    roots: dict[int, str] = field(default_factory=dict)
    good: int = 0
    sealed: int = 0
    loose: int = 0

    def add(
        self, kind: str, what: str, *, position: int | None = None, event: str | None = None, row: str = ""
    ) -> None:
        """Note a problem; where an event is to blame, by its id or its position, with its command."""
        command = None
        if position is not None:
            event, command = next(iter(raw.events_at(self.connection, position, position + 1)), (None, None))
        self.problems.append({"kind": kind, "event": event, "command": command, "row": row, "what": what})


def verify(held: str = "") -> dict[str, Any]:
    """Check every event's columns against its bytes, its bytes against its leaf, the leaves against their tiles and
    every signed checkpoint – those of the database, those kept outside it, and `held`, a signed note that somebody else
    holds – and every sealed row against the event that wrote it last.

    Returns counts (events, sealed, unsealed, rows) and `problems`, each a dict of kind, event, command, row, what.
    """
    db.session.rollback()
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":  # SQLite's reader sees one moment anyway
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        check, events = Check(connection), raw.counted(connection, "audit_event")
        _leaves(check)
        if events > check.sealed or check.problems:
            _loose(check)
        _kept(check, held)
        _sealed_rows(check)
    return {
        "events": events,
        "sealed": check.sealed,
        "unsealed": check.loose,
        "rows": len(check.rows),
        "problems": check.problems,
    }


# ── the leaves, in order ──────────────────────────────────────────────────────────────────────────────────────


def _leaves(check: Check) -> None:
    """Every leaf with its event, the tiles and the checkpoints of the database beside them."""
    points = iter([*_signed_points(check, raw.checkpoints(check.connection))])
    tiles, point, tree, size = raw.leaf_tiles(check.connection), next(points, None), Tree(), 0
    for row in _rows_of_leaves(check):
        if len(row) == TILE:
            _compare_tile(check, size, row, next(tiles, None))
        if point is None or point.size > size + TILE:
            tree.append_all(row)
            size += len(row)
            continue
        for leaf in row:
            tree.append(leaf)
            size += 1
            if point is not None and size == point.size:
                point = _compare_root(check, tree, point, points)
    if point is not None:
        said = f"the log was signed with {point.size} entries; entries {size} to {point.size - 1} are gone"
        check.add("tail", said)


def _rows_of_leaves(check: Check) -> Iterator[list[bytes]]:
    """The hashes of the leaves as they stand, tile by tile, after each was compared with its event."""
    row: list[bytes] = []
    sealed = wanted = 0
    for position, hashed, begins, body in raw.sealed_events(check.connection):
        if position != wanted:
            yield from _gaps(check, row, wanted, position)
        wanted = position + 1
        leaf = bytes.fromhex(hashed)
        if body is None or begins is None or not body.startswith(begins):
            _blame(check, position, body)
        if body is not None:
            begin = body.find(GAP) + 2
            end = body.find(GAP, begin)
            entry = b"\0" + body[begin:end] + b"\nevent " + hexlify(sha256(body).digest()) + b"\n"
            if sha256(entry).digest() != leaf:
                check.add("bytes", "the bytes are not those that were sealed", position=position)
            elif body[end + 2 : end + 4] != GAP:
                _note_rows(check, body, position)
            sealed += 1
        row.append(leaf)
        if len(row) == TILE:
            yield row
            row.clear()
    check.sealed = sealed
    yield row


def _gaps(check: Check, row: list[bytes], wanted: int, position: int) -> Iterator[list[bytes]]:
    """Entries that are missing, with nothing in their place."""
    for gone in range(wanted, position):
        check.add("leaf_gone", f"entry {gone} of the log is gone")
        row.append(bytes(32))
        if len(row) == TILE:
            yield row
            row.clear()


def _blame(check: Check, position: int, body: bytes | None) -> None:
    if body is None:
        check.add("event_gone", f"the event of entry {position} is gone", position=position)
    else:
        check.add("columns", "the row says something else than its bytes", position=position)


def _note_rows(check: Check, body: bytes, position: int, event: str | None = None) -> None:
    for key, before, after in rows_of(body):
        counts = check.rows.setdefault(key, {})
        counts[before] = counts.get(before, 0) - 1
        counts[after] = counts.get(after, 0) + 1
        check.writers[key, after] = (position, event)


def _compare_tile(check: Check, first: int, row: list[bytes], tile: tuple[int, bytes] | None) -> None:
    """The second copy of the hashes tells which leaf was changed together with its event."""
    if tile is None or tile[0] != first // TILE:
        check.add("tile", f"the tile over entries {first} to {first + TILE - 1} is gone")
        return
    if tile[1] != b"".join(row):
        for place, leaf in enumerate(row):
            if tile[1][32 * place : 32 * place + 32] != leaf:
                said = f"the hash of entry {first + place} is not the one that was sealed"
                check.add("leaf", said, position=first + place)


def _signed_points(check: Check, rows: Iterable[tuple[int, str, str]]) -> Iterator[Checkpoint]:
    """The checkpoints that we signed; the others are named."""
    for size, root, note in rows:
        point = _ours(note)
        if point is None or (point.size, point.root.hex()) != (size, root):
            check.add("signature", f"the checkpoint at {size} is not signed by us")
        if point is not None:
            check.roots[point.size] = point.root.hex()
            yield point


def _ours(note: str) -> Checkpoint | None:
    try:
        point, lines = Checkpoint.read(note)
    except ValueError:
        return None
    key = Key(point.origin, LOG, checkpoint_key().public_key().public_bytes_raw())
    return point if any(key.signed(point.text, line) for line in lines) else None


def _compare_root(
    check: Check, tree: Tree, point: Checkpoint, points: Iterator[Checkpoint]
) -> Checkpoint | None:
    """The next checkpoint to compare; none after the first wrong one, since all the later ones are wrong with it."""
    if tree.root() == point.root:
        check.good = point.size
        return next(points, None)
    last = min(point.size, check.good + MOST_NAMED)
    named = ", ".join(event for event, _ in raw.events_at(check.connection, check.good, last))
    said = f"entries {check.good} to {point.size - 1} do not give the root that was signed; their events: {named}"
    check.add("root", said)
    return None


# ── what has no leaf, what is kept elsewhere, the rows themselves ─────────────────────────────────────────────


def _loose(check: Check) -> None:
    """Events that wait for the sealer; one whose entry is gone from the log is among them."""
    gone = any(problem["kind"] in ("leaf_gone", "tail") for problem in check.problems)
    for found, command, begins, body in raw.loose_events(check.connection):
        check.loose += 1
        event = raw.identity(found)
        if not body.startswith(begins):
            check.add("columns", "the row says something else than its bytes", event=event)
        elif gone:
            check.add("leaf_gone", f"{command} has no entry, and entries of the log are gone", event=event)
        if body.count(GAP) >= 3:
            _note_rows(check, body, -1, event)


def _kept(check: Check, held: str) -> None:
    """The checkpoints that stand outside the database: in our data folder, and in a stranger's hands."""
    path = checkpoints_file()
    kept = path.read_text(encoding="utf-8") if path.exists() else ""
    if check.roots and not kept:
        check.add("kept", f"the copy of the checkpoints outside the database is gone ({path.name})")
    last = max(check.roots, default=0)
    for note in _notes_in(kept + held):
        point = _ours(note)
        if point is None:
            check.add("kept", f"a checkpoint kept outside the database is not signed by us: {note.splitlines()[:3]}")
        elif point.size > last:
            said = f"the log had {point.size} entries when it was signed; entries {last} to {point.size - 1} are gone"
            check.add("tail", said)
        elif check.roots.get(point.size) != point.root.hex():
            check.add("root", f"the log of {point.size} entries is not the one that was signed and given out")


def _notes_in(text: str) -> Iterator[str]:
    """Signed notes that stand one after another: a text, an empty line, the lines of those who signed."""
    parts = [part for part in text.split("\n\n") if part.strip()]
    for body, lines in zip(parts[::2], parts[1::2], strict=False):
        yield f"{body}\n\n{lines}"


def _sealed_rows(check: Check) -> None:
    """Each row of a sealed table against the events: it says what the one that no other followed left it saying."""
    seen = set()
    for key, value in rows_now(check.connection):
        seen.add(key)
        if key not in check.rows:
            check.add("row", "no event of the log wrote this row", row=key)
        elif check.rows[key].get(value, 0) != 1:
            _name_row(check, "row", "the row is not as its last event left it", key)
    for key in check.rows.keys() - seen:
        if key.partition("/")[0] in SEALED:
            _name_row(check, "row_gone", "the row is gone", key)


def _name_row(check: Check, kind: str, what: str, key: str) -> None:
    """With the event that wrote the row last."""
    left = next((value for value, count in check.rows[key].items() if count == 1), "")
    position, event = check.writers.get((key, left), (None, None))
    check.add(kind, what, row=key, event=event, position=None if event else position)
