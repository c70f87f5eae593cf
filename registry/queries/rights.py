"""The rights record of what is registered, and what still has to be registered."""

import uuid

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import joinedload

from kernel.actor import Actor
from kernel.db import db
from kernel.permissions import visible, visible_to
from registry.models import DutyToRegister, Registration, RightsRecord
from registry.queries.catalogue import OVERSEEING


@visible(RightsRecord)
def _visible_rights(actor: Actor) -> ColumnElement[bool]:
    """Public, like the registration it belongs to."""
    return RightsRecord.id.is_not(None)


@visible(DutyToRegister)
def _visible_duties(actor: Actor) -> ColumnElement[bool]:
    """Who has to register, and those who oversee the place."""
    seen: list[ColumnElement[bool]] = [false()]
    if actor.organisation_id is not None:
        seen.append(DutyToRegister.holder_id == actor.organisation_id)
    if OVERSEEING & actor.roles:
        seen.append(DutyToRegister.jurisdiction.in_(actor.jurisdictions))
    return or_(*seen)


def rights_records(actor: Actor) -> Select[RightsRecord]:
    """All rights that were entered, newest first."""
    query = select(RightsRecord).where(visible_to(actor, RightsRecord))
    return query.order_by(RightsRecord.created_at.desc(), RightsRecord.id)


def rights_in(resource_id: uuid.UUID | None, product_id: uuid.UUID | None) -> list[RightsRecord]:
    """Who holds, uses and operates a resource or product, and who did; those of today first."""
    about = RightsRecord.resource_id == resource_id if resource_id else RightsRecord.product_id == product_id
    query = select(RightsRecord).where(about if resource_id or product_id else false())
    ordered = query.order_by(RightsRecord.state.desc(), RightsRecord.kind, RightsRecord.starts_on, RightsRecord.id)
    return list(db.session.scalars(ordered))


def open_rights_from(source_id: uuid.UUID) -> list[uuid.UUID]:
    """The rights in force that rest on a registration or development right."""
    query = select(RightsRecord.id).where(RightsRecord.source_id == source_id, RightsRecord.state == "in_force")
    return list(db.session.scalars(query))


def duties_to_register(actor: Actor, *, state: str = "") -> Select[DutyToRegister]:
    """What has to be registered, as far as the actor may see it; open ones first, the oldest first."""
    query = select(DutyToRegister).where(visible_to(actor, DutyToRegister))
    if state:
        query = query.where(DutyToRegister.state == state)
    ordered = query.order_by(DutyToRegister.state != "open", DutyToRegister.counts_from, DutyToRegister.id)
    return ordered.options(joinedload(DutyToRegister.holder))


def open_duties_about(registration: Registration) -> list[uuid.UUID]:
    """The open duties that a registration meets."""
    about = (
        DutyToRegister.resource_id == registration.resource_id
        if registration.resource_id
        else DutyToRegister.product_id == registration.product_id
    )
    known = registration.resource_id or registration.product_id
    query = select(DutyToRegister.id).where(about if known else false(), DutyToRegister.state == "open")
    return list(db.session.scalars(query))


def has_open_duty(resource_id: uuid.UUID | None, product_id: uuid.UUID | None) -> bool:
    """Whether a duty to register the thing runs already."""
    about = DutyToRegister.resource_id == resource_id if resource_id else DutyToRegister.product_id == product_id
    query = select(DutyToRegister.id).where(about, DutyToRegister.state == "open")
    return db.session.scalar(query.limit(1)) is not None
