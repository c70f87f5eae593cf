"""What follows in an import: its steps one after the other, agencies proposed, news taken over, drafts handed in."""

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
from registry.commands import catalogue, entry_text, import_rows, imports
from registry.models import CatalogueImport, ImportRow
from registry.vocabulary.steps import IMPORT_AT_ONCE

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
    """A draft takes the news at once, a published entry as a proposed update; a refusal is told at the row."""
    entry = queries.entry(row.entry_id) if row.entry_id else None
    news = import_rows.news_of(row, entry) if entry else {}
    if entry is None or not news:
        return
    try:
        if entry.state in ("draft", "returned"):
            data = {"values": news, "source_hash": import_rows.hash_of(row)}
            execute(catalogue.take_over, actor=SYSTEM, subject_id=entry.id, data=data)
        else:
            execute(
                catalogue.revise, actor=SYSTEM, subject_id=entry.id, data=entry_text.told_by(entry) | news
            )
            entry.source_hash = import_rows.hash_of(row)
    except DomainError as refused:
        row.problems = [*row.problems, import_rows.refusal_of(refused)]


def _go_on(found: CatalogueImport, event: AuditEvent) -> None:
    """The next step of a file: at once where it is short, else a delivery of its own that a restart finds again."""
    step = imports.STEPS.get(found.state)
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
        execute(imports.STEPS[found.state], actor=SYSTEM, subject_id=found.id)


@after("registry.import.submit_complete")
def hand_in_entries(found: CatalogueImport, _event: AuditEvent) -> None:
    """Hand in each complete entry of the import that the rules let pass; the others stay drafts."""
    for entry in queries.ready_drafts(found.id):
        try:
            entry_text.may_be_handed_in(entry)
        except RuleBroken:
            continue
        execute(catalogue.submit, actor=SYSTEM, subject_id=entry.id)
