"""Licences: applied for by an operator or developer, assessed, granted and supervised by the authority."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from marshmallow import Schema

from accounts import queries as accounts
from kernel import clock, documents, due
from kernel.actor import Actor
from kernel.command import Command, command
from kernel.documents.numbers import next_number
from kernel.errors import InvalidInput
from kernel.fields import Nothing
from kernel.words import N_, Text
from registry import queries
from registry.commands.certificate import draw_up_certificate
from registry.commands.files import keep_all
from registry.models import Licence
from registry.permissions import MAY
from registry.rules import licence as law
from registry.schemas.licence import (
    AdverseInput,
    AssessmentInput,
    GrantInput,
    LicenceInput,
    LiftInput,
    SupplementInput,
)
from registry.states import LICENCE
from registry.vocabulary.steps import CRITERIA


def _command(
    verb: str, schema: type[Schema] = Nothing, label: str = "", duties: tuple[str, ...] = ()
) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.licence.{verb}"
    return command(name, may=MAY[name], on=Licence, states=LICENCE, schema=schema, label=label, duties=duties)


@_command("draft", LicenceInput, N_("Apply for a licence"), duties=("P01",))
def draft(*, actor: Actor, now: datetime, jurisdiction: str | None = None, **values: Any) -> Licence:
    """An operator or developer begins the application for a licence."""
    applicant = accounts.organisation(actor.organisation_id)
    fresh = Licence(
        organisation_id=applicant.id, jurisdiction=applicant.jurisdiction, files={}, assessments=[]
    )
    _write(fresh, jurisdiction, values)
    return fresh


@_command("amend", LicenceInput, N_("Edit"))
def amend(
    licence: Licence, *, actor: Actor, now: datetime, jurisdiction: str | None = None, **values: Any
) -> None:
    """The applicant changes its application; papers that are not replaced stay."""
    _write(licence, jurisdiction, values)


def _write(licence: Licence, jurisdiction: str | None, values: dict[str, Any]) -> None:
    if jurisdiction is not None:
        if not accounts.is_known_place(jurisdiction):
            raise InvalidInput({"jurisdiction": [Text(N_("Choose a jurisdiction from the list."))]})
        licence.jurisdiction = jurisdiction
    given = {f"{criterion}_file": criterion for criterion in CRITERIA}
    kept = keep_all(values, {}, tuple(given))
    licence.files = licence.files | {given[name]: facts for name, facts in kept.items()}
    licence.level, licence.scope = values["level"], values["scope"]
    licence.dossier = {criterion: values[criterion] for criterion in CRITERIA}


@_command("submit", label=N_("Hand in the application"), duties=("P01",))
def submit(licence: Licence, *, actor: Actor, now: datetime) -> None:
    """The applicant hands the application in with its dossier."""
    law.dossier_is_complete(licence.dossier, licence.files)
    _only_one(licence, now)
    licence.applied_by_id = actor.user_id


def _only_one(licence: Licence, now: datetime) -> None:
    """A further licence is for when the present one nears its end; until then there is one."""
    today = clock.legal_day(now)
    other = queries.licence_in_force(licence.organisation_id, licence.level, today, licence.jurisdiction)
    law.one_licence_at_a_time(
        other.number if other else None, other.valid_until if other else None, today, due.profile(licence)
    )


@_command("return_", SupplementInput, N_("Ask for supplements"))
def return_(licence: Licence, *, actor: Actor, now: datetime, supplement: str) -> None:
    """The authority names what the dossier lacks."""
    licence.supplement = supplement


@_command("accept", label=N_("Accept"))
def accept(licence: Licence, *, actor: Actor, now: datetime) -> None:
    """The authority accepts the application and begins the assessment."""


@_command("assess", AssessmentInput, N_("Assess"), duties=("P02",))
def assess(licence: Licence, *, actor: Actor, now: datetime, opinion: str, **scores: int) -> None:
    """An assessor gives points for each criterion and an opinion; several may."""
    law.each_assesses_once(str(actor.user_id), licence.assessments)
    row = {
        "user_id": str(actor.user_id),
        "name": actor.name,
        "organisation": actor.organisation_name,
        "at": now.isoformat(),
        "scores": scores,
        "opinion": opinion,
    }
    licence.assessments = [*licence.assessments, row]


@_command("grant", GrantInput, N_("Grant the licence"), duties=("P02", "P03"))
def grant(
    licence: Licence, *, actor: Actor, now: datetime, reasons: str, valid_until: date | None = None
) -> None:
    """The authority grants the licence and issues the certificate."""
    law.assessment_is_complete(licence.assessments)
    _only_one(licence, now)
    today = clock.legal_day(now)
    licence.valid_until = law.licence_term(today, valid_until, due.profile(licence))
    licence.valid_from, licence.reasons, licence.granted_by_id = today, reasons, actor.user_id
    licence.number = next_number("ZG", licence.jurisdiction, today)
    licence.document_id = draw_up_certificate(licence, actor, now).id


@_command("refuse", AdverseInput, N_("Refuse"), duties=("P02",))
def refuse(licence: Licence, *, actor: Actor, now: datetime, reasons: str, basis: str) -> None:
    """The authority refuses the licence, with reasons and the rule they rest on."""
    law.assessment_is_complete(licence.assessments)
    licence.reasons, licence.basis = reasons, basis


@_command("suspend", AdverseInput, N_("Suspend"))
def suspend(licence: Licence, *, actor: Actor, now: datetime, reasons: str, basis: str) -> None:
    """The authority suspends the licence; nothing can be done under it until that is lifted."""
    licence.reasons, licence.basis = reasons, basis


@_command("lift", LiftInput, N_("Lift the suspension"))
def lift(licence: Licence, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The suspension ends; the licence is in force again until its last day."""
    licence.reasons, licence.basis = reasons, None


@_command("revoke", AdverseInput, N_("Revoke"))
def revoke(licence: Licence, *, actor: Actor, now: datetime, reasons: str, basis: str) -> None:
    """The authority revokes the licence for good; its certificate says so on the check page."""
    licence.reasons, licence.basis = reasons, basis
    document = documents.current("licence_certificate", licence)
    if document is not None:
        documents.revoke(document, now=now, reason=reasons)


@_command("expire")
def expire(licence: Licence, *, actor: Actor, now: datetime) -> None:
    """The last day of the licence has passed."""
    law.expiry_is_reached(licence.valid_until, clock.legal_day(now))
