"""Foreign catalogues: proposed, rehearsed, approved, read again and again, paused, retired."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from marshmallow import Schema

from kernel.actor import Actor
from kernel.command import Command, command
from kernel.db import new_id
from kernel.errors import Conflict, InvalidInput
from kernel.fields import Nothing
from kernel.sealing import sealed
from kernel.words import N_, Text
from registry import queries
from registry.models.harvest import HarvestSource
from registry.permissions import MAY
from registry.queries import harvest as known
from registry.schemas.harvest import HarvestReasons, HarvestSourceChange, HarvestSourceInput
from registry.states import HARVEST_SOURCE
from registry.vocabulary.harvest import PAUSE

_BUSY = N_("The source is being read at this moment; wait until that has ended, or stop it.")
_NOT_REHEARSED = N_("Rehearse it first: nobody has seen yet what would come in.")
_SECRET_AGAIN = N_("The address is at another machine now; enter the secret again.")
_NO_SECRET = N_("Enter the secret.")


def _command(
    verb: str, schema: type[Schema] = Nothing, label: str = ""
) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.harvest_source.{verb}"
    return command(name, may=MAY[name], on=HarvestSource, states=HARVEST_SOURCE, schema=schema, label=label)


@_command("propose", HarvestSourceInput, N_("Propose a catalogue to harvest"))
def propose(
    *,
    actor: Actor,
    now: datetime,
    jurisdiction: str | None = None,
    agency_id: uuid.UUID | None = None,
    **values: Any,
) -> HarvestSource:
    """Somebody proposes a foreign catalogue to be read here."""
    place, agency_id = queries.addressee(actor, jurisdiction, agency_id)
    source = HarvestSource(
        id=new_id(),
        jurisdiction=place,
        agency_id=agency_id,
        organisation_id=actor.organisation_id,
        proposed_by_id=actor.user_id,
    )
    _write(source, **values)
    return source


@_command("amend", HarvestSourceChange, N_("Change"))
def amend(source: HarvestSource, *, actor: Actor, now: datetime, **values: Any) -> None:
    """The source is changed; it has to be approved anew."""
    _idle(source)
    if source.secret and not values.get("secret") and _machine(source.address) != _machine(values["address"]):
        raise InvalidInput({"secret": [Text(_SECRET_AGAIN)]})
    source.proposed_by_id = actor.user_id
    source.next_at = None
    _write(source, **values)


def _machine(address: str) -> str:
    """Scheme, name and port of an address: a secret is for one machine and for no other."""
    return "/".join(address.split("/")[:3]).lower()


def _write(source: HarvestSource, *, secret: str | None = None, **values: Any) -> None:
    for name, value in values.items():
        setattr(source, name, value)
    if source.credential == "none":
        source.secret = None
    elif secret:
        source.secret = sealed(secret)
    elif not source.secret:
        raise InvalidInput({"secret": [Text(_NO_SECRET)]})


@_command("approve", label=N_("Approve the source"))
def approve(source: HarvestSource, *, actor: Actor, now: datetime) -> None:
    """The authority approves the source after a rehearsal: from now on it is read as often as was asked for."""
    if not known.was_rehearsed(source):
        raise Conflict(_NOT_REHEARSED)
    source.reasons = None
    source.next_at = now if source.rhythm in PAUSE else None


@_command("decline", HarvestReasons, N_("Decline the source"))
def decline(source: HarvestSource, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The authority declines the source with reasons."""
    source.reasons = reasons


@_command("pause", HarvestReasons, N_("Pause"))
def pause(source: HarvestSource, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The source is not read for a while."""
    source.reasons, source.next_at = reasons, None


@_command("resume", label=N_("Resume"))
def resume(source: HarvestSource, *, actor: Actor, now: datetime) -> None:
    """The source is read again."""
    source.reasons = None
    source.next_at = now if source.rhythm in PAUSE else None


@_command("retire", HarvestReasons, N_("Retire"))
def retire(source: HarvestSource, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The source is read no more; its credentials are deleted, its entries stay."""
    _idle(source)
    source.reasons, source.next_at, source.secret, source.credential = reasons, None, None, "none"


@_command("rehearse", label=N_("Rehearse: read and report, enter nothing"))
def rehearse(source: HarvestSource, *, actor: Actor, now: datetime) -> None:
    """The source is read and reported on with all differences; the catalogue stays as it is."""
    _idle(source)


@_command("read", label=N_("Read now"))
def read(source: HarvestSource, *, actor: Actor, now: datetime) -> None:
    """The source is read; what is new or has changed goes into the catalogue as drafts and proposed updates."""
    _idle(source)
    source.next_at = now + PAUSE[source.rhythm] if source.rhythm in PAUSE else None


def _idle(source: HarvestSource) -> None:
    if known.run_under_way(source.id) is not None:
        raise Conflict(_BUSY)
