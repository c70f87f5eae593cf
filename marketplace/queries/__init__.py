"""Everything that reads the marketplace. Lists take the actor first; what other packages ask is by id."""

from marketplace.queries.offers import offer, offers_of, open_plans_of, ordered
from marketplace.queries.open_data import open_files, open_formats, open_themes, release_for_all
from marketplace.queries.orders import (
    agreement_of,
    order,
    orders,
    orders_past_signing,
    sales_counted,
)
from marketplace.queries.prices import answers_for, price_rows, priced_plans
from marketplace.queries.products import (
    elements_of,
    product,
    products,
    products_of_element,
    products_of_right,
    products_of_seller,
)
from marketplace.queries.search import PRICED_AS
from marketplace.queries.seen import seen
from marketplace.queries.supply import access_troubles, check_access, check_supply, supply_trouble
from marketplace.queries.use import (
    deliveries,
    deliveries_of,
    download_counts,
    downloads,
    entitlement,
    entitlement_of_order,
    entitlements,
    entitlements_of_product,
    entitlements_past_end,
    free_entitlements,
    results,
    results_of,
    used_calls,
)

__all__ = [
    "PRICED_AS",
    "access_troubles",
    "agreement_of",
    "answers_for",
    "check_access",
    "check_supply",
    "deliveries",
    "deliveries_of",
    "download_counts",
    "downloads",
    "elements_of",
    "entitlement",
    "entitlement_of_order",
    "entitlements",
    "entitlements_of_product",
    "entitlements_past_end",
    "free_entitlements",
    "offer",
    "offers_of",
    "open_files",
    "open_formats",
    "open_plans_of",
    "open_themes",
    "order",
    "ordered",
    "orders",
    "orders_past_signing",
    "price_rows",
    "priced_plans",
    "product",
    "products",
    "products_of_element",
    "products_of_right",
    "products_of_seller",
    "release_for_all",
    "results",
    "results_of",
    "sales_counted",
    "seen",
    "supply_trouble",
    "used_calls",
]
