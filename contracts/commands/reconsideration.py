"""Reconsideration: a decision is looked at again, within its time and by somebody who took no part in it."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from marshmallow import Schema

from contracts import queries
from contracts.models import Application, Decision, Reconsideration
from contracts.permissions import MAY
from contracts.queries import preparing
from contracts.queries.seen import seen
from contracts.queries.snapshots import party_facts
from contracts.rules import decision as law
from contracts.schemas.consultation import NotAdmittedInput, ReconsiderationDecision, ReconsiderationInput
from contracts.states import RECONSIDERATION
from contracts.vocabulary.decision import OUTCOMES
from kernel import documents
from kernel.actor import Actor
from kernel.clock import legal_day
from kernel.command import Command, command
from kernel.config import settings
from kernel.errors import NotFound, WrongState
from kernel.fields import File, Nothing
from kernel.storage import accept_upload, store
from kernel.words import N_, Text


def _command(
    verb: str, schema: type[Schema] = Nothing, label: str = "", duties: tuple[str, ...] = ()
) -> Callable[[Callable[..., Any]], Command]:
    name = f"contracts.reconsideration.{verb}"
    return command(
        name,
        may=MAY[name],
        on=Reconsideration,
        states=RECONSIDERATION,
        schema=schema,
        label=label,
        duties=duties,
    )


@_command("file", ReconsiderationInput, N_("Ask for reconsideration"), duties=("L02",))
def file(
    *, actor: Actor, now: datetime, application_id: uuid.UUID, grounds: str, attachment: File | None
) -> Reconsideration:
    """The applicant asks that the decision on its application be looked at again."""
    asked = seen(actor, Application, application_id)
    decided = queries.decision_of(asked.id)
    if asked.applicant_id != actor.organisation_id or decided is None:
        raise NotFound()
    law.request_is_in_time(legal_day(now), preparing.last_day_to_object(decided))
    law.one_request_at_a_time(preparing.open_reconsiderations(decided.id))
    took_part = [str(decided.decided_by_id), *asked.assessor_ids, *asked.adviser_ids, *asked.decider_ids]
    return Reconsideration(
        application_id=asked.id,
        decision_id=decided.id,
        applicant_id=asked.applicant_id,
        jurisdiction=asked.jurisdiction,
        profile_version=asked.profile_version,
        subject_name=asked.title,
        grounds=grounds,
        files=[_kept(attachment)] if attachment else [],
        filed_by_id=actor.user_id,
        filed_on=legal_day(now),
        involved_ids=list(dict.fromkeys(took_part)),
    )


def _kept(given: File) -> dict[str, Any]:
    facts = accept_upload(
        given.name, given.content, max_bytes=settings().max_upload_bytes, field="attachment"
    )
    key = store().keep("reconsiderations", given.content, facts.kind)
    return {
        "name": facts.name,
        "media_type": facts.media_type,
        "size": facts.size,
        "sha256": facts.sha256,
        "key": key,
    }


@_command("admit", label=N_("Admit"), duties=("L02",))
def admit(found: Reconsideration, *, actor: Actor, now: datetime) -> None:
    """The request is admitted; the time for the decision on it runs."""


@_command("reject", NotAdmittedInput, N_("Do not admit"), duties=("L02",))
def reject(found: Reconsideration, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The request is not admitted, with reasons."""
    found.reasons = reasons


@_command("withdraw", label=N_("Withdraw"))
def withdraw(found: Reconsideration, *, actor: Actor, now: datetime) -> None:
    """The applicant takes its request back."""


@_command("decide", ReconsiderationDecision, N_("Decide on the reconsideration"), duties=("L02",))
def decide(
    found: Reconsideration,
    *,
    actor: Actor,
    now: datetime,
    outcome: str,
    reasons: str,
    basis: str,
    directions: str,
) -> None:
    """Somebody who took no part confirms the decision, orders a new one, or revokes it; a letter says so."""
    law.another_looks_again(found.involved_ids, str(actor.user_id))
    decided, asked = queries.decision(found.decision_id), queries.application(found.application_id)
    if decided is None or asked is None:
        raise NotFound()
    if decided.ended_at is not None:
        raise WrongState(Text(N_("This decision does not stand any more.")))
    found.outcome, found.reasons, found.basis, found.directions = outcome, reasons, basis, directions
    found.decided_by_id, found.decided_by_name, found.decided_at = actor.user_id, actor.name, now
    found.state = outcome
    found.document_id = _letter(found, decided, asked, now).id


def _letter(
    found: Reconsideration, decided: Decision, asked: Application, now: datetime
) -> documents.Document:
    data = preparing.reconsideration_facts(found, decided, asked) | {
        "issuer": party_facts(decided.authority_id)["name"],
        "addressee": party_facts(found.applicant_id),
        "outcome": Text(OUTCOMES[found.outcome]),
    }
    return documents.draw_up(
        "reconsideration_decision",
        subject=found,
        data=data,
        now=now,
        parties=[found.applicant_id, decided.authority_id],
        language="bilingual",
    )
