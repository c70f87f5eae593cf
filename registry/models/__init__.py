"""Tables of the registry: catalogue, imports, releases, resources, registrations, licences."""

from registry.models.assessment import Assessment
from registry.models.catalogue import CatalogueEntry, EntryTerm
from registry.models.collection import Aggregation, Comparison, EntryName, LeadSource, Overlap, Reconciliation
from registry.models.databases import Database, DatabaseEntry
from registry.models.dossier import Dossier, Paper
from registry.models.imports import CatalogueImport, ImportRow
from registry.models.keeping import ArchivePackage, GradingRule, Lookup
from registry.models.licence import Licence
from registry.models.oversight import Debarment, LicenceObjection, Notice, Recheck, Succession
from registry.models.project import Holding, Project
from registry.models.registrar import BusinessRules, Registrar, RegistrarMeasure
from registry.models.registration import Objection, Registration
from registry.models.release import Release
from registry.models.resource import DataResource, ResourceEntry
from registry.models.rights import DutyToRegister, RightsRecord
from registry.models.rounds import AdjustmentItem, AdjustmentPart, AdjustmentRound, LocalCatalogue

__all__ = [
    "AdjustmentItem",
    "AdjustmentPart",
    "AdjustmentRound",
    "Aggregation",
    "ArchivePackage",
    "Assessment",
    "BusinessRules",
    "CatalogueEntry",
    "CatalogueImport",
    "Comparison",
    "DataResource",
    "Database",
    "DatabaseEntry",
    "Debarment",
    "Dossier",
    "DutyToRegister",
    "EntryName",
    "EntryTerm",
    "GradingRule",
    "Holding",
    "ImportRow",
    "LeadSource",
    "Licence",
    "LicenceObjection",
    "LocalCatalogue",
    "Lookup",
    "Notice",
    "Objection",
    "Overlap",
    "Paper",
    "Project",
    "Recheck",
    "Reconciliation",
    "Registrar",
    "RegistrarMeasure",
    "Registration",
    "Release",
    "ResourceEntry",
    "RightsRecord",
    "Succession",
]
