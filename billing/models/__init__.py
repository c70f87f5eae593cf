"""The tables of billing: price book, invoices and payments, ledger, settlement."""

from billing.models.invoice import Invoice, InvoiceLine, Payment, Serial
from billing.models.ledger import LedgerAccount, LedgerEntry, LedgerPosting
from billing.models.price import FeeCap, PermittedRevenue, PurposeDeclaration
from billing.models.settlement import Settlement, SettlementLine, Statement

__all__ = [
    "FeeCap",
    "Invoice",
    "InvoiceLine",
    "LedgerAccount",
    "LedgerEntry",
    "LedgerPosting",
    "Payment",
    "PermittedRevenue",
    "PurposeDeclaration",
    "Serial",
    "Settlement",
    "SettlementLine",
    "Statement",
]
