"""People: by id, by e-mail address, by password."""

import secrets
import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from werkzeug.security import check_password_hash, generate_password_hash

from accounts.models import Person
from accounts.rules import comparable
from accounts.vocabulary import PASSWORD_HASH
from kernel.actor import Actor
from kernel.db import db
from kernel.errors import NotFound
from kernel.permissions import visible, visible_to


@visible(Person)
def _visible_people(actor: Actor) -> ColumnElement[bool]:
    """Oneself. Colleagues are seen through the members of the organisation."""
    return Person.id == actor.user_id


def people(actor: Actor) -> Select[Person]:
    """The people the actor may see: oneself."""
    return select(Person).where(visible_to(actor, Person)).order_by(Person.created_at, Person.id)


def person(person_id: uuid.UUID) -> Person:
    """The person of that id, or NotFound."""
    found = db.session.get(Person, person_id)
    if found is None:
        raise NotFound()
    return found


def person_by_email(email: str) -> Person | None:
    """The person with that address, in whichever capitals it is written."""
    return db.session.scalar(select(Person).where(Person.email == comparable(email)))


def people_of(ids: Collection[uuid.UUID | None]) -> dict[uuid.UUID, str]:
    """The names of several people at once, by id."""
    wanted = {one for one in ids if one is not None}
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted))) if wanted else ()
    return {person_id: name for person_id, name in rows}


def person_with(email: str, password: str) -> Person | None:
    """The active person with that address and password. As much work is done for an address nobody has."""
    found = person_by_email(email)
    right = check_password_hash(
        found.password_hash if found else _nobodys_hash(PASSWORD_HASH["method"]), password
    )
    return found if found and right and found.state == "active" else None


def password_is_right(user_id: uuid.UUID | None, password: str) -> bool:
    """Whether this is the password of the active person: asked again before a signature."""
    found = db.session.get(Person, user_id) if user_id else None
    right = check_password_hash(
        found.password_hash if found else _nobodys_hash(PASSWORD_HASH["method"]), password
    )
    return right and found is not None and found.state == "active"


def proof_of(user_id: uuid.UUID | None, password: str, now: datetime) -> dict[str, Any] | None:
    """The evidence of a confirmed signature as kernel.documents wants it; None where the password is wrong."""
    if not password_is_right(user_id, password):
        return None
    return {"confirmed": True, "method": "password", "at": now.isoformat(), "person_id": str(user_id)}


def demonstrators() -> Sequence[Person]:
    """The people of the demonstration, by role."""
    rows = select(Person).where(Person.demo_role.is_not(None), Person.state == "active")
    return db.session.scalars(rows.order_by(Person.created_at, Person.id)).all()


@cache
def _nobodys_hash(method: str) -> str:
    return generate_password_hash(secrets.token_urlsafe(), method)
