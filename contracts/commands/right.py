"""Development rights: established by a decision, in force by signatures, suspended and ended."""

import uuid
from datetime import date, datetime
from typing import Any

from contracts import queries, rules
from contracts.commands.letters import decision_letter, heard_on, notice_letter
from contracts.models import DevelopmentRight, RightSource, Suspension
from contracts.permissions import MAY
from contracts.queries.applications import granted_ids
from contracts.queries.change_checks import check_lift, check_step
from contracts.schemas import (
    DropInput,
    EstablishInput,
    LapseInput,
    LiftInput,
    NoticeInput,
    ReplyInput,
    SuspendInput,
    TerminateInput,
)
from contracts.states import RIGHT
from contracts.vocabulary import NUMBER_PREFIX, Ground, Level
from kernel import due
from kernel.actor import Actor
from kernel.clock import legal_day
from kernel.command import command
from kernel.db import db
from kernel.documents.numbers import next_number
from kernel.errors import NotFound
from kernel.words import N_, Text

TERM_OVER = N_("The term of the right is over.")


@command(
    "contracts.right.establish",
    may=MAY["contracts.right.establish"],
    on=DevelopmentRight,
    states=RIGHT,
    schema=EstablishInput,
)
def establish(*, actor: Actor, now: datetime, decision_id: uuid.UUID) -> DevelopmentRight:
    """A grant becomes a right that waits for its agreements."""
    decided = queries.decision(decision_id)
    asked = queries.application(decided.application_id) if decided else None
    if decided is None or asked is None or decided.outcome != "granted":
        raise NotFound()
    kind = "resource" if asked.level == Level.FIRST else "element"
    return DevelopmentRight(
        restricted=[],
        number=next_number(NUMBER_PREFIX[Level(asked.level)], asked.jurisdiction, legal_day(now)),
        title=asked.title,
        level=asked.level,
        jurisdiction=asked.jurisdiction,
        profile_version=asked.profile_version,
        holder_id=asked.applicant_id,
        granted_by_id=decided.authority_id,
        application_id=asked.id,
        decision_id=decided.id,
        parent_id=asked.parent_right_id,
        purposes=list(asked.purposes),
        territory=list(asked.territory),
        starts_on=asked.starts_on,
        ends_on=decided.ends_on or asked.ends_on,
        income_shares=list(decided.income_shares),
        funding_mode=decided.funding_mode,
        market_mode=decided.market_mode,
        sources=[RightSource(source_type=kind, source_id=source_id) for source_id in granted_ids(asked.id)],
    )


@command(
    "contracts.right.come_into_force",
    may=MAY["contracts.right.come_into_force"],
    on=DevelopmentRight,
    states=RIGHT,
)
def come_into_force(held: DevelopmentRight, *, actor: Actor, now: datetime) -> None:
    """All agreements are in force; the right can be used between its first and its last day."""
    held.in_force_at = now


@command(
    "contracts.right.lapse",
    may=MAY["contracts.right.lapse"],
    on=DevelopmentRight,
    states=RIGHT,
    schema=LapseInput,
    label=N_("Let lapse"),
)
def lapse(held: DevelopmentRight, *, actor: Actor, now: datetime, reason: str) -> None:
    """The agreements were not concluded; the right never came into force."""
    held.ended_at, held.ended_because = now, reason


@command(
    "contracts.right.suspend",
    may=MAY["contracts.right.suspend"],
    on=DevelopmentRight,
    states=RIGHT,
    schema=SuspendInput,
    label=N_("Suspend"),
)
def suspend(
    held: DevelopmentRight,
    *,
    actor: Actor,
    now: datetime,
    reason: str,
    basis: str,
    rectify_by: date | None,
    items: str,
    ground: str,
    cause_id: uuid.UUID | None,
) -> None:
    """The right must not be used until the ground is gone; what rests on it stops with it."""
    ground, cause_id = _ground(actor, ground, cause_id)
    if _open(held, ground, cause_id):
        return
    facts = {"right_id": held.id, "ground": ground, "cause_id": cause_id, "reason": reason, "basis": basis}
    db.session.add(Suspension(began_at=now, scope="all", scope_ids=[], **facts))
    if actor.is_signed_in:
        decision_letter(held, "suspend", now, reasons=reason, basis=basis)


@command(
    "contracts.right.lift",
    may=MAY["contracts.right.lift"],
    on=DevelopmentRight,
    states=RIGHT,
    schema=LiftInput,
    label=N_("Lift the suspension"),
)
def lift(
    held: DevelopmentRight,
    *,
    actor: Actor,
    now: datetime,
    reason: str,
    ground: str,
    cause_id: uuid.UUID | None,
) -> None:
    """A ground is gone: the authority lifts all once nothing stands against it, the product the one it set."""
    if actor.is_signed_in:
        check_lift(held)
        rules.cause_is_gone(queries.troubles_of(held, legal_day(now)))
        ending = [row for row in queries.open_suspensions(held.id) if row.scope == "all"]
        decision_letter(held, "lift", now, reasons=reason, basis="; ".join(dict.fromkeys(row.basis for row in ending)))
    else:
        ending = _open(held, ground, cause_id)
    for suspension in ending:
        suspension.ended_at, suspension.ended_because = now, reason
    still = any(row.scope == "all" for row in queries.open_suspensions(held.id))
    held.state = "suspended" if still else "in_force"


def _ground(actor: Actor, ground: str, cause_id: uuid.UUID | None) -> tuple[str, uuid.UUID | None]:
    """A person orders; every other ground is the product's own finding."""
    return (Ground.ORDER.value, None) if actor.is_signed_in else (ground, cause_id)


def _open(held: DevelopmentRight, ground: str, cause_id: uuid.UUID | None) -> list[Suspension]:
    rows = queries.open_suspensions(held.id)
    return [row for row in rows if row.scope == "all" and (row.ground, row.cause_id) == (ground, cause_id)]


@command(
    "contracts.right.announce_termination",
    may=MAY["contracts.right.announce_termination"],
    on=DevelopmentRight,
    states=RIGHT,
    schema=NoticeInput,
    label=N_("Announce termination"),
)
def announce_termination(
    held: DevelopmentRight, *, actor: Actor, now: datetime, reason: str, basis: str
) -> None:
    """The holder learns what a termination would rest on, and can reply before it is decided."""
    check_step("announce_termination", held, legal_day(now))
    day = due.due_day(held, "adverse.reply_wd", legal_day(now))
    held.notice_at, held.notice_by_id, held.notice_text = now, actor.user_id, f"{reason}\n{basis}"
    reply_due = day.on if day else legal_day(now)
    held.reply_due = reply_due
    held.reply_text, held.reply_at = "", None
    notice_letter(held, "terminate", now, reasons=reason, basis=basis, reply_due=reply_due)


@command(
    "contracts.right.reply",
    may=MAY["contracts.right.reply"],
    on=DevelopmentRight,
    states=RIGHT,
    schema=ReplyInput,
    label=N_("Reply to the notice"),
)
def reply(held: DevelopmentRight, *, actor: Actor, now: datetime, reply: str) -> None:
    """The holder answers the notice."""
    held.reply_text, held.reply_at = reply, now


@command(
    "contracts.right.drop_termination",
    may=MAY["contracts.right.drop_termination"],
    on=DevelopmentRight,
    states=RIGHT,
    schema=DropInput,
    label=N_("Drop the termination"),
)
def drop_termination(held: DevelopmentRight, *, actor: Actor, now: datetime, reason: str) -> None:
    """The authority does not pursue the termination."""
    empty: dict[str, Any] = {"notice_at": None, "notice_by_id": None, "reply_due": None, "reply_at": None}
    for name, value in (empty | {"notice_text": "", "reply_text": ""}).items():
        setattr(held, name, value)


@command(
    "contracts.right.terminate",
    may=MAY["contracts.right.terminate"],
    on=DevelopmentRight,
    states=RIGHT,
    schema=TerminateInput,
    label=N_("Terminate"),
)
def terminate(held: DevelopmentRight, *, actor: Actor, now: datetime, reason: str, basis: str) -> None:
    """The right ends before its time: after notice and reply, or because the right above has ended."""
    if actor.is_signed_in and held.reply_due is not None:
        rules.reply_window_has_passed(legal_day(now), held.reply_due, held.reply_at is not None)
    held.ended_at, held.ended_because = now, f"{reason} ({basis})"
    decision_letter(held, "terminate", now, reasons=reason, basis=basis, heard=heard_on(held))


@command("contracts.right.expire", may=MAY["contracts.right.expire"], on=DevelopmentRight, states=RIGHT)
def expire(held: DevelopmentRight, *, actor: Actor, now: datetime) -> None:
    """The last day of the right is over."""
    held.ended_at = now
    term = [(Text(N_("Last day")), held.ends_on)]
    decision_letter(held, "expire", now, reasons=Text(TERM_OVER), basis="27号; YN L120", facts=term)
