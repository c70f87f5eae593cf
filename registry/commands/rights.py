"""The rights record – who holds, uses and operates what is registered – and the duty to register."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from marshmallow import Schema

from accounts import queries as accounts
from kernel import clock, due
from kernel.actor import Actor
from kernel.command import Command, command
from kernel.errors import InvalidInput
from kernel.fields import Nothing
from kernel.words import N_, Text
from registry import queries
from registry.models import DutyToRegister, RightsRecord
from registry.permissions import MAY
from registry.schemas.rights import DutyInput, MeetInput, RightInput, WaiveInput
from registry.states import DUTY_TO_REGISTER, RIGHTS_RECORD

R07 = ("R07",)


def _record(verb: str, schema: type[Schema] = Nothing) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.rights_record.{verb}"
    return command(name, may=MAY[name], on=RightsRecord, states=RIGHTS_RECORD, schema=schema, duties=R07)


@_record("enter", RightInput)
def enter(*, actor: Actor, now: datetime, organisation_id: uuid.UUID, **values: Any) -> RightsRecord:
    """A right in something registered arises from a registration or an agreement and is entered."""
    name = accounts.organisation(organisation_id).name
    return RightsRecord(organisation_id=organisation_id, organisation_name=name, **values)


@_record("end")
def end(record: RightsRecord, *, actor: Actor, now: datetime) -> None:
    """What the right rests on has ended; it stays in the record with its last day."""
    today = clock.legal_day(now)
    record.ended_on = min(record.ends_on, today) if record.ends_on else today


def _duty(verb: str, schema: type[Schema], label: str = "") -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.duty_to_register.{verb}"
    return command(
        name,
        may=MAY[name],
        on=DutyToRegister,
        states=DUTY_TO_REGISTER,
        schema=schema,
        label=label,
        duties=("R01", "R02"),
    )


@_duty("note", DutyInput, N_("Note a duty to register"))
def note(
    *,
    actor: Actor,
    now: datetime,
    object_type: str,
    resource_id: uuid.UUID | None,
    product_id: uuid.UUID | None,
    holder_id: uuid.UUID | None,
    ground: str,
    began_on: date,
    title: str,
) -> DutyToRegister:
    """Something is used in authorised operation and not registered: the days to apply for it begin."""
    resource = queries.resource_or_none(resource_id)
    if resource_id is not None and resource is None:
        raise InvalidInput({"resource_id": [Text(N_("There is no such resource."))]})
    holder = accounts.organisation(resource.holder_id if resource else holder_id or actor.organisation_id)
    if began_on > clock.legal_day(now):
        raise InvalidInput({"began_on": [Text(N_("This day has not come yet."))]})
    fresh = DutyToRegister(
        object_type="resource" if resource else object_type,
        resource_id=resource.id if resource else None,
        product_id=product_id,
        title=title,
        holder_id=holder.id,
        jurisdiction=holder.jurisdiction,
        ground=ground,
        began_on=began_on,
        counts_from=began_on,
    )
    rules = due.profile(fresh)
    if ground == "transition":
        fresh.counts_from = max(began_on, rules.day("rules.in_force"))
    return fresh


@_duty("meet", MeetInput)
def meet(duty: DutyToRegister, *, actor: Actor, now: datetime, registration_id: uuid.UUID) -> None:
    """The registration was handed in."""
    duty.registration_id = registration_id


@_duty("waive", WaiveInput, N_("No registration is needed"))
def waive(duty: DutyToRegister, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The authority finds that nothing has to be registered, with reasons."""
    duty.waived_because = reasons
