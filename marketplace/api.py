"""The JSON addresses of the marketplace. Reading needs no key for what is public; every change is a command."""

from kernel.routes import serve
from marketplace import queries
from marketplace.models import DataProduct, Delivery, Download, Entitlement, Offer, Order, Result
from marketplace.queries.offers import offers
from marketplace.schemas import (
    DeliveryView,
    DownloadView,
    EntitlementView,
    OfferView,
    OrderView,
    ProductView,
    ResultView,
)

serve(DataProduct, "marketplace", "products", ProductView, searches=("product",))
serve(Offer, "marketplace", "offers", OfferView, offers)
serve(Order, "marketplace", "orders", OrderView, queries.orders)
serve(Entitlement, "marketplace", "entitlements", EntitlementView, queries.entitlements)
serve(Delivery, "marketplace", "deliveries", DeliveryView, queries.deliveries)
serve(Download, "marketplace", "downloads", DownloadView, queries.downloads)
serve(Result, "marketplace", "results", ResultView, queries.results)
