"""What follows when something happened to an operator: points opened, ties found, notices concluded."""

import uuid
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from kernel import clock, due
from kernel.actor import SYSTEM
from kernel.audit import AuditEvent
from kernel.command import after, execute
from kernel.due import sweep
from kernel.words import N_
from registry import queries
from registry.commands import assessment, debarment, dossier, licence, notice, recheck
from registry.models import Assessment, Debarment, Licence, Succession

TIE_FOUND = N_("A tie to the applicant has become known since the naming.")


@after("registry.assessment.score")
@after("registry.assessment.declare")
@after("registry.assessment.recuse")
def open_the_points(found: Assessment, _event: AuditEvent) -> None:
    """Once enough have scored and nobody is awaited, all points are opened at once."""
    asked = queries.licence(found.licence_id)
    scored, pending = queries.assessed_by(asked.id)
    needed = due.profile(asked).number("assessment.assessors")
    if asked.state == "under_assessment" and not pending and scored >= needed:
        execute(licence.complete_assessment, actor=SYSTEM, subject_id=asked.id)


@after("accounts.membership.accept")
@after("accounts.membership.admit")
def recuse_new_members(joined: Any, _event: AuditEvent) -> None:
    """Whoever joins an organisation no longer assesses what it, or one under the same control, has applied for."""
    _recuse_tied(queries.open_assessments_of_people([joined.person_id]))


@after("accounts.organisation.amend")
def recuse_under_new_control(changed: Any, event: AuditEvent) -> None:
    """When control changes, assessments between organisations that now belong together end."""
    if "controlled_by_uscc" in event.data:
        _recuse_tied(queries.open_assessments_under_way())


def _recuse_tied(found: Iterable[Assessment]) -> None:
    for row in found:
        ground = queries.tie(row.assessor_id, row.assessor_body_id, queries.licence(row.licence_id))
        if ground is not None:
            data = {"conflict": ground, "explanation": TIE_FOUND}
            execute(assessment.recuse, actor=SYSTEM, subject_id=row.id, data=data)


@after("registry.licence.refuse")
@after("registry.licence.suspend")
@after("registry.licence.revoke")
def conclude_notice(decided: Licence, event: AuditEvent) -> None:
    """The notice of an act has had its effect once the act is decided."""
    _conclude(event.command.rsplit(".", 1)[1], decided.organisation_id, decided.id)


def _conclude(act: str, organisation_id: uuid.UUID, licence_id: uuid.UUID | None) -> None:
    given = queries.open_notice(act, organisation_id, licence_id)
    if given is not None:
        execute(notice.carry_out, actor=SYSTEM, subject_id=given.id)


@after("registry.debarment.impose")
def stop_applications(barred: Debarment, _event: AuditEvent) -> None:
    """Open applications of who is barred, and of those it controls, are stopped."""
    _conclude("debar", barred.organisation_id, None)
    for asked in queries.open_applications(barred.organisation_id, controlled=True):
        reasons = {"reasons": barred.reasons, "basis": barred.basis}
        execute(licence.stop, actor=SYSTEM, subject_id=asked.id, data=reasons)


@after("registry.succession.approve")
def pass_over(approved: Succession, event: AuditEvent) -> None:
    """Licences, open applications and papers of the predecessor pass to the successor."""
    before, data = approved.predecessor_id, {"succession_id": str(approved.id)}
    held = queries.licences_held(before, clock.legal_day(event.at)) + queries.open_applications(before)
    for row in held:
        if row.jurisdiction == approved.jurisdiction:
            execute(licence.transfer, actor=SYSTEM, subject_id=row.id, data=data)
    own = queries.dossier_of(approved.successor_id)
    if own is not None:
        from_whom = {"predecessor_id": str(before)}
        execute(dossier.take_over, actor=SYSTEM, subject_id=own.id, data=from_whom)


@sweep
def what_time_does_to_operators(today: date) -> Iterator[tuple[Any, ...]]:
    """Debarments end, and licensed operators are checked again when it is time."""
    for subject_id in queries.debarments_over(today):
        yield debarment.end, subject_id
    for held in queries.rechecks_due(today):
        yield recheck.begin, None, {"licence_id": str(held.id)}
