"""Who may run which command of contracts. Predicates `(actor, subject)`; a subject of None asks before it exists."""

from typing import Any

from contracts.permissions.decision import MAY as DECISION
from contracts.permissions.decision import decided_never_before, has_not_advised
from contracts.permissions.right import MAY as RIGHT
from contracts.permissions.selection import MAY as SELECTION
from kernel.actor import Actor
from kernel.permissions import Predicate, every, in_jurisdiction, role, system


def applicant(actor: Actor, application: Any) -> bool:
    """Acts for the body that applies (an operator or a developer) and may apply for it."""
    if not actor.roles & {"operator", "developer"} or "apply" not in actor.mandates:
        return False
    return application is None or application.applicant_id == actor.organisation_id


def not_own_application(actor: Actor, application: Any) -> bool:
    """Neither belongs to the applicant nor wrote or handed in the application for it."""
    own = (application.drafted_by_id, application.submitted_by_id)
    return application.applicant_id != actor.organisation_id and actor.user_id not in own


def other_than_assessors(actor: Actor, application: Any) -> bool:
    """Is none of the people who assessed the application."""
    return str(actor.user_id) not in application.assessor_ids


def of_authority_or_expert(actor: Actor, _application: Any) -> bool:
    """Acts for the authority or for an expert body."""
    return bool(actor.roles & {"authority", "expert"})


def signatory(actor: Actor, agreement: Any) -> bool:
    """May sign for a party whose signature is still missing; for the authority not the person who applied."""
    if "sign" not in actor.mandates or str(actor.organisation_id) in agreement.signed_by_ids:
        return False
    if actor.organisation_id == agreement.party_b_id:
        return True
    return (
        agreement.signed_by_a
        and actor.organisation_id == agreement.party_a_id
        and not_applied(actor, agreement)
    )


def not_applied(actor: Actor, agreement: Any) -> bool:
    """Is not the person who applied for what the agreement is about."""
    return agreement.applied_by_id is None or agreement.applied_by_id != actor.user_id


def operator(actor: Actor, element: Any) -> bool:
    """Acts for the operator of the element and may apply for it."""
    if element is None:
        return "operator" in actor.roles and "apply" in actor.mandates
    return element.operator_id == actor.organisation_id and "apply" in actor.mandates


def developer(actor: Actor, element: Any) -> bool:
    """Acts for a developer, once the element is delivered; the command checks the right the access rests on."""
    delivered = element is None or element.state in ("available", "suspended")
    return delivered and "developer" in actor.roles and "apply" in actor.mandates


def obliged(actor: Actor, obligation: Any) -> bool:
    """Acts for the body that owes the obligation."""
    return obligation.owner_id == actor.organisation_id and "apply" in actor.mandates


def body_in_charge(actor: Actor, outsourcing: Any) -> bool:
    """Acts for the agency or authority that outsources, and may apply or decide for it."""
    own = bool(actor.roles & {"agency", "authority"} and {"apply", "decide"} & actor.mandates)
    return own and (outsourcing is None or outsourcing.body_id == actor.organisation_id)


def reviewer_other_than_describer(actor: Actor, outsourcing: Any) -> bool:
    """Somebody of the body, or of the authority of the place, other than who described the outsourcing."""
    if outsourcing.described_by_id == actor.user_id:
        return False
    return body_in_charge(actor, outsourcing) or authority(actor, outsourcing)


def provider_itself(actor: Actor, outsourcing: Any) -> bool:
    """Acts for the service provider and may apply for it."""
    return outsourcing.provider_id == actor.organisation_id and "apply" in actor.mandates


def other_than_prover(actor: Actor, outsourcing: Any) -> bool:
    """Is not the person who entered the deletion."""
    return outsourcing.deletion.get("by_id") != str(actor.user_id)


def reviewer_of_exit(actor: Actor, outsourcing: Any) -> bool:
    """Somebody of the body itself or of the authority of the place: never of the provider."""
    of_provider = actor.organisation_id == outsourcing.provider_id
    return not of_provider and (body_in_charge(actor, outsourcing) or authority(actor, outsourcing))


def deletion_proven(_actor: Actor, outsourcing: Any) -> bool:
    """The deletion was entered with its proof."""
    return bool(outsourcing.deletion)


def other_than_drafter(actor: Actor, template: Any) -> bool:
    """Is not the person who wrote this version of the clauses."""
    return bool(template.drafted_by_id != actor.user_id)


def applies_for_data(actor: Actor, access: Any) -> bool:
    """Acts for the organisation that applies for data opened on conditions, and may apply for it."""
    own = actor.organisation_id is not None and "apply" in actor.mandates
    return own and (access is None or access.applicant_id == actor.organisation_id)


def opening_agency(actor: Actor, access: Any) -> bool:
    """Acts for the agency that opens the data on conditions."""
    own = "agency" in actor.roles and bool({"apply", "decide"} & actor.mandates)
    return own and access.agency_id == actor.organisation_id


authority = every(role("authority", "decide"), in_jurisdiction)
examiner = every(authority, not_own_application)
assessor = every(of_authority_or_expert, in_jurisdiction, not_own_application, other_than_assessors)
adviser = every(examiner, other_than_assessors, has_not_advised)
decider = every(examiner, other_than_assessors, has_not_advised, decided_never_before)

MAY: dict[str, list[Predicate]] = {
    "contracts.application.draft": [applicant],
    "contracts.application.receive": [system],
    "contracts.application.begin": [applicant],
    "contracts.application.fill": [applicant],
    "contracts.application.amend": [applicant],
    "contracts.application.submit": [applicant],
    "contracts.application.withdraw": [applicant],
    "contracts.application.stop": [system],
    "contracts.application.return_": [examiner],
    "contracts.application.accept": [examiner],
    "contracts.application.assess": [assessor],
    "contracts.application.complete_assessment": [system],
    "contracts.application.advise": [adviser],
    "contracts.application.countersign": [adviser],
    "contracts.application.send_back": [adviser],
    "contracts.application.record_service": [examiner],
    "contracts.application.grant": [decider],
    "contracts.application.refuse": [decider],
    "contracts.agreement.draw_up": [system],
    "contracts.agreement.sign": [signatory],
    "contracts.agreement.refuse": [signatory],
    "contracts.agreement.renew_stamp": [system],
    "contracts.agreement.lapse": [system],
    "contracts.agreement.terminate": [system],
    "contracts.element.draft": [operator],
    "contracts.element.amend": [operator],
    "contracts.element.attach": [operator],
    "contracts.element.deliver": [operator],
    "contracts.element.fetch": [operator, developer],
    "contracts.element.suspend": [operator, authority, system],
    "contracts.element.resume": [operator, authority, system],
    "contracts.element.withdraw": [operator, system],
    "contracts.element.hand_over": [system],
    "contracts.outsourcing.describe": [body_in_charge],
    "contracts.outsourcing.amend": [body_in_charge],
    "contracts.outsourcing.review": [reviewer_other_than_describer],
    "contracts.outsourcing.conclude": [body_in_charge],
    "contracts.outsourcing.come_into_force": [system],
    "contracts.outsourcing.withdraw": [body_in_charge],
    "contracts.outsourcing.assign": [body_in_charge],
    "contracts.outsourcing.record_test": [body_in_charge, provider_itself],
    "contracts.outsourcing.end": [body_in_charge, system],
    "contracts.outsourcing.revoke_access": [body_in_charge],
    "contracts.outsourcing.prove_deletion": [body_in_charge, provider_itself],
    "contracts.outsourcing.oversee_deletion": [every(reviewer_of_exit, deletion_proven, other_than_prover)],
    "contracts.outsourcing.close": [body_in_charge],
    "contracts.template.draft": [authority],
    "contracts.template.publish": [every(authority, other_than_drafter)],
    "contracts.template.supersede": [system],
    "contracts.template.drop": [authority, system],
    "contracts.obligation.impose": [authority, system],
    "contracts.obligation.fulfil": [obliged, system],
    "contracts.obligation.waive": [authority, system],
    "contracts.obligation.miss": [system],
    "contracts.obligation.confirm": [authority],
    "contracts.obligation.reject": [authority],
    "contracts.access.apply": [applies_for_data],
    "contracts.access.admit": [opening_agency],
    "contracts.access.refuse": [opening_agency],
    "contracts.access.withdraw": [applies_for_data],
    "contracts.access.come_into_force": [system],
    "contracts.access.fetch": [applies_for_data],
    "contracts.access.end": [applies_for_data, opening_agency, authority, system],
    "contracts.condition.add": [authority],
    "contracts.condition.retire": [authority],
    **DECISION,
    **RIGHT,
    **SELECTION,
}
