"""What follows when something happened in the registry: agencies proposed, resources registered, cases expired."""

import uuid
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from accounts.commands import organisation as organisations
from kernel import clock, due
from kernel.actor import SYSTEM
from kernel.audit import AuditEvent
from kernel.command import Command, after, execute
from kernel.db import db
from kernel.due import sweep
from kernel.errors import DomainError, RuleBroken
from kernel.outbox import delivers, enqueue
from kernel.words import N_
from registry import queries
from registry.commands import (
    adjustment,
    assessment,
    catalogue,
    collecting,
    debarment,
    dossier,
    entry_text,
    import_rows,
    imports,
    licence,
    notice,
    recheck,
    registration,
    resource,
)
from registry.models import (
    AdjustmentPart,
    AdjustmentRound,
    Assessment,
    CatalogueEntry,
    CatalogueImport,
    Debarment,
    ImportRow,
    Licence,
    Registration,
    Succession,
)
from registry.queries import rounds
from registry.vocabulary.steps import IMPORT_AT_ONCE

TIE_FOUND = N_("A tie to the applicant has become known since the naming.")


STEPS = {"being_examined": imports.read, "being_entered": imports.enter}
STEP = "registry.import.step"


@after("registry.import.examine")
@after("registry.import.remap")
@after("registry.import.read")
def read_on(found: CatalogueImport, event: AuditEvent) -> None:
    """Read the rows of a file that was taken in, or that a person wants read otherwise."""
    _go_on(found, event)


@after("registry.import.carry_out")
def enter_on(found: CatalogueImport, event: AuditEvent) -> None:
    """Propose the agencies that nobody knows yet, then enter the rows."""
    known = queries.agencies_by_name(found.jurisdiction)
    for name in found.agencies if found.agency_id is None else ():
        if queries.comparable_name(name) not in known:
            proposal = {"name": name, "jurisdiction": found.jurisdiction}
            fresh = execute(organisations.propose, actor=SYSTEM, data=proposal)
            known[queries.comparable_name(name)] = fresh.id
    _go_on(found, event)


@after("registry.import.enter")
def take_news_over(found: CatalogueImport, event: AuditEvent) -> None:
    """Take over what the rows of this step say newly about entries that were there, then go on."""
    first, last = event.notes[0]["rows"]
    for row in queries.changed_rows(found.id, first - 1, last):
        _take_over(row)
    _go_on(found, event)


def _take_over(row: ImportRow) -> None:
    """A draft takes the news at once, a published entry as a proposed update; what can not be done is told at the row."""
    entry = queries.entry(row.entry_id) if row.entry_id else None
    news = import_rows.news_of(row, entry) if entry else {}
    if entry is None or not news:
        return
    try:
        if entry.state in ("draft", "returned"):
            data = {"values": news, "source_hash": import_rows.hash_of(row)}
            execute(catalogue.take_over, actor=SYSTEM, subject_id=entry.id, data=data)
        else:
            execute(catalogue.revise, actor=SYSTEM, subject_id=entry.id, data=entry_text.told_by(entry) | news)
            entry.source_hash = import_rows.hash_of(row)
    except DomainError as refused:
        row.problems = [*row.problems, import_rows.refusal_of(refused)]


def _go_on(found: CatalogueImport, event: AuditEvent) -> None:
    """The next step of a file: at once where it is short, else as a delivery of its own, which a restart finds again."""
    step = STEPS.get(found.state)
    if step is not None and found.total <= IMPORT_AT_ONCE:
        execute(step, actor=SYSTEM, subject_id=found.id)
    elif step is not None:
        standing = {"import": str(found.id), "state": found.state, "position": found.position}
        enqueue(STEP, standing, str(event.id))


@delivers(STEP)
def make_step(payload: dict[str, Any], _key: str) -> None:
    """Make one step of a long import, unless it was made already or the import was stopped."""
    found = db.session.get(CatalogueImport, uuid.UUID(payload["import"]))
    if found is not None and (found.state, found.position) == (payload["state"], payload["position"]):
        execute(STEPS[found.state], actor=SYSTEM, subject_id=found.id)


@after("registry.import.submit_complete")
def hand_in_entries(found: CatalogueImport, _event: AuditEvent) -> None:
    """Hand in each complete entry of the import that the rules let pass; the others stay drafts."""
    for entry in queries.ready_drafts(found.id):
        try:
            entry_text.may_be_handed_in(entry)
        except RuleBroken:
            continue
        execute(catalogue.submit, actor=SYSTEM, subject_id=entry.id)


@after("registry.registration.code")
def register_resource(coded: Registration, _event: AuditEvent) -> None:
    """A coded registration takes effect: on the resource, and on the registration it replaces."""
    previous = coded.previous_id
    if coded.kind == "first":
        data: dict[str, Any] = {"code": coded.number, "registered_until": _iso(coded)}
        _on_resource(resource.register, coded, data)
    elif coded.kind != "cancellation":
        until = {"registered_until": _iso(coded)}
        _on_resource(resource.adjust, coded, {"changes": coded.changes, **until})
    if previous is not None and coded.kind in ("change", "correction", "cancellation"):
        ground = {"reasons": f"{coded.kind} {coded.number}"}
        execute(registration.cancel, actor=SYSTEM, subject_id=previous, data=ground)


@after("registry.registration.cancel")
@after("registry.registration.expire")
def cancel_resource(ended: Registration, _event: AuditEvent) -> None:
    """Without any registration in force the resource is no longer registered."""
    if ended.resource_id is None or queries.registration_in_force(resource_id=ended.resource_id):
        return
    execute(resource.cancel, actor=SYSTEM, subject_id=ended.resource_id)


def _on_resource(command: Any, coded: Registration, data: dict[str, Any]) -> None:
    if coded.resource_id is not None:
        execute(command, actor=SYSTEM, subject_id=coded.resource_id, data=data)


def _iso(coded: Registration) -> str | None:
    return coded.valid_until.isoformat() if coded.valid_until else None


@sweep
def what_time_does(today: date) -> Iterator[tuple[Command, uuid.UUID]]:
    """Notices that ran out, registrations and licences whose last day has passed. No right waits for this."""
    for subject_id in queries.ended_notices(today):
        yield registration.end_notice, subject_id
    for subject_id in queries.expiring_registrations(today):
        yield registration.expire, subject_id
    for subject_id in queries.expiring_licences(today):
        yield licence.expire, subject_id


# ── operators ─────────────────────────────────────────────────────────────────────────────────────────────────


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


@after("registry.entry.submit")
@after("registry.entry.update")
def know_by_its_names(entry: CatalogueEntry, _event: AuditEvent) -> None:
    """An entry in review or published is found as similar by its title and its data items."""
    collecting.note_names(entry)


@after("registry.entry.return_")
@after("registry.entry.withdraw")
def forget_its_names(entry: CatalogueEntry, _event: AuditEvent) -> None:
    """An entry that left the catalogue is nobody's source."""
    collecting.forget_names(entry)


@after("registry.entry.revise")
@after("registry.entry.update")
@after("registry.entry.withdraw")
def answer_the_round(entry: CatalogueEntry, _event: AuditEvent) -> None:
    """Who changes or withdraws an entry during a round of adjustment has answered for it."""
    waiting = rounds.open_part_of_entry(entry.id)
    if waiting is not None:
        data = {"entry_id": str(entry.id)}
        execute(adjustment.note_change, actor=SYSTEM, subject_id=waiting, data=data)


@after("registry.adjustment.open")
def ask_every_agency(opened: AdjustmentRound, _event: AuditEvent) -> None:
    """Each agency with published entries gets its part of the round, with a clock of its own."""
    for agency_id in rounds.agencies_with_entries(opened.jurisdiction):
        data = {"round_id": str(opened.id), "agency_id": str(agency_id)}
        execute(adjustment.begin, actor=SYSTEM, data=data)


@after("registry.adjustment_part.confirm")
@after("registry.adjustment_part.note_change")
def complete_the_part(part: AdjustmentPart, _event: AuditEvent) -> None:
    """A part is answered with its last entry."""
    if rounds.is_answered(part.id):
        execute(adjustment.complete, actor=SYSTEM, subject_id=part.id)


@after("registry.adjustment.close")
def leave_what_is_open(closed: AdjustmentRound, _event: AuditEvent) -> None:
    """What was not answered when the round closed stays unanswered."""
    for part in rounds.parts_of_round(closed.id, "open"):
        execute(adjustment.leave, actor=SYSTEM, subject_id=part.id)
