"""One row as somebody may see it, and who oversees a place."""

import uuid
from typing import Any, TypeVar

from sqlalchemy import select

from kernel.actor import Actor
from kernel.db import db
from kernel.errors import NotFound
from kernel.permissions import visible_to

Row = TypeVar("Row")
# Who reads the trade of a whole place.
OVERSEERS = frozenset({"authority", "auditor", "government"})


def seen(actor: Actor, model: type[Row], row_id: uuid.UUID) -> Row:
    """The row of that id if the actor may see it; NotFound otherwise."""
    table: Any = model
    found: Row | None = db.session.scalar(select(table).where(table.id == row_id, visible_to(actor, table)))
    if found is None:
        raise NotFound()
    return found
