"""What development rights mean for what is registered: how long it holds, and who uses and operates it."""

import uuid
from datetime import date
from typing import Any

from contracts.models import DevelopmentRight
from contracts.queries.registered import authorised_until, registered_under, registrations_in_force
from contracts.vocabulary import Level
from kernel.actor import SYSTEM
from kernel.audit import AuditEvent
from kernel.command import after, execute
from registry.commands import registration_life, rights
from registry.queries import open_rights_from

# Which rights in the registered resources a development right gives (WZ34, YN L128).
GIVES = {Level.FIRST: ("use", "operate"), Level.SECOND: ("use",)}


@after("contracts.right.come_into_force")
def enter_into_record(held: DevelopmentRight, _event: AuditEvent) -> None:
    """Whoever holds the right uses the resources beneath it; on the first level it operates them too."""
    for resource_id in registered_under(held):
        for kind in GIVES[Level(held.level)]:
            execute(rights.enter, actor=SYSTEM, data=_entry(held, resource_id, kind))
    _bound(registered_under(held))


def _entry(held: DevelopmentRight, resource_id: uuid.UUID, kind: str) -> dict[str, Any]:
    return {
        "resource_id": str(resource_id),
        "kind": kind,
        "organisation_id": str(held.holder_id),
        "source_type": "right",
        "source_id": str(held.id),
        "source_number": held.number,
        "jurisdiction": held.jurisdiction,
        "starts_on": held.starts_on.isoformat(),
        "ends_on": held.ends_on.isoformat(),
    }


@after("contracts.right.terminate")
@after("contracts.right.expire")
@after("contracts.right.surrender")
def end_in_record(held: DevelopmentRight, _event: AuditEvent) -> None:
    """With the right its entries end, and no registration is bounded by it any more where it was terminated."""
    for record_id in open_rights_from(held.id):
        execute(rights.end, actor=SYSTEM, subject_id=record_id)
    _bound(registered_under(held))


@after("contracts.right.adjust")
def enter_anew(held: DevelopmentRight, event: AuditEvent) -> None:
    """A right that changed is entered anew, with its holder, its resources and its last day of today."""
    if held.state not in ("in_force", "suspended"):
        return
    for record_id in open_rights_from(held.id):
        execute(rights.end, actor=SYSTEM, subject_id=record_id)
    enter_into_record(held, event)


@after("registry.registration.code")
def bound_what_is_coded(coded: Any, _event: AuditEvent) -> None:
    """A later registration of what is in authorised operation does not outlive the authorisation either."""
    if coded.resource_id is not None and coded.kind != "first":
        _bound([coded.resource_id])


def _bound(resource_ids: list[uuid.UUID]) -> None:
    for resource_id in resource_ids:
        until, number = authorised_until(resource_id)
        for found in registrations_in_force(resource_id):
            if (found.bound_until, found.bound_number) != (until, number) and _says_more(found, until):
                data = {"until": until.isoformat() if until else None, "number": number}
                execute(registration_life.bound, actor=SYSTEM, subject_id=found.id, data=data)


def _says_more(found: Any, until: date | None) -> bool:
    """Whether the bound changes anything: it lies within the term, or one that was there falls away."""
    term = found.term_until or found.valid_until
    return found.bound_until is not None or (until is not None and term is not None and until < term)
