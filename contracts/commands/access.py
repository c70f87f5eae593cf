"""Access to data opened on conditions: applied for, answered, bound by two documents, used, ended."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from marshmallow import Schema

from contracts.models import OpenAccess
from contracts.permissions import MAY
from contracts.queries.access import KINDS, fetch_of, kinds_in_force, policy_of_access
from contracts.rules.access import (
    ability_is_shown,
    access_has_an_end,
    access_is_bound,
    data_are_open_on_conditions,
)
from contracts.rules.policy import decide, use_is_permitted
from contracts.schemas.access import AccessInput, AccessReasonInput, AdmitInput
from contracts.states import ACCESS
from jurisdictions import tree
from kernel.actor import Actor
from kernel.clock import legal_day
from kernel.command import Command, command
from kernel.config import settings
from kernel.errors import InvalidInput
from kernel.fields import File, Nothing
from kernel.storage import accept_upload, store
from kernel.words import N_
from registry.queries.catalogue import entry as entry_by_id

FORMATS = frozenset({"csv", "json", "xlsx", "pdf", "zip"})


def _command(
    verb: str, schema: type[Schema] = Nothing, label: str = "", duties: tuple[str, ...] = ()
) -> Callable[[Callable[..., Any]], Command]:
    name = f"contracts.access.{verb}"
    return command(name, may=MAY[name], on=OpenAccess, states=ACCESS, schema=schema, label=label, duties=duties)


@_command("apply", AccessInput, N_("Apply for access"), ("O05",))
def apply(*, actor: Actor, now: datetime, entry_id: uuid.UUID, wanted_until: date, **words: str) -> OpenAccess:
    """An organisation applies for data that are opened on conditions and shows that it can protect them."""
    found = entry_by_id(entry_id)
    data_are_open_on_conditions(found.state, found.opening_attribute)
    rules = tree.profile_of(found.jurisdiction, on=legal_day(now))
    key = "opening.ability_proof"
    ability_is_shown(not rules.silent(key) and rules.flag(key), words["ability"])
    access_has_an_end(legal_day(now), wanted_until)
    if found.agency_id is None or found.agency_id == actor.organisation_id:
        raise InvalidInput({"entry_id": [N_("Nobody applies for its own data, nor for data no agency answers for.")]})
    return OpenAccess(
        entry_id=found.id,
        title=found.title,
        condition=found.opening_conditions or "",
        agency_id=found.agency_id,
        jurisdiction=found.jurisdiction,
        applicant_id=actor.organisation_id,
        applied_by_id=actor.user_id,
        wanted_until=wanted_until,
        **words,
    )


@_command("admit", AdmitInput, N_("Grant the access"), ("O06",))
def admit(row: OpenAccess, *, actor: Actor, now: datetime, file: File, ends_on: date) -> None:
    """The agency grants the access and provides the data; agreement and commitment are put before the parties."""
    access_has_an_end(legal_day(now), ends_on)
    facts = accept_upload(file.name, file.content, kinds=FORMATS, max_bytes=settings().max_upload_bytes, field="file")
    row.file = {
        "name": facts.name,
        "media_type": facts.media_type,
        "size": facts.size,
        "sha256": facts.sha256,
        "storage_key": store().keep("open_access", file.content, facts.kind),
    }
    row.starts_on, row.ends_on = legal_day(now), ends_on


@_command("refuse", AccessReasonInput, N_("Refuse the access"), ("O06",))
def refuse(row: OpenAccess, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The agency refuses the access, with its reasons."""
    row.reasons = reasons


@_command("withdraw", Nothing, N_("Withdraw the application"))
def withdraw(row: OpenAccess, *, actor: Actor, now: datetime) -> None:
    """The applicant does not want the data any more."""


@_command("come_into_force")
def come_into_force(row: OpenAccess, *, actor: Actor, now: datetime) -> None:
    """Both documents are signed; the data can be fetched."""
    row.in_force_at = now


@_command("fetch", Nothing, N_("Obtain the file"), ("O07",))
def fetch(row: OpenAccess, *, actor: Actor, now: datetime) -> None:
    """The applicant obtains the data, as long as both documents, the condition and the policy allow it."""
    in_force = kinds_in_force(row)
    access_is_bound(KINDS[0] in in_force, KINDS[1] in in_force)
    found = entry_by_id(row.entry_id)
    if found.opening_attribute != "open":
        data_are_open_on_conditions(found.state, found.opening_attribute)
    use_is_permitted(decide(policy_of_access(row), fetch_of(row, legal_day(now))))


@_command("end", AccessReasonInput, N_("End the access"))
def end(row: OpenAccess, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The access ends: its term is over, a condition is not met any more, or one of the parties ends it."""
    row.ended_because = reasons


