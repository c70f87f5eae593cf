"""Tables of issued documents."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel import audit
from kernel.audit import append_only
from kernel.db import Record, db

DRAWN_UP, IN_FORCE, SUPERSEDED, REVOKED = "drawn_up", "in_force", "superseded", "revoked"


@audit.sealed
class Document(Record):
    """One issued text. `data` is what was printed, `masthead` what stands around it; both are never changed.

    `current_key` is set while the document is drawn up or in force, so that a subject has one such at a time. Until the
    file is printed (`printed_at`), hash, size and storage key are empty.
    """

    __tablename__ = "document"
    number: Mapped[str] = mapped_column(String(60), unique=True)
    check_code: Mapped[str] = mapped_column(String(16), unique=True)
    kind: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    title_en: Mapped[str]
    subject_type: Mapped[str]
    subject_id: Mapped[uuid.UUID]
    part: Mapped[str] = mapped_column(default="")
    current_key: Mapped[str | None] = mapped_column(unique=True)
    jurisdiction: Mapped[str] = mapped_column(index=True)
    language: Mapped[str]
    template: Mapped[str]
    template_version: Mapped[str] = mapped_column(String(12))
    template_key: Mapped[str]
    renderer: Mapped[str]
    data: Mapped[dict[str, Any]]
    masthead: Mapped[dict[str, Any]]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    storage_key: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    public: Mapped[bool]
    parties: Mapped[list[str]]
    signatories: Mapped[list[str]]
    issued_at: Mapped[datetime]
    printed_at: Mapped[datetime | None]
    frozen_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[dict[str, Any] | None]
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("document.id"))

    __table_args__ = (Index("ix_document_subject", "subject_type", "subject_id"),)

    @property
    def heading(self) -> str:
        """How it is called in lists."""
        return f"{self.title} ({self.number})"

    @property
    def check_address(self) -> str:
        """The public address printed on the document and in its QR code."""
        return str(self.masthead["check_address"])

    @property
    def file_name(self) -> str:
        """The name under which the file is handed out."""
        return f"{self.title}-{self.number}.pdf"

    @property
    def is_printed(self) -> bool:
        """Whether the file is there: long documents are printed after the command that draws them up."""
        return self.printed_at is not None

    @property
    def is_current(self) -> bool:
        """Whether it is drawn up or in force, neither superseded nor revoked."""
        return self.current_key is not None


class DocumentPrint(db.Model):  # type: ignore[name-defined,misc]
    """A document whose file is not there yet: since when it waits, when its printing began, how many pages there are.

    Working data of the runner; the row goes when the file is there.
    """

    __tablename__ = "document_print"
    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("document.id"), primary_key=True)
    waiting_since: Mapped[datetime] = mapped_column(index=True)
    begun_at: Mapped[datetime | None]
    pages: Mapped[int] = mapped_column(default=0)
    document: Mapped[Document] = relationship(lazy="raise_on_sql")  # so that documents are written first


class DocumentParty(db.Model):  # type: ignore[name-defined,misc]
    """An organisation that may read a document; the list in the document itself, for searching."""

    __tablename__ = "document_party"
    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("document.id"), primary_key=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True, index=True)
    document: Mapped[Document] = relationship(lazy="raise_on_sql")  # so that documents are written first


class DocumentSerial(db.Model):  # type: ignore[name-defined,misc]
    """The next number of a series; raised in the transaction that uses it, so that no number is lost."""

    __tablename__ = "document_serial"
    series: Mapped[str] = mapped_column(String(40), primary_key=True)
    next: Mapped[int]


class Signature(Record):
    """The act by which a named person signed for an organisation (`party_id`), or for himself.

    `capacity` is a pair {"zh", "en"}; `evidence` what the provider keeps; `storage_key` the signed file where the
    provider makes one.
    """

    __tablename__ = "document_signature"
    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("document.id"), index=True)
    party_id: Mapped[uuid.UUID]
    user_id: Mapped[uuid.UUID]
    name: Mapped[str]
    organisation_id: Mapped[uuid.UUID | None]
    organisation_name: Mapped[str]
    capacity: Mapped[dict[str, Any]]
    mandate: Mapped[str]
    method: Mapped[str]
    document_sha256: Mapped[str] = mapped_column(String(64))
    signed_at: Mapped[datetime]
    evidence: Mapped[dict[str, Any]]
    storage_key: Mapped[str | None]
    document: Mapped[Document] = relationship(lazy="raise_on_sql")  # so that documents are written first

    __table_args__ = (UniqueConstraint("document_id", "party_id"),)


class DocumentStamp(Record):
    """A renewed time stamp over the signatures in the file of a document, and the file with it."""

    __tablename__ = "document_stamp"
    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("document.id"), index=True)
    at: Mapped[datetime]
    sha256: Mapped[str] = mapped_column(String(64))
    storage_key: Mapped[str]
    document: Mapped[Document] = relationship(lazy="raise_on_sql")  # so that documents are written first


append_only(Signature.__table__)
append_only(DocumentStamp.__table__)
