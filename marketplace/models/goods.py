"""Products, offers and their plans."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.db import Case, Record, db


class DataProduct(Case, Record):
    """What an operator or a developer made under a development right and sells.

    `sample`: {columns, rows}, masked by the seller, fixed at listing; `grounds`: why it is suspended now;
    `exchange_reference`: under which number an exchange lists it.
    """

    __tablename__ = "marketplace_product"
    __table_args__ = (Index("ix_marketplace_product_public", "state", "listed_at"),)
    seller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    right_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_right.id"), index=True)
    level: Mapped[str]
    title: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    abstract: Mapped[str]
    kind: Mapped[str] = mapped_column(index=True)
    fields: Mapped[list[Any]]
    purposes: Mapped[list[str]]
    keywords: Mapped[list[str]]
    theme: Mapped[str | None] = mapped_column(index=True)
    update_frequency: Mapped[str | None]
    treatment: Mapped[str] = mapped_column(default="")
    exchange_reference: Mapped[str] = mapped_column(default="")
    edition: Mapped[date | None]
    file_name: Mapped[str | None]
    storage_key: Mapped[str | None]
    media_type: Mapped[str | None]
    format: Mapped[str | None]
    sha256: Mapped[str | None]
    size: Mapped[int | None]
    rows: Mapped[int | None]
    sample: Mapped[dict[str, Any]]
    grounds: Mapped[list[str]]
    drafted_by_id: Mapped[uuid.UUID | None]
    listed_at: Mapped[datetime | None]
    ended_because: Mapped[str] = mapped_column(default="")
    made_of: Mapped[list["ProductElement"]] = relationship(lazy="raise_on_sql", passive_deletes=True)

    @property
    def heading(self) -> str:
        return self.title


class ProductElement(db.Model):  # type: ignore[name-defined,misc]
    """A data element a product is made of."""

    __tablename__ = "marketplace_product_element"
    product_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("marketplace_product.id"), primary_key=True)
    element_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contracts_element.id"), primary_key=True)


class Offer(Case, Record):
    """Under which terms a product can be ordered, for which purposes, from when to when."""

    __tablename__ = "marketplace_offer"
    product_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("marketplace_product.id"), index=True)
    seller_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    title: Mapped[str]
    purposes: Mapped[list[str]]
    open_from: Mapped[date]
    open_until: Mapped[date | None]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    plan_rows: Mapped[list["Plan"]] = relationship(
        lazy="raise_on_sql", passive_deletes=True, order_by="Plan.position"
    )

    @property
    def heading(self) -> str:
        return self.title


class Plan(Record):
    """What one unit is and costs: `mode` guided (bounded by the cap) or market; fen a unit; months of use."""

    __tablename__ = "marketplace_plan"
    offer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("marketplace_offer.id"), index=True)
    position: Mapped[int]
    unit: Mapped[str]
    price_minor: Mapped[int]
    mode: Mapped[str]
    term_months: Mapped[int]
    quantity_included: Mapped[int]
