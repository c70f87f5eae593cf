"""The Merkle log over the events: leaves sealed in batches, tiles of hashes for quick proofs, signed checkpoints."""

import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, Text, func, insert, select, text
from sqlalchemy.orm import Mapped, mapped_column

from kernel.audit.entries import entry_of
from kernel.audit.events import AuditEvent
from kernel.audit.guards import append_only
from kernel.audit.keys import checkpoint_key, origin
from kernel.audit.notes import Checkpoint, signature_line
from kernel.config import settings
from kernel.db import db, writing
from kernel.merkle import Tree, leaf_hash, root_of

TILE = 256  # hashes in a tile: 2 ** TILE_HEIGHT
TILE_HEIGHT = 8
BATCH = 10_000  # events under one checkpoint at most, so that sealing a large backlog needs little memory
# An event is looked for among those of late first; one that its transaction brought later is found by the count.
LATE = timedelta(minutes=10)
SEALER = 7_216_903_541  # the lock that keeps two sealers apart on PostgreSQL


class AuditLeaf(db.Model):  # type: ignore[name-defined,misc]
    """The place of an event in the Merkle tree, and the hash of its entry."""

    __tablename__ = "audit_leaf"
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("audit_event.id"), unique=True)
    hash: Mapped[str] = mapped_column(String(64))


class AuditTile(db.Model):  # type: ignore[name-defined,misc]
    """256 neighbouring hashes and their root: of leaves at level 0, above it the roots of tiles of the level below."""

    __tablename__ = "audit_tile"
    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    root: Mapped[bytes] = mapped_column(LargeBinary(32))
    hashes: Mapped[bytes] = mapped_column(LargeBinary)


class AuditCheckpoint(db.Model):  # type: ignore[name-defined,misc]
    """A statement of the tree's size and root. `note` is the signed text that is given to everybody."""

    __tablename__ = "audit_checkpoint"
    tree_size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    root: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    peaks: Mapped[list[Any]]
    note: Mapped[str] = mapped_column(Text)


class AuditCosignature(db.Model):  # type: ignore[name-defined,misc]
    """That an outside witness signed a checkpoint as well: his line under the note."""

    __tablename__ = "audit_cosignature"
    tree_size: Mapped[int] = mapped_column(ForeignKey("audit_checkpoint.tree_size"), primary_key=True)
    witness: Mapped[str] = mapped_column(primary_key=True)
    line: Mapped[str]
    at: Mapped[datetime]


def seal(now: datetime) -> int:
    """Append all unsealed events to the tree, a checkpoint a batch. The number of new leaves. Commits."""
    done = 0
    with writing():
        db.session.rollback()
        while fresh := _seal_batch(now):
            done += fresh
    return done


def _seal_batch(now: datetime) -> int:
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text(f"SELECT pg_advisory_xact_lock({SEALER})"))
    last = last_checkpoint()
    fresh = _unsealed_events(last)
    if fresh:
        tree = Tree([(height, bytes.fromhex(peak)) for height, peak in last.peaks] if last else [])
        _append(tree, fresh)
        _sign(tree, now)
    db.session.commit()
    return len(fresh)


def last_checkpoint() -> AuditCheckpoint | None:
    """The newest checkpoint."""
    return db.session.scalar(select(AuditCheckpoint).order_by(AuditCheckpoint.tree_size.desc()).limit(1))


def _unsealed_events(last: AuditCheckpoint | None) -> list[Any]:
    waiting = unsealed()
    if not waiting:
        return []
    sealed = select(AuditLeaf.event_id).where(AuditLeaf.event_id == AuditEvent.id).exists()
    query = select(AuditEvent.id, AuditEvent.body).where(~sealed)
    query = query.order_by(AuditEvent.at, AuditEvent.id).limit(BATCH)
    if last is not None:
        late = list(db.session.execute(query.where(AuditEvent.at >= last.at - LATE)))
        if len(late) >= min(waiting, BATCH):
            return late
    return list(db.session.execute(query))


def _append(tree: Tree, fresh: list[Any]) -> None:
    begin, leaves = tree.size, [leaf_hash(entry_of(body)) for _, body in fresh]
    db.session.execute(
        insert(AuditLeaf),
        [
            {"position": begin + place, "event_id": row.id, "hash": leaf.hex()}
            for place, (row, leaf) in enumerate(zip(fresh, leaves, strict=True))
        ],
    )
    for leaf in leaves:
        tree.append(leaf)
    _tiles(begin, leaves)


def _tiles(begin: int, leaves: list[bytes]) -> None:
    """Keep every tile that became full."""
    number, partial = divmod(begin, TILE)
    query = select(AuditLeaf.hash).where(AuditLeaf.position >= begin - partial, AuditLeaf.position < begin)
    row = [bytes.fromhex(one) for one in db.session.scalars(query.order_by(AuditLeaf.position))] + leaves
    for first in range(0, len(row) - TILE + 1, TILE):
        _keep_tile(0, number, row[first : first + TILE])
        number += 1


def _keep_tile(level: int, number: int, hashes: list[bytes]) -> None:
    facts = {"level": level, "number": number, "root": root_of(hashes), "hashes": b"".join(hashes)}
    db.session.execute(insert(AuditTile), [facts])
    if (number + 1) % TILE == 0:
        _keep_tile(level + 1, number // TILE, roots_of_tiles(level, number + 1 - TILE, number + 1))


def roots_of_tiles(level: int, begin: int, end: int) -> list[bytes]:
    """The roots of the kept tiles of a level from `begin` to before `end`."""
    query = select(AuditTile.root).where(
        AuditTile.level == level, AuditTile.number >= begin, AuditTile.number < end
    )
    return list(db.session.scalars(query.order_by(AuditTile.number)))


def cut(tile: bytes) -> list[bytes]:
    """The hashes of a tile."""
    return [tile[at : at + 32] for at in range(0, len(tile), 32)]


def _sign(tree: Tree, now: datetime) -> None:
    point = Checkpoint(origin(), tree.size, tree.root())
    line = signature_line(checkpoint_key(), point.origin, point.text)
    peaks = [[height, peak.hex()] for height, peak in tree.peaks]
    note = f"{point.text}\n{line}\n"
    root = point.root.hex()
    db.session.add(AuditCheckpoint(tree_size=tree.size, root=root, at=now, peaks=peaks, note=note))
    kept = checkpoints_file()
    kept.parent.mkdir(parents=True, exist_ok=True)
    with kept.open("a", encoding="utf-8") as out:
        out.write(f"{note}\n")


def checkpoints_file() -> Path:
    """Where the checkpoints are kept once more, outside the database: one signed note after another."""
    return Path(settings().data) / "log" / "checkpoints.txt"


def unsealed() -> int:
    """How many events wait for the sealer."""
    total: int = db.session.scalar(select(func.count(AuditEvent.id))) or 0
    return total - (db.session.scalar(select(func.max(AuditCheckpoint.tree_size))) or 0)


for _table in (AuditLeaf, AuditTile, AuditCheckpoint, AuditCosignature):
    append_only(_table.__table__)
