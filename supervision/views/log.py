"""The transparency log for strangers: the newest checkpoint, proofs, consistency, and how to check them offline."""

from typing import Any

from flask import Response, render_template
from sqlalchemy import select

from kernel import audit
from kernel.audit import AuditCheckpoint, AuditCosignature, AuditLeaf, canonical
from kernel.config import settings
from kernel.db import db
from kernel.errors import NotFound
from supervision.views import pages

SHOWN = 30
FRESH = "public, max-age=15"


@pages.get("/log")
def log() -> Any:
    """What the log is, its key, its newest checkpoints and who has witnessed them."""
    points = db.session.scalars(select(AuditCheckpoint).order_by(AuditCheckpoint.tree_size.desc()).limit(SHOWN)).all()
    sizes = [point.tree_size for point in points]
    lines = db.session.scalars(select(AuditCosignature).where(AuditCosignature.tree_size.in_(sizes))).all()
    witnessed = {size: [line.witness for line in lines if line.tree_size == size] for size in sizes}
    return render_template(
        "supervision/log.html",
        points=points,
        witnessed=witnessed,
        key=str(audit.public_key()),
        witnesses=settings().log_witness_keys,
    )


@pages.get("/log/checkpoint")
@pages.get("/log/checkpoint/<int:size>")
def checkpoint(size: int | None = None) -> Any:
    """A checkpoint as a signed note: the newest, or that of a size."""
    found = audit.last_checkpoint() if size is None else db.session.get(AuditCheckpoint, size)
    if found is None:
        raise NotFound()
    return _text(audit.cosigned(found), "text/plain; charset=utf-8")


@pages.get("/log/key")
def log_key() -> Any:
    """The public key of the log, to be kept."""
    return _text(f"{audit.public_key()}\n", "text/plain; charset=utf-8")


@pages.get("/log/proof/<leaf>")
def log_proof(leaf: str) -> Any:
    """The proof for an entry by the hash of its leaf, for whoever has the entry."""
    event_id = db.session.scalar(select(AuditLeaf.event_id).where(AuditLeaf.hash == leaf.lower()))
    found = audit.proof_of(event_id) if event_id else None
    if found is None:
        raise NotFound()
    return _json({name: value for name, value in found.items() if name != "entry"})


@pages.get("/log/consistency/<int:old>/<int:new>")
def log_consistency(old: int, new: int) -> Any:
    """That the log of `new` entries begins with the log of `old` entries, as a file."""
    try:
        return _json(audit.consistency(old, new))
    except IndexError as error:
        raise NotFound() from error


def _json(facts: dict[str, Any]) -> Response:
    return _text(canonical(facts), "application/json")


def _text(body: str | bytes, kind: str) -> Response:
    return Response(body, content_type=kind, headers={"Cache-Control": FRESH, "Access-Control-Allow-Origin": "*"})
