"""Tables of contracts. Application, decision, right, document and obligation are records of their own, never merged."""

from contracts.models.access import OpenAccess
from contracts.models.agreement import Agreement
from contracts.models.application import Application, ApplicationSource, Assessment
from contracts.models.clauses import ClauseTemplate
from contracts.models.condition import LibraryCondition
from contracts.models.decision import Decision
from contracts.models.element import DataElement, ElementResource
from contracts.models.obligation import Obligation
from contracts.models.outsourcing import Outsourcing
from contracts.models.right import DevelopmentRight, RightSource, Suspension

__all__ = [
    "Agreement",
    "Application",
    "ApplicationSource",
    "Assessment",
    "ClauseTemplate",
    "DataElement",
    "Decision",
    "DevelopmentRight",
    "ElementResource",
    "LibraryCondition",
    "Obligation",
    "OpenAccess",
    "Outsourcing",
    "RightSource",
    "Suspension",
]
