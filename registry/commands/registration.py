"""Registrations: applied for by a holder, reviewed, announced and coded by the registrar."""

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
from registry.commands.confirmation import draw_up_confirmation
from registry.commands.files import keep_all
from registry.models import DataResource, Registration
from registry.permissions import MAY
from registry.rules import registration as law
from registry.rules.catalogue import grade_limits_attributes
from registry.schemas.registration import (
    CHANGEABLE,
    CodeInput,
    CorrectionInput,
    MaterialsInput,
    RefusalInput,
    RegistrationInput,
    SubmitInput,
    SupplementInput,
)
from registry.states import REGISTRATION
from registry.vocabulary.steps import MATERIALS

PREFIXES = {"resource": "ZY", "product": "CP"}


def _command(
    verb: str, schema: type[Schema] = Nothing, label: str = "", duties: tuple[str, ...] = ()
) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.registration.{verb}"
    return command(
        name, may=MAY[name], on=Registration, states=REGISTRATION, schema=schema, label=label, duties=duties
    )


@_command("draft", RegistrationInput, N_("Begin a registration"), duties=("R01", "R02"))
def draft(
    *,
    actor: Actor,
    now: datetime,
    kind: str,
    object_type: str,
    resource_id: uuid.UUID | None = None,
    product_id: uuid.UUID | None = None,
    previous_id: uuid.UUID | None = None,
    **values: Any,
) -> Registration:
    """A holder or maker begins a registration of a resource or product."""
    applicant = accounts.organisation(actor.organisation_id)
    previous = _previous(actor, previous_id)
    if previous is not None:
        object_type, resource_id, product_id = previous.object_type, previous.resource_id, previous.product_id
    resource = _own_resource(actor, resource_id) if object_type == "resource" else None
    fresh = Registration(
        kind=kind,
        object_type=object_type,
        resource_id=resource.id if resource else None,
        product_id=product_id if object_type == "product" else None,
        previous_id=previous.id if previous else None,
        title=values.get("title") or (resource.title if resource else ""),
        summary=values.get("summary") or (resource.abstract if resource else ""),
        applicant_id=applicant.id,
        jurisdiction=resource.jurisdiction if resource else applicant.jurisdiction,
        materials={},
        changes={},
    )
    if not fresh.title:
        raise InvalidInput({"title": [Text(N_("Enter the name to be registered."))]})
    if previous is None and kind != "first" and resource is not None:
        found = queries.registration_in_force(resource_id=resource.id)
        fresh.previous_id = found.id if found else None
    _write(fresh, values)
    return fresh


@_command("ask_correction", CorrectionInput, N_("Ask for a correction"), duties=("R03",))
def ask_correction(
    *, actor: Actor, now: datetime, previous_id: uuid.UUID, party_basis: str, **values: Any
) -> Registration:
    """Whoever is concerned by a wrong entry asks for its correction, with the registrant's consent or with evidence."""
    previous = queries.registration(previous_id, actor)
    fresh = Registration(
        kind="correction",
        object_type=previous.object_type,
        resource_id=previous.resource_id,
        product_id=previous.product_id,
        previous_id=previous.id,
        title=previous.title,
        summary=values.get("summary") or previous.summary,
        applicant_id=previous.applicant_id,
        registrar_id=previous.registrar_id,
        jurisdiction=previous.jurisdiction,
        party_id=actor.organisation_id,
        party_user_id=actor.user_id,
        party_name=actor.organisation_name or actor.name,
        party_basis=party_basis,
        materials={},
        changes={},
    )
    law.kind_fits("correction", True, previous.state)
    law.correction_has_its_basis(party_basis, due.profile(fresh))
    _write(fresh, values)
    return fresh


def _previous(actor: Actor, previous_id: uuid.UUID | None) -> Registration | None:
    if previous_id is None:
        return None
    previous = queries.registration(previous_id)
    if previous.applicant_id != actor.organisation_id:
        raise InvalidInput({"previous_id": [Text(N_("Choose a registration of your own."))]})
    return previous


def _own_resource(actor: Actor, resource_id: uuid.UUID | None) -> DataResource:
    resource = queries.resource_or_none(resource_id)
    if resource is None or resource.holder_id != actor.organisation_id:
        raise InvalidInput({"resource_id": [Text(N_("Choose a data resource of your own."))]})
    return resource


@_command("amend", MaterialsInput, N_("Edit"))
def amend(registration: Registration, *, actor: Actor, now: datetime, **values: Any) -> None:
    """The registrant changes what it states and hands in; papers that are not replaced stay."""
    registration.title = values.get("title") or registration.title
    registration.summary = values.get("summary") or registration.summary
    _write(registration, values)


def _write(registration: Registration, values: dict[str, Any]) -> None:
    registration.materials = keep_all(values, registration.materials, tuple(MATERIALS))
    registration.changes = registration.changes | {
        name: values[f"new_{name}"] for name in CHANGEABLE if values.get(f"new_{name}")
    }
    registration.risk_assessment = values.get("risk_assessment") or registration.risk_assessment or ""
    registration.local_code = values.get("local_code") or registration.local_code
    registration.ground = values.get("ground") or registration.ground or ""
    if values.get("registrar_id"):
        registration.registrar_id = _registrar(values["registrar_id"], registration)


def _registrar(registrar_id: uuid.UUID, registration: Registration) -> uuid.UUID:
    if registrar_id not in {row.id for row in accounts.registrars_of(registration.jurisdiction)}:
        raise InvalidInput({"registrar_id": [Text(N_("Choose a registrar of this place."))]})
    return registrar_id


@_command("submit", SubmitInput, N_("Hand in the registration"), duties=("R01", "R02"))
def submit(
    registration: Registration,
    *,
    actor: Actor,
    now: datetime,
    commitment: bool,
    public_preview_confirmed: bool,
) -> None:
    """The registrant hands the registration in, having seen what becomes public."""
    rules = due.profile(registration)
    law.registration_is_known_here(registration.kind, rules)
    law.commitment_and_preview_are_confirmed(commitment, public_preview_confirmed)
    statements = {
        "summary": registration.summary,
        "risk_assessment": registration.risk_assessment,
        "changes": registration.changes,
    }
    law.materials_are_complete(
        registration.kind, registration.materials, statements, registration.party_basis
    )
    law.cancellation_has_its_ground(registration.kind, registration.ground, rules)
    about = (registration.resource_id, registration.product_id)
    law.nothing_else_pending(queries.open_registrations_of(*about, besides=registration.id))
    _fits(registration, clock.legal_day(now))
    _assign(registration)
    registration.commitment, registration.public_preview_confirmed = True, True
    registration.applied_by_id = actor.user_id


def _assign(registration: Registration) -> None:
    """The registrar that was chosen, where it is still in office; else the nearest that is no party."""
    in_office = [row.id for row in accounts.registrars_of(registration.jurisdiction)]
    parties = (registration.applicant_id, registration.party_id)
    if registration.registrar_id not in in_office:
        registration.registrar_id = next((one for one in in_office if one not in parties), None)
    law.registrar_is_named(registration.registrar_id)


def _fits(registration: Registration, today: date) -> None:
    """What the kind of registration presupposes of the resource and of earlier registrations."""
    rules = due.profile(registration)
    previous = queries.registration_or_none(registration.previous_id)
    in_force = queries.registration_in_force(
        resource_id=registration.resource_id, product_id=registration.product_id
    )
    law.kind_fits(registration.kind, in_force is not None, previous.state if previous else None)
    if previous is not None:
        law.renewal_is_in_window(registration.kind, previous.valid_until, today, rules)
    if registration.resource_id is not None:
        resource = queries.resource(registration.resource_id)
        law.deposit_is_made(registration.object_type, registration.kind, resource.deposit_sha256, rules)
        grade_limits_attributes(resource.national_grade, registering=True)
        if registration.kind in ("first", "renewal"):
            law.resource_is_from_published_entries([entry.state for entry in resource.entries])


@_command("return_", SupplementInput, N_("Ask for supplements"), duties=("R03",))
def return_(registration: Registration, *, actor: Actor, now: datetime, supplement: str) -> None:
    """The registrar names everything that is missing, once."""
    law.one_supplement_notice(registration.supplement_notices)
    registration.supplement = supplement
    registration.supplement_notices += 1


@_command("accept", label=N_("Accept"), duties=("R03",))
def accept(registration: Registration, *, actor: Actor, now: datetime) -> None:
    """The registrar accepts the registration and begins the formal review."""
    registration.accepted_on = clock.legal_day(now)


@_command("announce", label=N_("Publish for objections"), duties=("R03",))
def announce(registration: Registration, *, actor: Actor, now: datetime) -> None:
    """The formal review is passed: the registration stands in public notice."""
    law.notice_is_needed(registration.kind)
    today = clock.legal_day(now)
    until = due.due_day(registration, "reg.public_notice_wd", today)
    registration.notice_from, registration.notice_until = today, until.on if until else today


@_command("end_notice")
def end_notice(registration: Registration, *, actor: Actor, now: datetime) -> None:
    """The last day of the public notice has passed: the code is due now."""
    registration.notice_ended_on = clock.legal_day(now)


@_command("code", CodeInput, N_("Give the code"), duties=("R03", "R06"))
def code(
    registration: Registration, *, actor: Actor, now: datetime, national_code: str | None = None
) -> None:
    """The registrar gives the code and issues the confirmation; the registration is in force."""
    today = clock.legal_day(now)
    law.notice_has_run(registration.kind, registration.notice_until, today)
    law.objections_are_settled([row.state for row in queries.objections_of(registration.id)])
    previous = queries.registration_or_none(registration.previous_id)
    law.kind_fits(registration.kind, False, previous.state if previous else None)
    registration.number = next_number(PREFIXES[registration.object_type], registration.jurisdiction, today)
    registration.national_code = national_code
    registration.coded_on = today
    _validity(registration, previous, today)
    if registration.kind == "cancellation":
        registration.state = "completed"
        return
    registration.state = "in_force"
    document = draw_up_confirmation(registration, now)
    registration.document_id = document.id
    if previous is not None and registration.kind in ("change", "correction"):
        _supersede(previous, document, now)
    audit.note(public=f"{registration.number} {registration.valid_from} {registration.valid_until}")


def _validity(registration: Registration, previous: Registration | None, today: date) -> None:
    """From when to when, and why the last day is the day it is; what follows on another keeps its bound."""
    before = previous.valid_until if previous else None
    rules = due.profile(registration)
    registration.valid_from, last = law.validity(registration.kind, today, before, rules)
    registration.term_until = registration.valid_until = last
    registration.bounded_by = (
        "reg.renewal_max_years" if registration.kind == "renewal" else "reg.validity_years"
    )
    if previous is not None and registration.kind in ("change", "correction"):
        registration.term_until, registration.bounded_by = previous.term_until or last, previous.bounded_by
        registration.bound_until, registration.bound_number = previous.bound_until, previous.bound_number


def _supersede(previous: Registration, document: documents.Document, now: datetime) -> None:
    old = documents.current("registration_confirmation", previous)
    if old is not None:
        documents.supersede(old, by=document, now=now)


@_command("refuse", RefusalInput, N_("Refuse"), duties=("R03",))
def refuse(registration: Registration, *, actor: Actor, now: datetime, reasons: str, basis: str) -> None:
    """The registrar refuses the registration, with reasons and the rule they rest on."""
    registration.reasons = f"{reasons}\n{basis}"
