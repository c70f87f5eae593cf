"""Prices by purpose, caps and permitted revenue, invoices, payments, the ledger, sharing of income and settlement."""
