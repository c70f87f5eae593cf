"""Contracts as pages: applications, rights, agreements, data elements, and what stands on the desk."""

from contracts.views import (
    access,
    agreements,
    applications,
    clauses,
    conditions,
    decisions,
    desk,
    elements,
    providers,
    rights,
)
from contracts.views.door import pages

__all__ = [
    "access", "agreements", "applications", "clauses", "conditions", "decisions", "desk", "elements", "pages",
    "providers", "rights",
]  # fmt: skip
