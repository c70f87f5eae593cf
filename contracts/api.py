"""Contracts as JSON."""

from contracts import queries
from contracts.models import (
    Agreement,
    Application,
    Bid,
    BidAssessment,
    ClauseTemplate,
    Consultation,
    DataElement,
    DevelopmentRight,
    ImplementationPlan,
    LibraryCondition,
    Obligation,
    OpenAccess,
    Outsourcing,
    Reconsideration,
    Rectification,
    RightChange,
    RightExit,
    Selection,
    SelectionObjection,
)
from contracts.queries import preparing, selections
from contracts.queries.access import accesses
from contracts.queries.conditions import conditions
from contracts.queries.texts import templates
from contracts.schemas import AgreementView, ApplicationView, ElementView, ObligationView, RightView
from contracts.schemas.access import AccessView
from contracts.schemas.clauses import TemplateView
from contracts.schemas.committee import (
    BidAssessmentView,
    BidView,
    PlanView,
    ResultObjectionView,
    SelectionView,
)
from contracts.schemas.condition import ConditionView
from contracts.schemas.consultation import ConsultationView, ReconsiderationView
from contracts.schemas.life_views import ChangeView, ExitView, RectificationView
from contracts.schemas.provider import OutsourcingView
from kernel.routes import serve

serve(Application, "contracts", "applications", ApplicationView, queries.applications)
serve(DevelopmentRight, "contracts", "rights", RightView, queries.rights)
serve(Agreement, "contracts", "agreements", AgreementView, queries.agreements)
serve(DataElement, "contracts", "elements", ElementView, queries.elements)
serve(Obligation, "contracts", "obligations", ObligationView, queries.obligations)
serve(Outsourcing, "contracts", "outsourcings", OutsourcingView, queries.outsourcings)
serve(ImplementationPlan, "contracts", "plans", PlanView, selections.plans)
serve(Selection, "contracts", "selections", SelectionView, selections.selections)
serve(Bid, "contracts", "bids", BidView, selections.bids)
serve(BidAssessment, "contracts", "bid_assessments", BidAssessmentView, selections.bid_assessments)
serve(SelectionObjection, "contracts", "selection_objections", ResultObjectionView, selections.selection_objections)
serve(Consultation, "contracts", "consultations", ConsultationView, preparing.consultations)
serve(Reconsideration, "contracts", "reconsiderations", ReconsiderationView, preparing.reconsiderations)
serve(ClauseTemplate, "contracts", "templates", TemplateView, templates)
serve(LibraryCondition, "contracts", "conditions", ConditionView, conditions)
serve(OpenAccess, "contracts", "accesses", AccessView, accesses)
serve(RightChange, "contracts", "changes", ChangeView, queries.changes)
serve(Rectification, "contracts", "rectifications", RectificationView, queries.items)
serve(RightExit, "contracts", "exits", ExitView, queries.exits)
