"""Shapes that enter and leave billing, one file a subject."""

from billing.schemas.invoice import EndInput, InvoiceInput, InvoiceLineView, InvoiceView, LineInput
from billing.schemas.payment import (
    AnnounceInput,
    AttachInput,
    BeginInput,
    ConfirmInput,
    PaymentView,
    ReceiveInput,
    RefundInput,
)
from billing.schemas.price import (
    CapInput,
    CapView,
    CarryInput,
    DeclarationInput,
    DeclarationView,
    PermittedInput,
    PermittedView,
    ReasonInput,
    SupersedeInput,
    WarnInput,
)
from billing.schemas.settlement import SettlementInput, SettlementView, StatementView

__all__ = [
    "AnnounceInput",
    "AttachInput",
    "BeginInput",
    "CapInput",
    "CapView",
    "CarryInput",
    "ConfirmInput",
    "DeclarationInput",
    "DeclarationView",
    "EndInput",
    "InvoiceInput",
    "InvoiceLineView",
    "InvoiceView",
    "LineInput",
    "PaymentView",
    "PermittedInput",
    "PermittedView",
    "ReasonInput",
    "ReceiveInput",
    "RefundInput",
    "SettlementInput",
    "SettlementView",
    "StatementView",
    "SupersedeInput",
    "WarnInput",
]
