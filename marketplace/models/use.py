"""Orders, rights of use, deliveries, downloads of open data, and results that users report."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kernel.audit import append_only
from kernel.db import Case, Record


class Order(Case, Record):
    """What a buyer ordered, with the price as the server computed it. All amounts in fen.

    `quote` is the snapshot of the price answer: list price, cap and its document, basis, explanation.
    """

    __tablename__ = "marketplace_order"
    number: Mapped[str] = mapped_column(unique=True)
    product_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("marketplace_product.id"), index=True)
    offer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("marketplace_offer.id"))
    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("marketplace_plan.id"))
    right_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_right.id"))
    product_title: Mapped[str]
    buyer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    buyer_name: Mapped[str]
    seller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    seller_name: Mapped[str]
    purpose_class: Mapped[str]
    use_text: Mapped[str]
    project: Mapped[str] = mapped_column(default="")
    declaration_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("billing_declaration.id"))
    unit: Mapped[str]
    mode: Mapped[str]
    quantity: Mapped[int]
    list_price_minor: Mapped[int]
    unit_price_minor: Mapped[int]
    total_minor: Mapped[int]
    waived_minor: Mapped[int]
    currency: Mapped[str]
    quote: Mapped[dict[str, Any]]
    calls_included: Mapped[int | None]
    term_months: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    sign_by: Mapped[date] = mapped_column(index=True)
    placed_by_id: Mapped[uuid.UUID | None]
    placed_on: Mapped[date] = mapped_column(index=True)
    activated_at: Mapped[datetime | None]
    ended_because: Mapped[str] = mapped_column(default="")

    @property
    def heading(self) -> str:
        return f"{self.product_title} ({self.number})"

    @property
    def is_free(self) -> bool:
        """Whether the purpose makes it free: then the buyer commits itself instead of paying."""
        return self.mode == "free"


class Entitlement(Case, Record):
    """What a buyer may use, for which purpose, from when to when; `calls_included` only where calls are counted."""

    __tablename__ = "marketplace_entitlement"
    order_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("marketplace_order.id"), unique=True)
    product_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("marketplace_product.id"), index=True)
    right_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_right.id"))
    product_title: Mapped[str]
    seller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    holder_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    purpose_class: Mapped[str]
    free: Mapped[bool]
    starts_on: Mapped[date]
    ends_on: Mapped[date] = mapped_column(index=True)
    edition: Mapped[date | None]
    calls_included: Mapped[int | None]
    grounds: Mapped[list[str]]
    ended_because: Mapped[str] = mapped_column(default="")

    @property
    def heading(self) -> str:
        return self.product_title


class Delivery(Case, Record):
    """One handing over: which bytes, to whom, when, and how to cite them. Never changed afterwards.

    `source` names where the data come from; `obtained_on` is the legal day; `question` and `answer` stand for a
    verification, which hands over no data; the file can be loaded until `link_until`.
    """

    __tablename__ = "marketplace_delivery"
    __table_args__ = (Index("ix_marketplace_delivery_of", "entitlement_id", "at"),)
    entitlement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("marketplace_entitlement.id"))
    order_number: Mapped[str]
    product_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("marketplace_product.id"), index=True)
    product_title: Mapped[str]
    seller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    seller_name: Mapped[str]
    holder_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    person_id: Mapped[uuid.UUID | None]
    person_name: Mapped[str]
    edition: Mapped[date | None]
    file_name: Mapped[str | None]
    storage_key: Mapped[str | None]
    media_type: Mapped[str | None]
    sha256: Mapped[str]
    size: Mapped[int]
    source: Mapped[str]
    obtained_on: Mapped[date]
    at: Mapped[datetime]
    link_until: Mapped[datetime]
    question: Mapped[dict[str, Any] | None]
    answer: Mapped[bool | None]

    @property
    def heading(self) -> str:
        return f"{self.product_title} {self.obtained_on.isoformat()}"


class Download(Case, Record):
    """One download of an open file, without a name: which bytes, when."""

    __tablename__ = "marketplace_download"
    release_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("registry_release.id"), index=True)
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    title: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    at: Mapped[datetime] = mapped_column(index=True)

    @property
    def heading(self) -> str:
        return self.title


class Result(Case, Record):
    """Something a user made with the data and published, naming source and date (attribution)."""

    __tablename__ = "marketplace_result"
    entitlement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("marketplace_entitlement.id"), index=True)
    product_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("marketplace_product.id"), index=True)
    seller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    holder_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    kind: Mapped[str]
    title: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    published_on: Mapped[date]
    reported_by_id: Mapped[uuid.UUID | None]

    @property
    def heading(self) -> str:
        return self.title


append_only(Delivery.__table__)
append_only(Download.__table__)
