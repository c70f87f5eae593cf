"""What follows when something happened in the registry: here around the catalogue and its imports."""

import uuid
from typing import Any

from accounts.commands import organisation as organisations
from kernel.actor import SYSTEM
from kernel.audit import AuditEvent
from kernel.command import after, execute
from kernel.db import db
from kernel.errors import DomainError, RuleBroken
from kernel.outbox import delivers, enqueue
from registry import queries
from registry.commands import adjustment, catalogue, collecting, entry_text, import_rows, imports
from registry.models import AdjustmentPart, AdjustmentRound, CatalogueEntry, CatalogueImport, ImportRow
from registry.queries import rounds
from registry.reactions import operators
from registry.reactions.registrations import what_time_does
from registry.vocabulary.steps import IMPORT_AT_ONCE

__all__ = ["operators", "what_time_does"]
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
