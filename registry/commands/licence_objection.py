"""Objections against an intended licence in its public notice."""

import uuid
from datetime import datetime

from kernel import clock
from kernel.actor import Actor
from kernel.command import command
from kernel.documents.numbers import next_number
from kernel.errors import NotFound
from kernel.words import N_
from registry import queries
from registry.models import LicenceObjection
from registry.permissions import MAY
from registry.rules import oversight as law
from registry.schemas.oversight import AnswerInput, LicenceObjectionInput
from registry.states import LICENCE_OBJECTION


@command(
    "registry.licence_objection.lodge",
    may=MAY["registry.licence_objection.lodge"],
    on=LicenceObjection,
    states=LICENCE_OBJECTION,
    schema=LicenceObjectionInput,
    label=N_("Object to the licence"),
    duties=("P02",),
)
def lodge(
    *, actor: Actor, now: datetime, licence_id: uuid.UUID, name: str, contact: str, grounds: str
) -> LicenceObjection:
    """Anybody objects to a licence that is announced, under the real name."""
    licence, today = queries.licence(licence_id, actor), clock.legal_day(now)
    if licence.state == "draft":
        raise NotFound()
    law.objection_comes_in_time(licence.state, licence.notice_until, today)
    return LicenceObjection(
        licence_id=licence.id,
        jurisdiction=licence.jurisdiction,
        receipt=next_number("ZY", licence.jurisdiction, today),
        name=name,
        contact=contact,
        grounds=grounds,
        lodged_by_id=actor.user_id,
    )


@command(
    "registry.licence_objection.uphold",
    may=MAY["registry.licence_objection.uphold"],
    on=LicenceObjection,
    states=LICENCE_OBJECTION,
    schema=AnswerInput,
    label=N_("Uphold"),
)
def uphold(objection: LicenceObjection, *, actor: Actor, now: datetime, answer: str) -> None:
    """The objection is right: the licence cannot be granted."""
    objection.answer, objection.answered_at = answer, now


@command(
    "registry.licence_objection.dismiss",
    may=MAY["registry.licence_objection.dismiss"],
    on=LicenceObjection,
    states=LICENCE_OBJECTION,
    schema=AnswerInput,
    label=N_("Do not uphold"),
)
def dismiss(objection: LicenceObjection, *, actor: Actor, now: datetime, answer: str) -> None:
    """The objection does not stand; the licence can be granted after the notice."""
    objection.answer, objection.answered_at = answer, now
