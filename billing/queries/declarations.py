"""Declared purposes: who sees them, and which makes a use free."""

import uuid
from datetime import date

from sqlalchemy import ColumnElement, Select, false, or_, select

from billing.models import PurposeDeclaration
from billing.queries.seen import OVERSEERS
from kernel.actor import Actor
from kernel.db import db
from kernel.errors import NotFound
from kernel.permissions import visible, visible_to


@visible(PurposeDeclaration)
def visible_declarations(actor: Actor) -> ColumnElement[bool]:
    """Who declared it, and who reads everything of the place. The seller learns the outcome, not the evidence."""
    conditions: list[ColumnElement[bool]] = [false()]
    if actor.organisation_id:
        conditions.append(PurposeDeclaration.buyer_id == actor.organisation_id)
    if actor.roles & OVERSEERS:
        conditions.append(PurposeDeclaration.jurisdiction.in_(actor.jurisdictions))
    return or_(*conditions)


def declarations(
    actor: Actor, *, state: str | None = None, item_id: uuid.UUID | None = None
) -> Select[PurposeDeclaration]:
    """The declared purposes an actor may see, the newest first."""
    query = select(PurposeDeclaration).where(visible_to(actor, PurposeDeclaration))
    if state:
        query = query.where(PurposeDeclaration.state == state)
    if item_id:
        query = query.where(PurposeDeclaration.item_id == item_id)
    return query.order_by(PurposeDeclaration.created_at.desc(), PurposeDeclaration.id)


def declaration(declaration_id: uuid.UUID) -> PurposeDeclaration:
    """A declared purpose by id, or NotFound."""
    found = db.session.get(PurposeDeclaration, declaration_id)
    if found is None:
        raise NotFound()
    return found


def verified_declaration(
    buyer_id: uuid.UUID, item_id: uuid.UUID, purpose_class: str, on: date
) -> PurposeDeclaration | None:
    """The declaration that makes the buyer's use of exactly this item for this purpose free on a day."""
    row = PurposeDeclaration
    query = select(row).where(
        row.buyer_id == buyer_id,
        row.item_id == item_id,
        row.purpose_class == purpose_class,
        row.state == "verified",
        row.valid_from <= on,
        or_(row.valid_until.is_(None), row.valid_until >= on),
    )
    return db.session.scalar(query.order_by(row.valid_from.desc(), row.id).limit(1))
