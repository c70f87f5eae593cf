"""Contracts as JSON."""

from contracts import queries
from contracts.models import (
    Agreement,
    Application,
    ClauseTemplate,
    DataElement,
    DevelopmentRight,
    LibraryCondition,
    Obligation,
    OpenAccess,
    Outsourcing,
)
from contracts.queries.access import accesses
from contracts.queries.conditions import conditions
from contracts.queries.texts import templates
from contracts.schemas import AgreementView, ApplicationView, ElementView, ObligationView, RightView
from contracts.schemas.access import AccessView
from contracts.schemas.clauses import TemplateView
from contracts.schemas.condition import ConditionView
from contracts.schemas.provider import OutsourcingView
from kernel.routes import serve

serve(Application, "contracts", "applications", ApplicationView, queries.applications)
serve(DevelopmentRight, "contracts", "rights", RightView, queries.rights)
serve(Agreement, "contracts", "agreements", AgreementView, queries.agreements)
serve(DataElement, "contracts", "elements", ElementView, queries.elements)
serve(Obligation, "contracts", "obligations", ObligationView, queries.obligations)
serve(Outsourcing, "contracts", "outsourcings", OutsourcingView, queries.outsourcings)
serve(ClauseTemplate, "contracts", "templates", TemplateView, templates)
serve(LibraryCondition, "contracts", "conditions", ConditionView, conditions)
serve(OpenAccess, "contracts", "accesses", AccessView, accesses)
