"""The library of conditions: added and retired by the authority of a place."""

from datetime import datetime
from typing import Any

from accounts.queries import organisation
from contracts.models import LibraryCondition
from contracts.permissions import MAY
from contracts.queries.conditions import library
from contracts.rules.conditions import Condition, plain
from contracts.schemas.condition import ConditionInput, RetireInput
from contracts.states import CONDITION
from kernel.actor import Actor
from kernel.command import command
from kernel.errors import InvalidInput
from kernel.words import N_


@command(
    "contracts.condition.add",
    may=MAY["contracts.condition.add"],
    on=LibraryCondition,
    states=CONDITION,
    schema=ConditionInput,
    label=N_("Add a condition"),
)
def add(*, actor: Actor, now: datetime, **facts: Any) -> LibraryCondition:
    """The authority writes a condition that decisions of its place can choose."""
    place = organisation(actor.organisation_id).jurisdiction
    if facts["code"] in library(place):
        said = N_("The library has a condition of this name. Retire it first, or take another.")
        raise InvalidInput({"code": [said]})
    return LibraryCondition(
        code=facts["code"], jurisdiction=place, facts=plain(Condition(**facts)), added_by_id=actor.user_id
    )


@command(
    "contracts.condition.retire",
    may=MAY["contracts.condition.retire"],
    on=LibraryCondition,
    states=CONDITION,
    schema=RetireInput,
    label=N_("Retire"),
)
def retire(condition: LibraryCondition, *, actor: Actor, now: datetime, reason: str) -> None:
    """The condition cannot be chosen any more; where it was chosen it stays."""
    condition.reason = reason
