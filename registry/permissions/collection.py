"""Who may do what with databases, rounds, projects, sources, aggregation, grading rules, archives and look-ups."""

from typing import Any

from kernel.actor import Actor
from kernel.permissions import Predicate, every, in_jurisdiction, role, system

agency = role("agency", "apply")
authority = role("authority", "decide")
authority_in_jurisdiction = every(authority, in_jurisdiction)


def lead_department(actor: Actor, subject: Any) -> bool:
    """Acts for the agency that leads the database, the project, the list or the answer."""
    return agency(actor, subject) and (subject is None or subject.agency_id == actor.organisation_id)


def compiling_authority(actor: Actor, catalogue: Any) -> bool:
    """The authority that compiled the catalogue of its place."""
    return authority(actor, catalogue) and catalogue.organisation_id == actor.organisation_id


def authority_other_than_reporter(actor: Actor, catalogue: Any) -> bool:
    """The authority of the place or above it, through somebody who did not report the catalogue."""
    return authority_in_jurisdiction(actor, catalogue) and catalogue.submitted_by_id != actor.user_id


def approver_other_than_unit(actor: Actor, project: Any) -> bool:
    """Authority or government of the place, neither the project unit nor the person who applied for it."""
    return (
        bool({"authority", "government"} & actor.roles)
        and "decide" in actor.mandates
        and in_jurisdiction(actor, project)
        and project.agency_id != actor.organisation_id
        and project.applied_by_id != actor.user_id
    )


def keeper_of_cases(actor: Actor, package: Any) -> bool:
    """An agency, authority or registrar that may draft, with its own archive packages."""
    keeps = bool({"agency", "authority", "registrar"} & actor.roles) and "apply" in actor.mandates
    return keeps and (package is None or package.organisation_id == actor.organisation_id)


MAY: dict[str, list[Predicate]] = {
    "registry.database.establish": [authority_in_jurisdiction],
    "registry.database.amend": [authority_in_jurisdiction],
    "registry.database.enlist": [lead_department],
    "registry.database.strike": [lead_department],
    "registry.database.compile": [lead_department],
    "registry.database.close": [authority_in_jurisdiction],
    "registry.local_catalogue.compile": [authority],
    "registry.local_catalogue.report": [compiling_authority],
    "registry.local_catalogue.approve": [authority_other_than_reporter],
    "registry.local_catalogue.return_": [authority_other_than_reporter],
    "registry.adjustment.open": [authority],
    "registry.adjustment.close": [authority_in_jurisdiction],
    "registry.adjustment_part.begin": [system],
    "registry.adjustment_part.confirm": [lead_department],
    "registry.adjustment_part.note_change": [system],
    "registry.adjustment_part.complete": [system],
    "registry.adjustment_part.leave": [system],
    "registry.project.draft": [lead_department],
    "registry.project.amend": [lead_department],
    "registry.project.submit": [lead_department],
    "registry.project.return_": [approver_other_than_unit],
    "registry.project.approve": [approver_other_than_unit],
    "registry.project.refuse": [approver_other_than_unit],
    "registry.project.request_acceptance": [lead_department],
    "registry.project.send_back": [approver_other_than_unit],
    "registry.project.accept": [approver_other_than_unit],
    "registry.project.fund": [approver_other_than_unit],
    "registry.holding.record": [lead_department],
    "registry.holding.amend": [lead_department],
    "registry.holding.catalogue": [lead_department],
    "registry.holding.retire": [lead_department],
    "registry.lead_source.name": [authority],
    "registry.lead_source.end": [authority_in_jurisdiction],
    "registry.overlap.explain": [lead_department],
    "registry.overlap.amend": [lead_department],
    "registry.overlap.question": [authority_in_jurisdiction],
    "registry.overlap.accept": [authority_in_jurisdiction],
    "registry.comparison.compare": [agency, authority],
    "registry.comparison.confirm": [lead_department],
    "registry.aggregation.record": [lead_department],
    "registry.aggregation.void": [lead_department],
    "registry.reconciliation.record": [lead_department],
    "registry.reconciliation.correct": [system],
    "registry.grading_rule.adopt": [authority],
    "registry.grading_rule.repeal": [authority_in_jurisdiction],
    "registry.archive_package.export": [keeper_of_cases],
    "registry.archive_package.hand_over": [keeper_of_cases],
    "registry.lookup.look_up": [agency],
}
