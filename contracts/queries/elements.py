"""Data elements: who sees them, which can be built on, what they come from and what rests on them."""

import uuid

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from contracts.gateway import Table, read_table
from contracts.models import DataElement, DevelopmentRight, ElementResource
from contracts.queries.rights import rights_resting_on
from contracts.queries.sources import ResourceFacts, resources
from kernel.actor import Actor
from kernel.clock import today
from kernel.db import db
from kernel.permissions import visible, visible_to
from kernel.storage import store

READERS = frozenset({"authority", "auditor", "government"})


@visible(DataElement)
def visible_elements(actor: Actor) -> ColumnElement[bool]:
    """Everybody with an account the description of delivered elements; drafts only their operator."""
    conditions: list[ColumnElement[bool]] = [false()]
    if actor.organisation_id:
        conditions.append(DataElement.operator_id == actor.organisation_id)
    if actor.is_signed_in:
        conditions.append(DataElement.state.in_(("available", "suspended")))
    if actor.roles & READERS:
        conditions.append(
            and_(DataElement.jurisdiction.in_(actor.jurisdictions), DataElement.state != "draft")
        )
    return or_(*conditions)


def elements(
    actor: Actor, *, state: str | None = None, q: str | None = None, right_id: uuid.UUID | None = None
) -> Select[DataElement]:
    """The elements an actor may see, by title."""
    query = (
        select(DataElement).where(visible_to(actor, DataElement)).order_by(DataElement.title, DataElement.id)
    )
    if state:
        query = query.where(DataElement.state == state)
    if right_id:
        query = query.where(DataElement.right_id == right_id)
    if q:
        title, abstract = DataElement.title, DataElement.abstract
        query = query.where(or_(title.icontains(q, autoescape=True), abstract.icontains(q, autoescape=True)))
    return query


def elements_available(actor: Actor) -> Select[DataElement]:
    """Delivered elements whose first-level right is in force today: what second-level development can build on."""
    on = today()
    in_force = select(DevelopmentRight.id).where(
        DevelopmentRight.state == "in_force", DevelopmentRight.starts_on <= on, DevelopmentRight.ends_on >= on
    )
    return elements(actor, state="available").where(DataElement.right_id.in_(in_force))


def element(element_id: uuid.UUID) -> DataElement | None:
    """An element by id."""
    return db.session.get(DataElement, element_id)


def elements_under(right_id: uuid.UUID) -> list[DataElement]:
    """The elements made under a first-level right that are not withdrawn."""
    query = select(DataElement).where(DataElement.right_id == right_id, DataElement.state != "withdrawn")
    return list(db.session.scalars(query.order_by(DataElement.title)))


def lineage_of(element_id: uuid.UUID) -> list[ResourceFacts]:
    """The resources an element was made from."""
    query = select(ElementResource.resource_id).where(ElementResource.element_id == element_id)
    return resources(db.session.scalars(query).all())


def rights_on_element(element_id: uuid.UUID) -> list[DevelopmentRight]:
    """The second-level rights that rest on an element, in force or suspended."""
    return rights_resting_on([element_id])


def right_of_holder_on_element(holder_id: uuid.UUID, element_id: uuid.UUID) -> DevelopmentRight | None:
    """The second-level right by which an organisation may obtain an element: one in force before others."""
    found = [held for held in rights_on_element(element_id) if held.holder_id == holder_id]
    return min(found, key=lambda held: (held.state != "in_force", held.number), default=None)


def table_of_element(of: DataElement) -> Table | None:
    """The rows of an element's file; None while it has none."""
    if of.storage_key is None or of.format is None:
        return None
    return read_table(of.format, store().get(of.storage_key))
