"""Overlaps: an agency says how it comes by data that another agency holds already; the authority looks at it."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from marshmallow import Schema

from kernel.actor import Actor
from kernel.command import Command, command
from kernel.db import db
from kernel.errors import InvalidInput
from kernel.fields import Nothing
from kernel.permissions import may_see
from kernel.words import N_, Text
from registry.models import CatalogueEntry, Overlap
from registry.permissions import MAY
from registry.schemas.collection import OverlapDetails, OverlapInput, OverlapQuestionInput
from registry.states import OVERLAP


def _command(
    verb: str, schema: type[Schema] = Nothing, label: str = ""
) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.overlap.{verb}"
    return command(
        name, may=MAY[name], on=Overlap, states=OVERLAP, schema=schema, label=label, duties=("A02",)
    )


@_command("explain", OverlapInput, N_("Explain the overlap"))
def explain(
    *, actor: Actor, now: datetime, entry_id: uuid.UUID, other_id: uuid.UUID, **values: Any
) -> Overlap:
    """An agency says whether it obtains similar data by sharing, or why it collects them again."""
    own = db.session.get(CatalogueEntry, entry_id)
    if own is None or own.agency_id != actor.organisation_id:
        raise InvalidInput({"entry_id": [Text(N_("Choose an entry of your own catalogue."))]})
    other = db.session.get(CatalogueEntry, other_id)
    if other is None or other.agency_id == own.agency_id or not may_see(actor, other):
        raise InvalidInput({"other_id": [Text(N_("Choose an entry of another agency."))]})
    return Overlap(
        entry_id=own.id,
        other_id=other.id,
        agency_id=own.agency_id,
        other_agency_id=other.agency_id,
        jurisdiction=own.jurisdiction,
        title=f"{own.title} / {other.title}",
        **values,
    )


@_command("amend", OverlapDetails, N_("Explain it better"))
def amend(overlap: Overlap, *, actor: Actor, now: datetime, **values: Any) -> None:
    """The agency changes its explanation."""
    overlap.basis = None
    for name, value in values.items():
        setattr(overlap, name, value)
    overlap.question = None


@_command("question", OverlapQuestionInput, N_("Ask for a better explanation"))
def question(overlap: Overlap, *, actor: Actor, now: datetime, question: str) -> None:
    """The authority does not let the explanation pass; the entry cannot be handed in with it."""
    overlap.question = question


@_command("accept", label=N_("Let the explanation stand"))
def accept(overlap: Overlap, *, actor: Actor, now: datetime) -> None:
    """The authority lets the explanation stand."""
