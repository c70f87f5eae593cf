"""From rows to an Actor: what a person may do for an organisation on a day. Read anew for every request."""

import uuid
from datetime import date, datetime

from sqlalchemy import select

from accounts.models import Mandate, Membership, Organisation, Person, Session, Token
from accounts.queries.memberships import fingerprint, in_force
from accounts.queries.organisations import holds_role, organisation_by_code
from accounts.queries.people import person_by_email
from accounts.queries.places import places_below
from accounts.queries.sessions import last_organisation
from kernel import clock
from kernel.actor import ANONYMOUS, Actor
from kernel.db import db
from kernel.errors import NotFound


def actor_for(person: Person, organisation: Organisation | None, on: date) -> Actor:
    """The person acting for the organisation on a day: its roles, and the mandates in force.

    Without an active membership nobody acts for it. Of an organisation that is not active there is no more than the
    name: its people may read what is theirs and do nothing. A suspended person is nobody.
    """
    if person.state != "active":
        return ANONYMOUS
    mandates = _mandates(person.id, organisation.id, on) if organisation else None
    if organisation is None or mandates is None:
        return Actor(user_id=person.id, name=person.name)
    acts = organisation.state == "active"
    return Actor(
        user_id=person.id,
        name=person.name,
        organisation_id=organisation.id,
        organisation_name=organisation.name,
        roles=frozenset(role for role in organisation.roles if holds_role(organisation, role, on))
        if acts
        else frozenset(),
        mandates=mandates if acts else frozenset(),
        jurisdictions=places_below(organisation.jurisdiction) if acts else frozenset(),
    )


def _mandates(person_id: uuid.UUID, organisation_id: uuid.UUID, on: date) -> frozenset[str] | None:
    """The mandates in force, none of them perhaps; None for somebody who is no member."""
    today = (Mandate.membership_id == Membership.id) & in_force(on)
    query = select(Mandate.kind).select_from(Membership).outerjoin(Mandate, today)
    query = query.where(
        Membership.person_id == person_id,
        Membership.organisation_id == organisation_id,
        Membership.state == "active",
    )
    rows = db.session.scalars(query).all()
    return frozenset(kind for kind in rows if kind) if rows else None


def actor_of_session(session: Session, on: date) -> Actor:
    """Who acts in a session."""
    return _actor(session.person_id, session.organisation_id, on)


def actor_of_token(secret: str, now: datetime) -> Actor | None:
    """Who acts with a key for programs; None where it is unknown, revoked or over. A reading key has no mandates."""
    query = select(Token).where(Token.hash == fingerprint(secret), Token.state == "active")
    token = db.session.scalar(query)
    today = clock.legal_day(now)
    if token is None or token.expires_on < today:
        return None
    actor = _actor(token.person_id, token.organisation_id, today)
    if actor.organisation_id is None:
        return None
    return actor if token.scope == "act" else _reading(actor)


def _reading(actor: Actor) -> Actor:
    return Actor(
        user_id=actor.user_id,
        name=actor.name,
        organisation_id=actor.organisation_id,
        organisation_name=actor.organisation_name,
        roles=actor.roles,
        jurisdictions=actor.jurisdictions,
    )


def actor_by_email(email: str, code: str | None = None) -> Actor:
    """The person with that address, acting for the organisation with that credit code or the one acted for last."""
    person = person_by_email(email)
    if person is None:
        raise NotFound()
    found = organisation_by_code(code) if code else None
    if code and found is None:
        raise NotFound()
    if found is None and (last := last_organisation(person.id)):
        found = db.session.get(Organisation, last)
    return actor_for(person, found, clock.today())


def _actor(person_id: uuid.UUID, organisation_id: uuid.UUID | None, on: date) -> Actor:
    person = db.session.get(Person, person_id)
    organisation = db.session.get(Organisation, organisation_id) if organisation_id else None
    return actor_for(person, organisation, on) if person else ANONYMOUS
