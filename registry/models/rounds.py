"""A place's catalogue as a whole: reported to the level above, and adjusted in yearly rounds."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.db import Case, Record
from registry.models.catalogue import CatalogueEntry


class LocalCatalogue(Case, Record):
    """The catalogue of a place as its authority compiled it for the level above.

    `kind`: full or supplement; `entries`: how many it holds; `sha256`: over the identities and versions of its
    entries, so that both levels speak of the same catalogue; `organisation_id`: the authority that compiled it.
    """

    __tablename__ = "registry_local_catalogue"
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    kind: Mapped[str]
    edition: Mapped[str]
    note: Mapped[str | None] = mapped_column(Text)
    entries: Mapped[int]
    waiting: Mapped[int]
    agencies: Mapped[int]
    sha256: Mapped[str]
    compiled_at: Mapped[datetime]
    submitted_by_id: Mapped[uuid.UUID | None]
    reasons: Mapped[str | None] = mapped_column(Text)
    decided_by: Mapped[str | None]

    organisation: Mapped[Any] = relationship("Organisation", lazy="raise_on_sql", viewonly=True)

    @property
    def heading(self) -> str:
        return f"{self.jurisdiction} {self.edition}"


class AdjustmentRound(Case, Record):
    """A round in which every agency of a place confirms or changes its published entries."""

    __tablename__ = "registry_adjustment_round"
    title: Mapped[str]
    focus: Mapped[str | None] = mapped_column(Text)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    reasons: Mapped[str | None] = mapped_column(Text)
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)

    @property
    def heading(self) -> str:
        return self.title


class AdjustmentPart(Case, Record):
    """What one agency has to answer in a round."""

    __tablename__ = "registry_adjustment_part"
    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("registry_adjustment_round.id"))
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    title: Mapped[str]
    answered_on: Mapped[date | None]

    round: Mapped[AdjustmentRound] = relationship(lazy="raise_on_sql", viewonly=True)
    agency: Mapped[Any] = relationship("Organisation", lazy="raise_on_sql", viewonly=True)
    items: Mapped[list["AdjustmentItem"]] = relationship(lazy="raise_on_sql")

    __table_args__ = (Index("uq_registry_adjustment_part", "round_id", "agency_id", unique=True),)

    @property
    def heading(self) -> str:
        return self.title


class AdjustmentItem(Record):
    """One entry in a round. `outcome`: open, confirmed, changed."""

    __tablename__ = "registry_adjustment_item"
    part_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("registry_adjustment_part.id"))
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("registry_entry.id"), index=True)
    outcome: Mapped[str]
    at: Mapped[datetime | None]

    entry: Mapped[CatalogueEntry] = relationship(lazy="raise_on_sql", viewonly=True)

    __table_args__ = (Index("ix_registry_adjustment_item_part_id_outcome", "part_id", "outcome"),)
