"""Everything that can change the registry: one file per subject, one function per command."""

from registry import deadlines  # noqa: F401  the clocks that these commands start and stop
from registry.commands import (
    assessment,
    catalogue,
    changes,
    debarment,
    dossier,
    imports,
    licence,
    licence_objection,
    notice,
    objection,
    recheck,
    registration,
    release,
    resource,
    succession,
)

__all__ = [
    "assessment",
    "catalogue",
    "changes",
    "debarment",
    "dossier",
    "imports",
    "licence",
    "licence_objection",
    "notice",
    "objection",
    "recheck",
    "registration",
    "release",
    "resource",
    "succession",
]
