"""Agreements and commitments."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contracts.vocabulary import SIGNED_BY_ONE
from kernel import audit
from kernel.db import Case, Record


@audit.sealed
class Agreement(Case, Record):
    """A text two parties bind themselves by, or a commitment of party B towards party A, about a right or an order."""

    __tablename__ = "contracts_agreement"
    __table_args__ = (UniqueConstraint("about_id", "kind"),)
    kind: Mapped[str] = mapped_column(index=True)
    about_type: Mapped[str]
    about_id: Mapped[uuid.UUID]
    title: Mapped[str]
    party_a_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    party_b_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    document_id: Mapped[uuid.UUID] = mapped_column(index=True)
    signed_by_ids: Mapped[list[str]] = mapped_column(default=list)
    applied_by_id: Mapped[uuid.UUID | None]
    in_force_at: Mapped[datetime | None]
    ended_because: Mapped[str] = mapped_column(default="")

    @property
    def heading(self) -> str:
        return self.title

    @property
    def signed_by_a(self) -> bool:
        """Whether party A signs too; a commitment is signed by party B alone."""
        return self.kind not in SIGNED_BY_ONE

    @property
    def must_sign_ids(self) -> list[uuid.UUID]:
        """The organisations whose signatures bring it into force."""
        return [self.party_a_id, self.party_b_id] if self.signed_by_a else [self.party_b_id]
