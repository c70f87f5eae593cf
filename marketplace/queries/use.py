"""Rights of use, deliveries, downloads and results: who sees them, and what they add up to."""

import uuid
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select, true

from kernel.actor import Actor
from kernel.db import db
from kernel.errors import NotFound
from kernel.permissions import visible, visible_to
from marketplace.models import Delivery, Download, Entitlement, Result
from marketplace.queries.seen import OVERSEERS

RUNNING = ("active", "suspended")


def _sides(model: Any, actor: Actor) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [false()]
    if actor.organisation_id:
        conditions += [model.holder_id == actor.organisation_id, model.seller_id == actor.organisation_id]
    if actor.roles & OVERSEERS:
        conditions.append(model.jurisdiction.in_(actor.jurisdictions))
    return or_(*conditions)


@visible(Entitlement)
def visible_entitlements(actor: Actor) -> ColumnElement[bool]:
    """Who holds it, who sold it, and who oversees the place."""
    return _sides(Entitlement, actor)


@visible(Delivery)
def visible_deliveries(actor: Actor) -> ColumnElement[bool]:
    """Who obtained it, who sold it, and who oversees the place."""
    return _sides(Delivery, actor)


@visible(Result)
def visible_results(actor: Actor) -> ColumnElement[bool]:
    """Who reported it, who sold the data, and who oversees the place."""
    return _sides(Result, actor)


@visible(Download)
def visible_downloads(actor: Actor) -> ColumnElement[bool]:
    """Nobody's name stands there: everybody may count them."""
    return true()


def entitlements(actor: Actor, *, own: bool = False, state: str | None = None) -> Select[Entitlement]:
    """The rights of use an actor may see, those ending first first; `own`: only those its organisation holds."""
    query = select(Entitlement).where(visible_to(actor, Entitlement))
    if own:
        query = query.where(Entitlement.holder_id == actor.organisation_id)
    if state:
        query = query.where(Entitlement.state == state)
    return query.order_by(Entitlement.ends_on, Entitlement.id)


def entitlement(actor: Actor, entitlement_id: uuid.UUID) -> Entitlement:
    """The right of use of that id if the actor's organisation holds it; NotFound otherwise."""
    found = db.session.get(Entitlement, entitlement_id)
    if found is None or actor.organisation_id is None or found.holder_id != actor.organisation_id:
        raise NotFound()
    return found


def entitlement_of_order(order_id: uuid.UUID) -> Entitlement | None:
    """The right of use that came of an order."""
    return db.session.scalar(select(Entitlement).where(Entitlement.order_id == order_id))


def entitlements_of_product(product_id: uuid.UUID, states: Collection[str] = RUNNING) -> list[Entitlement]:
    """The rights of use of a product that run."""
    query = select(Entitlement).where(Entitlement.product_id == product_id, Entitlement.state.in_(states))
    return list(db.session.scalars(query.order_by(Entitlement.id)))


def free_entitlements(holder_id: uuid.UUID, product_id: uuid.UUID, purpose_class: str) -> list[Entitlement]:
    """The running free uses of a product for a purpose by an organisation."""
    query = select(Entitlement).where(
        Entitlement.holder_id == holder_id,
        Entitlement.product_id == product_id,
        Entitlement.purpose_class == purpose_class,
        Entitlement.free,
        Entitlement.state.in_(RUNNING),
    )
    return list(db.session.scalars(query))


def entitlements_past_end(on: date) -> list[Entitlement]:
    """Rights of use whose last day is over."""
    query = select(Entitlement).where(Entitlement.ends_on < on, Entitlement.state.in_(RUNNING))
    return list(db.session.scalars(query))


def used_calls(entitlement_id: uuid.UUID) -> int:
    """How often something was fetched under a right of use."""
    query = select(func.count()).select_from(Delivery).where(Delivery.entitlement_id == entitlement_id)
    return int(db.session.scalar(query) or 0)


def deliveries(actor: Actor) -> Select[Delivery]:
    """The deliveries an actor may see, the newest first."""
    query = select(Delivery).where(visible_to(actor, Delivery))
    return query.order_by(Delivery.at.desc(), Delivery.id)


def deliveries_of(actor: Actor, entitlement_id: uuid.UUID) -> Select[Delivery]:
    """The deliveries under a right of use, the newest first."""
    return deliveries(actor).where(Delivery.entitlement_id == entitlement_id)


def downloads(_actor: Actor) -> Select[Download]:
    """The downloads of open data, the newest first."""
    return select(Download).order_by(Download.at.desc(), Download.id)


def download_counts(release_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How often each of several open files was downloaded."""
    query = (
        select(Download.release_id, func.count())
        .where(Download.release_id.in_(list(release_ids)))
        .group_by(Download.release_id)
    )
    return {release_id: number for release_id, number in db.session.execute(query)}


def results(actor: Actor) -> Select[Result]:
    """The results an actor may see, the newest first."""
    query = select(Result).where(visible_to(actor, Result))
    return query.order_by(Result.published_on.desc(), Result.id)


def results_of(actor: Actor, entitlement_id: uuid.UUID) -> list[Result]:
    """The results reported under a right of use."""
    return list(db.session.scalars(results(actor).where(Result.entitlement_id == entitlement_id)))
