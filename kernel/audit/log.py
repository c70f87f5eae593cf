"""The Merkle log over the events: sealed in batches, signed checkpoints, proofs, and the check of it all."""

import uuid
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from kernel.audit.events import AuditEvent, row_facts
from kernel.audit.guards import append_only
from kernel.config import settings
from kernel.db import db, writing
from kernel.merkle import Tree, inclusion_proof, leaf_hash


class AuditLeaf(db.Model):  # type: ignore[name-defined,misc]
    """The place of an event in the Merkle tree."""

    __tablename__ = "audit_leaf"
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("audit_event.id"), unique=True)
    hash: Mapped[str] = mapped_column(String(64))


class AuditCheckpoint(db.Model):  # type: ignore[name-defined,misc]
    """A signed statement of the tree's size and root."""

    __tablename__ = "audit_checkpoint"
    tree_size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    root: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    peaks: Mapped[list[Any]]
    signature: Mapped[str]


def seal(now: datetime) -> int:
    """Append all unsealed events to the tree and sign a checkpoint. The number of new leaves. Commits."""
    with writing():
        db.session.rollback()
        return _seal(now)


def _seal(now: datetime) -> int:
    last = db.session.scalar(select(AuditCheckpoint).order_by(AuditCheckpoint.tree_size.desc()).limit(1))
    tree = Tree([(height, bytes.fromhex(peak)) for height, peak in last.peaks] if last else [])
    sealed = select(AuditLeaf.event_id).where(AuditLeaf.event_id == AuditEvent.id).exists()
    fresh = db.session.execute(
        select(AuditEvent.id, AuditEvent.body).where(~sealed).order_by(AuditEvent.at, AuditEvent.id)
    ).all()
    for event_id, body in fresh:
        leaf = leaf_hash(body)
        db.session.add(AuditLeaf(position=tree.size, event_id=event_id, hash=leaf.hex()))
        tree.append(leaf)
    if fresh:
        _checkpoint(tree, now)
    db.session.commit()
    return len(fresh)


def _checkpoint(tree: Tree, now: datetime) -> None:
    root = tree.root().hex()
    signature = signing_key().sign(checkpoint_text(tree.size, root)).hex()
    peaks = [[height, peak.hex()] for height, peak in tree.peaks]
    db.session.add(AuditCheckpoint(tree_size=tree.size, root=root, at=now, peaks=peaks, signature=signature))
    witness = Path(settings().data) / "log" / "checkpoints.txt"
    witness.parent.mkdir(parents=True, exist_ok=True)
    with witness.open("a", encoding="utf-8") as out:
        out.write(f"{tree.size} {root} {now.isoformat()} {signature}\n")


def checkpoint_text(size: int, root: str) -> bytes:
    """What the signature of a checkpoint covers."""
    return f"shuheng audit log\n{size}\n{root}\n".encode()


@lru_cache(maxsize=4)
def _key_at(path: Path) -> Ed25519PrivateKey:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        raw = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.touch(mode=0o600)
        path.write_bytes(raw)
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path} holds no Ed25519 key")
    return key


def signing_key() -> Ed25519PrivateKey:
    """The key that signs checkpoints, made once in the data folder."""
    return _key_at(Path(settings().data) / "keys" / "log.pem")


def proof_of(event_id: uuid.UUID) -> dict[str, Any] | None:
    """Where an event stands in the log and how to prove it; None while it is not sealed yet."""
    position = db.session.scalar(select(AuditLeaf.position).where(AuditLeaf.event_id == event_id))
    if position is None:
        return None
    checkpoint = db.session.scalars(
        select(AuditCheckpoint).order_by(AuditCheckpoint.tree_size.desc()).limit(1)
    ).one()
    query = (
        select(AuditLeaf.hash).where(AuditLeaf.position < checkpoint.tree_size).order_by(AuditLeaf.position)
    )
    leaves = [bytes.fromhex(value) for value in db.session.scalars(query)]
    path = [step.hex() for step in inclusion_proof(leaves, position)]
    return {
        "position": position,
        "leaf": leaves[position].hex(),
        "tree_size": checkpoint.tree_size,
        "root": checkpoint.root,
        "signature": checkpoint.signature,
        "path": path,
    }


def verify() -> dict[str, Any]:
    """Check the whole log: every event's columns against its bytes, its bytes against its leaf, the leaves against
    every signed checkpoint. Returns counts and `problems`, each naming kind, event (or None) and what is wrong.
    """
    problems: list[dict[str, Any]] = []
    query = select(AuditEvent, AuditLeaf).outerjoin(AuditLeaf, AuditLeaf.event_id == AuditEvent.id)
    events = sealed = 0
    for row, leaf in db.session.execute(query.execution_options(yield_per=1000)):
        events, sealed = events + 1, sealed + (leaf is not None)
        if any(row.facts.get(name) != value for name, value in row_facts(row).items()):
            problems.append(_problem("columns", row, "the row says something else than its bytes"))
        elif leaf is not None and leaf.hash != leaf_hash(row.body).hex():
            problems.append(_problem("bytes", row, "the bytes are not those that were sealed"))
    problems += _check_tree()
    return {"events": events, "sealed": sealed, "unsealed": events - sealed, "problems": problems}


def _problem(kind: str, row: AuditEvent | None, what: str) -> dict[str, Any]:
    return {"kind": kind, "event": row and str(row.id), "command": row and row.command, "what": what}


def _check_tree() -> list[dict[str, Any]]:
    problems, tree, key = [], Tree(), signing_key().public_key()
    checkpoints = db.session.scalars(select(AuditCheckpoint).order_by(AuditCheckpoint.tree_size)).all()
    leaves = db.session.scalars(select(AuditLeaf).order_by(AuditLeaf.position)).all()
    for point in checkpoints:
        try:
            key.verify(bytes.fromhex(point.signature), checkpoint_text(point.tree_size, point.root))
        except InvalidSignature:
            problems.append(
                _problem("signature", None, f"the checkpoint at {point.tree_size} is not signed by us")
            )
        while (
            tree.size < point.tree_size
            and tree.size < len(leaves)
            and leaves[tree.size].position == tree.size
        ):
            tree.append(bytes.fromhex(leaves[tree.size].hash))
        if tree.size < point.tree_size:
            problems.append(
                _problem("tail", None, f"the leaf at position {tree.size} of {point.tree_size} is missing")
            )
            break
        if tree.root().hex() != point.root:
            problems.append(
                _problem("root", None, f"the leaves do not give the root signed at {point.tree_size}")
            )
    return problems


def unsealed() -> int:
    """How many events wait for the sealer."""
    total: int = db.session.scalar(select(func.count(AuditEvent.id))) or 0
    return total - (db.session.scalar(select(func.count(AuditLeaf.position))) or 0)


for _table in (AuditLeaf.__table__, AuditCheckpoint.__table__):
    append_only(_table)
