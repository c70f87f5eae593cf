"""Changes of rights, items to mend and exits: who sees them, in which situation a right is, what a change comes to."""

import uuid
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from contracts.models import Agreement, DevelopmentRight, Rectification, RightChange, RightExit
from contracts.queries.live import closed_because
from contracts.queries.rights import open_suspensions, right, source_ids
from contracts.queries.sources import resources
from contracts.rules import Bounds
from contracts.vocabulary import Level
from kernel import due
from kernel.actor import Actor
from kernel.db import db
from kernel.due import DueDate
from kernel.permissions import visible, visible_to
from registry.queries import licence_in_force

UNDER_WAY = ("proposed", "announced", "awaiting_signature")
TO_MEND = ("open", "overdue", "reported")


def _of_visible_right(model: Any, actor: Actor) -> ColumnElement[bool]:
    rights = select(DevelopmentRight.id).where(visible_to(actor, DevelopmentRight))
    conditions: list[ColumnElement[bool]] = [model.right_id.in_(rights)]
    if actor.organisation_id:
        conditions.append(model.holder_id == actor.organisation_id)
    return or_(*conditions)


@visible(RightChange)
def visible_changes(actor: Actor) -> ColumnElement[bool]:
    """Whoever may see the right, and who takes it over."""
    seen = _of_visible_right(RightChange, actor)
    if actor.organisation_id is None:
        return seen
    return or_(RightChange.new_holder_id == actor.organisation_id, seen)


@visible(Rectification)
def visible_items(actor: Actor) -> ColumnElement[bool]:
    """Whoever may see the right."""
    return _of_visible_right(Rectification, actor)


@visible(RightExit)
def visible_exits(actor: Actor) -> ColumnElement[bool]:
    """Whoever may see the right."""
    return _of_visible_right(RightExit, actor)


def changes(actor: Actor, *, state: str | None = None, kind: str | None = None) -> Select[RightChange]:
    """The changes an actor may see, the newest first."""
    query = select(RightChange).where(visible_to(actor, RightChange)).order_by(RightChange.created_at.desc())
    query = query.where(RightChange.state == state) if state else query
    return query.where(RightChange.kind == kind) if kind else query


def items(actor: Actor, *, state: str | None = None) -> Select[Rectification]:
    """The items to mend an actor may see, those due first first."""
    query = select(Rectification).where(visible_to(actor, Rectification))
    query = query.where(Rectification.state == state) if state else query
    return query.order_by(Rectification.due_on, Rectification.id)


def exits(actor: Actor, *, state: str | None = None) -> Select[RightExit]:
    """The exits an actor may see, the newest first."""
    query = select(RightExit).where(visible_to(actor, RightExit)).order_by(RightExit.created_at.desc())
    return query.where(RightExit.state == state) if state else query


def change(change_id: uuid.UUID) -> RightChange | None:
    """A change by id."""
    return db.session.get(RightChange, change_id)


def changes_of(right_id: uuid.UUID, states: Collection[str] | None = None) -> list[RightChange]:
    """The changes of a right, the oldest first."""
    query = select(RightChange).where(RightChange.right_id == right_id)
    query = query.where(RightChange.state.in_(states)) if states else query
    return list(db.session.scalars(query.order_by(RightChange.created_at, RightChange.id)))


def agreements_of_change(change_id: uuid.UUID) -> list[Agreement]:
    """The agreements that bring a change into force."""
    query = select(Agreement).where(Agreement.about_type == "change", Agreement.about_id == change_id)
    return list(db.session.scalars(query.order_by(Agreement.created_at, Agreement.id)))


def changes_past_offer(on: date) -> list[RightChange]:
    """Changes whose agreements were not signed in time."""
    late = select(DueDate.subject_id).where(
        DueDate.name == "change_signature", DueDate.state.in_(("running", "missed")), DueDate.due_on < on
    )
    waiting = RightChange.state == "awaiting_signature"
    return list(db.session.scalars(select(RightChange).where(waiting, RightChange.id.in_(late))))


def items_of(right_id: uuid.UUID, states: Collection[str] | None = None) -> list[Rectification]:
    """The items to mend of a right, in the order they were written down."""
    query = select(Rectification).where(Rectification.right_id == right_id)
    query = query.where(Rectification.state.in_(states)) if states else query
    return list(db.session.scalars(query.order_by(Rectification.created_at, Rectification.id)))


def items_past_due(on: date) -> list[Rectification]:
    """Items not reported as mended by their day."""
    query = select(Rectification).where(Rectification.state == "open", Rectification.due_on < on)
    return list(db.session.scalars(query))


def exits_of(right_id: uuid.UUID) -> list[RightExit]:
    """The exits of who held a right: of former holders, and of the last one once it has ended."""
    query = select(RightExit).where(RightExit.right_id == right_id)
    return list(db.session.scalars(query.order_by(RightExit.created_at, RightExit.id)))


def situations_of(held: DevelopmentRight, on: date) -> set[str]:
    """In which situations of the table of cells a right is today."""
    scopes = {row.scope for row in open_suspensions(held.id)}
    pending = {(row.kind, row.state) for row in changes_of(held.id, UNDER_WAY)}
    above = right(held.parent_id) if held.parent_id else None
    found = {
        "suspended": held.state == "suspended",
        "partly_suspended": bool(scopes - {"all"}),
        "termination_announced": held.notice_at is not None,
        "reduction_announced": ("reduction", "announced") in pending,
        "rectification_open": bool(items_of(held.id, TO_MEND)),
        "change_pending": any(state != "announced" for _, state in pending),
        "surrender_asked": held.surrender_at is not None,
        "above_suspended": above is not None and above.state == "suspended",
        "above_announced": above is not None and above.notice_at is not None,
        "source_closed": _source_closed(held, on),
        "licence_missing": not licence_in_force(held.holder_id, held.level, on),
    }
    return {name for name, holds in found.items() if holds}


def _source_closed(held: DevelopmentRight, on: date) -> bool:
    first = right(held.parent_id) if held.parent_id else held
    ids = source_ids(first.id) if first else []
    return any(closed_because(facts, on) is not None for facts in resources(ids))


def terms_of_right(held: DevelopmentRight) -> dict[str, Any]:
    """The terms of a right as a change names them, in plain values."""
    return {
        "sources": sorted(str(one) for one in source_ids(held.id)),
        "purposes": list(held.purposes),
        "territory": list(held.territory),
        "ends_on": held.ends_on.isoformat(),
        "holder_id": str(held.holder_id),
        "income_shares": list(held.income_shares),
    }


def different(held: DevelopmentRight, values: Mapping[str, Any]) -> dict[str, Any]:
    """Of the values given those that differ from the right as it stands, in plain values."""
    present = terms_of_right(held)
    found = {}
    for name, value in values.items():
        if value is None:
            continue
        said = value.isoformat() if isinstance(value, date) else value
        said = sorted(str(one) for one in said) if name == "sources" else said
        said = [str(one) for one in said] if name in ("purposes", "territory") else said
        same = set(said) == set(present[name]) if name in ("purposes", "territory") else said == present[name]
        if not same:
            found[name] = said
    return found


def bounds_after(held: DevelopmentRight, terms: Mapping[str, Any]) -> Bounds:
    """How far a right reaches with these terms."""
    merged = terms_of_right(held) | dict(terms)
    return Bounds(
        sources=frozenset(merged["sources"]),
        purposes=frozenset(merged["purposes"]),
        territory=frozenset(merged["territory"]),
        starts_on=held.starts_on,
        ends_on=date.fromisoformat(merged["ends_on"]),
    )


def renewal_opens(held: DevelopmentRight) -> date:
    """The first day on which a renewal can be asked for."""
    return held.ends_on - timedelta(days=due.profile(held).number("op.renew_window_days"))


def sales_are_stopped(right_id: uuid.UUID) -> bool:
    """Whether new sales under a right are suspended, by itself or through the right above it."""
    held = right(right_id)
    if held is None:
        return False
    chain = [held.id, *([held.parent_id] if held.parent_id else [])]
    return any(row.scope == "new_sales" for one in chain for row in open_suspensions(one))


def is_first(held: DevelopmentRight) -> bool:
    """Whether it is a right of the first level."""
    return held.level == Level.FIRST
