"""Shapes that enter and leave the marketplace, one file a subject."""

from marketplace.schemas.offer import OfferInput, OfferView, PlanView
from marketplace.schemas.order import CancelInput, OrderInput, OrderRef, OrderView
from marketplace.schemas.product import (
    AttachInput,
    GroundInput,
    ListInput,
    ProductInput,
    ProductView,
    WithdrawInput,
)
from marketplace.schemas.use import (
    DeliveryView,
    DownloadView,
    EntitlementView,
    FetchInput,
    ReleaseInput,
    ResultInput,
    ResultView,
)

__all__ = [
    "AttachInput",
    "CancelInput",
    "DeliveryView",
    "DownloadView",
    "EntitlementView",
    "FetchInput",
    "GroundInput",
    "ListInput",
    "OfferInput",
    "OfferView",
    "OrderInput",
    "OrderRef",
    "OrderView",
    "PlanView",
    "ProductInput",
    "ProductView",
    "ReleaseInput",
    "ResultInput",
    "ResultView",
    "WithdrawInput",
]
