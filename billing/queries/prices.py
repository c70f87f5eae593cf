"""The price book: which cap applies when, and what a use costs."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select

from billing import rules
from billing.models import FeeCap
from billing.queries.declarations import verified_declaration
from billing.queries.seen import OVERSEERS
from billing.rules import Cap, PriceAnswer
from billing.vocabulary import PricedItem, items, priced_items
from contracts import queries as contracts
from contracts.models import DataElement
from jurisdictions import tree
from jurisdictions.profile import Profile
from kernel.actor import SYSTEM, Actor
from kernel.db import db
from kernel.errors import NotFound, RuleBroken
from kernel.permissions import visible, visible_to

IN_BOOK = ("in_force", "superseded")


@priced_items
def elements(ids: Iterable[uuid.UUID] | None, actor: Actor) -> list[PricedItem]:
    """Delivered data elements can have a price."""
    query = select(DataElement).where(DataElement.state == "available", visible_to(actor, DataElement))
    if ids is not None:
        query = query.where(DataElement.id.in_(list(ids)))
    return [
        PricedItem(row.id, row.title, row.operator_id, row.right_id, row.jurisdiction)
        for row in db.session.scalars(query)
    ]


def item(item_id: uuid.UUID) -> PricedItem | None:
    """The item of that id, whoever sells it."""
    return next(iter(items(SYSTEM, [item_id])), None)


def item_to_price(item_id: uuid.UUID, actor: Actor) -> PricedItem | None:
    """The item if the actor may propose a cap for it: it sells it, or is the authority of its place."""
    found = item(item_id)
    if found is None:
        return None
    supervises = "authority" in actor.roles and found.jurisdiction in actor.jurisdictions
    return found if supervises or found.seller_id == actor.organisation_id else None


@visible(FeeCap)
def visible_caps(actor: Actor) -> ColumnElement[bool]:
    """The price book is public; proposals are seen by their operator and the authority of the place."""
    conditions: list[ColumnElement[bool]] = [FeeCap.state.in_(IN_BOOK)]
    if actor.organisation_id:
        conditions.append(FeeCap.operator_id == actor.organisation_id)
    if actor.roles & OVERSEERS:
        conditions.append(FeeCap.jurisdiction.in_(actor.jurisdictions))
    return or_(*conditions)


def caps(
    actor: Actor,
    *,
    on: date | None = None,
    item_id: uuid.UUID | None = None,
    operator_id: uuid.UUID | None = None,
    purpose_class: str | None = None,
    state: str | None = None,
    text: str | None = None,
) -> Select[FeeCap]:
    """The caps an actor may see, by item and purpose, the newest first; `on` a day: only those that apply then."""
    query = select(FeeCap).where(visible_to(actor, FeeCap))
    if on:
        query = query.where(*_applies(on))
    for column, wanted in (
        (FeeCap.item_id, item_id),
        (FeeCap.operator_id, operator_id),
        (FeeCap.purpose_class, purpose_class),
        (FeeCap.state, state),
    ):
        if wanted:
            query = query.where(column == wanted)
    if text:
        query = query.where(FeeCap.item_title.icontains(text, autoescape=True))
    return query.order_by(
        FeeCap.item_title, FeeCap.purpose_class, FeeCap.unit, FeeCap.valid_from.desc(), FeeCap.id
    )


def _applies(on: date) -> tuple[ColumnElement[bool], ...]:
    ends = or_(FeeCap.valid_until.is_(None), FeeCap.valid_until >= on)
    return FeeCap.state.in_(IN_BOOK), FeeCap.valid_from <= on, ends


def cap_in_force(item_id: uuid.UUID, purpose_class: str, unit: str, on: date) -> FeeCap | None:
    """The cap that applies on a day: judged from its dates, the one put in force last where two begin the same day."""
    query = select(FeeCap).where(
        FeeCap.item_id == item_id, FeeCap.purpose_class == purpose_class, FeeCap.unit == unit, *_applies(on)
    )
    return db.session.scalar(query.order_by(FeeCap.valid_from.desc(), FeeCap.in_force_at.desc()).limit(1))


def overlapping_caps(cap: FeeCap) -> list[FeeCap]:
    """The caps in force whose place `cap` takes from its first day on."""
    query = select(FeeCap).where(
        FeeCap.item_id == cap.item_id,
        FeeCap.purpose_class == cap.purpose_class,
        FeeCap.unit == cap.unit,
        FeeCap.state == "in_force",
        FeeCap.id != cap.id,
        FeeCap.valid_from <= cap.valid_from,
    )
    return list(db.session.scalars(query.order_by(FeeCap.valid_from)))


def cap_facts(cap: FeeCap | None) -> Cap | None:
    """A cap as rules take it."""
    if cap is None:
        return None
    return Cap(cap.id, cap.amount_minor, cap.document_number, cap.valid_from, cap.valid_until)


@dataclass(frozen=True)
class RightFacts:
    """What a price needs to know of the right an item rests on."""

    level: str
    holder_id: uuid.UUID
    jurisdiction: str


def rules_of_right(right_id: uuid.UUID, on: date) -> tuple[RightFacts, Profile]:
    """The right behind an item and the rules of its place on a day, or NotFound."""
    held = contracts.right(right_id)
    if held is None:
        raise NotFound()
    facts = RightFacts(held.level, held.holder_id, held.jurisdiction)
    return facts, tree.profile_of(held.jurisdiction, on=on)


def price(
    item_id: uuid.UUID,
    unit: str,
    purpose_class: str,
    mode: str,
    list_price_minor: int,
    on: date,
    *,
    right_id: uuid.UUID,
    buyer_id: uuid.UUID | None = None,
) -> PriceAnswer:
    """What one unit costs `buyer_id` for the purpose on a day, with cap and reasons (fen). Raises RuleBroken."""
    held, profile = rules_of_right(right_id, on)
    rules.unit_may_be_charged(unit, profile.list("price.charging_units"))
    declared = verified_declaration(buyer_id, item_id, purpose_class, on) if buyer_id else None
    free, charged = profile.list("price.free_purposes"), profile.list("price.charged_purposes")
    # What free use would have cost is measured by the highest cap of the purposes that may be charged.
    measured = charged if purpose_class in free else [purpose_class]
    known = [cap for purpose in measured if (cap := cap_in_force(item_id, purpose, unit, on))]
    return rules.price_of(
        purpose_class,
        mode,
        list_price_minor,
        cap_facts(max(known, key=lambda cap: cap.amount_minor, default=None)),
        level=held.level,
        free=free,
        charged=charged,
        redeveloped_market=profile.flag("price.redeveloped_market"),
        declaration_id=declared.id if declared else None,
    )


def prices_by_purpose(
    item_id: uuid.UUID,
    unit: str,
    mode: str,
    list_price_minor: int,
    on: date,
    *,
    right_id: uuid.UUID,
    purposes: Collection[str],
    buyer_id: uuid.UUID | None = None,
) -> list[tuple[str, PriceAnswer | RuleBroken]]:
    """The price for each of several purposes, or why there is none: what a product's page shows."""
    found: list[tuple[str, PriceAnswer | RuleBroken]] = []
    for purpose in purposes:
        try:
            answer = price(
                item_id, unit, purpose, mode, list_price_minor, on, right_id=right_id, buyer_id=buyer_id
            )
            found.append((purpose, answer))
        except RuleBroken as refusal:
            found.append((purpose, refusal))
    return found
