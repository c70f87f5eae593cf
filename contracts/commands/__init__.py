"""Everything that can change contracts, one file a subject."""

from contracts import deadlines
from contracts.commands import (
    access,
    agreement,
    application,
    condition,
    decision,
    element,
    obligation,
    provider,
    right,
    template,
)

__all__ = [
    "access", "agreement", "application", "condition", "deadlines", "decision", "element", "obligation", "provider",
    "right", "template",
]  # fmt: skip
