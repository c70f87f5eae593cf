"""Lead sources: the authority names which agency collects a data item."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from marshmallow import Schema

from accounts import queries as accounts
from kernel.actor import Actor
from kernel.command import Command, command
from kernel.errors import InvalidInput
from kernel.words import N_, Text
from registry.commands.places import own_place
from registry.models import LeadSource
from registry.permissions import MAY
from registry.queries import sources
from registry.rules.collection import item_has_one_source
from registry.schemas.collection import LeadSourceEndInput, LeadSourceInput
from registry.states import LEAD_SOURCE
from registry.vocabulary.collecting import item_name


def _command(verb: str, schema: type[Schema], label: str) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.lead_source.{verb}"
    return command(
        name, may=MAY[name], on=LeadSource, states=LEAD_SOURCE, schema=schema, label=label, duties=("A01",)
    )


@_command("name", LeadSourceInput, N_("Name the lead source"))
def name(
    *,
    actor: Actor,
    now: datetime,
    jurisdiction: str,
    item: str,
    agency_id: uuid.UUID,
    basis: str,
) -> LeadSource:
    """The authority names the one agency of its place that collects a data item."""
    own_place(actor, jurisdiction)
    agency = accounts.organisation(agency_id)
    if "agency" not in agency.roles or agency.jurisdiction not in accounts.places_below(jurisdiction):
        raise InvalidInput({"agency_id": [Text(N_("Choose an agency of this place."))]})
    compared = item_name(item)
    if not compared:
        raise InvalidInput({"item": [Text(N_("Name the data item in words."))]})
    standing = sources.lead_source_of(item, jurisdiction)
    item_has_one_source(item, standing.agency.name if standing else None)
    return LeadSource(jurisdiction=jurisdiction, item=item, name=compared, agency_id=agency.id, basis=basis)


@_command("end", LeadSourceEndInput, N_("End the decision"))
def end(source: LeadSource, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The authority ends its decision on the source of a data item."""
    source.reasons = reasons
