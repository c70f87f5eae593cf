"""The append-only log: one event per command, sealed in batches into a Merkle tree with signed checkpoints.

An event stores the exact bytes that are hashed. There is no chain from row to row: its lock would be held over every
write. A sealer appends the leaves afterwards; an event that commits late simply becomes a later leaf.
"""

import json
import uuid
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import DDL, ForeignKey, LargeBinary, String, event, func, select
from sqlalchemy.orm import Mapped, mapped_column

from kernel.config import settings
from kernel.db import Record, db, new_id, writing
from kernel.merkle import Tree, inclusion_proof, leaf_hash


class AuditEvent(Record):
    """Who did what to which subject, when, under which rules. `body` holds the exact bytes of all of it."""

    __tablename__ = "audit_event"
    at: Mapped[datetime] = mapped_column(index=True)
    command: Mapped[str] = mapped_column(index=True)
    user_id: Mapped[uuid.UUID | None]
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    subject_type: Mapped[str]
    subject_id: Mapped[uuid.UUID] = mapped_column(index=True)
    from_state: Mapped[str | None]
    to_state: Mapped[str | None]
    caused_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("audit_event.id"))
    request_key: Mapped[str | None] = mapped_column(unique=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)

    @property
    def facts(self) -> dict[str, Any]:
        """Everything the event says, decoded from its bytes."""
        return dict(json.loads(self.body))

    @property
    def data(self) -> dict[str, Any]:
        """The input of the command, without secrets."""
        return dict(self.facts["data"])

    @property
    def duties(self) -> list[str]:
        """The names of the duties that were checked."""
        return list(self.facts["duties"])

    @property
    def actor_name(self) -> str:
        return str(self.facts["actor"])


class AuditLeaf(db.Model):  # type: ignore[name-defined]
    """The place of an event in the Merkle tree."""

    __tablename__ = "audit_leaf"
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("audit_event.id"), unique=True)
    hash: Mapped[str] = mapped_column(String(64))


class AuditCheckpoint(db.Model):  # type: ignore[name-defined]
    """A signed statement of the tree's size and root."""

    __tablename__ = "audit_checkpoint"
    tree_size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    root: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    peaks: Mapped[list[Any]]
    signature: Mapped[str]


def record(*, at: datetime, command: str, actor: Any, subject: Any, data: dict[str, Any], **facts: Any) -> AuditEvent:
    """Write the event of a command.

    `facts`: from_state, to_state, duties, profile, profile_version, caused_by_id, request_key.
    """
    fresh = AuditEvent(
        id=new_id(),
        at=at,
        command=command,
        user_id=actor.user_id,
        organisation_id=actor.organisation_id,
        subject_type=subject.__tablename__,
        subject_id=subject.id,
        **{name: facts.get(name) for name in ("from_state", "to_state", "caused_by_id", "request_key")},
    )
    body = row_facts(fresh) | {
        "actor": actor.name,
        "organisation": actor.organisation_name,
        "data": data,
        "duties": facts.get("duties", []),
        "profile": facts.get("profile"),
        "profile_version": facts.get("profile_version"),
    }
    fresh.body = canonical(body)
    db.session.add(fresh)
    return fresh


def row_facts(row: AuditEvent) -> dict[str, Any]:
    """The columns of the row as they must also stand in its bytes."""
    return {
        "id": str(row.id),
        "at": row.at.isoformat(),
        "command": row.command,
        "user_id": row.user_id and str(row.user_id),
        "organisation_id": row.organisation_id and str(row.organisation_id),
        "subject_type": row.subject_type,
        "subject_id": str(row.subject_id),
        "from_state": row.from_state,
        "to_state": row.to_state,
        "caused_by_id": row.caused_by_id and str(row.caused_by_id),
    }


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no spaces, as UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain).encode()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def events_of(subject: Any) -> list[AuditEvent]:
    """The events of a subject, oldest first."""
    query = select(AuditEvent).where(AuditEvent.subject_id == subject.id).order_by(AuditEvent.at, AuditEvent.id)
    return list(db.session.scalars(query))


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
    checkpoint = db.session.scalars(select(AuditCheckpoint).order_by(AuditCheckpoint.tree_size.desc()).limit(1)).one()
    query = select(AuditLeaf.hash).where(AuditLeaf.position < checkpoint.tree_size).order_by(AuditLeaf.position)
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


def unsealed() -> int:
    """How many events wait for the sealer."""
    total: int = db.session.scalar(select(func.count(AuditEvent.id))) or 0
    return total - (db.session.scalar(select(func.count(AuditLeaf.position))) or 0)


def _forbid(table: Any, *, updates: bool = True) -> None:
    """Make the database itself refuse to change or delete a row of the log."""
    for verb in ("UPDATE", "DELETE") if updates else ("DELETE",):
        for dialect, text in append_only(table.name, verb).items():
            event.listen(table, "after_create", DDL(text).execute_if(dialect=dialect))


def append_only(table: str, verb: str) -> dict[str, str]:
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


for _table in (AuditEvent.__table__, AuditLeaf.__table__, AuditCheckpoint.__table__):
    _forbid(_table)


