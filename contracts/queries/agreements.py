"""Agreements and commitments, and their documents."""

import uuid

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from contracts.models import Agreement, DevelopmentRight
from contracts.queries.applications import READERS
from contracts.queries.signing import is_turn_of
from kernel.actor import Actor
from kernel.db import db
from kernel.documents import Document
from kernel.errors import NotFound
from kernel.permissions import visible, visible_to


@visible(Agreement)
def visible_agreements(actor: Actor) -> ColumnElement[bool]:
    """The two parties, and the managing bodies of the place that supervise or audit them."""
    conditions: list[ColumnElement[bool]] = [false()]
    if actor.organisation_id:
        parties = (Agreement.party_a_id, Agreement.party_b_id)
        conditions += [party == actor.organisation_id for party in parties]
        taken_over = select(DevelopmentRight.id).where(DevelopmentRight.holder_id == actor.organisation_id)
        conditions.append(Agreement.about_id.in_(taken_over))
    if actor.roles & READERS:
        conditions.append(Agreement.jurisdiction.in_(actor.jurisdictions))
    return or_(*conditions)


def agreements(actor: Actor, *, state: str | None = None, kind: str | None = None) -> Select[Agreement]:
    """The agreements an actor may see, the newest first."""
    query = select(Agreement).where(visible_to(actor, Agreement)).order_by(Agreement.created_at.desc())
    if state:
        query = query.where(Agreement.state == state)
    if kind:
        query = query.where(Agreement.kind == kind)
    return query


def agreement(agreement_id: uuid.UUID) -> Agreement | None:
    """An agreement by id."""
    return db.session.get(Agreement, agreement_id)


def agreements_about(about_type: str, about_id: uuid.UUID) -> list[Agreement]:
    """The agreements about a right ('right') or an order ('order'), in the order they were drawn up."""
    about = and_(Agreement.about_type == about_type, Agreement.about_id == about_id)
    return list(
        db.session.scalars(select(Agreement).where(about).order_by(Agreement.created_at, Agreement.id))
    )


def document_of(drawn_up: Agreement) -> Document:
    """The document of an agreement."""
    found = db.session.get(Document, drawn_up.document_id)
    if found is None:
        raise NotFound()
    return found


def to_sign(actor: Actor) -> list[Agreement]:
    """The agreements that wait for the signature of the actor's organisation."""
    query = agreements(actor).where(
        Agreement.state.in_(("drawn_up", "partly_signed")),
        or_(Agreement.party_a_id == actor.organisation_id, Agreement.party_b_id == actor.organisation_id),
    )
    mine = str(actor.organisation_id)
    return [
        row
        for row in db.session.scalars(query).all()
        if actor.organisation_id in row.must_sign_ids
        and mine not in row.signed_by_ids
        and is_turn_of(row, actor.organisation_id)
    ]
