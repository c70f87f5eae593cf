"""Outside witnesses: each checkpoint goes to them, and what they signed comes back and is kept.

An address is `https://…` of a witness that speaks C2SP's tlog-witness (POST /add-checkpoint), or `mailto:…` of
somebody who keeps what he is sent. `SHUHENG_LOG_WITNESSES` names them, `SHUHENG_LOG_WITNESS_KEYS` whose signatures
we believe.
"""

import base64
import urllib.error
import urllib.request
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select

from kernel import clock, mail, outbox
from kernel.audit.log import AuditCheckpoint, AuditCosignature, last_checkpoint
from kernel.audit.notes import DASH, WITNESS, Checkpoint, Key
from kernel.audit.proofs import cosigned, nodes
from kernel.config import settings
from kernel.db import db, writing
from kernel.merkle import consistency_proof

KIND = "log.checkpoint"
SECONDS = 15  # a witness that does not answer is asked again by the outbox
MOST = 64 * 1024  # what an answer may hold


class WitnessRefused(Exception):
    """A witness did not take the checkpoint; the outbox tries again and then gives up, visibly."""


def tell_witnesses(now: datetime) -> int:
    """Put the newest checkpoint into the outbox for each witness – once, by mail once a day. How many. Commits."""
    if not settings().log_witnesses:
        return 0
    told = 0
    with writing():
        db.session.rollback()
        newest = last_checkpoint()
        for address in settings().log_witnesses:
            if newest is None:
                break
            once = clock.legal_day(now) if address.startswith("mailto:") else newest.tree_size
            waiting = select(outbox.OutboxMessage.id).where(outbox.OutboxMessage.key == f"{KIND}:{once}:{address}")
            if db.session.scalar(waiting) is None:
                outbox.enqueue(KIND, {"address": address, "size": newest.tree_size}, f"{once}:{address}")
                told += 1
        db.session.commit()
    return told


@outbox.delivers(KIND)
def deliver(payload: dict[str, Any], _key: str) -> None:
    """Hand one checkpoint to one witness and keep his signature where he sends one."""
    point = db.session.get(AuditCheckpoint, payload["size"])
    if point is None:
        return
    if payload["address"].startswith("mailto:"):
        mail.send(payload["address"].removeprefix("mailto:"), f"Checkpoint {point.tree_size}", cosigned(point))
    else:
        keep_lines(point, _post(payload["address"], point, _seen_by(payload["address"])))


def _seen_by(address: str) -> int:
    """The size of the newest checkpoint that the witness of that address has signed; 0 where it has none."""
    host = urlsplit(address).netloc
    query = select(AuditCosignature.tree_size).where(AuditCosignature.witness.startswith(host, autoescape=True))
    return db.session.scalar(query.order_by(AuditCosignature.tree_size.desc()).limit(1)) or 0


def _post(address: str, point: AuditCheckpoint, old: int) -> str:
    body = request_body(point, old)
    asked = urllib.request.Request(  # noqa: S310  an address of our own configuration, http or https only
        address.rstrip("/") + "/add-checkpoint", body.encode(), {"Content-Type": "text/plain"}
    )
    try:
        with urllib.request.urlopen(asked, timeout=SECONDS) as answer:  # noqa: S310
            return str(answer.read(MOST).decode())
    except urllib.error.HTTPError as refused:
        known = refused.read(MOST).decode(errors="replace").strip()
        if refused.code == 409 and known.isdigit() and 0 <= int(known) <= point.tree_size and int(known) != old:
            return _post(address, point, int(known))  # the witness tells which size it knows
        raise WitnessRefused(f"{address} answered {refused.code}: {known[:200]}") from refused


def request_body(point: AuditCheckpoint, old: int) -> str:
    """What a witness is sent: the size it knows, how the log grew from there, the signed checkpoint."""
    path = consistency_proof(nodes(point.tree_size), old, point.tree_size) if 0 < old < point.tree_size else []
    steps = "".join(f"{base64.b64encode(step).decode()}\n" for step in path)
    return f"old {old}\n{steps}\n{point.note}"


def keep_lines(point: AuditCheckpoint, lines: str) -> list[str]:
    """Keep the signatures of witnesses we know under a checkpoint; their names. Commits."""
    text = Checkpoint.read(point.note)[0].text
    kept = []
    for line in lines.splitlines():
        witness = next((key for key in witness_keys() if line.startswith(DASH) and key.signed(text, line)), None)
        if witness is not None and db.session.get(AuditCosignature, (point.tree_size, witness.name)) is None:
            found = AuditCosignature(tree_size=point.tree_size, witness=witness.name, line=line, at=clock.now())
            db.session.add(found)
            kept.append(witness.name)
    db.session.commit()
    return kept


def witness_keys() -> list[Key]:
    """Whose signatures we believe."""
    return [key for key in map(Key.read, settings().log_witness_keys) if key.algorithm == WITNESS]
