"""Who may be asked, may advise, and may look at a decision again."""

from typing import Any

from kernel.actor import Actor
from kernel.permissions import Predicate, every, in_jurisdiction, role, system


def consulted_body(actor: Actor, found: Any) -> bool:
    """Acts for the body that was asked, and may apply or decide for it."""
    return bool({"apply", "decide"} & actor.mandates) and found.body_id == actor.organisation_id


def whose_application(actor: Actor, found: Any) -> bool:
    """Acts for the applicant whose case it is, and may apply for it."""
    if not actor.roles & {"operator", "developer"} or "apply" not in actor.mandates:
        return False
    return found is None or found.applicant_id == actor.organisation_id


def took_no_part(actor: Actor, found: Any) -> bool:
    """Had no part in the decision, and is not of the applicant."""
    return str(actor.user_id) not in found.involved_ids and found.applicant_id != actor.organisation_id


def has_not_advised(actor: Actor, application: Any) -> bool:
    """Neither recommended nor countersigned in this case."""
    return str(actor.user_id) not in application.adviser_ids


def decided_never_before(actor: Actor, application: Any) -> bool:
    """Took no decision on this application that fell."""
    return str(actor.user_id) not in application.decider_ids


authority = every(role("authority", "decide"), in_jurisdiction)
another = every(authority, took_no_part)

MAY: dict[str, list[Predicate]] = {
    "contracts.consultation.ask": [authority],
    "contracts.consultation.answer": [consulted_body],
    "contracts.consultation.withdraw": [authority, system],
    "contracts.consultation.lapse": [system],
    "contracts.reconsideration.file": [whose_application],
    "contracts.reconsideration.withdraw": [whose_application],
    "contracts.reconsideration.admit": [another],
    "contracts.reconsideration.reject": [another],
    "contracts.reconsideration.decide": [another],
    "contracts.application.reopen": [system],
    "contracts.application.set_aside": [system],
}
