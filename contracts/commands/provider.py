"""Service providers: described, reviewed, bound by two agreements, tested, and let go with everything revoked."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from marshmallow import Schema

from accounts import queries as accounts
from accounts.rules import credit_code
from contracts.models import Outsourcing
from contracts.permissions import MAY
from contracts.queries import providers as reading
from contracts.rules import provider as law
from contracts.schemas.provider import (
    AssignmentInput,
    DeletionInput,
    ExitInput,
    OutsourcingInput,
    OverseenInput,
    ReviewInput,
    TestInput,
)
from contracts.states import OUTSOURCING
from kernel import clock, due
from kernel.actor import Actor
from kernel.command import Command, command
from kernel.config import settings
from kernel.errors import Conflict, InvalidInput
from kernel.fields import File, Nothing
from kernel.storage import accept_upload, store
from kernel.words import N_, Text


def _command(
    verb: str, schema: type[Schema] = Nothing, label: str = ""
) -> Callable[[Callable[..., Any]], Command]:
    name = f"contracts.outsourcing.{verb}"
    return command(
        name, may=MAY[name], on=Outsourcing, states=OUTSOURCING, schema=schema, label=label, duties=("P05",)
    )


def _kept(file: File | None, field: str) -> dict[str, Any]:
    """The facts of a file that was handed in; {} without one."""
    if file is None:
        return {}
    facts = accept_upload(file.name, file.content, max_bytes=settings().max_upload_bytes, field=field)
    key = store().keep("outsourcing", file.content, facts.kind)
    return {
        "name": facts.name,
        "media_type": facts.media_type,
        "size": facts.size,
        "sha256": facts.sha256,
        "storage_key": key,
    }


def _by(actor: Actor, now: datetime) -> dict[str, Any]:
    return {"at": now.isoformat(), "by_id": str(actor.user_id), "by": actor.name}


@_command("describe", OutsourcingInput, N_("New outsourcing"))
def describe(*, actor: Actor, now: datetime, **values: Any) -> Outsourcing:
    """A body writes down what it gives to a service provider, for how long, and which data that touches."""
    body = accounts.organisation(actor.organisation_id)
    found = Outsourcing(
        body_id=body.id,
        jurisdiction=body.jurisdiction,
        described_by_id=actor.user_id,
        people=[],
        tests=[],
        plan={},
    )
    found.review, found.deletion, found.overseen = {}, {}, {}
    _write(found, values)
    return found


@_command("amend", OutsourcingInput, N_("Edit"))
def amend(outsourcing: Outsourcing, *, actor: Actor, now: datetime, **values: Any) -> None:
    """The body changes the description before it is reviewed."""
    _write(outsourcing, values)


def _write(found: Outsourcing, values: dict[str, Any]) -> None:
    provider = accounts.organisation_by_code(credit_code(values.pop("provider_uscc")))
    if provider is None:
        said = Text(N_("No organisation with this credit code is known here. Let it register first."))
        raise InvalidInput({"provider_uscc": [said]})
    law.provider_is_another(found.body_id, provider.id, provider.side)
    law.outsourcing_has_a_term(values["starts_on"], values["ends_on"])
    found.provider_id = provider.id
    plan = values.pop("plan", None)
    if plan is not None:
        found.plan = _kept(plan, "plan")
    for name, value in values.items():
        setattr(found, name, value)


@_command("review", ReviewInput, N_("Review the provider's security"))
def review(
    outsourcing: Outsourcing, *, actor: Actor, now: datetime, passed: str, findings: str, report: File | None
) -> None:
    """Somebody else than who described it reviews the provider's security before anything is agreed."""
    facts = {"passed": passed == "yes", "findings": findings, "report": _kept(report, "report")}
    outsourcing.review = _by(actor, now) | facts
    outsourcing.state = "reviewed" if outsourcing.reviewed else "rejected"


@_command("conclude", label=N_("Draw up the agreements"))
def conclude(outsourcing: Outsourcing, *, actor: Actor, now: datetime) -> None:
    """The agreements on service and on security and secrecy are drawn up for both sides to sign."""
    rules = due.profile(outsourcing)
    law.provider_was_reviewed(rules.flag("security.outsourcing_review"), outsourcing.reviewed)
    law.provider_has_a_plan(rules.flag("security.outsourcing_plan"), bool(outsourcing.plan))
    standards = rules.text("security.outsourcing_agreement") == "rules_and_standards"
    law.work_has_standards(standards, outsourcing.standards, outsourcing.measures)


@_command("come_into_force")
def come_into_force(outsourcing: Outsourcing, *, actor: Actor, now: datetime) -> None:
    """Both agreements are signed by both sides; the provider may begin."""


@_command("withdraw", label=N_("Withdraw"))
def withdraw(outsourcing: Outsourcing, *, actor: Actor, now: datetime) -> None:
    """The body gives the outsourcing up before it begins."""


@_command("assign", AssignmentInput, N_("Enter one of the provider's people"))
def assign(
    outsourcing: Outsourcing, *, actor: Actor, now: datetime, membership_id: uuid.UUID, post: str
) -> None:
    """An account in the body is noted as one of the provider's people: it ends with the outsourcing."""
    membership = accounts.membership(membership_id)
    if membership.organisation_id != outsourcing.body_id or membership.person_id is None:
        raise InvalidInput({"membership_id": [Text(N_("Choose an active member of your body."))]})
    if any(row["membership_id"] == str(membership.id) for row in outsourcing.people):
        raise Conflict(N_("This person is entered already."))
    barred = due.profile(outsourcing).flag("security.outsourcing_no_own_access")
    law.provider_has_no_power(reading.mandates_held(outsourcing.body_id, membership.id), barred)
    row: dict[str, Any] = {
        "membership_id": str(membership.id),
        "name": accounts.person(membership.person_id).name,
        "post": post,
    }
    row |= {"since": clock.legal_day(now).isoformat(), "until": None}
    outsourcing.people = [*outsourcing.people, row]


@_command("record_test", TestInput, N_("Enter a test"))
def record_test(
    outsourcing: Outsourcing,
    *,
    actor: Actor,
    now: datetime,
    kind: str,
    on: date,
    result: str,
    report: File | None,
) -> None:
    """A security test, risk assessment or drill of the provider is entered; the clock of the next one runs."""
    if on > clock.legal_day(now):
        raise InvalidInput({"on": [Text(N_("This day has not come yet."))]})
    row = {"kind": kind, "on": on.isoformat(), "result": result, "report": _kept(report, "report")}
    outsourcing.tests = [*outsourcing.tests, row | _by(actor, now)]


@_command("end", ExitInput, N_("End the outsourcing"))
def end(outsourcing: Outsourcing, *, actor: Actor, now: datetime, reason: str) -> None:
    """The work ends: its term is over, or the agreement was ended; the exit begins."""
    outsourcing.ended_at, outsourcing.ended_because = now, reason


@_command("revoke_access", label=N_("Revoke the accounts"))
def revoke_access(outsourcing: Outsourcing, *, actor: Actor, now: datetime) -> None:
    """The accounts of the provider's people in the body end at once, with mandates and keys."""
    today = clock.legal_day(now).isoformat()
    outsourcing.access_revoked_at = now
    outsourcing.people = [row | {"until": row["until"] or today} for row in outsourcing.people]


@_command("prove_deletion", DeletionInput, N_("Prove the deletion"))
def prove_deletion(
    outsourcing: Outsourcing, *, actor: Actor, now: datetime, method: str, media: str, proof: File
) -> None:
    """The provider, or the body for it, enters how the data were irreversibly deleted, with the proof."""
    law.deletion_follows_revocation(outsourcing.access_revoked_at is not None)
    outsourcing.deletion = _by(actor, now) | {
        "method": method,
        "media": media,
        "proof": _kept(proof, "proof"),
    }
    outsourcing.overseen = {}


@_command("oversee_deletion", OverseenInput, N_("Confirm the deletion"))
def oversee_deletion(outsourcing: Outsourcing, *, actor: Actor, now: datetime, note: str) -> None:
    """Another officer, never of the provider, has overseen the deletion and confirms it."""
    proven_by = outsourcing.deletion.get("by_id")
    law.another_officer_oversees(uuid.UUID(proven_by) if proven_by else None, actor.user_id)
    outsourcing.overseen = _by(actor, now) | {"note": note}


@_command("close", label=N_("Close the exit"))
def close(outsourcing: Outsourcing, *, actor: Actor, now: datetime) -> None:
    """The checklist of the exit is complete: accounts revoked, deletion proven and overseen."""
    needed = due.profile(outsourcing).flag("security.outsourcing_exit")
    law.exit_is_complete(outsourcing.access_revoked_at is not None, needed, bool(outsourcing.overseen))
