"""Contracts as pages: applications, rights, agreements, data elements, and what stands on the desk."""

from contracts.views import agreements, applications, clauses, decisions, desk, elements, providers, rights
from contracts.views.door import pages

__all__ = ["agreements", "applications", "clauses", "decisions", "desk", "elements", "pages", "providers", "rights"]
