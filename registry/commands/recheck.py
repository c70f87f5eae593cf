"""Re-checks of licensed operators: begun when they are due or asked for, closed by somebody else than who found."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from marshmallow import Schema

from accounts import queries as accounts
from kernel import clock
from kernel.actor import Actor
from kernel.command import Command, command
from kernel.errors import NotFound
from kernel.fields import File
from kernel.words import N_
from registry import queries
from registry.commands.files import keep
from registry.models import Recheck
from registry.permissions import MAY
from registry.permissions.operators import authority_in_jurisdiction
from registry.rules import oversight as law
from registry.schemas.oversight import (
    ClearInput,
    FindingsInput,
    OutcomeInput,
    Reasons,
    RecheckInput,
    RectificationInput,
)
from registry.states import RECHECK

OPEN = ("under_way", "rectification", "reported")


def _command(verb: str, schema: type[Schema], label: str = "") -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.recheck.{verb}"
    return command(
        name, may=MAY[name], on=Recheck, states=RECHECK, schema=schema, label=label, duties=("P03",)
    )


@_command("begin", RecheckInput, N_("Begin a re-check"))
def begin(*, actor: Actor, now: datetime, licence_id: uuid.UUID) -> Recheck:
    """A licensed operator is checked again: because it is due, or because the authority sees cause."""
    licence = queries.licence(licence_id)
    if actor.is_signed_in and not authority_in_jurisdiction(actor, licence):
        raise NotFound()
    if licence.state not in ("in_force", "suspended"):
        raise NotFound()
    law.nothing_checks_it_already(any(row.state in OPEN for row in queries.rechecks_of(licence.id)))
    return Recheck(
        organisation_id=licence.organisation_id,
        organisation_name=accounts.organisation(licence.organisation_id).name,
        licence_id=licence.id,
        jurisdiction=licence.jurisdiction,
        profile_version=licence.profile_version,
        kind="ordered" if actor.is_signed_in else "periodic",
        begun_on=clock.legal_day(now),
    )


@_command("clear", ClearInput, N_("Nothing was found"))
def clear(recheck: Recheck, *, actor: Actor, now: datetime, looked_at: str) -> None:
    """The officer has found nothing wrong; the check is over."""
    recheck.looked_at, recheck.found_by_id, recheck.found_at = looked_at, actor.user_id, now
    recheck.ended_on = clock.legal_day(now)


@_command("find", FindingsInput, N_("Enter findings"))
def find(
    recheck: Recheck, *, actor: Actor, now: datetime, looked_at: str, findings: list[dict[str, str]]
) -> None:
    """The officer names what is wrong; the operator has to put it right within the time of the rules."""
    recheck.looked_at, recheck.findings = looked_at, findings
    recheck.found_by_id, recheck.found_at = actor.user_id, now


@_command("report", RectificationInput, N_("Report the rectification"))
def report(recheck: Recheck, *, actor: Actor, now: datetime, report: str, evidence: File | None) -> None:
    """The operator says what it put right, and proves it."""
    recheck.report = report
    if evidence is not None:
        recheck.evidence = keep(evidence, "evidence")


@_command("return_", Reasons, N_("Send back"))
def return_(recheck: Recheck, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The rectification is not enough; the operator continues."""
    recheck.returned_because = reasons


@_command("close", OutcomeInput, N_("Close the re-check"))
def close(recheck: Recheck, *, actor: Actor, now: datetime, outcome: str) -> None:
    """Another officer than the one who found the faults has checked that they are gone."""
    recheck.outcome, recheck.ended_on = outcome, clock.legal_day(now)


@_command("fail", OutcomeInput, N_("Declare it failed"))
def fail(recheck: Recheck, *, actor: Actor, now: datetime, outcome: str) -> None:
    """The faults were not put right: it stands in the record, and the licence can be revoked after notice."""
    recheck.outcome, recheck.ended_on = outcome, clock.legal_day(now)
