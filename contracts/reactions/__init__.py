"""What follows when something happened: rights from grants, texts from rights, force from signatures.

Everything here runs in the transaction of its cause, as commands of their own with their own events.
"""

import uuid
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from contracts import commands, queries
from contracts.models import Agreement, Application, DataElement, DevelopmentRight
from contracts.queries.live import closed_because
from contracts.queries.rights import agreements_of, obligations_past_due, suspended_through
from contracts.queries.snapshots import agreements_to_draw
from contracts.queries.sources import resources, resources_with_entry
from contracts.reactions import (  # noqa: F401  what follows on other cases
    access,
    barring,
    cascade,  # noqa: F401  first what a step brings about below
    changes,
    conditions,
    decision,
    provider,
    selection,
    templates,
)
from contracts.reactions import registration as registrations  # noqa: F401  the same
from contracts.reactions import signing as signings  # noqa: F401  the same
from contracts.reactions.steps import end_texts, run
from contracts.vocabulary import Ground, Level
from kernel import due
from kernel.actor import SYSTEM
from kernel.audit import AuditEvent
from kernel.clock import legal_day
from kernel.command import after, execute
from kernel.due import sweep
from kernel.words import N_
from registry.queries import licence_in_force

ABOVE_RESTORED = N_("The right above is in force again.")
NOT_SIGNED = N_("The agreements were not signed in time.")
SOURCE_CLOSED = N_(
    "A source may not be used any more: it is closed to opening, or its registration has ended."
)
ELEMENT_BACK = N_("The data element can be used again.")
LICENCE_GONE = N_("The licence of the holder is not in force.")
LICENCE_BACK = N_("The licence of the holder is in force again.")
MEND = N_("Mend what the suspension rests on and report it.")
RENEW_COMMITMENT = N_("Give the security commitment anew.")
KEEP_CONDITIONS = N_("Keep the conditions of the decision and report on them.")
EXIT = N_("Close access, stop all use, return or destroy the data, and hand in the proof.")


# ── from the decision to a right in force ─────────────────────────────────────────────────────────────────────


@after("contracts.application.assess")
def close_assessment(asked: Application, _event: AuditEvent) -> None:
    """Once enough assessors have scored, the decision is awaited."""
    least = due.profile(asked).number("assessment.assessors")
    if len(asked.assessor_ids) >= least:
        run(commands.application.complete_assessment, asked.id)


@after("contracts.application.grant")
def establish_right(asked: Application, _event: AuditEvent) -> None:
    """A grant becomes a right."""
    decided = queries.decision_of(asked.id)
    if decided is not None:
        run(commands.right.establish, decision_id=str(decided.id))


@after("contracts.right.establish")
def draw_up_agreements(held: DevelopmentRight, _event: AuditEvent) -> None:
    """The texts of the right are put before its parties."""
    for terms in agreements_to_draw(held):
        run(commands.agreement.draw_up, **terms)


@after("contracts.agreement.sign")
def bring_into_force(signed: Agreement, _event: AuditEvent) -> None:
    """The last signature under the last text brings the right into force."""
    if signed.about_type != "right" or signed.state != "in_force":
        return
    if all(agreement.state == "in_force" for agreement in agreements_of(signed.about_id)):
        run(commands.right.come_into_force, signed.about_id)


@after("contracts.right.come_into_force")
def impose_obligations(held: DevelopmentRight, event: AuditEvent) -> None:
    """What the right asks of its holder becomes obligations: the conditions, and the yearly commitment."""
    decided = queries.decision(held.decision_id)
    if decided is not None and decided.conditions:
        _owe(held, KEEP_CONDITIONS, decided.basis, None)
    if held.level == Level.FIRST:
        _owe(held, RENEW_COMMITMENT, "WZ32; YN L109", _day(held, "agreement.commitment_years", event.at))


# ── rest and end, downwards ───────────────────────────────────────────────────────────────────────────────────


@after("contracts.right.suspend")
def owe_mending(held: DevelopmentRight, event: AuditEvent) -> None:
    """An order to mend becomes an obligation, and each thing to mend an item of its own."""
    if event.data.get("ground") == Ground.ORDER and event.user_id is not None:
        by = event.data.get("rectify_by") or _day(held, "supervision.rectification_wd", event.at)
        _owe(held, MEND, event.data["basis"], by)
        for what in filter(None, (line.strip() for line in event.data["items"].split("\n"))):
            run(
                commands.rectification.order, right_id=str(held.id), what=what, basis=event.data["basis"], due_on=by
            )


@after("contracts.right.lift")
def lift_below(held: DevelopmentRight, _event: AuditEvent) -> None:
    """Restored are those alone that the cascade suspended; their other grounds stay."""
    if held.state == "in_force":
        _lift_through(held.id, Ground.CASCADE, ABOVE_RESTORED)


@after("contracts.right.terminate")
@after("contracts.right.expire")
@after("contracts.right.surrender")
def begin_exit(held: DevelopmentRight, event: AuditEvent) -> None:
    """Access is cut with the end of the right; the rest of the exit is owed."""
    _owe(held, EXIT, "YN L120; YN L180", _day(held, "op.exit_wd", event.at))
    run(commands.leaving.begin, right_id=str(held.id))


@after("contracts.right.lapse")
def lapse_agreements(held: DevelopmentRight, _event: AuditEvent) -> None:
    """A right that lapsed leaves no text behind that could still be signed."""
    _end_agreements(held, NOT_SIGNED)


@after("contracts.element.resume")
def resume_on_element(element: DataElement, _event: AuditEvent) -> None:
    """Rights that rested because of this element alone are restored."""
    _lift_through(element.id, Ground.SOURCE, ELEMENT_BACK)


# ── news from the registry ────────────────────────────────────────────────────────────────────────────────────


@after("registry.entry.publish")
@after("registry.entry.update")
@after("registry.entry.withdraw")
def follow_entry(entry: Any, event: AuditEvent) -> None:
    """An entry that may not be opened any more, or is withdrawn, stops every right on its resources (F02)."""
    _follow_resources(resources_with_entry(entry.id), event.at)


@after("registry.resource.cancel")
@after("registry.resource.adjust")
def follow_resource(resource: Any, event: AuditEvent) -> None:
    """A resource whose registration ended, or that was changed into something closed, stops every right on it."""
    _follow_resources([resource.id], event.at)


@after("registry.registration.cancel")
@after("registry.registration.expire")
def follow_registration(registration: Any, event: AuditEvent) -> None:
    """The same, when the registration itself ends."""
    if registration.resource_id is not None:
        _follow_resources([registration.resource_id], event.at)


@after("registry.licence.suspend")
@after("registry.licence.revoke")
@after("registry.licence.expire")
def follow_licence(licence: Any, event: AuditEvent) -> None:
    """Without a licence its holder's rights of that level rest."""
    if licence_in_force(licence.organisation_id, licence.level, legal_day(event.at)):
        return
    for held in queries.rights_of_holder(licence.organisation_id, level=licence.level):
        _suspend(held, Ground.LICENCE, licence.organisation_id, LICENCE_GONE, "WZ35; WZ36; YN L120")


@after("registry.licence.lift")
@after("registry.licence.grant")
def follow_licence_back(licence: Any, _event: AuditEvent) -> None:
    """With a licence in force again, rights that rested for want of it are restored."""
    for held in suspended_through(licence.organisation_id, Ground.LICENCE):
        if held.level == licence.level and held.state == "suspended":
            _lift(held, Ground.LICENCE, licence.organisation_id, LICENCE_BACK)


def _follow_resources(ids: Iterable[uuid.UUID], at: datetime) -> None:
    on = legal_day(at)
    for facts in resources(ids):
        if closed_because(facts, on) is None:
            continue
        for held in queries.rights_resting_on([facts.id]):
            _suspend(held, Ground.SOURCE, facts.id, SOURCE_CLOSED, "WZ35; YN L118")


# ── time ──────────────────────────────────────────────────────────────────────────────────────────────────────


@sweep
def what_time_ends(today: date) -> Iterator[tuple[Any, ...]]:
    """Rights whose last day is over expire, those not signed in time lapse, obligations past their day are overdue."""
    for held in sorted(queries.rights_past_end(today), key=lambda row: row.level, reverse=True):
        yield commands.right.expire, held.id
    for held in queries.rights_past_offer(today):
        yield commands.right.lapse, held.id, {"reason": NOT_SIGNED}
    for owed in obligations_past_due(today):
        yield commands.obligation.miss, owed.id


# ── steps shared by the above ─────────────────────────────────────────────────────────────────────────────────


def _suspend(held: DevelopmentRight, ground: Ground, cause_id: uuid.UUID, reason: str, basis: str) -> None:
    run(
        commands.right.suspend,
        held.id,
        reason=reason,
        basis=basis,
        ground=ground.value,
        cause_id=str(cause_id),
    )


def _lift(held: DevelopmentRight, ground: Ground, cause_id: uuid.UUID, reason: str) -> None:
    run(commands.right.lift, held.id, reason=reason, ground=ground.value, cause_id=str(cause_id))


def _lift_through(cause_id: uuid.UUID, ground: Ground, reason: str) -> None:
    for held in suspended_through(cause_id, ground):
        if held.state == "suspended":
            _lift(held, ground, cause_id, reason)


def _end_agreements(held: DevelopmentRight, reason: str) -> None:
    end_texts(agreements_of(held.id), reason)


def _owe(held: DevelopmentRight, what: str, basis: str, due_on: str | None) -> None:
    data: dict[str, Any] = {"right_id": str(held.id), "what": what, "basis": basis}
    execute(commands.obligation.impose, actor=SYSTEM, data=data | ({"due_on": due_on} if due_on else {}))


def _day(held: DevelopmentRight, key: str, at: datetime) -> str | None:
    day = due.due_day(held, key, legal_day(at))
    return day.on.isoformat() if day else None
