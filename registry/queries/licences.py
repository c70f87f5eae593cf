"""Licences and the public register of operators."""

import uuid
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import joinedload

from accounts.models import Organisation
from kernel.actor import Actor
from kernel.db import db
from kernel.errors import NotFound
from kernel.permissions import visible, visible_to
from registry.models import Licence

PUBLIC = ("in_force", "suspended", "revoked", "expired")


@visible(Licence)
def _visible_licences(actor: Actor) -> ColumnElement[bool]:
    """Granted ones for all; one's own; what was handed in in one's place to oversee or assess."""
    seen: list[ColumnElement[bool]] = [Licence.state.in_(PUBLIC)]
    if actor.organisation_id is not None:
        seen.append(Licence.organisation_id == actor.organisation_id)
    if {"authority", "auditor", "government", "expert"} & actor.roles:
        place = Licence.jurisdiction.in_(actor.jurisdictions)
        seen.append(and_(place, Licence.state != "draft"))
    return or_(*seen)


def licences(actor: Actor, *, state: str = "", own: bool = False) -> Select[Licence]:
    """The licences an actor may see, newest first."""
    query = select(Licence).where(visible_to(actor, Licence))
    if own:
        query = query.where(Licence.organisation_id == actor.organisation_id)
    if state:
        query = query.where(Licence.state == state)
    ordered = query.order_by(Licence.created_at.desc(), Licence.id)
    return ordered.options(joinedload(Licence.organisation))


def licence(licence_id: uuid.UUID, actor: Actor | None = None) -> Licence:
    """One licence with its organisation; with an actor only where it may be seen. Else NotFound."""
    query = select(Licence).where(Licence.id == licence_id)
    if actor is not None:
        query = query.where(visible_to(actor, Licence))
    found = db.session.scalar(query.options(joinedload(Licence.organisation)))
    if found is None:
        raise NotFound()
    return found


def operators(*, q: str = "", level: str = "", state: str = "", jurisdiction: str = "") -> Select[Licence]:
    """The public register: every licence that was granted, by the name of its holder."""
    query = select(Licence).join(Organisation, Organisation.id == Licence.organisation_id)
    query = query.where(Licence.state.in_(PUBLIC))
    for column, value in (
        (Licence.level, level),
        (Licence.state, state),
        (Licence.jurisdiction, jurisdiction),
    ):
        if value:
            query = query.where(column == value)
    for word in q.split()[:8]:
        named = (Organisation.name, Organisation.name_en, Organisation.uscc, Licence.number, Licence.scope)
        query = query.where(or_(*(column.icontains(word, autoescape=True) for column in named)))
    return query.order_by(Organisation.name, Licence.valid_from.desc(), Licence.id).options(
        joinedload(Licence.organisation)
    )


def licence_in_force(
    organisation_id: uuid.UUID, level: str, on: date, jurisdiction: str | None = None
) -> Licence | None:
    """The licence of an organisation and level that is in force on a day, judged by its dates; of a place if named."""
    query = select(Licence).where(
        Licence.organisation_id == organisation_id,
        Licence.level == level,
        Licence.state == "in_force",
        Licence.valid_from <= on,
        Licence.valid_until >= on,
    )
    if jurisdiction:
        query = query.where(Licence.jurisdiction == jurisdiction)
    return db.session.scalar(query.order_by(Licence.valid_until.desc(), Licence.id).limit(1))


def expiring_licences(today: date) -> list[uuid.UUID]:
    """Licences whose last day has passed and that do not say so yet."""
    query = select(Licence.id).where(
        Licence.state.in_(("in_force", "suspended")), Licence.valid_until < today
    )
    return list(db.session.scalars(query))
