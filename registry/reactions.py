"""What follows when something happened in the registry: agencies proposed, resources registered, cases expired."""

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

from accounts.commands import organisation as organisations
from kernel.actor import SYSTEM
from kernel.audit import AuditEvent
from kernel.command import Command, after, execute
from kernel.due import sweep
from kernel.errors import RuleBroken
from registry import queries
from registry.commands import catalogue, imports, licence, registration, resource
from registry.models import CatalogueImport, Registration


@after("registry.import.carry_out")
def enter_rows(found: CatalogueImport, _event: AuditEvent) -> None:
    """Propose the agencies that nobody knows yet, then enter the rows."""
    known = queries.agencies_by_name(found.jurisdiction)
    for name in found.agencies if found.agency_id is None else ():
        if queries.comparable_name(name) not in known:
            proposal = {"name": name, "jurisdiction": found.jurisdiction}
            fresh = execute(organisations.propose, actor=SYSTEM, data=proposal)
            known[queries.comparable_name(name)] = fresh.id
    execute(imports.enter, actor=SYSTEM, subject_id=found.id)


@after("registry.import.submit_complete")
def hand_in_entries(found: CatalogueImport, _event: AuditEvent) -> None:
    """Hand in each complete entry of the import that the rules let pass; the others stay drafts."""
    for entry in queries.ready_drafts(found.id):
        try:
            catalogue.may_be_handed_in(entry)
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
