"""Everything that writes the marketplace, one file a subject."""

from marketplace import deadlines  # noqa: F401  the clock that these commands start and stop
from marketplace.commands import delivery, download, entitlement, offer, order, passing, product, result

__all__ = ["delivery", "download", "entitlement", "offer", "order", "passing", "product", "result"]
