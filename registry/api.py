"""The registry as JSON."""

from typing import Any

from marshmallow import post_dump

from kernel.pages import current_actor
from kernel.routes import serve
from registry import queries
from registry.models import (
    AdjustmentPart,
    AdjustmentRound,
    Aggregation,
    ArchivePackage,
    Assessment,
    BusinessRules,
    CatalogueEntry,
    CatalogueImport,
    Comparison,
    Database,
    DataResource,
    Debarment,
    Dossier,
    DutyToRegister,
    GradingRule,
    Holding,
    LeadSource,
    Licence,
    LicenceObjection,
    LocalCatalogue,
    Lookup,
    Notice,
    Objection,
    Overlap,
    Project,
    Recheck,
    Reconciliation,
    Registrar,
    RegistrarMeasure,
    Registration,
    Release,
    RightsRecord,
    Succession,
)
from registry.models.harvest import HarvestRun, HarvestSource
from registry.queries import aggregations, harvest, keeping, places, projects, rounds, sources
from registry.schemas.assessment import AssessmentView
from registry.schemas.catalogue import EntryView
from registry.schemas.collection import (
    AggregationView,
    ComparisonView,
    LeadSourceView,
    OverlapView,
    ReconciliationView,
)
from registry.schemas.databases import DatabaseView, LocalCatalogueView, PartView, RoundView
from registry.schemas.dossier import DossierView
from registry.schemas.harvest import HarvestRunView, HarvestSourceView
from registry.schemas.imports import ImportView
from registry.schemas.keeping import ArchiveView, GradingRuleView, LookupView
from registry.schemas.licence import LicenceView
from registry.schemas.oversight import (
    DebarmentView,
    LicenceObjectionView,
    NoticeView,
    RecheckView,
    SuccessionView,
)
from registry.schemas.projects import HoldingView, ProjectView
from registry.schemas.registrar import BusinessRulesView, MeasureView, RegistrarView
from registry.schemas.registration import ObjectionView, RegistrationView
from registry.schemas.release import ReleaseView
from registry.schemas.resource import ResourceView
from registry.schemas.rights import DutyView, RightsRecordView
from registry.vocabulary.entry_fields import FORM_FIELDS, PUBLIC_FIELDS


class EntryAnswer(EntryView):
    """An entry as JSON: who is no party of it and does not oversee its place reads the public fields only."""

    @post_dump(pass_original=True)
    def _public_part(self, told: dict[str, Any], entry: Any, **_: Any) -> dict[str, Any]:
        if queries.is_party(current_actor(), entry):
            return told
        hidden = (*(name for name in FORM_FIELDS if name not in PUBLIC_FIELDS), "change")
        return {name: value for name, value in told.items() if name not in hidden}


serve(CatalogueEntry, "registry", "entries", View=EntryAnswer, searches=("entry",))
serve(CatalogueImport, "registry", "imports", View=ImportView, list_=queries.imports)
serve(Release, "registry", "releases", View=ReleaseView, list_=queries.releases)
serve(DataResource, "registry", "resources", View=ResourceView, searches=("resource",))
serve(Registration, "registry", "registrations", View=RegistrationView, list_=queries.registrations)
serve(Objection, "registry", "objections", View=ObjectionView, list_=queries.objections)
serve(Registrar, "registry", "registrars", View=RegistrarView, list_=queries.registrars)
serve(BusinessRules, "registry", "business_rules", View=BusinessRulesView, list_=queries.business_rules)
serve(RegistrarMeasure, "registry", "registrar_measures", View=MeasureView, list_=queries.measures)
serve(RightsRecord, "registry", "rights_records", View=RightsRecordView, list_=queries.rights_records)
serve(DutyToRegister, "registry", "duties_to_register", View=DutyView, list_=queries.duties_to_register)
serve(Licence, "registry", "licences", View=LicenceView, list_=queries.licences)
serve(Dossier, "registry", "dossiers", View=DossierView, list_=queries.dossiers)
serve(Assessment, "registry", "assessments", View=AssessmentView, list_=queries.assessments)
serve(Notice, "registry", "notices", View=NoticeView, list_=queries.notices)
serve(LicenceObjection, "registry", "licence_objections", LicenceObjectionView, queries.licence_objections)
serve(Recheck, "registry", "rechecks", View=RecheckView, list_=queries.rechecks)
serve(Debarment, "registry", "debarments", View=DebarmentView, list_=queries.debarments)
serve(Succession, "registry", "successions", View=SuccessionView, list_=queries.successions)
serve(Database, "registry", "databases", View=DatabaseView, list_=places.databases)
serve(LocalCatalogue, "registry", "local_catalogues", View=LocalCatalogueView, list_=places.local_catalogues)
serve(AdjustmentRound, "registry", "adjustments", View=RoundView, list_=rounds.rounds)
serve(AdjustmentPart, "registry", "adjustment_parts", View=PartView, list_=rounds.parts)
serve(Project, "registry", "projects", View=ProjectView, list_=projects.projects)
serve(Holding, "registry", "holdings", View=HoldingView, list_=projects.holdings)
serve(LeadSource, "registry", "lead_sources", View=LeadSourceView, list_=sources.lead_sources)
serve(Overlap, "registry", "overlaps", View=OverlapView, list_=sources.overlaps)
serve(Comparison, "registry", "comparisons", View=ComparisonView, list_=sources.comparisons)
serve(Aggregation, "registry", "aggregations", View=AggregationView, list_=aggregations.aggregations)
serve(Reconciliation, "registry", "reconciliations", View=ReconciliationView, list_=aggregations.reconciliations)
serve(GradingRule, "registry", "grading_rules", View=GradingRuleView, list_=keeping.grading_rules)
serve(ArchivePackage, "registry", "archive_packages", View=ArchiveView, list_=keeping.archive_packages)
serve(Lookup, "registry", "lookups", View=LookupView, list_=keeping.lookups)
serve(HarvestSource, "registry", "harvest_sources", HarvestSourceView, harvest.harvest_sources)
serve(HarvestRun, "registry", "harvest_runs", HarvestRunView, harvest.harvest_runs)
