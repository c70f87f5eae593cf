"""Shapes that enter and leave contracts, one file a subject."""

from contracts.schemas.agreement import AgreementInput, AgreementView, EndInput
from contracts.schemas.application import ApplicationInput, ApplicationView, ReturnInput
from contracts.schemas.decision import AssessmentInput, AssessmentView, DecisionView, GrantInput, RefusalInput
from contracts.schemas.element import AttachInput, ElementInput, ElementView, ReasonInput
from contracts.schemas.obligation import FulfilInput, ObligationInput, ObligationView, WaiveInput
from contracts.schemas.right import (
    DropInput,
    EstablishInput,
    LapseInput,
    LiftInput,
    NoticeInput,
    ReplyInput,
    RightView,
    SuspendInput,
    TerminateInput,
)
from contracts.schemas.signing import RefuseInput, SignInput

__all__ = [
    "AgreementInput",
    "AgreementView",
    "ApplicationInput",
    "ApplicationView",
    "AssessmentInput",
    "AssessmentView",
    "AttachInput",
    "DecisionView",
    "DropInput",
    "ElementInput",
    "ElementView",
    "EndInput",
    "EstablishInput",
    "FulfilInput",
    "GrantInput",
    "LapseInput",
    "LiftInput",
    "NoticeInput",
    "ObligationInput",
    "ObligationView",
    "ReasonInput",
    "RefusalInput",
    "RefuseInput",
    "ReplyInput",
    "ReturnInput",
    "RightView",
    "SignInput",
    "SuspendInput",
    "TerminateInput",
    "WaiveInput",
]
