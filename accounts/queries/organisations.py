"""Organisations: by id, code, role and place; who supervises whom and who controls whom."""

import uuid
from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, exists, or_, select

from accounts.models import Membership, Organisation
from accounts.queries.places import authorities_above, places_below
from accounts.rules import comparable
from kernel import clock
from kernel.actor import Actor
from kernel.db import db
from kernel.errors import NotFound
from kernel.permissions import visible, visible_to
from kernel.search import matching

# Roles that an organisation has only while a condition holds that a higher package knows: (id, day) -> bool.
ROLE_CONDITIONS: dict[str, Callable[[uuid.UUID, date], bool]] = {}
# Roles that see every organisation of their place.
OVERSEEING = frozenset({"authority", "registrar", "auditor", "government"})


@visible(Organisation)
def _visible_organisations(actor: Actor) -> ColumnElement[bool]:
    """Public bodies for all; one's own; for those who oversee a place, all of it."""
    mine = exists().where(
        Membership.organisation_id == Organisation.id,
        Membership.person_id == actor.user_id,
        Membership.state == "active",
    )
    known = Organisation.state != "proposed"
    conditions = [(Organisation.side == "managing") & known, Organisation.id == actor.organisation_id, mine]
    if OVERSEEING & actor.roles:
        conditions.append(Organisation.jurisdiction.in_(actor.jurisdictions))
    return or_(*conditions)


def role_condition(
    role: str,
) -> Callable[[Callable[[uuid.UUID, date], bool]], Callable[[uuid.UUID, date], bool]]:
    """Register when organisations may act in a role: a role that was given is one thing, being in office another."""

    def register(condition: Callable[[uuid.UUID, date], bool]) -> Callable[[uuid.UUID, date], bool]:
        ROLE_CONDITIONS[role] = condition
        return condition

    return register


def holds_role(found: Organisation, role: str, on: date) -> bool:
    """Whether an organisation has a role and may act in it on a day."""
    condition = ROLE_CONDITIONS.get(role)
    return role in found.roles and (condition is None or condition(found.id, on))


def sees_everything(actor: Actor, found: Organisation) -> bool:
    """Whether the actor may read the full sheet of the organisation, not only its short form."""
    overseen = bool(OVERSEEING & actor.roles) and found.jurisdiction in actor.jurisdictions
    return actor.organisation_id == found.id or overseen or "system" in actor.roles


def organisation(organisation_id: uuid.UUID | None) -> Organisation:
    """The organisation of that id, or NotFound."""
    found = db.session.get(Organisation, organisation_id) if organisation_id else None
    if found is None:
        raise NotFound()
    return found


def organisation_by_code(code: str) -> Organisation | None:
    """The organisation with that (checked, capital) credit code."""
    return db.session.scalar(select(Organisation).where(Organisation.uscc == code))


def organisations(
    actor: Actor,
    *,
    role: str | None = None,
    jurisdiction: str | None = None,
    state: str | None = None,
    q: str = "",
) -> Select[Organisation]:
    """The organisations the actor may see, by name; of a role, of a place with those below it, by words."""
    query = select(Organisation).where(visible_to(actor, Organisation))
    if role:
        query = query.where(has_role(role))
    if jurisdiction:
        query = query.where(Organisation.jurisdiction.in_(places_below(jurisdiction)))
    if state:
        query = query.where(Organisation.state == state)
    if q:
        query = query.where(Organisation.id.in_(matching("organisation", q)))
    return query.order_by(Organisation.name, Organisation.id)


def has_role(role: str) -> Any:
    """The SQL condition that an organisation has a role (the list is kept as JSON text)."""
    return cast(Organisation.roles, String).contains(f'"{role}"', autoescape=True)


def authority_of(jurisdiction: str) -> Organisation | None:
    """The active public data authority of a place, or the nearest one above it."""
    return next(iter(_supervising("authority", jurisdiction)), None)


def registrars_of(jurisdiction: str) -> list[Organisation]:
    """The registrars in office of a place and those above it, the nearest first."""
    today = clock.today()
    return [row for row in _supervising("registrar", jurisdiction) if holds_role(row, "registrar", today)]


def _supervising(role: str, jurisdiction: str) -> list[Organisation]:
    line = authorities_above(jurisdiction)
    query = select(Organisation).where(
        Organisation.jurisdiction.in_(line), Organisation.state == "active", has_role(role)
    )
    rows = db.session.scalars(query.order_by(Organisation.created_at, Organisation.id))
    return sorted(rows, key=lambda row: line.index(row.jurisdiction))


def agency_named(name: str, jurisdiction: str) -> Organisation | None:
    """The managing body of a place (or below it) known by that name: imports name agencies, not their codes."""
    query = select(Organisation).where(
        Organisation.side == "managing",
        Organisation.jurisdiction.in_(places_below(jurisdiction)),
        Organisation.state.in_(("active", "proposed")),
    )
    wanted = comparable(name)
    rows = db.session.scalars(query.order_by(Organisation.state, Organisation.created_at))
    return next((row for row in rows if comparable(row.name) == wanted), None)


def controllers(organisation_id: uuid.UUID | None) -> list[uuid.UUID]:
    """The organisation itself, the one that controls it, the one that controls that, and so on to the top."""
    line: list[uuid.UUID] = []
    while organisation_id is not None and organisation_id not in line:
        line.append(organisation_id)
        above = select(Organisation.controlled_by_id).where(Organisation.id == organisation_id)
        organisation_id = db.session.scalar(above)
    return line


def controls(a: uuid.UUID, b: uuid.UUID) -> bool:
    """Whether one controls the other, directly or through others, or both have a common controller."""
    return not set(controllers(a)).isdisjoint(controllers(b))


def responsible_persons(organisation_id: uuid.UUID) -> dict[str, str]:
    """Who answers for data in an organisation, as `rules.responsible_persons_are_named(**…)` takes it."""
    found = organisation(organisation_id)
    return {"head": found.security_head, "officer": found.security_officer, "body": found.data_body}


def names_of(ids: Collection[uuid.UUID | None]) -> dict[uuid.UUID, str]:
    """The names of several organisations at once, by id."""
    wanted = {one for one in ids if one is not None}
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(wanted))
    return {row_id: name for row_id, name in db.session.execute(query)} if wanted else {}
