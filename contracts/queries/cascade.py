"""What steps on a right bring about within contracts: on rights under it, elements, agreements, changes, items."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from accounts.queries import names_of
from contracts.models import Agreement, DataElement, DevelopmentRight, ElementResource
from contracts.queries.change_checks import renamed
from contracts.queries.changes import (
    TO_MEND,
    UNDER_WAY,
    agreements_of_change,
    changes_of,
    items_of,
    terms_of_right,
)
from contracts.queries.checks import above
from contracts.queries.elements import elements_under, rights_on_element
from contracts.queries.plan import ENDS, SUSPEND, Hit, strikes
from contracts.queries.rights import agreements_of, children_of, obligations_of, open_suspensions
from contracts.vocabulary import Ground, Level
from kernel.db import db
from kernel.words import N_

ABOVE_SUSPENDED = N_("The right above is suspended.")
ABOVE_ENDED = N_("The right above has ended.")
ABOVE_REDUCED = N_("The right above was reduced; nothing of this right would be left.")
RIGHT_ENDED = N_("The right has ended.")
ELEMENT_RESTS = N_("A data element it rests on is suspended.")
PART_SUSPENDED = N_("The authority suspended part of the right it was made under.")
PART_BACK = N_("The suspension of that part was lifted.")
SOURCE_TAKEN_OUT = N_("A resource it was made from was taken out of the right.")


@strikes(SUSPEND)
def rest_below(held: DevelopmentRight, _data: Mapping[str, Any]) -> list[Hit]:
    """The rights under a suspended right rest with it."""
    data = {
        "reason": ABOVE_SUSPENDED, "basis": "WZ35–36; L04", "ground": Ground.CASCADE.value, "cause_id": str(held.id),
    }  # fmt: skip
    below = children_of(held.id, ("in_force", "suspended"))
    return [Hit("right", child, child.holder_id, SUSPEND, data) for child in below]


@strikes("contracts.element.suspend")
def rest_on_element(element: DataElement, _data: Mapping[str, Any]) -> list[Hit]:
    """Rights on a suspended element rest with it."""
    data = {"reason": ELEMENT_RESTS, "basis": "WZ36", "ground": Ground.SOURCE.value, "cause_id": str(element.id)}
    return [Hit("right", held, held.holder_id, SUSPEND, data) for held in rights_on_element(element.id)]


@strikes(*ENDS)
def end_below(held: DevelopmentRight, _data: Mapping[str, Any]) -> list[Hit]:
    """With a right end the rights under it; those that wait for signatures lapse."""
    data = {"reason": ABOVE_ENDED, "basis": "WZ35–36"}
    running = children_of(held.id, ("in_force", "suspended"))
    hits = [Hit("right", child, child.holder_id, "contracts.right.terminate", data) for child in running]
    waiting = children_of(held.id, ("awaiting_signature",))
    return hits + [
        Hit("right", child, child.holder_id, "contracts.right.lapse", {"reason": ABOVE_ENDED})
        for child in waiting
    ]


@strikes(*ENDS)
def end_what_hangs_on_it(held: DevelopmentRight, _data: Mapping[str, Any]) -> list[Hit]:
    """Its elements, agreements, changes under way, open items and duties end with a right."""
    why = {"reason": RIGHT_ENDED}
    hits = [
        Hit("element", row, row.operator_id, "contracts.element.withdraw", why)
        for row in elements_under(held.id)
    ]
    texts = [
        *agreements_of(held.id),
        *(a for one in changes_of(held.id) for a in agreements_of_change(one.id)),
    ]
    hits += [_text(row) for row in texts if row.state in ("in_force", "drawn_up", "partly_signed")]
    hits += [
        Hit("change", row, row.holder_id, "contracts.change.lapse", why)
        for row in changes_of(held.id, UNDER_WAY)
    ]
    hits += [
        Hit("rectification", row, row.holder_id, "contracts.rectification.drop")
        for row in items_of(held.id, TO_MEND)
    ]
    released = {"report": RIGHT_ENDED}
    open_ = [row for row in obligations_of(held.id) if row.state in ("open", "overdue")]
    return hits + [
        Hit("obligation", row, row.owner_id, "contracts.obligation.waive", released) for row in open_
    ]


def _text(row: Agreement) -> Hit:
    verb = "terminate" if row.state == "in_force" else "lapse"
    return Hit("agreement", row, row.party_b_id, f"contracts.agreement.{verb}", {"reason": RIGHT_ENDED})


@strikes("contracts.change.lapse", "contracts.change.withdraw")
def drop_texts(change: Any, _data: Mapping[str, Any]) -> list[Hit]:
    """A change that falls away leaves no text behind that could still be signed."""
    waiting = [row for row in agreements_of_change(change.id) if row.state in ("drawn_up", "partly_signed")]
    why = {"reason": N_("The change fell away.")}
    return [Hit("agreement", row, row.party_b_id, "contracts.agreement.lapse", why) for row in waiting]


@strikes("contracts.right.restrict")
def rest_in_part(held: DevelopmentRight, data: Mapping[str, Any]) -> list[Hit]:
    """Where resources are suspended, the elements made from them rest."""
    if data["scope"] != "resources":
        return []
    why = {"reason": PART_SUSPENDED, "right_id": str(held.id)}
    return [
        Hit("element", row, row.operator_id, "contracts.element.suspend", why)
        for row in made_from(held.id, data["scope_ids"])
        if row.state == "available"
    ]


@strikes("contracts.right.relax")
def resume_in_part(held: DevelopmentRight, _data: Mapping[str, Any]) -> list[Hit]:
    """What rested because of the part comes back; what rests for another reason stays."""
    return [
        Hit("element", row, row.operator_id, "contracts.element.resume", {"reason": PART_BACK})
        for row in elements_under(held.id)
        if row.rests_under_id == held.id and row.state == "suspended"
    ]


def made_from(right_id: uuid.UUID, resource_ids: Iterable[Any]) -> list[DataElement]:
    """The elements under a right that were made from one of these resources."""
    ids = [uuid.UUID(str(one)) for one in resource_ids]
    linked = select(ElementResource.element_id).where(ElementResource.resource_id.in_(ids))
    query = select(DataElement).where(DataElement.right_id == right_id, DataElement.id.in_(linked))
    return list(db.session.scalars(query.where(DataElement.state != "withdrawn").order_by(DataElement.title)))


def still_rests(element: DataElement) -> bool:
    """Whether an element rests because the authority suspended part of its right, and that is not lifted."""
    if element.rests_under_id is None:
        return False
    named = [
        one
        for row in open_suspensions(element.rests_under_id)
        if row.scope == "resources"
        for one in row.scope_ids
    ]
    return element.id in {row.id for row in made_from(element.rests_under_id, named)}


# ── terms that change ─────────────────────────────────────────────────────────────────────────────────────────


@strikes("contracts.right.adjust")
def fit_below(held: DevelopmentRight, data: Mapping[str, Any]) -> list[Hit]:
    """The rights under a right that changed are cut to what it still covers, or end where nothing is left."""
    if held.level != Level.FIRST:
        return []
    new = terms_of_right(held) | {name: value for name, value in data.items() if value is not None}
    lost = {str(row.id) for row in lost_elements(held, new["sources"])}
    hits: list[Hit] = []
    for child in children_of(held.id):
        hit = _fitted(child, cut(child, new, lost), _holder_change(held, data, child))
        hits += [hit] if hit else []
    return hits


def _fitted(child: DevelopmentRight, less: dict[str, Any], shares: dict[str, Any]) -> Hit | None:
    gone = any(less.get(name) == [] for name in ("sources", "purposes", "territory"))
    gone = gone or date.fromisoformat(less.get("ends_on", child.ends_on.isoformat())) <= child.starts_on
    if child.state == "awaiting_signature" and (less or shares):
        return Hit("right", child, child.holder_id, "contracts.right.lapse", {"reason": ABOVE_REDUCED})
    if gone:
        data = {"reason": ABOVE_REDUCED, "basis": "WZ35–36"}
        return Hit("right", child, child.holder_id, "contracts.right.terminate", data)
    if less or shares:
        return Hit("right", child, child.holder_id, "contracts.right.adjust", less | shares)
    return None


def cut(child: DevelopmentRight, new: Mapping[str, Any], lost: set[str]) -> dict[str, Any]:
    """What of a right has to become less so that it stays within the terms above it."""
    own = terms_of_right(child)
    wider = above(child.territory)
    kept = {
        "sources": [one for one in own["sources"] if one not in lost],
        "purposes": [one for one in own["purposes"] if one in new["purposes"]],
        "territory": [one for one in own["territory"] if set(new["territory"]) & set(wider.get(one, ()))],
        "ends_on": min(own["ends_on"], str(new["ends_on"])),
    }
    return {name: value for name, value in kept.items() if value != own[name]}


def _holder_change(
    held: DevelopmentRight, data: Mapping[str, Any], child: DevelopmentRight
) -> dict[str, Any]:
    """Below a right that passes on the new operator takes the share of the old one."""
    new = data.get("holder_id")
    if new is None:
        return {}
    old = uuid.UUID(str(data["old_holder_id"])) if data.get("old_holder_id") else held.holder_id
    name = names_of([uuid.UUID(str(new))])[uuid.UUID(str(new))]
    return {"income_shares": renamed(child.income_shares, "operator", old, uuid.UUID(str(new)), name)}


def lost_elements(held: DevelopmentRight, sources: Iterable[str]) -> list[DataElement]:
    """The elements under a right that were made from a resource it does not cover with these sources."""
    covered = [uuid.UUID(str(one)) for one in sources]
    outside = select(ElementResource.element_id).where(ElementResource.resource_id.not_in(covered))
    query = select(DataElement).where(DataElement.right_id == held.id, DataElement.id.in_(outside))
    return list(db.session.scalars(query.where(DataElement.state != "withdrawn").order_by(DataElement.title)))


@strikes("contracts.right.adjust")
def fit_elements(held: DevelopmentRight, data: Mapping[str, Any]) -> list[Hit]:
    """Elements made from what was taken out are withdrawn; the rest goes with the right to its new holder."""
    if held.level != Level.FIRST:
        return []
    gone = lost_elements(held, data["sources"]) if data.get("sources") is not None else []
    why = {"reason": SOURCE_TAKEN_OUT}
    hits = [Hit("element", row, row.operator_id, "contracts.element.withdraw", why) for row in gone]
    if new := data.get("holder_id"):
        rest = [row for row in elements_under(held.id) if row not in gone]
        to = {"operator_id": str(new)}
        hits += [Hit("element", row, row.operator_id, "contracts.element.hand_over", to) for row in rest]
    return hits
