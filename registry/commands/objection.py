"""Objections against a registration in its public notice."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from marshmallow import Schema

from kernel import clock
from kernel.actor import Actor
from kernel.command import Command, command
from kernel.documents.numbers import next_number
from kernel.errors import InvalidInput
from kernel.fields import File
from kernel.words import N_, Text
from registry import queries
from registry.commands.files import keep
from registry.models import Objection
from registry.permissions import MAY
from registry.rules import registration as law
from registry.schemas.registration import CommentInput, ObjectionInput, ReplyInput
from registry.states import OBJECTION


def _command(verb: str, schema: type[Schema], label: str) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.objection.{verb}"
    return command(
        name, may=MAY[name], on=Objection, states=OBJECTION, schema=schema, label=label, duties=("R03",)
    )


@_command("lodge", ObjectionInput, N_("Object"))
def lodge(
    *,
    actor: Actor,
    now: datetime,
    registration_id: uuid.UUID,
    name: str,
    contact: str,
    grounds: str,
    proof: str = "",
    evidence: File | None = None,
) -> Objection:
    """Anybody objects to a registration in its public notice, under the real name."""
    registration = queries.registration_or_none(registration_id)
    if registration is None:
        raise InvalidInput({"registration_id": [Text(N_("There is no such registration."))]})
    today = clock.legal_day(now)
    law.objection_is_in_time(registration.state, registration.notice_until, today)
    return Objection(
        registration_id=registration.id,
        registrar_id=registration.registrar_id,
        applicant_id=registration.applicant_id,
        applied_by_id=registration.applied_by_id,
        jurisdiction=registration.jurisdiction,
        lodged_by_id=actor.user_id,
        name=name,
        contact=contact,
        grounds=grounds,
        proof=proof,
        evidence=keep(evidence, "evidence") if evidence else None,
        receipt=next_number("YY", registration.jurisdiction, today),
    )


@_command("comment", CommentInput, N_("State your view"))
def comment(objection: Objection, *, actor: Actor, now: datetime, comment: str) -> None:
    """The registrant says what it has to say to the objection; the registrar weighs both."""
    objection.comment, objection.commented_at = comment, now


@_command("uphold", ReplyInput, N_("Uphold"))
def uphold(objection: Objection, *, actor: Actor, now: datetime, reply: str) -> None:
    """The objection is right: the registration cannot be coded."""
    objection.reply, objection.decided_at = reply, now


@_command("dismiss", ReplyInput, N_("Do not uphold"))
def dismiss(objection: Objection, *, actor: Actor, now: datetime, reply: str) -> None:
    """The objection does not stand; the procedure goes on."""
    objection.reply, objection.decided_at = reply, now
