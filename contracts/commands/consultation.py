"""Consultations: other bodies are asked, answer in their time, or are silent."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from marshmallow import Schema

from accounts import queries as accounts
from contracts.models import Application, Consultation
from contracts.permissions import MAY
from contracts.queries.applications import source_ids
from contracts.queries.seen import seen
from contracts.rules.decision import consent_is_documented
from contracts.schemas.consultation import ConsultationAnswer, ConsultationInput
from contracts.states import CONSULTATION
from contracts.vocabulary.decision import AGREES, CONSENT
from kernel.actor import Actor
from kernel.command import Command, command
from kernel.errors import InvalidInput, NotFound, WrongState
from kernel.fields import Nothing
from kernel.words import N_, Text

OPEN = ("submitted", "under_assessment", "assessed")


def _command(
    verb: str, schema: type[Schema] = Nothing, label: str = "", duties: tuple[str, ...] = ()
) -> Callable[[Callable[..., Any]], Command]:
    name = f"contracts.consultation.{verb}"
    return command(
        name, may=MAY[name], on=Consultation, states=CONSULTATION, schema=schema, label=label, duties=duties
    )


@_command("ask", ConsultationInput, N_("Ask another body"), duties=("L02", "U05"))
def ask(
    *,
    actor: Actor,
    now: datetime,
    application_id: uuid.UUID,
    body: uuid.UUID,
    kind: str,
    resources: list[uuid.UUID],
    question: str,
) -> Consultation:
    """The authority asks another body for its opinion, or the provider of shared data for its consent."""
    asked = seen(actor, Application, application_id)
    if asked.applicant_id == actor.organisation_id:
        raise NotFound()
    if asked.state not in OPEN:
        raise WrongState(Text(N_("Others are asked between the handing in and the decision.")))
    if accounts.organisation(body).side != "managing":
        raise InvalidInput({"body": [N_("Choose an agency, an authority or an expert body.")]})
    if set(resources) - set(source_ids(asked.id)):
        raise InvalidInput({"resources": [N_("These resources are not part of the application.")]})
    if kind == CONSENT and not resources:
        raise InvalidInput({"resources": [N_("Choose the resources whose data the body provided.")]})
    return Consultation(
        application_id=asked.id,
        jurisdiction=asked.jurisdiction,
        profile_version=asked.profile_version,
        subject_name=asked.title,
        body_id=body,
        kind=kind,
        question=question,
        resource_ids=[str(one) for one in dict.fromkeys(resources)],
        asked_by_id=actor.user_id,
    )


@_command("answer", ConsultationAnswer, N_("Answer"), duties=("L02", "U05"))
def answer(
    found: Consultation,
    *,
    actor: Actor,
    now: datetime,
    answer: str,
    text: str,
    consent_number: str,
    consent_on: date | None,
) -> None:
    """The body that was asked answers; a consent names its document."""
    consent_is_documented(found.kind == CONSENT and answer in AGREES, consent_number, consent_on)
    found.answer, found.answer_text = answer, text
    found.consent_number, found.consent_on = consent_number, consent_on
    found.answered_by, found.answered_at = actor.name, now


@_command("withdraw", label=N_("Withdraw the question"))
def withdraw(found: Consultation, *, actor: Actor, now: datetime) -> None:
    """The authority needs no answer any more."""


@_command("lapse", duties=("L02",))
def lapse(found: Consultation, *, actor: Actor, now: datetime) -> None:
    """The time to answer is over; the silence of a body is noted as no objection, never as a consent."""
