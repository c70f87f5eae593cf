"""The registration of resources and products, and objections against it."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel import audit
from kernel.db import Case, Record
from registry.models.resource import DataResource


@audit.sealed
class Registration(Case, Record):
    """One registration: first, change, correction, cancellation or renewal, of a resource or of a product.

    `previous_id`: the registration that a later kind concerns; `changes`: what a change or correction alters in the
    resource; `materials`: file facts by kind of paper; `number`: our own code with its check character, `local_code`
    and `national_code` those of the platforms above; `notice_…`: the days of the public notice; `party_…`: who asks
    for the correction of another's registration, and on what basis; `ground`: why a registration ends.
    `valid_until` is the earlier of `term_until` and the end of the authorisation (`bound_until`, by the agreement
    `bound_number`); `bounded_by` is the key of the profile that made it the day it is.
    """

    __tablename__ = "registry_registration"
    kind: Mapped[str]
    object_type: Mapped[str]
    resource_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("registry_resource.id"), index=True)
    product_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    previous_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("registry_registration.id"), index=True)
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(Text)
    applicant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    applied_by_id: Mapped[uuid.UUID | None]
    registrar_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    party_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    party_user_id: Mapped[uuid.UUID | None]
    party_name: Mapped[str] = mapped_column(default="")
    party_basis: Mapped[str] = mapped_column(default="")
    ground: Mapped[str] = mapped_column(default="")
    materials: Mapped[dict[str, Any]] = mapped_column(default=dict)
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    commitment: Mapped[bool] = mapped_column(default=False)
    risk_assessment: Mapped[str] = mapped_column(Text, default="")
    public_preview_confirmed: Mapped[bool] = mapped_column(default=False)
    supplement: Mapped[str | None] = mapped_column(Text)
    supplement_notices: Mapped[int] = mapped_column(default=0)
    reasons: Mapped[str | None] = mapped_column(Text)
    number: Mapped[str | None] = mapped_column(unique=True)
    local_code: Mapped[str | None] = mapped_column(unique=True)
    national_code: Mapped[str | None] = mapped_column(unique=True)
    accepted_on: Mapped[date | None]
    notice_from: Mapped[date | None]
    notice_until: Mapped[date | None] = mapped_column(index=True)
    notice_ended_on: Mapped[date | None]
    coded_on: Mapped[date | None]
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None] = mapped_column(index=True)
    term_until: Mapped[date | None]
    bound_until: Mapped[date | None]
    bound_number: Mapped[str] = mapped_column(default="")
    bounded_by: Mapped[str | None]
    reminded: Mapped[list[Any]] = mapped_column(default=list)
    ended_on: Mapped[date | None] = mapped_column(index=True)
    document_id: Mapped[uuid.UUID | None]

    resource: Mapped[DataResource | None] = relationship(lazy="raise_on_sql", viewonly=True)
    applicant: Mapped[Any] = relationship(
        "Organisation", foreign_keys=[applicant_id], lazy="raise_on_sql", viewonly=True
    )
    registrar: Mapped[Any] = relationship(
        "Organisation", foreign_keys=[registrar_id], lazy="raise_on_sql", viewonly=True
    )

    @property
    def heading(self) -> str:
        return self.title

    @property
    def answers_id(self) -> uuid.UUID | None:
        """Who answers for what is asked for: the interested party of a correction, else the registrant."""
        return self.applicant_id if self.party_user_id is None else self.party_id


@audit.sealed
class Objection(Case, Record):
    """What somebody has against a registration in its public notice. Real name; also without an account."""

    __tablename__ = "registry_objection"
    registration_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("registry_registration.id"), index=True)
    registrar_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    applicant_id: Mapped[uuid.UUID] = mapped_column(index=True)
    applied_by_id: Mapped[uuid.UUID | None]
    lodged_by_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    name: Mapped[str]
    contact: Mapped[str]
    grounds: Mapped[str] = mapped_column(Text)
    proof: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    comment: Mapped[str] = mapped_column(Text, default="")
    commented_at: Mapped[datetime | None]
    receipt: Mapped[str] = mapped_column(unique=True)
    reply: Mapped[str | None] = mapped_column(Text)
    decided_at: Mapped[datetime | None]

    registration: Mapped[Registration] = relationship(lazy="raise_on_sql", viewonly=True)

    @property
    def heading(self) -> str:
        return self.receipt
