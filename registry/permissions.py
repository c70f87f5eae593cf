"""Who may do what in the registry: named predicates, then one table. Any predicate of a row is enough."""

from typing import Any

from kernel.actor import Actor
from kernel.permissions import Predicate, anyone, every, in_jurisdiction, role, system

authority = role("authority", "decide")
agency = role("agency", "apply")
authority_in_jurisdiction = every(authority, in_jurisdiction)


def agency_itself(actor: Actor, subject: Any) -> bool:
    """Acts for the agency whose entry or file it is."""
    return agency(actor, subject) and (subject is None or subject.agency_id == actor.organisation_id)


def authority_other_than_submitter(actor: Actor, entry: Any) -> bool:
    """The deciding authority of the place, but not the very person who handed the entry in."""
    return authority_in_jurisdiction(actor, entry) and entry.submitted_by_id != actor.user_id


def authority_on_proposal(actor: Actor, entry: Any) -> bool:
    """The authority of the place, where a change waits that somebody else proposed."""
    return bool(entry.proposed) and authority_other_than_submitter(actor, entry)


def authority_on_import(actor: Actor, entry: Any) -> bool:
    """The authority of the place, for an entry that came in with a file."""
    return authority_in_jurisdiction(actor, entry) and entry.import_id is not None


def importer(actor: Actor, subject: Any) -> bool:
    """An agency with its own file."""
    return agency(actor, subject) and (subject is None or subject.organisation_id == actor.organisation_id)


def reviewer_other_than_preparer(actor: Actor, release: Any) -> bool:
    """Somebody of the agency, or of the authority of the place, who did not prepare the file."""
    own = "agency" in actor.roles and release.agency_id == actor.organisation_id
    may = bool({"apply", "decide"} & actor.mandates)
    stranger = release.prepared_by_id != actor.user_id
    return stranger and (own and may or authority_in_jurisdiction(actor, release))


def _applies(actor: Actor, *roles: str) -> bool:
    return bool(actor.roles & set(roles)) and "apply" in actor.mandates


def holder(actor: Actor, resource: Any) -> bool:
    """An agency or operator, with its own resource."""
    return _applies(actor, "agency", "operator") and (
        resource is None or resource.holder_id == actor.organisation_id
    )


def registrant(actor: Actor, registration: Any) -> bool:
    """A holder or maker of what is registered, with its own registration."""
    return _applies(actor, "agency", "operator", "developer") and (
        registration is None or registration.applicant_id == actor.organisation_id
    )


def registrar_not_registrant(actor: Actor, subject: Any) -> bool:
    """The registrar in charge – neither the registrant's organisation nor the person who applied for it."""
    return (
        "registrar" in actor.roles
        and "decide" in actor.mandates
        and subject.registrar_id == actor.organisation_id
        and subject.applicant_id != actor.organisation_id
        and subject.applied_by_id != actor.user_id
    )


def licence_applicant(actor: Actor, licence: Any) -> bool:
    """An operator or developer, with its own licence."""
    return _applies(actor, "operator", "developer") and (
        licence is None or licence.organisation_id == actor.organisation_id
    )


def stranger_to_application(actor: Actor, licence: Any) -> bool:
    """Neither the applicant's organisation nor the person who applied."""
    return licence.organisation_id != actor.organisation_id and licence.applied_by_id != actor.user_id


def assessor(actor: Actor, licence: Any) -> bool:
    """An expert or somebody of the authority of the place, with no part in the application, who has not assessed it."""
    assessors = {row["user_id"] for row in licence.assessments}
    return (
        str(actor.user_id) not in assessors
        and bool({"authority", "expert"} & actor.roles)
        and "decide" in actor.mandates
        and in_jurisdiction(actor, licence)
        and stranger_to_application(actor, licence)
    )


def granter_other_than_assessor(actor: Actor, licence: Any) -> bool:
    """The deciding authority of the place, through a person who neither assessed nor applied."""
    assessors = {row["user_id"] for row in licence.assessments}
    return (
        authority_in_jurisdiction(actor, licence)
        and stranger_to_application(actor, licence)
        and str(actor.user_id) not in assessors
    )


MAY: dict[str, list[Predicate]] = {
    "registry.entry.draft": [agency],
    "registry.entry.amend": [agency_itself],
    "registry.entry.assign": [authority_on_import],
    "registry.entry.assess": [agency_itself],
    "registry.entry.submit": [agency_itself, system],
    "registry.entry.return_": [authority_other_than_submitter],
    "registry.entry.publish": [authority_other_than_submitter],
    "registry.entry.note_change": [agency_itself, authority_in_jurisdiction],
    "registry.entry.revise": [agency_itself],
    "registry.entry.update": [authority_on_proposal],
    "registry.entry.decline": [authority_on_proposal],
    "registry.entry.withdraw": [authority_in_jurisdiction, agency_itself],
    "registry.import.examine": [agency, authority, system],
    "registry.import.carry_out": [importer, authority_in_jurisdiction, system],
    "registry.import.enter": [system],
    "registry.import.discard": [importer, authority_in_jurisdiction, system],
    "registry.import.submit_complete": [importer, authority_in_jurisdiction, system],
    "registry.release.prepare": [agency],
    "registry.release.review": [reviewer_other_than_preparer],
    "registry.release.reject": [reviewer_other_than_preparer],
    "registry.release.release": [agency_itself],
    "registry.release.suspend": [agency_itself, authority_in_jurisdiction, system],
    "registry.release.resume": [agency_itself],
    "registry.release.withdraw": [agency_itself, authority_in_jurisdiction],
    "registry.resource.describe": [holder],
    "registry.resource.amend": [holder],
    "registry.resource.register": [system],
    "registry.resource.adjust": [system],
    "registry.resource.cancel": [system],
    "registry.registration.draft": [registrant],
    "registry.registration.amend": [registrant],
    "registry.registration.submit": [registrant],
    "registry.registration.return_": [registrar_not_registrant],
    "registry.registration.accept": [registrar_not_registrant],
    "registry.registration.announce": [registrar_not_registrant],
    "registry.registration.end_notice": [system],
    "registry.registration.code": [registrar_not_registrant],
    "registry.registration.refuse": [registrar_not_registrant],
    "registry.registration.expire": [system],
    "registry.registration.cancel": [registrar_not_registrant, system],
    "registry.objection.lodge": [anyone],
    "registry.objection.uphold": [registrar_not_registrant],
    "registry.objection.dismiss": [registrar_not_registrant],
    "registry.licence.draft": [licence_applicant],
    "registry.licence.amend": [licence_applicant],
    "registry.licence.submit": [licence_applicant],
    "registry.licence.return_": [every(authority_in_jurisdiction, stranger_to_application)],
    "registry.licence.accept": [every(authority_in_jurisdiction, stranger_to_application)],
    "registry.licence.assess": [assessor],
    "registry.licence.grant": [granter_other_than_assessor],
    "registry.licence.refuse": [granter_other_than_assessor],
    "registry.licence.suspend": [authority_in_jurisdiction],
    "registry.licence.lift": [authority_in_jurisdiction],
    "registry.licence.revoke": [authority_in_jurisdiction],
    "registry.licence.expire": [system],
}
