"""Whose rows an actor sees in the registers of the managing side, and how lists are narrowed."""

import uuid
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, false, or_

from accounts import queries as accounts
from accounts.vocabulary import MANAGING
from kernel.actor import Actor
from kernel.db import db
from kernel.errors import NotFound
from kernel.permissions import visible_to

OVERSEEING = frozenset({"authority", "auditor", "government"})


def line_of(actor: Actor) -> frozenset[str]:
    """The places above the actor's own and below it: those whose rules and registers concern it."""
    if actor.organisation_id is None:
        return frozenset()
    own = accounts.organisation(actor.organisation_id).jurisdiction
    return frozenset(actor.jurisdictions) | frozenset(accounts.authorities_above(own))


def for_managing_bodies(actor: Actor, model: Any) -> ColumnElement[bool]:
    """Rows that every managing body in the line of the place reads: registers and decisions that bind it."""
    if not actor.roles & set(MANAGING):
        return false()
    return model.jurisdiction.in_(line_of(actor))


def own_or_overseen(actor: Actor, model: Any, *owners: Any) -> ColumnElement[bool]:
    """One's own rows; for those who oversee a place, all of it."""
    seen: list[ColumnElement[bool]] = []
    if actor.organisation_id is not None:
        seen += [column == actor.organisation_id for column in owners]
    if OVERSEEING & actor.roles:
        seen.append(model.jurisdiction.in_(actor.jurisdictions))
    return or_(*seen) if seen else false()


def one_of(actor: Actor, query: Select[Any], model: Any, row_id: uuid.UUID) -> Any:
    """The row of that id where the actor may see it, or NotFound."""
    found = db.session.scalar(query.where(model.id == row_id, visible_to(actor, model)))
    if found is None:
        raise NotFound()
    return found


def narrowed(
    query: Select[Any], model: Any, filters: dict[str, str], words: Iterable[Any] = ()
) -> Select[Any]:
    """The query with equal columns from `filters`, and `q` looked for in the columns of `words`."""
    for name, value in filters.items():
        if not value:
            continue
        if name == "q":
            query = query.where(or_(*(column.icontains(value, autoescape=True) for column in words)))
        else:
            query = query.where(getattr(model, name) == value)
    return query
