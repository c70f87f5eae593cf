"""The registry as pages: catalogue, imports, open data files, resources, registrations, licences."""

from registry.views import (
    addresses,
    catalogue,
    desk,
    entries,
    imports,
    licences,
    objections,
    registrations,
    releases,
    resources,
)
from registry.views.door import pages

__all__ = [
    "addresses",
    "catalogue",
    "desk",
    "entries",
    "imports",
    "licences",
    "objections",
    "pages",
    "registrations",
    "releases",
    "resources",
]
