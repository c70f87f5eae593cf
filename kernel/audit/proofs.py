"""Proofs a stranger can check: that an event is in the log, and that the log only grew."""

import uuid
from typing import Any

from sqlalchemy import select

from kernel.audit.entries import entry_of
from kernel.audit.events import AuditEvent
from kernel.audit.keys import public_key
from kernel.audit.log import (
    TILE,
    TILE_HEIGHT,
    AuditCheckpoint,
    AuditCosignature,
    AuditLeaf,
    AuditTile,
    cut,
    last_checkpoint,
    roots_of_tiles,
)
from kernel.config import settings
from kernel.db import db
from kernel.merkle import Nodes, consistency_proof, inclusion_proof, root_of

FORMAT = "shuheng-proof/v1"
CONSISTENCY = "shuheng-consistency/v1"


def proof_of(event_id: uuid.UUID) -> dict[str, Any] | None:
    """Where an event stands in the log and how to prove it; None while it is not sealed yet.

    `entry` is the text whose hash is the leaf, `path` the hashes from the leaf up to the root of `checkpoint`, the
    newest signed note with the lines of its witnesses; `key` tells whose signature to expect.
    """
    found = db.session.execute(
        select(AuditLeaf.position, AuditLeaf.hash, AuditEvent.body)
        .join(AuditEvent, AuditEvent.id == AuditLeaf.event_id)
        .where(AuditEvent.id == event_id)
    ).first()
    newest = last_checkpoint()
    if found is None or newest is None:
        return None
    path = inclusion_proof(nodes(newest.tree_size), found.position, newest.tree_size)
    return {
        "format": FORMAT,
        "site": settings().base_url,
        "key": str(public_key()),
        "entry": entry_of(found.body).decode(),
        "leaf": found.hash,
        "position": found.position,
        "tree_size": newest.tree_size,
        "root": newest.root,
        "path": [step.hex() for step in path],
        "checkpoint": cosigned(newest),
    }


def cosigned(point: AuditCheckpoint) -> str:
    """The signed note of a checkpoint, with the lines of the witnesses that have signed it."""
    query = select(AuditCosignature.line).where(AuditCosignature.tree_size == point.tree_size)
    lines = db.session.scalars(query.order_by(AuditCosignature.witness))
    return point.note + "".join(f"{line}\n" for line in lines)


def consistency(old: int, new: int) -> dict[str, Any]:
    """That the log of `new` entries begins with the log of `old` entries: hashes, and the notes where they were signed.

    Raises IndexError where `old` is not among 1 to `new`, or `new` is larger than the newest checkpoint.
    """
    newest = last_checkpoint()
    if newest is None or new > newest.tree_size:
        raise IndexError(f"the log has no checkpoint of {new} entries yet")
    path = consistency_proof(nodes(new), old, new)
    return {
        "format": CONSISTENCY,
        "key": str(public_key()),
        "old_size": old,
        "new_size": new,
        "path": [step.hex() for step in path],
        "old_checkpoint": _note_at(old),
        "new_checkpoint": _note_at(new),
    }


def _note_at(size: int) -> str | None:
    point = db.session.get(AuditCheckpoint, size)
    return cosigned(point) if point else None


def nodes(size: int) -> Nodes:
    """The perfect subtrees of the log of `size` entries, read from its tiles and, at the end, from its leaves."""
    tiles: dict[tuple[int, int], list[bytes]] = {}

    def node(height: int, index: int) -> bytes:
        level, inside = divmod(height, TILE_HEIGHT)
        number, begin = divmod(index << inside, TILE)
        if (level, number) not in tiles:
            tiles[level, number] = _tile(level, number, size)
        return root_of(tiles[level, number][begin : begin + (1 << inside)])

    return node


def _tile(level: int, number: int, size: int) -> list[bytes]:
    """The hashes of a tile; of one that is not full, those there are."""
    kept = db.session.get(AuditTile, (level, number))
    if kept is not None:
        return cut(kept.hashes)
    if level > 0:
        return roots_of_tiles(level - 1, number * TILE, (number + 1) * TILE)
    query = select(AuditLeaf.hash).where(
        AuditLeaf.position >= number * TILE, AuditLeaf.position < min((number + 1) * TILE, size)
    )
    return [bytes.fromhex(one) for one in db.session.scalars(query.order_by(AuditLeaf.position))]
