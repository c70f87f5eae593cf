"""The append-only log: one event per command, sealed in batches into a Merkle tree with signed checkpoints.

An event stores the exact bytes that are hashed. There is no chain from row to row: its lock would be held over every
write. A sealer appends the leaves afterwards; an event that commits late becomes a later leaf. A leaf is the hash
of the event's entry, which tells a stranger what happened without a word of its input.
"""

from kernel.audit.events import AuditEvent, events_of, note, noting, record
from kernel.audit.guards import append_only, guard
from kernel.audit.keys import public_key, signing_key
from kernel.audit.log import (
    AuditCheckpoint,
    AuditCosignature,
    AuditLeaf,
    AuditTile,
    last_checkpoint,
    seal,
    unsealed,
)
from kernel.audit.proofs import consistency, cosigned, proof_of
from kernel.audit.rows import sealed
from kernel.audit.spelling import canonical
from kernel.audit.verification import verify

__all__ = [
    "AuditCheckpoint",
    "AuditCosignature",
    "AuditEvent",
    "AuditLeaf",
    "AuditTile",
    "append_only",
    "canonical",
    "consistency",
    "cosigned",
    "events_of",
    "guard",
    "last_checkpoint",
    "note",
    "noting",
    "proof_of",
    "public_key",
    "record",
    "seal",
    "sealed",
    "signing_key",
    "unsealed",
    "verify",
]
