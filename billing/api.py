"""Billing as JSON."""

from billing import queries
from billing.models import (
    FeeCap,
    Invoice,
    Payment,
    PermittedRevenue,
    PurposeDeclaration,
    Settlement,
    Statement,
)
from billing.schemas import (
    CapView,
    DeclarationView,
    InvoiceView,
    PaymentView,
    PermittedView,
    SettlementView,
    StatementView,
)
from kernel.routes import serve

serve(FeeCap, "billing", "caps", CapView, queries.caps)
serve(PermittedRevenue, "billing", "permitted-revenues", PermittedView, queries.permitted_revenues)
serve(PurposeDeclaration, "billing", "declarations", DeclarationView, queries.declarations)
serve(Invoice, "billing", "invoices", InvoiceView, queries.invoices)
serve(Payment, "billing", "payments", PaymentView, queries.payments)
serve(Settlement, "billing", "settlements", SettlementView, queries.settlements)
serve(Statement, "billing", "statements", StatementView, queries.statements)
