"""A right in force: suspended in part, adjusted by a change that took effect, given up by its holder."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from marshmallow import Schema
from sqlalchemy import delete

from contracts import queries
from contracts.commands.letters import decision_letter
from contracts.models import DevelopmentRight, RightSource, Suspension
from contracts.permissions import MAY
from contracts.queries.change_checks import check_step
from contracts.queries.change_texts import consolidated_facts
from contracts.queries.parts import parts_of, words_of_part
from contracts.queries.policies import machine_readable, policy_of_right
from contracts.queries.rights import source_ids
from contracts.rules import life
from contracts.rules.policy import as_odrl
from contracts.schemas.life import AdjustInput, ImposeInput, RestrictInput, SaidInput
from contracts.states import RIGHT
from contracts.vocabulary import SCOPE_WORDS, Ground, Level
from kernel import documents
from kernel.actor import Actor
from kernel.clock import legal_day
from kernel.command import Command, command
from kernel.db import db
from kernel.fields import Nothing
from kernel.words import N_, Text


def _command(
    verb: str, schema: type[Schema] = Nothing, label: str = "", duties: tuple[str, ...] = ("U04",)
) -> Callable[[Callable[..., Any]], Command]:
    name = f"contracts.right.{verb}"
    return command(
        name, may=MAY[name], on=DevelopmentRight, states=RIGHT, schema=schema, label=label, duties=duties
    )


@_command("restrict", RestrictInput, N_("Suspend in part"), duties=("U03",))
def restrict(
    held: DevelopmentRight,
    *,
    actor: Actor,
    now: datetime,
    scope: str,
    scope_ids: list[uuid.UUID],
    reason: str,
    basis: str,
) -> None:
    """Some resources, some products or new sales only are suspended; the rest of the right stays in use."""
    named = [] if scope == "new_sales" else [str(one) for one in dict.fromkeys(scope_ids)]
    life.part_is_named(scope, named, {key for key, _ in parts_of(held, scope)})
    check_step("restrict", held, legal_day(now))
    facts = {"right_id": held.id, "ground": Ground.ORDER.value, "reason": reason, "basis": basis}
    db.session.add(Suspension(began_at=now, scope=scope, scope_ids=named, **facts))
    held.restricted = [*dict.fromkeys([*held.restricted, scope])]
    shown: list[Any] = [(Text(N_("What is suspended")), Text(SCOPE_WORDS[scope]))]
    shown += [(Text(N_("Named")), title) for title in words_of_part(held, scope, named)]
    decision_letter(held, "restrict", now, reasons=reason, basis=basis, facts=shown)


@_command("relax", ImposeInput, N_("Lift the suspension in part"), duties=("U03",))
def relax(held: DevelopmentRight, *, actor: Actor, now: datetime, reason: str, basis: str) -> None:
    """What was suspended in part comes back, unless something else stands against it."""
    for row in queries.open_suspensions(held.id):
        if row.scope != "all":
            row.ended_at, row.ended_because = now, reason
    held.restricted = []
    decision_letter(held, "relax", now, reasons=reason, basis=basis)


@_command("adjust", AdjustInput)
def adjust(
    held: DevelopmentRight,
    *,
    actor: Actor,
    now: datetime,
    change_id: uuid.UUID | None,
    sources: list[uuid.UUID] | None,
    purposes: list[str] | None,
    territory: list[str] | None,
    ends_on: date | None,
    holder_id: uuid.UUID | None,
    old_holder_id: uuid.UUID | None,
    income_shares: list[dict[str, Any]] | None,
) -> None:
    """A change took effect, on this right or on the one above: from now on it reads as follows."""
    if sources is not None:
        _rest_on(held, set(sources))
    given = {
        "purposes": purposes, "territory": territory, "ends_on": ends_on, "holder_id": holder_id,
        "income_shares": income_shares,
    }  # fmt: skip
    for name, value in given.items():
        if value is not None:
            setattr(held, name, value)
    if change_id is not None:
        _consolidate(held, now)


def _rest_on(held: DevelopmentRight, sources: set[uuid.UUID]) -> None:
    """Take out what the right rests on no more, and put in what is new."""
    present = set(source_ids(held.id))
    kind = "resource" if held.level == Level.FIRST else "element"
    gone = RightSource.source_id.in_(list(present - sources))
    db.session.execute(delete(RightSource).where(RightSource.right_id == held.id, gone))
    fresh = sources - present
    db.session.add_all(RightSource(right_id=held.id, source_id=one, source_type=kind) for one in fresh)


def _consolidate(held: DevelopmentRight, now: datetime) -> None:
    """The text as it reads from now on, with its history, takes the place of the one before."""
    documents.draw_up(
        "consolidated_text",
        subject=held,
        data=consolidated_facts(held),
        now=now,
        parties=[held.holder_id, held.granted_by_id],
        language="bilingual",
        replaces=documents.current("consolidated_text", held),
        attachments=machine_readable(as_odrl(policy_of_right(held))),
    )


@_command("ask_surrender", SaidInput, N_("Give the right up"))
def ask_surrender(held: DevelopmentRight, *, actor: Actor, now: datetime, reason: str) -> None:
    """The holder asks to be released from the right before its time."""
    check_step("ask_surrender", held, legal_day(now))
    held.surrender_at, held.surrender_by_id, held.surrender_text = now, actor.user_id, reason


@_command("withdraw_surrender", label=N_("Keep the right"))
def withdraw_surrender(held: DevelopmentRight, *, actor: Actor, now: datetime) -> None:
    """The holder keeps the right after all, before the authority has accepted."""
    held.surrender_at, held.surrender_by_id, held.surrender_text = None, None, ""


@_command("surrender", ImposeInput, N_("Accept that the right is given up"))
def surrender(held: DevelopmentRight, *, actor: Actor, now: datetime, reason: str, basis: str) -> None:
    """The authority releases the holder; everything under the right ends and the exit begins."""
    check_step("surrender", held, legal_day(now))
    held.ended_at, held.ended_because = now, f"{reason} ({basis})"
    facts = [(Text(N_("What the holder said")), held.surrender_text)]
    decision_letter(held, "surrender", now, reasons=reason, basis=basis, facts=facts)
