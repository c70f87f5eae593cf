"""What a suspension or termination of a right would hit, shown before it is confirmed."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from contracts.models import DataElement, DevelopmentRight
from contracts.queries.rights import children_of
from kernel.db import db


@dataclass(frozen=True)
class Hit:
    """One thing that would stop: `kind` (right, element, product, order …), the row itself, and whose it is."""

    kind: str
    subject: Any
    organisation_id: uuid.UUID | None = None


Finder = Callable[[list[uuid.UUID]], list[Hit]]
_FINDERS: list[Finder] = []


def also_hit(finder: Finder) -> Finder:
    """A package above registers what of its own rests on rights: `(right ids) -> list[Hit]`."""
    _FINDERS.append(finder)
    return finder


def hit_by(held: DevelopmentRight) -> list[Hit]:
    """Everything that stops when this right stops: rights under it, elements, and what packages above add."""
    below = children_of(held.id)
    ids = [held.id, *(child.id for child in below)]
    made = select(DataElement).where(DataElement.right_id == held.id, DataElement.state == "available")
    rows = [Hit("right", child, child.holder_id) for child in below]
    rows += [
        Hit("element", row, row.operator_id) for row in db.session.scalars(made.order_by(DataElement.title))
    ]
    return rows + [hit for finder in _FINDERS for hit in finder(ids)]
