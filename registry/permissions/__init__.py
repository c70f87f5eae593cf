"""Who may do what in the registry: named predicates, then one table. Any predicate of a row is enough."""

from typing import Any

from kernel.actor import Actor
from kernel.permissions import Predicate, role, system
from registry.permissions import harvest, operators, registrars
from registry.permissions.collection import MAY as COLLECTION
from registry.permissions.operators import applies, authority, authority_in_jurisdiction
from registry.permissions.registrars import registrant, registrar_not_registrant

__all__ = ["MAY", "registrant", "registrar_not_registrant"]
agency = role("agency", "apply")


def agency_itself(actor: Actor, subject: Any) -> bool:
    """Acts for the agency whose entry or file it is."""
    return agency(actor, subject) and (subject is None or subject.agency_id == actor.organisation_id)


def authority_other_than_submitter(actor: Actor, entry: Any) -> bool:
    """The deciding authority of the place, but not the very person who handed the entry in."""
    return authority_in_jurisdiction(actor, entry) and entry.submitted_by_id != actor.user_id


def authority_on_proposal(actor: Actor, entry: Any) -> bool:
    """The authority of the place, where a change waits that somebody else proposed."""
    return bool(entry.proposed) and authority_other_than_submitter(actor, entry)


def agency_with_change(actor: Actor, entry: Any) -> bool:
    """The agency of an entry that has to follow a change of law or duties, as long as it asked for no extension."""
    return agency_itself(actor, entry) and bool(entry.change) and not entry.change.get("extension")


def authority_on_extension(actor: Actor, entry: Any) -> bool:
    """The authority of the place, where an agency waits for the answer on an extension."""
    if not authority_in_jurisdiction(actor, entry):
        return False
    asked = (entry.change or {}).get("extension") or {}
    return bool(asked) and "answer" not in asked


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


def holder(actor: Actor, resource: Any) -> bool:
    """An agency or operator, with its own resource."""
    return applies(actor, "agency", "operator") and (
        resource is None or resource.holder_id == actor.organisation_id
    )


MAY: dict[str, list[Predicate]] = {
    "registry.entry.draft": [agency],
    "registry.entry.amend": [agency_itself],
    "registry.entry.assign": [authority_on_import],
    "registry.entry.assess": [agency_itself],
    "registry.entry.take_over": [system],
    "registry.entry.submit": [agency_itself, system],
    "registry.entry.return_": [authority_other_than_submitter],
    "registry.entry.publish": [authority_other_than_submitter],
    "registry.entry.note_change": [agency_itself, authority_in_jurisdiction],
    "registry.entry.ask_extension": [agency_with_change],
    "registry.entry.consent_extension": [authority_on_extension],
    "registry.entry.refuse_extension": [authority_on_extension],
    "registry.entry.revise": [agency_itself, system],
    "registry.entry.update": [authority_on_proposal],
    "registry.entry.decline": [authority_on_proposal],
    "registry.entry.withdraw": [authority_in_jurisdiction, agency_itself, system],
    "registry.import.examine": [agency, authority, system],
    "registry.import.read": [system],
    "registry.import.remap": [importer, authority_in_jurisdiction],
    "registry.import.carry_out": [importer, authority_in_jurisdiction, system],
    "registry.import.enter": [system],
    "registry.import.cancel": [importer, authority_in_jurisdiction, system],
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
    **COLLECTION,
    **harvest.MAY,
    **operators.MAY,
    **registrars.MAY,
}
