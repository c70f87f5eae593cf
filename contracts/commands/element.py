"""Data elements: described, filled with a file, delivered; obtained only under a live right."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete

from contracts import queries, rules
from contracts.gateway import misfits, read_table
from contracts.models import DataElement, DevelopmentRight, ElementResource
from contracts.permissions import MAY
from contracts.queries.cascade import still_rests
from contracts.queries.elements import right_of_holder_on_element
from contracts.queries.policies import policy_of_right
from contracts.queries.rights import source_ids
from contracts.rules import life
from contracts.rules.policy import Request, decide, use_is_permitted
from contracts.schemas import AttachInput, ElementInput, ReasonInput
from contracts.schemas.life import HandOverInput, RestInput
from contracts.states import ELEMENT
from contracts.vocabulary import Level
from kernel.actor import Actor
from kernel.clock import legal_day
from kernel.command import command
from kernel.config import settings
from kernel.db import db
from kernel.errors import InvalidInput
from kernel.fields import File
from kernel.storage import accept_upload, store
from kernel.words import N_, Text

KINDS = frozenset({"csv", "json", "xlsx"})


@command(
    "contracts.element.draft",
    may=MAY["contracts.element.draft"],
    on=DataElement,
    states=ELEMENT,
    schema=ElementInput,
    label=N_("New data element"),
)
def draft(
    *,
    actor: Actor,
    now: datetime,
    right_id: uuid.UUID,
    resources: list[uuid.UUID],
    columns: list[dict[str, Any]],
    **words: Any,
) -> DataElement:
    """The operator describes an element it made: its fields, its treatment, and which resources it comes from."""
    held = _right(right_id, actor)
    _check_lineage(held, resources)
    return DataElement(
        right_id=held.id,
        operator_id=held.holder_id,
        jurisdiction=held.jurisdiction,
        fields=columns,
        lineage=[ElementResource(resource_id=resource_id) for resource_id in dict.fromkeys(resources)],
        **words,
    )


@command(
    "contracts.element.amend",
    may=MAY["contracts.element.amend"],
    on=DataElement,
    states=ELEMENT,
    schema=ElementInput,
    label=N_("Change"),
)
def amend(
    element: DataElement,
    *,
    actor: Actor,
    now: datetime,
    right_id: uuid.UUID,
    resources: list[uuid.UUID],
    columns: list[dict[str, Any]],
    **words: Any,
) -> None:
    """The operator changes the description before delivery; a file that no longer fits has to be attached anew."""
    held = _right(right_id, actor)
    _check_lineage(held, resources)
    if columns != element.fields:
        element.storage_key = element.sha256 = element.file_name = element.format = None
    for name, value in words.items():
        setattr(element, name, value)
    element.right_id, element.fields = held.id, columns
    db.session.execute(delete(ElementResource).where(ElementResource.element_id == element.id))
    db.session.add_all(
        ElementResource(element_id=element.id, resource_id=resource_id)
        for resource_id in dict.fromkeys(resources)
    )


def _right(right_id: uuid.UUID, actor: Actor) -> DevelopmentRight:
    held = queries.right(right_id)
    if held is None or held.holder_id != actor.organisation_id or held.level != Level.FIRST:
        raise InvalidInput({"right_id": [N_("Choose a first-level right of your own.")]})
    return held


def _check_lineage(held: DevelopmentRight, resources: list[uuid.UUID]) -> None:
    covered = [str(source_id) for source_id in source_ids(held.id)]
    rules.lineage_stays_within_the_right([str(resource_id) for resource_id in resources], covered)


@command(
    "contracts.element.attach",
    may=MAY["contracts.element.attach"],
    on=DataElement,
    states=ELEMENT,
    schema=AttachInput,
    label=N_("Attach a file"),
)
def attach(element: DataElement, *, actor: Actor, now: datetime, file: File, edition: date) -> None:
    """The operator attaches the file, or a newer edition of it; fields, types and rows are checked."""
    facts = accept_upload(file.name, file.content, kinds=KINDS, max_bytes=settings().max_upload_bytes)
    table = read_table(facts.kind, file.content)
    rules.file_has_the_fields(table.columns, [one["name"] for one in element.fields], len(table.rows))
    if wrong := misfits(table, {one["name"]: one["type"] for one in element.fields}):
        raise InvalidInput({"file": wrong})
    element.file_name, element.format, element.size, element.sha256 = (
        facts.name,
        facts.kind,
        facts.size,
        facts.sha256,
    )
    element.rows, element.edition = len(table.rows), edition
    element.storage_key = store().keep("elements", file.content, facts.kind)


@command(
    "contracts.element.deliver",
    may=MAY["contracts.element.deliver"],
    on=DataElement,
    states=ELEMENT,
    label=N_("Deliver"),
)
def deliver(element: DataElement, *, actor: Actor, now: datetime) -> None:
    """The element is complete and can be built on."""
    rules.element_is_complete(element.storage_key is not None, element.treatment)
    rules.access_rests_on_a_live_right(*queries.right_is_live(element.right_id, legal_day(now)))
    element.delivered_at = now


@command(
    "contracts.element.fetch",
    may=MAY["contracts.element.fetch"],
    on=DataElement,
    states=ELEMENT,
    label=N_("Obtain the file"),
)
def fetch(element: DataElement, *, actor: Actor, now: datetime) -> None:
    """The operator, or a developer with a live right on it, obtains the file; each time is recorded."""
    on = legal_day(now)
    if actor.organisation_id == element.operator_id:
        rules.access_rests_on_a_live_right(*queries.right_is_live(element.right_id, on))
        return
    held = right_of_holder_on_element(actor.organisation_id, element.id) if actor.organisation_id else None
    none = Text(N_("You have no right on this data element."))
    rules.access_rests_on_a_live_right(*(queries.right_is_live(held.id, on) if held else (False, none)))
    if held is not None:
        asked = Request("derive", str(actor.organisation_id), f"urn:uuid:{element.id}", on=on)
        use_is_permitted(decide(policy_of_right(held), asked))


@command(
    "contracts.element.suspend",
    may=MAY["contracts.element.suspend"],
    on=DataElement,
    states=ELEMENT,
    schema=RestInput,
    label=N_("Suspend"),
)
def suspend(
    element: DataElement, *, actor: Actor, now: datetime, reason: str, right_id: uuid.UUID | None
) -> None:
    """Nobody obtains the element, and the rights on it rest, until it is resumed."""
    element.ended_because = reason
    element.rests_under_id = None if actor.is_signed_in else right_id


@command(
    "contracts.element.resume",
    may=MAY["contracts.element.resume"],
    on=DataElement,
    states=ELEMENT,
    schema=ReasonInput,
    label=N_("Resume"),
)
def resume(element: DataElement, *, actor: Actor, now: datetime, reason: str) -> None:
    """The element can be used again."""
    life.rests_no_longer(still_rests(element))
    element.ended_because, element.rests_under_id = "", None


@command(
    "contracts.element.withdraw",
    may=MAY["contracts.element.withdraw"],
    on=DataElement,
    states=ELEMENT,
    schema=ReasonInput,
    label=N_("Withdraw"),
)
def withdraw(element: DataElement, *, actor: Actor, now: datetime, reason: str) -> None:
    """The element is taken back for good, once no right rests on it."""
    rules.element_is_not_relied_upon([held.heading for held in queries.rights_on_element(element.id)])
    element.ended_because = reason


@command(
    "contracts.element.hand_over",
    may=MAY["contracts.element.hand_over"],
    on=DataElement,
    states=ELEMENT,
    schema=HandOverInput,
)
def hand_over(element: DataElement, *, actor: Actor, now: datetime, operator_id: uuid.UUID) -> None:
    """The right it was made under has passed on: the new holder works with the element."""
    element.operator_id = operator_id
