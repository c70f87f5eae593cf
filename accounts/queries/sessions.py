"""Sessions, tries and tokens."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select

from accounts.models import Attempt, Membership, Organisation, Session, Token
from accounts.queries.memberships import fingerprint
from accounts.rules import comparable
from accounts.vocabulary import (
    KNOWN_ADDRESS_FOR,
    REGISTRATIONS_PER_ADDRESS,
    SESSION_IDLE,
    THROTTLE_WINDOW,
    TRIES_PER_ACCOUNT,
    TRIES_PER_ADDRESS,
)
from kernel.actor import Actor
from kernel.db import db
from kernel.permissions import visible, visible_to


@visible(Session)
def _visible_sessions(actor: Actor) -> ColumnElement[bool]:
    """One's own."""
    return Session.person_id == actor.user_id


@visible(Attempt)
def _visible_attempts(_actor: Actor) -> ColumnElement[bool]:
    """Nobody's business but the throttle's."""
    return false()


@visible(Token)
def _visible_tokens(actor: Actor) -> ColumnElement[bool]:
    """One's own; those who manage members also see the keys of their organisation."""
    if "sign" in actor.mandates:
        return or_(Token.person_id == actor.user_id, Token.organisation_id == actor.organisation_id)
    return Token.person_id == actor.user_id


def sessions(actor: Actor) -> Select[Session]:
    """The sessions the actor may see, the newest first."""
    return select(Session).where(visible_to(actor, Session)).order_by(Session.created_at.desc(), Session.id)


def attempts(actor: Actor) -> Select[Attempt]:
    """The tries the actor may see, the newest first."""
    return select(Attempt).where(visible_to(actor, Attempt)).order_by(Attempt.at.desc(), Attempt.id)


def session_by_token(token: str, now: datetime) -> Session | None:
    """The open session of a token, unless it was left alone or went on for too long."""
    query = select(Session).where(Session.token_hash == fingerprint(token), is_open(now))
    return db.session.scalar(query)


def is_open(now: datetime) -> ColumnElement[bool]:
    """The SQL condition for sessions that still count at a moment."""
    return and_(Session.state == "open", Session.expires_at > now, Session.last_seen_at > now - SESSION_IDLE)


def open_sessions(person_id: uuid.UUID, now: datetime) -> Sequence[Session]:
    """The sessions of a person that still count, the latest first."""
    query = select(Session).where(Session.person_id == person_id, is_open(now))
    return db.session.scalars(query.order_by(Session.last_seen_at.desc(), Session.id)).all()


def last_organisation(person_id: uuid.UUID) -> uuid.UUID | None:
    """The organisation the person acted for last and still belongs to, else the first one joined."""
    mine = select(Membership.organisation_id).where(
        Membership.person_id == person_id, Membership.state == "active"
    )
    latest = select(Session.organisation_id).where(
        Session.person_id == person_id, Session.organisation_id.in_(mine)
    )
    used = db.session.scalar(latest.order_by(Session.created_at.desc(), Session.id.desc()).limit(1))
    if used is not None:
        return used
    usable = mine.join(Organisation, Organisation.id == Membership.organisation_id)
    by_age = usable.order_by(Organisation.state != "active", Membership.created_at, Membership.id)
    return db.session.scalar(by_age.limit(1))


def is_throttled(kind: str, email: str, address: str, now: datetime) -> bool:
    """Whether there were so many failed tries lately that the next one has to wait.

    Tries from an address at which the person signed in lately are counted apart from those of strangers.
    """
    lately = and_(Attempt.kind == kind, Attempt.state == "made", Attempt.at > now - THROTTLE_WINDOW)
    from_here = _count(lately, Attempt.address == address)
    if kind == "register":
        return from_here >= REGISTRATIONS_PER_ADDRESS
    on_account = Attempt.account == fingerprint(comparable(email))
    known = _known_address(email, address, now)
    tries = _count(lately, on_account, Attempt.address == address) if known else _count(lately, on_account)
    return from_here >= TRIES_PER_ADDRESS or tries >= TRIES_PER_ACCOUNT


def _known_address(email: str, address: str, now: datetime) -> bool:
    succeeded = exists().where(
        Attempt.kind == "sign_in",
        Attempt.account == fingerprint(comparable(email)),
        Attempt.address == address,
        Attempt.state == "succeeded",
        Attempt.at > now - KNOWN_ADDRESS_FOR,
    )
    return bool(db.session.scalar(select(succeeded)))


def _count(*conditions: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(Attempt).where(*conditions)) or 0


def tokens(actor: Actor) -> Select[Token]:
    """The keys the actor may see, the newest first."""
    return select(Token).where(visible_to(actor, Token)).order_by(Token.created_at.desc(), Token.id)


def tokens_of(person_id: uuid.UUID) -> Sequence[Token]:
    """A person's own keys, the newest first."""
    query = select(Token).where(Token.person_id == person_id)
    return db.session.scalars(query.order_by(Token.created_at.desc(), Token.id)).all()
