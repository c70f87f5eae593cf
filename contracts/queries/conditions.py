"""The library of conditions as it stands in a place."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, or_, select

from contracts.models import LibraryCondition
from contracts.queries.checks import above
from contracts.rules.conditions import Condition, condition_of, delivered_conditions
from kernel.actor import Actor
from kernel.db import db
from kernel.permissions import visible, visible_to


@visible(LibraryCondition)
def visible_conditions(actor: Actor) -> ColumnElement[bool]:
    """What is in use is for everybody to read; what was retired is for those who oversee the place."""
    public = LibraryCondition.state == "in_use"
    if actor.roles & {"authority", "auditor", "government", "system"}:
        return or_(public, LibraryCondition.jurisdiction.in_(actor.jurisdictions))
    return public


def conditions(actor: Actor) -> Select[LibraryCondition]:
    """The conditions that authorities added, the newest first."""
    query = select(LibraryCondition).where(visible_to(actor, LibraryCondition))
    return query.order_by(LibraryCondition.created_at.desc(), LibraryCondition.id)


def library(jurisdiction: str) -> dict[str, Condition]:
    """The conditions that can be chosen in a place, by code: delivered ones, and those of the place and above it."""
    codes = above([jurisdiction])[jurisdiction] or {jurisdiction}
    rows = db.session.scalars(
        select(LibraryCondition).where(LibraryCondition.jurisdiction.in_(codes)).order_by(LibraryCondition.created_at)
    )
    found = dict(delivered_conditions())
    for row in sorted(rows, key=lambda row: (len(above([row.jurisdiction])[row.jurisdiction]), row.created_at)):
        if row.state == "in_use":
            found[row.code] = condition_of(row.facts)
        else:
            found.pop(row.code, None)
    return found


def chosen(jurisdiction: str, codes: Iterable[str]) -> tuple[list[Condition], list[str]]:
    """The conditions with these codes, and the codes that the library of the place does not have."""
    known, wanted = library(jurisdiction), list(dict.fromkeys(codes))
    return [known[code] for code in wanted if code in known], [code for code in wanted if code not in known]
