"""Who may do what about registrations, objections and registrars. Any predicate of a row is enough."""

from typing import Any

from kernel.actor import Actor
from kernel.permissions import Predicate, anyone, system
from registry.permissions.operators import applies, authority, authority_in_jurisdiction


def registrant(actor: Actor, registration: Any) -> bool:
    """A holder or maker of what is registered, with its own registration – not with what another asks to correct."""
    if registration is not None and registration.party_user_id is not None:
        return False
    return applies(actor, "agency", "operator", "developer") and (
        registration is None or registration.applicant_id == actor.organisation_id
    )


def concerned(actor: Actor, _registration: Any) -> bool:
    """A person, or somebody who may apply for his organisation."""
    return actor.is_signed_in and (actor.organisation_id is None or "apply" in actor.mandates)


def interested_party(actor: Actor, registration: Any) -> bool:
    """Whoever asks for the correction of another's registration: the organisation, else the person."""
    if registration.party_user_id is None:
        return False
    if registration.party_id is None:
        return bool(registration.party_user_id == actor.user_id)
    return registration.party_id == actor.organisation_id and "apply" in actor.mandates


def registrar_not_registrant(actor: Actor, subject: Any) -> bool:
    """The registrar in charge, in office today – neither a party to the case nor the person who applied.

    Nobody has the role of a registrar who is not named, not qualified on the day, suspended or cancelled: see
    queries.registrars.in_office.
    """
    return (
        "registrar" in actor.roles
        and "decide" in actor.mandates
        and subject.registrar_id == actor.organisation_id
        and actor.organisation_id not in (subject.applicant_id, getattr(subject, "party_id", None))
        and actor.user_id not in (subject.applied_by_id, getattr(subject, "party_user_id", None))
    )


def objected_registrant(actor: Actor, objection: Any) -> bool:
    """The registrant whose registration is objected to."""
    return objection.applicant_id == actor.organisation_id and "apply" in actor.mandates


def itself(actor: Actor, subject: Any) -> bool:
    """The registrar itself, also while it is suspended."""
    return subject is not None and subject.organisation_id == actor.organisation_id and bool(
        {"apply", "sign", "be_served"} & actor.mandates
    )


def registrar_in_office(actor: Actor, _subject: Any) -> bool:
    """A registrar in office, through somebody who may hand in for it."""
    return applies(actor, "registrar")


def authority_over_registrar(actor: Actor, subject: Any) -> bool:
    """The authority of the place or above it, never the registrar itself."""
    return authority_in_jurisdiction(actor, subject) and (
        subject is None or subject.organisation_id != actor.organisation_id
    )


def holder_or_authority(actor: Actor, duty: Any) -> bool:
    """The authority of the place, or the body that has to register."""
    return authority_in_jurisdiction(actor, duty) or applies(actor, "agency", "operator", "developer")


MAY: dict[str, list[Predicate]] = {
    "registry.registration.draft": [registrant],
    "registry.registration.ask_correction": [concerned],
    "registry.registration.amend": [registrant, interested_party],
    "registry.registration.submit": [registrant, interested_party],
    "registry.registration.return_": [registrar_not_registrant],
    "registry.registration.accept": [registrar_not_registrant],
    "registry.registration.announce": [registrar_not_registrant],
    "registry.registration.end_notice": [system],
    "registry.registration.code": [registrar_not_registrant],
    "registry.registration.refuse": [registrar_not_registrant],
    "registry.registration.reassign": [authority_in_jurisdiction],
    "registry.registration.remind": [system],
    "registry.registration.bound": [system],
    "registry.registration.supersede": [system],
    "registry.registration.expire": [system],
    "registry.registration.cancel": [registrar_not_registrant, system],
    "registry.objection.lodge": [anyone],
    "registry.objection.comment": [objected_registrant],
    "registry.objection.uphold": [registrar_not_registrant],
    "registry.objection.dismiss": [registrar_not_registrant],
    "registry.registrar.name": [authority, system],
    "registry.registrar.file": [authority_over_registrar],
    "registry.registrar.requalify": [authority_over_registrar],
    "registry.registrar.suspend": [system],
    "registry.registrar.lift": [authority_over_registrar],
    "registry.registrar.cancel": [system],
    "registry.business_rules.propose": [registrar_in_office],
    "registry.business_rules.consent": [authority_over_registrar],
    "registry.business_rules.decline": [authority_over_registrar],
    "registry.business_rules.replace": [system],
    "registry.registrar_measure.record": [authority],
    "registry.registrar_measure.conclude": [authority_over_registrar],
    "registry.registrar_measure.announce": [authority],
    "registry.registrar_measure.serve": [authority_over_registrar],
    "registry.registrar_measure.reply": [itself],
    "registry.registrar_measure.decide": [authority_over_registrar],
    "registry.registrar_measure.drop": [authority_over_registrar],
    "registry.rights_record.enter": [system],
    "registry.rights_record.end": [system],
    "registry.duty_to_register.note": [holder_or_authority, system],
    "registry.duty_to_register.meet": [system],
    "registry.duty_to_register.waive": [authority_in_jurisdiction],
}
