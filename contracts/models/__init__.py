"""Tables of contracts. Application, decision, right, document and obligation are records of their own, never merged."""

from contracts.models.access import OpenAccess
from contracts.models.agreement import Agreement
from contracts.models.application import Application, ApplicationSource, Assessment
from contracts.models.clauses import ClauseTemplate
from contracts.models.condition import LibraryCondition
from contracts.models.consultation import Advice, Consultation
from contracts.models.decision import Decision
from contracts.models.element import DataElement, ElementResource
from contracts.models.implementation import ImplementationPlan
from contracts.models.life import Rectification, RightChange, RightExit
from contracts.models.obligation import Obligation
from contracts.models.outsourcing import Outsourcing
from contracts.models.reconsideration import Reconsideration
from contracts.models.right import DevelopmentRight, RightSource, Suspension
from contracts.models.selection import Bid, BidAssessment, Selection, SelectionObjection

__all__ = [
    "Advice",
    "Agreement",
    "Application",
    "ApplicationSource",
    "Assessment",
    "Bid",
    "BidAssessment",
    "ClauseTemplate",
    "Consultation",
    "DataElement",
    "Decision",
    "DevelopmentRight",
    "ElementResource",
    "ImplementationPlan",
    "LibraryCondition",
    "Obligation",
    "OpenAccess",
    "Outsourcing",
    "Reconsideration",
    "Rectification",
    "RightChange",
    "RightExit",
    "RightSource",
    "Selection",
    "SelectionObjection",
    "Suspension",
]
