"""Who may do what with dossiers, licences, assessments and what follows on them. Any predicate of a row is enough."""

from typing import Any

from kernel.actor import Actor
from kernel.permissions import Predicate, anyone, every, in_jurisdiction, role, system

authority = role("authority", "decide")
authority_in_jurisdiction = every(authority, in_jurisdiction)


def applies(actor: Actor, *roles: str) -> bool:
    """Acts for an organisation with one of these roles and may apply for it."""
    return bool(actor.roles & set(roles)) and "apply" in actor.mandates


def _of_developers(actor: Actor, organisation_id: Any) -> bool:
    return applies(actor, "operator", "developer") and organisation_id in (None, actor.organisation_id)


def licence_applicant(actor: Actor, subject: Any) -> bool:
    """An operator or developer, with its own licence or dossier."""
    return _of_developers(actor, subject.organisation_id if subject else None)


def stranger_to_application(actor: Actor, licence: Any) -> bool:
    """Neither the applicant's organisation nor the person who applied."""
    return licence.organisation_id != actor.organisation_id and licence.applied_by_id != actor.user_id


def granter_other_than_assessor(actor: Actor, licence: Any) -> bool:
    """The deciding authority of the place, through a person who neither assessed nor applied."""
    return (
        authority_in_jurisdiction(actor, licence)
        and stranger_to_application(actor, licence)
        and str(actor.user_id) not in licence.assessor_ids
    )


def named_assessor(actor: Actor, assessment: Any) -> bool:
    """The very person who was named to assess, acting for the same body and still allowed to decide there."""
    return (
        assessment.assessor_id == actor.user_id
        and assessment.assessor_body_id == actor.organisation_id
        and "decide" in actor.mandates
    )


def authority_other_than_assessor(actor: Actor, assessment: Any) -> bool:
    """The authority of the place, through another person than the assessor."""
    return authority_in_jurisdiction(actor, assessment) and assessment.assessor_id != actor.user_id


def addressee(actor: Actor, notice: Any) -> bool:
    """The organisation a notice was given to, through somebody who may apply, sign or be served."""
    return notice.organisation_id == actor.organisation_id and bool(
        {"apply", "sign", "be_served"} & actor.mandates
    )


def answering_authority(actor: Actor, objection: Any) -> bool:
    """The authority of the place, through a person who did not lodge the objection."""
    return authority_in_jurisdiction(actor, objection) and objection.lodged_by_id != actor.user_id


def checked_operator(actor: Actor, recheck: Any) -> bool:
    """The operator or developer that was checked."""
    return _of_developers(actor, recheck.organisation_id)


def other_than_finder(actor: Actor, recheck: Any) -> bool:
    """The authority of the place, through another person than the one who found the fault."""
    return authority_in_jurisdiction(actor, recheck) and recheck.found_by_id != actor.user_id


def other_than_imposer(actor: Actor, debarment: Any) -> bool:
    """The authority of the place, through another person than the one who debarred."""
    return authority_in_jurisdiction(actor, debarment) and debarment.imposed_by_id != actor.user_id


def successor(actor: Actor, succession: Any) -> bool:
    """The organisation that wants to take over what another held."""
    return _of_developers(actor, succession.successor_id if succession else None)


def stranger_to_succession(actor: Actor, succession: Any) -> bool:
    """Neither of the two organisations, nor the person who applied."""
    parties = (succession.predecessor_id, succession.successor_id)
    return actor.organisation_id not in parties and succession.applied_by_id != actor.user_id


examiner = every(authority_in_jurisdiction, stranger_to_application)
decider_on_succession = every(authority_in_jurisdiction, stranger_to_succession)

MAY: dict[str, list[Predicate]] = {
    "registry.dossier.add_paper": [licence_applicant],
    "registry.dossier.withdraw_paper": [licence_applicant],
    "registry.dossier.take_over": [system],
    "registry.licence.draft": [licence_applicant],
    "registry.licence.amend": [licence_applicant],
    "registry.licence.submit": [licence_applicant],
    "registry.licence.withdraw": [licence_applicant],
    "registry.licence.return_": [examiner],
    "registry.licence.accept": [examiner],
    "registry.licence.complete_assessment": [system],
    "registry.licence.announce": [granter_other_than_assessor],
    "registry.licence.grant": [granter_other_than_assessor],
    "registry.licence.refuse": [granter_other_than_assessor],
    "registry.licence.stop": [system],
    "registry.licence.suspend": [examiner],
    "registry.licence.lift": [examiner],
    "registry.licence.revoke": [examiner],
    "registry.licence.expire": [system],
    "registry.licence.transfer": [system],
    "registry.assessment.name_assessor": [authority],
    "registry.assessment.declare": [named_assessor],
    "registry.assessment.score": [named_assessor],
    "registry.assessment.recuse": [authority_other_than_assessor, system],
    "registry.licence_objection.lodge": [anyone],
    "registry.licence_objection.uphold": [answering_authority],
    "registry.licence_objection.dismiss": [answering_authority],
    "registry.notice.give": [authority],
    "registry.notice.reply": [addressee],
    "registry.notice.drop": [authority_in_jurisdiction],
    "registry.notice.carry_out": [system],
    "registry.recheck.begin": [authority, system],
    "registry.recheck.clear": [authority_in_jurisdiction],
    "registry.recheck.find": [authority_in_jurisdiction],
    "registry.recheck.report": [checked_operator],
    "registry.recheck.return_": [authority_in_jurisdiction],
    "registry.recheck.close": [other_than_finder],
    "registry.recheck.fail": [other_than_finder],
    "registry.debarment.impose": [authority],
    "registry.debarment.lift": [other_than_imposer],
    "registry.debarment.end": [system],
    "registry.succession.apply": [successor],
    "registry.succession.withdraw": [successor],
    "registry.succession.approve": [decider_on_succession],
    "registry.succession.refuse": [decider_on_succession],
}
