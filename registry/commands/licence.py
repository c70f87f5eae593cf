"""Licences: applied for by an operator or developer with its dossier, assessed, announced, granted and supervised."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from marshmallow import Schema

from accounts import queries as accounts
from kernel import audit, clock, documents, due
from kernel.actor import Actor
from kernel.command import Command, command
from kernel.documents.numbers import next_number
from kernel.errors import InvalidInput
from kernel.fields import Nothing
from kernel.words import N_, Text
from registry import queries
from registry.commands import letters
from registry.commands.certificate import draw_up_certificate
from registry.commands.licence_checks import (
    application_is_lawful,
    decider_is_impartial,
    heard_on,
    licence_may_be_granted,
    starts_on,
)
from registry.models import Licence
from registry.permissions import MAY
from registry.rules import assessment as fairness
from registry.rules import licence as law
from registry.schemas.licence import (
    AdverseInput,
    GrantInput,
    LicenceInput,
    LiftInput,
    RefusalInput,
    StopInput,
    SupplementInput,
    SuspensionInput,
    TransferInput,
)
from registry.states import LICENCE
from registry.vocabulary.papers import REFUSAL_GROUNDS
from registry.vocabulary.steps import CRITERIA


def _command(
    verb: str, schema: type[Schema] = Nothing, label: str = "", duties: tuple[str, ...] = ()
) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.licence.{verb}"
    return command(name, may=MAY[name], on=Licence, states=LICENCE, schema=schema, label=label, duties=duties)


@_command("draft", LicenceInput, N_("Apply for a licence"), duties=("P01",))
def draft(
    *,
    actor: Actor,
    now: datetime,
    jurisdiction: str | None = None,
    renews_id: uuid.UUID | None = None,
    **values: Any,
) -> Licence:
    """An operator or developer begins the application for a licence."""
    applicant = accounts.organisation(actor.organisation_id)
    fresh = Licence(organisation_id=applicant.id, jurisdiction=applicant.jurisdiction, renews_id=None)
    if renews_id is not None:
        before = queries.licence(renews_id)
        if before.organisation_id != applicant.id or before.number is None:
            raise InvalidInput({"renews_id": [Text(N_("Only a licence of your own can be renewed."))]})
        fresh.renews_id, fresh.jurisdiction = before.id, before.jurisdiction
    _write(fresh, jurisdiction, values)
    return fresh


@_command("amend", LicenceInput, N_("Edit"))
def amend(
    licence: Licence,
    *,
    actor: Actor,
    now: datetime,
    jurisdiction: str | None = None,
    renews_id: uuid.UUID | None = None,
    **values: Any,
) -> None:
    """The applicant changes its application; the papers stand in the dossier."""
    _write(licence, jurisdiction, values)


def _write(licence: Licence, jurisdiction: str | None, values: dict[str, Any]) -> None:
    if jurisdiction is not None and licence.renews_id is None:
        if not accounts.is_known_place(jurisdiction):
            raise InvalidInput({"jurisdiction": [Text(N_("Choose a jurisdiction from the list."))]})
        licence.jurisdiction = jurisdiction
    licence.level, licence.scope = values["level"], values["scope"]
    licence.statements = {criterion: values[criterion] for criterion in CRITERIA}


@_command("submit", label=N_("Hand in the application"), duties=("P01",))
def submit(licence: Licence, *, actor: Actor, now: datetime) -> None:
    """The applicant hands the application in; the papers of its dossier go with it as they are today."""
    papers = queries.papers_of(licence.organisation_id)
    application_is_lawful(licence, papers, clock.legal_day(now))
    licence.papers = [paper.facts() for paper in papers.values()]
    licence.applied_by_id, licence.supplement = actor.user_id, None


@_command("withdraw", label=N_("Withdraw"))
def withdraw(licence: Licence, *, actor: Actor, now: datetime) -> None:
    """The applicant takes the application back before it is decided."""


@_command("return_", SupplementInput, N_("Ask for supplements"))
def return_(licence: Licence, *, actor: Actor, now: datetime, supplement: str) -> None:
    """The authority names what the dossier lacks."""
    licence.supplement = supplement


@_command("accept", label=N_("Accept"))
def accept(licence: Licence, *, actor: Actor, now: datetime) -> None:
    """The authority accepts the application and begins the assessment."""


@_command("complete_assessment", duties=("P02",))
def complete_assessment(licence: Licence, *, actor: Actor, now: datetime) -> None:
    """Everybody who was named has scored: points and opinions are opened, the decision is awaited."""
    scored, pending = queries.assessed_by(licence.id)
    fairness.assessment_is_complete(scored, pending, due.profile(licence).number("assessment.assessors"))
    for row in queries.assessments_of(licence.id):
        if row.state == "scored":
            row.revealed_at = now
            audit.note(assessment=str(row.id), scores=row.scores, opinion=row.opinion, salt=row.salt)


@_command("announce", label=N_("Announce to the public"), duties=("P02",))
def announce(licence: Licence, *, actor: Actor, now: datetime) -> None:
    """The intended licence is announced; anybody may object until the last day of the notice."""
    decider_is_impartial(licence, actor)
    licence_may_be_granted(licence, clock.legal_day(now))
    day = due.due_day(licence, "licence.public_notice_wd", clock.legal_day(now))
    licence.notice_from = clock.legal_day(now)
    licence.notice_until = day.on if day else clock.legal_day(now)


@_command("grant", GrantInput, N_("Grant the licence"), duties=("P02", "P03"))
def grant(
    licence: Licence, *, actor: Actor, now: datetime, reasons: str, valid_until: date | None = None
) -> None:
    """The authority grants the licence and issues the certificate with its decision."""
    today = clock.legal_day(now)
    decider_is_impartial(licence, actor)
    licence_may_be_granted(licence, today, decided=True)
    licence.valid_from = starts_on(licence, today)
    licence.valid_until = law.licence_term(licence.valid_from, valid_until, due.profile(licence))
    licence.reasons, licence.granted_by_id, licence.granted_on = reasons, actor.user_id, today
    licence.number = next_number("ZG", licence.jurisdiction, today)
    licence.document_id = draw_up_certificate(licence, actor, now).id
    licence.letter_id = letters.licence_letter(licence, "grant", actor, now, reasons=reasons).id


@_command("refuse", RefusalInput, N_("Refuse"), duties=("P02",))
def refuse(
    licence: Licence, *, actor: Actor, now: datetime, reasons: str, basis: str, grounds: list[str]
) -> None:
    """The authority refuses the licence: coded grounds, reasons, the rule they rest on, and the remedies."""
    decider_is_impartial(licence, actor)
    if due.profile(licence).flag("licence.refusal_notice"):
        heard_on("refuse", licence.organisation_id, licence.id, actor, now)
    licence.reasons, licence.basis, licence.grounds = reasons, basis, sorted(set(grounds))
    said = [Text(REFUSAL_GROUNDS[ground]) for ground in licence.grounds]
    letter = letters.licence_letter(licence, "refuse", actor, now, reasons=reasons, basis=basis, grounds=said)
    licence.letter_id, licence.ended_on = letter.id, clock.legal_day(now)


@_command("stop", StopInput)
def stop(licence: Licence, *, actor: Actor, now: datetime, reasons: str, basis: str) -> None:
    """An open application is stopped: its applicant was barred."""
    licence.reasons, licence.basis, licence.ended_on = reasons, basis, clock.legal_day(now)


@_command("suspend", SuspensionInput, N_("Suspend"), duties=("P03",))
def suspend(
    licence: Licence, *, actor: Actor, now: datetime, reasons: str, basis: str, urgent: bool
) -> None:
    """The authority suspends the licence, after notice or at once in danger; nothing can be done under it then."""
    decider_is_impartial(licence, actor)
    if not urgent:
        heard_on("suspend", licence.organisation_id, licence.id, actor, now)
    licence.reasons, licence.basis = reasons, basis
    letters.licence_letter(licence, "suspend", actor, now, reasons=reasons, basis=basis)


@_command("lift", LiftInput, N_("Lift the suspension"), duties=("P03",))
def lift(licence: Licence, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The suspension ends; the licence is in force again until its last day."""
    decider_is_impartial(licence, actor)
    licence.reasons, licence.basis = reasons, None


@_command("revoke", AdverseInput, N_("Revoke"), duties=("P03",))
def revoke(licence: Licence, *, actor: Actor, now: datetime, reasons: str, basis: str) -> None:
    """The authority revokes the licence for good, after notice; its certificate says so on the check page."""
    decider_is_impartial(licence, actor)
    heard_on("revoke", licence.organisation_id, licence.id, actor, now)
    licence.reasons, licence.basis, licence.ended_on = reasons, basis, clock.legal_day(now)
    document = documents.current("licence_certificate", licence)
    if document is not None:
        documents.revoke(document, now=now, reason=reasons)
    letters.licence_letter(licence, "revoke", actor, now, reasons=reasons, basis=basis)


@_command("expire")
def expire(licence: Licence, *, actor: Actor, now: datetime) -> None:
    """The last day of the licence has passed."""
    law.expiry_is_reached(licence.valid_until, clock.legal_day(now))
    licence.ended_on = licence.valid_until


@_command("transfer", TransferInput, duties=("P03",))
def transfer(licence: Licence, *, actor: Actor, now: datetime, succession_id: uuid.UUID) -> None:
    """The licence passes to the successor; number and term stay, the certificate is issued anew in the new name."""
    succession = queries.succession(succession_id)
    before = accounts.organisation(licence.organisation_id)
    row = {"organisation_id": str(before.id), "name": before.name, "uscc": before.uscc or ""}
    row |= {"until": clock.legal_day(now).isoformat(), "succession_id": str(succession.id)}
    licence.previous_holders = [*licence.previous_holders, row]
    licence.organisation_id = succession.successor_id
    if licence.number is not None:
        present = documents.current("licence_certificate", licence)
        licence.document_id = draw_up_certificate(licence, actor, now, replaces=present).id
