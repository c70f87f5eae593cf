"""The tables of the marketplace: what is offered, and how it is used."""

from marketplace.models.goods import DataProduct, Offer, Plan, ProductElement
from marketplace.models.use import Delivery, Download, Entitlement, Order, Result

__all__ = [
    "DataProduct",
    "Delivery",
    "Download",
    "Entitlement",
    "Offer",
    "Order",
    "Plan",
    "ProductElement",
    "Result",
]
