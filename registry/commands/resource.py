"""Data resources: described by their holder; registered, adjusted and cancelled by the system with the registration."""

import uuid
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from marshmallow import Schema

from accounts import queries as accounts
from kernel.actor import Actor
from kernel.command import Command, command
from kernel.errors import InvalidInput
from kernel.fields import Nothing
from kernel.words import N_, Text
from registry import queries
from registry.models import CatalogueEntry, DataResource
from registry.permissions import MAY
from registry.rules.catalogue import grade_limits_attributes
from registry.schemas.registration import CHANGEABLE
from registry.schemas.resource import AdjustInput, RegisterInput, ResourceInput
from registry.states import RESOURCE

FIELDS = tuple(name for name in ResourceInput().fields if name != "entry_ids")


def _command(
    verb: str, schema: type[Schema] = Nothing, label: str = "", duties: tuple[str, ...] = ()
) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.resource.{verb}"
    return command(
        name, may=MAY[name], on=DataResource, states=RESOURCE, schema=schema, label=label, duties=duties
    )


@_command("describe", ResourceInput, N_("Describe a data resource"), duties=("R01",))
def describe(*, actor: Actor, now: datetime, entry_ids: Sequence[uuid.UUID], **values: Any) -> DataResource:
    """A holder describes a data resource made of catalogue entries."""
    holder = accounts.organisation(actor.organisation_id)
    entries = _entries(actor, entry_ids)
    fresh = DataResource(holder_id=holder.id, jurisdiction=holder.jurisdiction, entries=entries)
    _write(fresh, values)
    return fresh


@_command("amend", ResourceInput, N_("Edit"))
def amend(
    resource: DataResource, *, actor: Actor, now: datetime, entry_ids: Sequence[uuid.UUID], **values: Any
) -> None:
    """The holder changes the description before it is registered; what is left out is emptied."""
    entries = _entries(actor, entry_ids)
    queries.resource(resource.id).entries = entries
    _write(resource, values)


def _entries(actor: Actor, entry_ids: Sequence[uuid.UUID]) -> list[CatalogueEntry]:
    """The published entries of these ids: an agency's own, or any for an operator that holds data of several."""
    found = queries.choosable_entries(actor, entry_ids)
    if len(found) != len(set(entry_ids)):
        raise InvalidInput({"entry_ids": [Text(N_("Choose published entries of your own catalogue."))]})
    return found


def _write(resource: DataResource, values: dict[str, Any]) -> None:
    for name in FIELDS:
        setattr(resource, name, values.get(name))
    grade_limits_attributes(resource.national_grade, registering=True)


@_command("register", RegisterInput, duties=("R01",))
def register(
    resource: DataResource, *, actor: Actor, now: datetime, code: str, registered_until: date | None = None
) -> None:
    """The registration is coded: the resource carries its code from now on."""
    resource.code = resource.code or code
    resource.registered_until = registered_until


@_command("adjust", AdjustInput)
def adjust(
    resource: DataResource,
    *,
    actor: Actor,
    now: datetime,
    changes: dict[str, str],
    registered_until: date | None = None,
) -> None:
    """A change, correction or renewal of the registration takes effect on the resource."""
    for name in CHANGEABLE:
        if name in changes:
            setattr(resource, name, changes[name])
    if registered_until is not None:
        resource.registered_until = registered_until


@_command("cancel")
def cancel(resource: DataResource, *, actor: Actor, now: datetime) -> None:
    """No registration of the resource is in force any longer."""
