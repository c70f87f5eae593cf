"""The registry as pages: catalogue, imports, open data files, resources, registrations, licences."""

from registry.views import (
    addresses,
    assessments,
    catalogue,
    desk,
    dossiers,
    entries,
    entry_history,
    entry_schema,
    imports,
    licences,
    objections,
    operators,
    oversight,
    registrations,
    releases,
    resources,
)
from registry.views.door import pages

__all__ = [
    "addresses",
    "assessments",
    "catalogue",
    "desk",
    "dossiers",
    "entries",
    "entry_history",
    "entry_schema",
    "imports",
    "licences",
    "objections",
    "operators",
    "oversight",
    "pages",
    "registrations",
    "releases",
    "resources",
]
