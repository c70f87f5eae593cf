"""Shared predicates `(actor, subject) -> bool`, and who may see what.

Each package adds its table `MAY`: command name to predicates, any one of which is enough. What a person may not see is
not there: a package names, per table, the rows visible to an actor; lists, counts, files and single pages all use it.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, exists, select, true

from kernel.actor import Actor
from kernel.db import db

Predicate = Callable[[Actor, Any], bool]
VISIBLE: dict[type, Callable[[Actor], ColumnElement[bool]]] = {}


def system(actor: Actor, _subject: Any) -> bool:
    """The product itself: reactions and the scheduler."""
    return "system" in actor.roles


def anyone(_actor: Actor, _subject: Any) -> bool:
    """Everybody, with or without an account."""
    return True


def signed_in(actor: Actor, _subject: Any) -> bool:
    """Anybody with an account."""
    return actor.is_signed_in


def role(name: str, mandate: str | None = None) -> Predicate:
    """Somebody acting for an organisation of that role, with that mandate where one is named."""

    def holds(actor: Actor, _subject: Any) -> bool:
        return name in actor.roles and (mandate is None or mandate in actor.mandates)

    holds.__name__ = f"{name}_{mandate}" if mandate else name
    holds.__doc__ = f"Acts for an organisation with the role {name}" + (
        f" and may {mandate}." if mandate else "."
    )
    return holds


def every(*predicates: Predicate) -> Predicate:
    """All of these at once."""

    def holds(actor: Actor, subject: Any) -> bool:
        return all(predicate(actor, subject) for predicate in predicates)

    holds.__name__ = "_and_".join(predicate.__name__ for predicate in predicates)
    return holds


def in_jurisdiction(actor: Actor, subject: Any) -> bool:
    """The subject belongs to a jurisdiction this actor answers for (its own or one below it)."""
    return subject is None or subject.jurisdiction in actor.jurisdictions


def visible(
    model: type,
) -> Callable[[Callable[[Actor], ColumnElement[bool]]], Callable[[Actor], ColumnElement[bool]]]:
    """Register the rows of `model` an actor may see, as an SQL condition."""

    def register(condition: Callable[[Actor], ColumnElement[bool]]) -> Callable[[Actor], ColumnElement[bool]]:
        VISIBLE[model] = condition
        return condition

    return register


def visible_to(actor: Actor, model: Any) -> ColumnElement[bool]:
    """The condition for rows of `model` that `actor` may see; deny where nothing is registered."""
    if "system" in actor.roles:
        return true()
    condition = VISIBLE.get(model)
    if condition is None:
        raise LookupError(f"nobody has said who may see {model.__name__}")
    return condition(actor)


def may_see(actor: Actor, subject: Any) -> bool:
    """Whether the actor may see this very row."""
    model = type(subject)
    query = select(exists().where(model.id == subject.id, visible_to(actor, model)))
    return bool(db.session.scalar(query))
