"""Everything that can change billing, one file a subject; `ledger.post` is the only way into the ledger."""

from billing import deadlines  # noqa: F401  the clocks that these commands start and stop
from billing.commands import cap, declaration, invoice, payment, permitted_revenue, settlement

__all__ = ["cap", "declaration", "invoice", "payment", "permitted_revenue", "settlement"]
