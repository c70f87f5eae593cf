"""Tables of the registry: catalogue, imports, releases, resources, registrations, licences."""

from registry.models.assessment import Assessment
from registry.models.catalogue import CatalogueEntry, EntryTerm
from registry.models.dossier import Dossier, Paper
from registry.models.imports import CatalogueImport, ImportRow
from registry.models.licence import Licence
from registry.models.oversight import Debarment, LicenceObjection, Notice, Recheck, Succession
from registry.models.registration import Objection, Registration
from registry.models.release import Release
from registry.models.resource import DataResource, ResourceEntry

__all__ = [
    "Assessment",
    "CatalogueEntry",
    "CatalogueImport",
    "DataResource",
    "Debarment",
    "Dossier",
    "EntryTerm",
    "ImportRow",
    "Licence",
    "LicenceObjection",
    "Notice",
    "Objection",
    "Paper",
    "Recheck",
    "Registration",
    "Release",
    "ResourceEntry",
    "Succession",
]
