"""Who holds, uses and operates what is registered, and what still has to be registered."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel import audit
from kernel.db import Case, Record


@audit.sealed
class RightsRecord(Case, Record):
    """One right in what is registered: to hold it, to process and use it, or to operate it (WZ34, YN L128).

    It rests on a registration or on a development right (`source_type`, `source_id`, `source_number`) and stays in the
    record after it has ended.
    """

    __tablename__ = "registry_rights_record"
    resource_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("registry_resource.id"), index=True)
    product_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    kind: Mapped[str]
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    organisation_name: Mapped[str]
    source_type: Mapped[str]
    source_id: Mapped[uuid.UUID] = mapped_column(index=True)
    source_number: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    ended_on: Mapped[date | None]

    @property
    def heading(self) -> str:
        return f"{self.organisation_name} {self.source_number}"


class DutyToRegister(Case, Record):
    """That something used in authorised operation has to be registered by a day.

    `ground`: delivery – data were provided or a product delivered; transition – operation began before the rules.
    """

    __tablename__ = "registry_duty_to_register"
    object_type: Mapped[str]
    resource_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("registry_resource.id"), index=True)
    product_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    title: Mapped[str]
    holder_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    ground: Mapped[str]
    began_on: Mapped[date]
    counts_from: Mapped[date]
    registration_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("registry_registration.id"))
    waived_because: Mapped[str] = mapped_column(default="")

    holder: Mapped[Any] = relationship("Organisation", lazy="raise_on_sql", viewonly=True)

    @property
    def heading(self) -> str:
        return self.title
