"""What development rights rest on in the register, and until when it is authorised."""

import uuid
from datetime import date

from sqlalchemy import select

from contracts.models import DevelopmentRight, RightSource
from contracts.queries.rights import right, source_ids
from kernel.db import db
from registry.models import Registration


def registered_under(held: DevelopmentRight) -> list[uuid.UUID]:
    """The resources a right rests on, of a second-level right through the right above it."""
    first = right(held.parent_id) if held.parent_id else held
    return source_ids(first.id) if first is not None else []


def registrations_in_force(resource_id: uuid.UUID) -> list[Registration]:
    """The registrations of a resource that are in force; two of them while a renewal waits."""
    query = select(Registration).where(Registration.resource_id == resource_id, Registration.state == "in_force")
    return list(db.session.scalars(query.order_by(Registration.valid_until)))


def authorised_until(resource_id: uuid.UUID) -> tuple[date | None, str]:
    """The last day of the longest first-level right on a resource with its number; (None, "") where it is in none.

    A right that was terminated binds nothing any more; one that ran its time bounds what rests on it for good.
    """
    query = (
        select(DevelopmentRight.ends_on, DevelopmentRight.number)
        .join(RightSource, RightSource.right_id == DevelopmentRight.id)
        .where(
            RightSource.source_id == resource_id,
            DevelopmentRight.level == "first_level",
            DevelopmentRight.state.in_(("in_force", "suspended", "expired")),
        )
    )
    found = db.session.execute(query.order_by(DevelopmentRight.ends_on.desc(), DevelopmentRight.number)).first()
    return (found.ends_on, found.number) if found else (None, "")
