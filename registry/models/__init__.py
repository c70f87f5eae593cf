"""Tables of the registry: catalogue, imports, releases, resources, registrations, licences."""

from registry.models.catalogue import CatalogueEntry, EntryTerm
from registry.models.imports import CatalogueImport, ImportRow
from registry.models.licence import Licence
from registry.models.registration import Objection, Registration
from registry.models.release import Release
from registry.models.resource import DataResource, ResourceEntry

__all__ = [
    "CatalogueEntry",
    "CatalogueImport",
    "DataResource",
    "EntryTerm",
    "ImportRow",
    "Licence",
    "Objection",
    "Registration",
    "Release",
    "ResourceEntry",
]
