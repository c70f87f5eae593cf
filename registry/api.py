"""The registry as JSON."""

from kernel.routes import serve
from registry import queries
from registry.models import (
    Assessment,
    CatalogueEntry,
    CatalogueImport,
    DataResource,
    Debarment,
    Dossier,
    Licence,
    LicenceObjection,
    Notice,
    Objection,
    Recheck,
    Registration,
    Release,
    Succession,
)
from registry.schemas.assessment import AssessmentView
from registry.schemas.catalogue import EntryView
from registry.schemas.dossier import DossierView
from registry.schemas.imports import ImportView
from registry.schemas.licence import LicenceView
from registry.schemas.oversight import (
    DebarmentView,
    LicenceObjectionView,
    NoticeView,
    RecheckView,
    SuccessionView,
)
from registry.schemas.registration import ObjectionView, RegistrationView
from registry.schemas.release import ReleaseView
from registry.schemas.resource import ResourceView

serve(CatalogueEntry, "registry", "entries", View=EntryView, searches=("entry",))
serve(CatalogueImport, "registry", "imports", View=ImportView, list_=queries.imports)
serve(Release, "registry", "releases", View=ReleaseView, list_=queries.releases)
serve(DataResource, "registry", "resources", View=ResourceView, searches=("resource",))
serve(Registration, "registry", "registrations", View=RegistrationView, list_=queries.registrations)
serve(Objection, "registry", "objections", View=ObjectionView, list_=queries.objections)
serve(Licence, "registry", "licences", View=LicenceView, list_=queries.licences)
serve(Dossier, "registry", "dossiers", View=DossierView, list_=queries.dossiers)
serve(Assessment, "registry", "assessments", View=AssessmentView, list_=queries.assessments)
serve(Notice, "registry", "notices", View=NoticeView, list_=queries.notices)
serve(LicenceObjection, "registry", "licence_objections", LicenceObjectionView, queries.licence_objections)
serve(Recheck, "registry", "rechecks", View=RecheckView, list_=queries.rechecks)
serve(Debarment, "registry", "debarments", View=DebarmentView, list_=queries.debarments)
serve(Succession, "registry", "successions", View=SuccessionView, list_=queries.successions)
