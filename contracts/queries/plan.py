"""What a step on a right would hit: shown before it is confirmed, and then done, by the same functions.

A package says with `strikes` what one step brings about on its own rows: the next steps, on which row, with which data.
The page follows these from step to step (`hit_by`); the reactions of each package carry out the next ones (`direct`).
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from contracts.models import DataElement, DevelopmentRight
from contracts.queries.rights import children_of
from kernel.clock import today
from kernel.db import db

SUSPEND = "contracts.right.suspend"
ENDS = ("contracts.right.terminate", "contracts.right.expire", "contracts.right.surrender")


@dataclass(frozen=True)
class Hit:
    """One thing that is hit: `kind` (right, element, product, order …), the row itself, and whose it is.

    `step`: the command that is run on it with `data`, or "" where it only rests on what is hit; `on`: from which day.
    """

    kind: str
    subject: Any
    organisation_id: uuid.UUID | None = None
    step: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    on: date | None = None


Finder = Callable[[list[uuid.UUID]], list[Hit]]
Strike = Callable[[Any, Mapping[str, Any]], list[Hit]]
_FINDERS: list[Finder] = []
_STRIKES: dict[str, list[Strike]] = defaultdict(list)


def also_hit(finder: Finder) -> Finder:
    """A package above registers what of its own rests on rights and is shown only: `(right ids) -> list[Hit]`."""
    _FINDERS.append(finder)
    return finder


def strikes(*steps: str) -> Callable[[Strike], Strike]:
    """Register what a step brings about: `(subject, data of the step) -> list[Hit]`, each Hit a step of its own.

    It must say the same before the step as after it: it does not look at the state of the subject itself.
    """

    def register(strike: Strike) -> Strike:
        for step in steps:
            _STRIKES[step].append(strike)
        return strike

    return register


def direct(subject: Any, step: str, data: Mapping[str, Any]) -> list[Hit]:
    """The next steps that a step brings about."""
    return [hit for strike in _STRIKES[step] for hit in strike(subject, data)]


def hit_by(held: DevelopmentRight, step: str = SUSPEND, data: Mapping[str, Any] | None = None) -> list[Hit]:
    """Everything a step on this right hits, each row once for each thing that happens to it."""
    found: dict[tuple[str, Any, str], Hit] = {}
    _follow(held, step, data or {}, found)
    rows = sorted(found.values(), key=_order)
    if step == SUSPEND:
        rows += _elements_at_rest(held)
    ids = [held.id, *(hit.subject.id for hit in rows if hit.kind == "right")]
    return rows + [hit for finder in _FINDERS for hit in finder(ids)]


def _follow(subject: Any, step: str, data: Mapping[str, Any], found: dict[tuple[str, Any, str], Hit]) -> None:
    for hit in direct(subject, step, data):
        key = (hit.kind, hit.subject.id, hit.step)
        if key not in found:
            found[key] = hit if hit.on else _dated(hit)
            if hit.step:
                _follow(hit.subject, hit.step, hit.data, found)


def _dated(hit: Hit) -> Hit:
    """What has no day of its own happens at once."""
    return Hit(hit.kind, hit.subject, hit.organisation_id, hit.step, hit.data, today() if hit.step else None)


_KINDS = (
    "right",
    "agreement",
    "change",
    "rectification",
    "obligation",
    "element",
    "product",
    "offer",
    "order",
)


def _order(hit: Hit) -> tuple[int, str]:
    place = _KINDS.index(hit.kind) if hit.kind in _KINDS else len(_KINDS)
    return place, str(getattr(hit.subject, "heading", ""))


def _elements_at_rest(held: DevelopmentRight) -> list[Hit]:
    """Elements cannot be obtained while their right rests; they themselves stay as they are."""
    ids = [held.id, *(child.id for child in children_of(held.id))]
    made = select(DataElement).where(DataElement.right_id.in_(ids), DataElement.state == "available")
    rows = db.session.scalars(made.order_by(DataElement.title))
    return [Hit("element", row, row.operator_id) for row in rows]
