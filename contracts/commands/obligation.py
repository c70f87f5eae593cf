"""Obligations of a right: imposed, fulfilled, waived, overdue."""

import uuid
from datetime import date, datetime
from typing import Any

from contracts import queries
from contracts.models import Obligation
from contracts.permissions import MAY
from contracts.rules.conditions import condition_is_proved
from contracts.schemas import FulfilInput, ObligationInput, WaiveInput
from contracts.schemas.condition import InspectInput
from contracts.states import OBLIGATION
from kernel.actor import Actor
from kernel.command import command
from kernel.config import settings
from kernel.errors import NotFound
from kernel.fields import File
from kernel.permissions import may_see
from kernel.storage import accept_upload, store
from kernel.words import N_


@command(
    "contracts.obligation.impose",
    may=MAY["contracts.obligation.impose"],
    on=Obligation,
    states=OBLIGATION,
    schema=ObligationInput,
    label=N_("Impose an obligation"),
)
def impose(
    *,
    actor: Actor,
    now: datetime,
    right_id: uuid.UUID,
    what: str,
    basis: str,
    due_on: date | None,
    condition: dict[str, Any] | None,
) -> Obligation:
    """The holder of a right owes something by a day."""
    held = queries.right(right_id)
    if held is None or not may_see(actor, held):
        raise NotFound()
    return Obligation(
        right_id=held.id,
        owner_id=held.holder_id,
        jurisdiction=held.jurisdiction,
        profile_version=held.profile_version,
        what=what,
        basis=basis,
        due_on=due_on,
        condition=condition if actor.organisation_id is None else None,  # people impose in words
    )


@command(
    "contracts.obligation.fulfil",
    may=MAY["contracts.obligation.fulfil"],
    on=Obligation,
    states=OBLIGATION,
    schema=FulfilInput,
    label=N_("Report as done"),
)
def fulfil(owed: Obligation, *, actor: Actor, now: datetime, report: str, proof: File | None) -> None:
    """The holder reports what was done."""
    condition_is_proved(bool((owed.condition or {}).get("evidence_zh")), proof is not None)
    owed.report, owed.ended_at = report, now
    owed.proof = _kept(proof) if proof else None


def _kept(proof: File) -> dict[str, Any]:
    facts = accept_upload(proof.name, proof.content, max_bytes=settings().max_upload_bytes, field="proof")
    stored = store().keep("obligations", proof.content, facts.kind)
    return {"name": facts.name, "media_type": facts.media_type, "sha256": facts.sha256, "storage_key": stored}


@command(
    "contracts.obligation.confirm",
    may=MAY["contracts.obligation.confirm"],
    on=Obligation,
    states=OBLIGATION,
    schema=InspectInput,
    label=N_("Confirm as met"),
)
def confirm(owed: Obligation, *, actor: Actor, now: datetime, findings: str) -> None:
    """The authority looked at the report and its proof: what was owed is done."""
    owed.findings = findings


@command(
    "contracts.obligation.reject",
    may=MAY["contracts.obligation.reject"],
    on=Obligation,
    states=OBLIGATION,
    schema=InspectInput,
    label=N_("Send back as not met"),
)
def reject(owed: Obligation, *, actor: Actor, now: datetime, findings: str) -> None:
    """The authority looked at the report: what was owed is not done, and is owed again."""
    owed.findings, owed.ended_at = findings, None


@command(
    "contracts.obligation.waive",
    may=MAY["contracts.obligation.waive"],
    on=Obligation,
    states=OBLIGATION,
    schema=WaiveInput,
    label=N_("Waive"),
)
def waive(owed: Obligation, *, actor: Actor, now: datetime, report: str) -> None:
    """The authority releases the holder from the obligation, with its reason."""
    owed.report, owed.ended_at = report, now


@command("contracts.obligation.miss", may=MAY["contracts.obligation.miss"], on=Obligation, states=OBLIGATION)
def miss(owed: Obligation, *, actor: Actor, now: datetime) -> None:
    """The day has passed without a report."""
