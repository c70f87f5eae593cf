"""Memberships and mandates: who belongs where, and may do what until when."""

import hashlib
import uuid
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import joinedload

from accounts.models import Mandate, Membership, Organisation, Person
from accounts.rules import comparable
from kernel.actor import Actor
from kernel.db import db
from kernel.errors import NotFound
from kernel.permissions import visible, visible_to


@visible(Membership)
def _visible_memberships(actor: Actor) -> ColumnElement[bool]:
    """One's own, those of one's organisation, for an authority those of its place, and invitations to one's address."""
    to_me = and_(
        Membership.state == "invited",
        Membership.email == select(Person.email).where(Person.id == actor.user_id).scalar_subquery(),
    )
    conditions = [
        Membership.person_id == actor.user_id,
        Membership.organisation_id == actor.organisation_id,
        to_me,
    ]
    if "authority" in actor.roles:
        conditions.append(Membership.jurisdiction.in_(actor.jurisdictions))
    return or_(*conditions)


@visible(Mandate)
def _visible_mandates(actor: Actor) -> ColumnElement[bool]:
    """Those of memberships one may see."""
    return exists().where(Membership.id == Mandate.membership_id, visible_to(actor, Membership))


def membership(membership_id: uuid.UUID) -> Membership:
    """The membership of that id with its organisation, or NotFound."""
    query = (
        select(Membership).options(joinedload(Membership.organisation)).where(Membership.id == membership_id)
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound()
    return found


def memberships(actor: Actor) -> Select[Membership]:
    """The memberships the actor may see, the newest last."""
    return (
        select(Membership).where(visible_to(actor, Membership)).order_by(Membership.created_at, Membership.id)
    )


def mandates(actor: Actor) -> Select[Mandate]:
    """The mandates the actor may see, the newest last."""
    return select(Mandate).where(visible_to(actor, Mandate)).order_by(Mandate.created_at, Mandate.id)


def memberships_of(person_id: uuid.UUID) -> Sequence[Membership]:
    """The active memberships of a person with their organisations, the first one first."""
    query = select(Membership).options(joinedload(Membership.organisation))
    query = query.where(Membership.person_id == person_id, Membership.state == "active")
    return db.session.scalars(query.order_by(Membership.created_at, Membership.id)).all()


def is_member(person_id: uuid.UUID, organisation_id: uuid.UUID) -> bool:
    """Whether the person has an active membership in the organisation."""
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    Membership.person_id == person_id,
                    Membership.organisation_id == organisation_id,
                    Membership.state == "active",
                )
            )
        )
    )


def members(organisation_id: uuid.UUID) -> Sequence[Membership]:
    """Everybody who belongs or is invited to the organisation, with the person."""
    query = select(Membership).options(joinedload(Membership.person))
    query = query.where(Membership.organisation_id == organisation_id, Membership.state != "ended")
    return db.session.scalars(query.order_by(Membership.created_at, Membership.id)).all()


def mandates_of(organisation_id: uuid.UUID) -> dict[uuid.UUID, list[Mandate]]:
    """The mandates granted and not revoked in the organisation, by membership; also those over or still to come."""
    query = select(Mandate).where(Mandate.organisation_id == organisation_id, Mandate.state == "active")
    found: dict[uuid.UUID, list[Mandate]] = {}
    for mandate in db.session.scalars(query.order_by(Mandate.kind, Mandate.ends_on)):
        found.setdefault(mandate.membership_id, []).append(mandate)
    return found


def holders(organisation_id: uuid.UUID, kind: str, on: date) -> set[uuid.UUID]:
    """The ids of the mandates of that kind that active members hold on a day."""
    query = select(Mandate.id).join(Membership, Membership.id == Mandate.membership_id)
    query = query.where(
        Mandate.organisation_id == organisation_id,
        Membership.state == "active",
        in_force(on),
        Mandate.kind == kind,
    )
    return set(db.session.scalars(query))


def deciders(
    roles: Collection[str], places: Collection[str], on: date
) -> list[tuple[uuid.UUID, str, uuid.UUID, str]]:
    """Who may decide on a day for an active body of those roles and places: person and body, each with its name."""
    query = (
        select(Person.id, Person.name, Organisation.id, Organisation.name, Organisation.roles)
        .join(Membership, Membership.person_id == Person.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .join(Mandate, Mandate.membership_id == Membership.id)
        .where(Person.state == "active", Membership.state == "active", Organisation.state == "active")
        .where(in_force(on), Mandate.kind == "decide", Organisation.jurisdiction.in_(places))
        .order_by(Organisation.name, Person.name, Person.id)
    )
    rows = [(row[0], row[1], row[2], row[3]) for row in db.session.execute(query) if set(roles) & set(row[4])]
    return list(dict.fromkeys(rows))


def ending_mandates(
    person_id: uuid.UUID | None, organisation_id: uuid.UUID | None, on: date, until: date
) -> Sequence[Mandate]:
    """A person's mandates in force that end by a day and are not followed by another of their kind."""
    query = select(Mandate).join(Membership, Membership.id == Mandate.membership_id)
    query = query.where(
        Membership.person_id == person_id,
        Mandate.organisation_id == organisation_id,
        Membership.state == "active",
        Mandate.state == "active",
        Mandate.ends_on >= on,
    )
    rows = db.session.scalars(query.order_by(Mandate.ends_on)).all()
    last = {row.kind: row for row in rows}
    return [row for row in last.values() if row.ends_on <= until and row.starts_on <= on]


def in_force(on: date) -> ColumnElement[bool]:
    """The SQL condition for mandates that are in force on a day."""
    return and_(Mandate.state == "active", Mandate.starts_on <= on, Mandate.ends_on >= on)


def invitation(code: str, email: str) -> Membership | None:
    """The open invitation with that code to that address."""
    query = select(Membership).where(
        Membership.invitation_hash == fingerprint(code),
        Membership.email == comparable(email),
        Membership.state == "invited",
    )
    return db.session.scalar(query)


def open_membership(organisation_id: uuid.UUID, email: str) -> Membership | None:
    """The membership or invitation of that address that has not ended."""
    query = select(Membership).where(
        Membership.organisation_id == organisation_id, Membership.email == email, Membership.state != "ended"
    )
    return db.session.scalar(query)


def fingerprint(secret: str) -> str:
    """The hash under which a random secret (token, invitation) is kept. It has too many bits to be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()
