"""Billing as pages: bills and payments, caps, purposes, permitted revenue, settlements, income, and the desk."""

from billing.views import caps, declarations, desk, income, invoices, online, payments, revenue, settlements
from billing.views.door import pages

__all__ = [
    "caps",
    "declarations",
    "desk",
    "income",
    "invoices",
    "online",
    "pages",
    "payments",
    "revenue",
    "settlements",
]
