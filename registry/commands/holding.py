"""The list of data resources beside the catalogue: what an agency holds, and which entry catalogues it."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from marshmallow import Schema

from accounts import queries as accounts
from kernel import audit
from kernel.actor import Actor
from kernel.command import Command, command
from kernel.db import db
from kernel.errors import InvalidInput
from kernel.words import N_, Text
from registry.models import CatalogueEntry, Holding
from registry.permissions import MAY
from registry.queries import projects
from registry.rules.databases import catalogued_how_far
from registry.schemas.projects import (
    HoldingCatalogueInput,
    HoldingDetails,
    HoldingInput,
    HoldingRetireInput,
)
from registry.states import HOLDING

FIELDS = tuple(HoldingDetails().fields)
CLOSED = ("accepted", "refused")


def _command(
    verb: str, schema: type[Schema], label: str, duties: tuple[str, ...] = ("C14",)
) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.holding.{verb}"
    return command(name, may=MAY[name], on=Holding, states=HOLDING, schema=schema, label=label, duties=duties)


@_command("record", HoldingInput, N_("Add to the list of data resources"), ("C14", "C10"))
def record(*, actor: Actor, now: datetime, project_id: uuid.UUID | None = None, **values: Any) -> Holding:
    """An agency says which data it holds, in which system; perhaps as part of a project's data list."""
    agency = accounts.organisation(actor.organisation_id)
    project = projects.project_or_none(project_id)
    foreign = project is None or project.agency_id != agency.id or project.state in CLOSED
    if project_id is not None and foreign:
        raise InvalidInput({"project_id": [Text(N_("Choose a project of your own that is not finished."))]})
    fresh = Holding(agency_id=agency.id, jurisdiction=agency.jurisdiction, project_id=project_id)
    _write(fresh, values)
    return fresh


@_command("amend", HoldingDetails, N_("Edit"))
def amend(holding: Holding, *, actor: Actor, now: datetime, **values: Any) -> None:
    """The agency changes what it says about data it holds."""
    _write(holding, values)


def _write(holding: Holding, values: dict[str, Any]) -> None:
    for name in FIELDS:
        setattr(holding, name, values.get(name))


@_command("catalogue", HoldingCatalogueInput, N_("Name its catalogue entry"))
def catalogue(holding: Holding, *, actor: Actor, now: datetime, entry_id: uuid.UUID) -> None:
    """The agency names the entry of its catalogue that describes the data."""
    entry = db.session.get(CatalogueEntry, entry_id)
    if entry is None or entry.agency_id != holding.agency_id or entry.state == "withdrawn":
        raise InvalidInput({"entry_id": [Text(N_("Choose an entry of your own catalogue."))]})
    holding.entry_id = entry.id
    audit.note(coverage=catalogued_how_far(entry.state))


@_command("retire", HoldingRetireInput, N_("Take off the list"))
def retire(holding: Holding, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The agency no longer holds the data."""
    holding.reasons = reasons
