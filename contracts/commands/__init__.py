"""Everything that can change contracts, one file a subject."""

from contracts import deadlines
from contracts.commands import (
    agreement,
    application,
    decision,
    element,
    obligation,
    provider,
    right,
    template,
)

__all__ = [
    "agreement", "application", "deadlines", "decision", "element", "obligation", "provider", "right", "template",
]  # fmt: skip
