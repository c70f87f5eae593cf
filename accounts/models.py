"""The tables of accounts."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.db import Case, Record


class Person(Record):
    """A human being with an e-mail address. `demo_role` is set for people of the demonstration only."""

    __tablename__ = "accounts_person"
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str]
    language: Mapped[str] = mapped_column(default="zh")
    state: Mapped[str] = mapped_column(index=True)
    demo_role: Mapped[str | None] = mapped_column(index=True)
    created_at: Mapped[datetime]

    @property
    def heading(self) -> str:
        return self.name


class Organisation(Case, Record):
    """A legal person. `side` is managing or operating, for good; a proposed one may not have its credit code yet."""

    __tablename__ = "accounts_organisation"
    uscc: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)
    name_en: Mapped[str] = mapped_column(default="")
    legal_form: Mapped[str] = mapped_column(default="other")
    side: Mapped[str] = mapped_column(index=True)
    roles: Mapped[list[str]]
    address: Mapped[str] = mapped_column(default="")
    legal_representative: Mapped[str] = mapped_column(default="")
    contact_name: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(default="")
    security_head: Mapped[str] = mapped_column(default="")
    security_officer: Mapped[str] = mapped_column(default="")
    data_body: Mapped[str] = mapped_column(default="")
    controlled_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("accounts_organisation.id"), index=True
    )
    bank_account: Mapped[str] = mapped_column(default="")
    suspended_because: Mapped[str] = mapped_column(default="")

    @property
    def heading(self) -> str:
        return self.name


class Membership(Record):
    """That a person belongs to an organisation. An invited one has no person until the invitation is taken up."""

    code = ""  # of the invitation: only on the object that `invite` just made
    __tablename__ = "accounts_membership"
    __table_args__ = (
        Index(
            "uq_accounts_membership_open",
            "organisation_id",
            "email",
            unique=True,
            sqlite_where=text("state != 'ended'"),
            postgresql_where=text("state != 'ended'"),
        ),
    )
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("accounts_person.id"), index=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    jurisdiction: Mapped[str]
    email: Mapped[str] = mapped_column(index=True)
    invitation_hash: Mapped[str | None]
    state: Mapped[str] = mapped_column(index=True)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    person: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")

    @property
    def heading(self) -> str:
        return self.email


class Mandate(Record):
    """What a member may do for the organisation, from the first day to the last. In force is judged from the days."""

    __tablename__ = "accounts_mandate"
    membership_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_membership.id"), index=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    jurisdiction: Mapped[str]
    kind: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    state: Mapped[str]
    created_at: Mapped[datetime]
    membership: Mapped[Membership] = relationship(lazy="raise_on_sql")

    @property
    def heading(self) -> str:
        return self.kind


class Session(Record):
    """One signed-in browser. Only the hash of its token is kept, so that a stolen table opens nothing."""

    secret = ""  # the token itself: only on the object that `begin` just made
    __tablename__ = "accounts_session"
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_person.id"), index=True)
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("accounts_organisation.id"))
    state: Mapped[str]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    agent: Mapped[str]
    address: Mapped[str] = mapped_column(index=True)

    @property
    def heading(self) -> str:
        return self.agent


class Attempt(Record):
    """One try to sign in, register or prove a password: what the throttle counts. `account` is a hash."""

    __tablename__ = "accounts_attempt"
    __table_args__ = (
        Index("ix_accounts_attempt_account", "kind", "account", "at"),
        Index("ix_accounts_attempt_address", "kind", "address", "at"),
    )
    kind: Mapped[str]
    account: Mapped[str]
    address: Mapped[str]
    at: Mapped[datetime]
    state: Mapped[str]

    @property
    def heading(self) -> str:
        return self.kind


class Token(Record):
    """A key for programs. Shown once; kept as a hash and a prefix by which its owner knows it."""

    secret = ""  # the key itself: only on the object that `issue` just made
    __tablename__ = "accounts_token"
    __table_args__ = (UniqueConstraint("hash"),)
    name: Mapped[str]
    prefix: Mapped[str]
    hash: Mapped[str]
    scope: Mapped[str]
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_person.id"), index=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts_organisation.id"), index=True)
    expires_on: Mapped[date]
    state: Mapped[str]
    created_at: Mapped[datetime]

    @property
    def heading(self) -> str:
        return self.name
