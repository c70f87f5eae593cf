"""The append-only log: one event per command, sealed in batches into a Merkle tree with signed checkpoints.

An event stores the exact bytes that are hashed. There is no chain from row to row: its lock would be held over every
write. A sealer appends the leaves afterwards; an event that commits late simply becomes a later leaf.
"""

from kernel.audit.events import AuditEvent, canonical, events_of, note, noting, record
from kernel.audit.guards import append_only, guard
from kernel.audit.log import (
    AuditCheckpoint,
    AuditLeaf,
    checkpoint_text,
    proof_of,
    seal,
    signing_key,
    unsealed,
    verify,
)

__all__ = [
    "AuditCheckpoint",
    "AuditEvent",
    "AuditLeaf",
    "append_only",
    "canonical",
    "checkpoint_text",
    "events_of",
    "guard",
    "note",
    "noting",
    "proof_of",
    "record",
    "seal",
    "signing_key",
    "unsealed",
    "verify",
]
