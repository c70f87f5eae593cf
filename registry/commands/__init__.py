"""Everything that can change the registry: one file per subject, one function per command."""

from registry import deadlines  # noqa: F401  the clocks that these commands start and stop
from registry.commands import catalogue, imports, licence, objection, registration, release, resource

__all__ = ["catalogue", "imports", "licence", "objection", "registration", "release", "resource"]
