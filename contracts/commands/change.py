"""Changes of a right: proposed, approved by another person, signed; or a reduction ordered after notice and reply."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from marshmallow import Schema

from accounts.queries import organisation, organisation_by_code
from accounts.rules import credit_code
from contracts import queries, rules
from contracts.commands.letters import decision_letter, notice_letter
from contracts.models import DevelopmentRight, RightChange
from contracts.permissions import MAY
from contracts.queries.change_checks import (
    check_change,
    check_new_holder,
    check_reduction,
    check_renewal,
    check_shares,
    shares_with_holder,
)
from contracts.queries.change_texts import clauses_of, shown_terms
from contracts.queries.changes import different, terms_of_right
from contracts.rules import life
from contracts.schemas.life import (
    AmendmentInput,
    ChangeReplyInput,
    ImposeInput,
    NovationInput,
    OrderedReductionInput,
    ReductionInput,
    RenewalInput,
    SaidInput,
)
from contracts.states import CHANGE
from kernel import due
from kernel.actor import Actor
from kernel.clock import legal_day
from kernel.command import Command, command
from kernel.db import new_id
from kernel.errors import InvalidInput, NotFound
from kernel.fields import Nothing
from kernel.permissions import may_see
from kernel.words import N_, Text

OPEN = ("in_force", "suspended")


def _command(
    verb: str, schema: type[Schema] = Nothing, label: str = ""
) -> Callable[[Callable[..., Any]], Command]:
    name = f"contracts.change.{verb}"
    return command(
        name, may=MAY[name], on=RightChange, states=CHANGE, schema=schema, label=label, duties=("U04",)
    )


@_command("amend", AmendmentInput, N_("Propose an amendment"))
def amend(
    *,
    actor: Actor,
    now: datetime,
    right_id: uuid.UUID,
    income_shares: list[dict[str, Any]] | None,
    clause: str | None,
    clause_text: str,
    reason: str,
    **bounds: Any,
) -> RightChange:
    """One side proposes another scope, other shares of the income or another wording; the old text stays in force."""
    held = _right(right_id, actor, of_authority=True)
    terms = different(held, bounds | {"income_shares": _named(held, income_shares)})
    if clause and clause_text:
        terms["clauses"] = {clause: clause_text}
    check_change("propose", "amendment", held, terms, legal_day(now))
    return _proposed(held, "amendment", terms, actor, reason)


@_command("renew", RenewalInput, N_("Ask for a renewal"))
def renew(
    *, actor: Actor, now: datetime, right_id: uuid.UUID, ends_on: date, performance: str, reason: str
) -> RightChange:
    """The holder asks for more time within the longest term, and shows what was achieved."""
    held, on = _right(right_id, actor), legal_day(now)
    check_renewal(held, ends_on, performance, on, first_time=True)
    terms = different(held, {"ends_on": ends_on})
    check_change("propose", "renewal", held, terms, on)
    made = _proposed(held, "renewal", terms, actor, reason)
    made.performance = performance
    return made


@_command("transfer", NovationInput, N_("Propose another holder"))
def transfer(
    *, actor: Actor, now: datetime, right_id: uuid.UUID, new_holder_uscc: str, reason: str
) -> RightChange:
    """The holder proposes who takes the right over; that body consents, the authority approves, all sign."""
    held = _right(right_id, actor)
    follower = organisation_by_code(credit_code(new_holder_uscc))
    if follower is None:
        said = Text(N_("No organisation with this credit code is known here. Let it register first."))
        raise InvalidInput({"new_holder_uscc": [said]})
    shares = shares_with_holder(held, held.income_shares, held.holder_id, follower.id, follower.name)
    terms = {"holder_id": str(follower.id), "income_shares": shares}
    check_new_holder(held, follower.id, legal_day(now))
    check_change("propose", "novation", held, terms, legal_day(now))
    made = _proposed(held, "novation", terms, actor, reason)
    made.new_holder_id = follower.id
    return made


@_command("reduce", ReductionInput, N_("Propose a reduction"))
def reduce(*, actor: Actor, now: datetime, right_id: uuid.UUID, reason: str, **bounds: Any) -> RightChange:
    """The holder gives a part of the right back: sources, purposes, territory or time."""
    held = _right(right_id, actor)
    terms = different(held, bounds)
    check_change("propose", "reduction", held, terms, legal_day(now))
    return _proposed(held, "reduction", terms, actor, reason)


@_command("announce_reduction", OrderedReductionInput, N_("Announce a reduction"))
def announce_reduction(
    *, actor: Actor, now: datetime, right_id: uuid.UUID, reason: str, basis: str, **bounds: Any
) -> RightChange:
    """The authority tells the holder which part of the right it intends to take away; the holder can reply."""
    held, on = _right(right_id, actor, of_authority=True), legal_day(now)
    terms = different(held, bounds)
    check_reduction("announce_reduction", held, terms, on)
    made = _proposed(held, "reduction", terms, actor, reason)
    made.basis = basis
    day = due.due_day(held, "adverse.reply_wd", on)
    reply_due = day.on if day else on
    made.reply_due = reply_due
    facts = shown_terms(held, terms)
    notice_letter(held, "impose", now, reasons=reason, basis=basis, reply_due=reply_due, facts=facts)
    return made


@_command("consent", label=N_("Consent to take the right over"))
def consent(change: RightChange, *, actor: Actor, now: datetime) -> None:
    """The body that takes the right over consents."""
    change.consented_at = now


@_command("reply", ChangeReplyInput, N_("Reply to the notice"))
def reply(change: RightChange, *, actor: Actor, now: datetime, reply: str) -> None:
    """The holder answers the notice."""
    change.reply_text, change.reply_at = reply, now


@_command("approve", SaidInput, N_("Approve"))
def approve(change: RightChange, *, actor: Actor, now: datetime, reason: str) -> None:
    """Another person of the authority approves; the agreements are put before the parties to sign."""
    held, on = _held(change), legal_day(now)
    if change.kind == "novation":
        life.new_holder_has_consented(change.consented_at is not None)
    if change.kind == "renewal":
        ends_on = date.fromisoformat(change.terms["ends_on"])
        check_renewal(held, ends_on, change.performance, on, first_time=False)
    check_change("approve", change.kind, held, change.terms, on, change)
    _decide(change, actor, now, reason)


@_command("refuse", ImposeInput, N_("Do not approve"))
def refuse(change: RightChange, *, actor: Actor, now: datetime, reason: str, basis: str) -> None:
    """The change is not approved, with reasons, legal basis and remedies; the right stays as it is."""
    held = _held(change)
    _decide(change, actor, now, reason)
    change.basis = basis
    facts = shown_terms(held, change.terms)
    decision_letter(held, "refuse", now, reasons=reason, basis=basis, facts=facts)


@_command("withdraw", SaidInput, N_("Withdraw"))
def withdraw(change: RightChange, *, actor: Actor, now: datetime, reason: str) -> None:
    """Who proposed or announced the change takes it back; the right stays as it is."""
    change.ended_because = reason


@_command("impose", ImposeInput, N_("Order the reduction"))
def impose(change: RightChange, *, actor: Actor, now: datetime, reason: str, basis: str) -> None:
    """Another person of the authority orders the reduction, after the reply or when the time for it has passed."""
    held, on = _held(change), legal_day(now)
    rules.reply_window_has_passed(on, change.reply_due or on, change.reply_at is not None)
    check_reduction("impose_reduction", held, change.terms, on, change)
    _decide(change, actor, now, reason)
    _take(change, held, now)
    facts = shown_terms(held, change.terms)
    decision_letter(held, "impose", now, reasons=reason, basis=basis, facts=facts, heard=change.reply_text)


@_command("take_effect")
def take_effect(change: RightChange, *, actor: Actor, now: datetime) -> None:
    """The last signature is given: from this moment the right reads as agreed."""
    held = _held(change)
    check_change("sign", change.kind, held, change.terms, legal_day(now), change)
    _take(change, held, now)


@_command("lapse", SaidInput)
def lapse(change: RightChange, *, actor: Actor, now: datetime, reason: str) -> None:
    """The agreements were not signed in time, or the right ended before."""
    change.ended_because = reason


def _right(right_id: uuid.UUID, actor: Actor, *, of_authority: bool = False) -> DevelopmentRight:
    """The right a change is about: in force, and the actor's own unless the authority acts."""
    held = queries.right(right_id)
    if held is None or not may_see(actor, held) or held.state not in OPEN:
        raise NotFound()
    if held.holder_id != actor.organisation_id and not (
        of_authority and held.jurisdiction in actor.jurisdictions
    ):
        raise NotFound()
    return held


def _held(change: RightChange) -> DevelopmentRight:
    held = queries.right(change.right_id)
    if held is None:
        raise NotFound()
    return held


def _proposed(
    held: DevelopmentRight, kind: str, terms: dict[str, Any], actor: Actor, reason: str
) -> RightChange:
    return RightChange(
        id=new_id(),
        right_id=held.id,
        kind=kind,
        title=held.title,
        holder_id=held.holder_id,
        granted_by_id=held.granted_by_id,
        jurisdiction=held.jurisdiction,
        profile_version=held.profile_version,
        proposed_for_id=actor.organisation_id,
        proposed_by_id=actor.user_id,
        terms=terms,
        before={},
        reason=reason,
    )


def _decide(change: RightChange, actor: Actor, now: datetime, reason: str) -> None:
    change.decided_at, change.decided_by_id, change.decision_text = now, actor.user_id, reason


def _take(change: RightChange, held: DevelopmentRight, now: datetime) -> None:
    """What the right read before is kept with the change; the right itself is adjusted by what follows."""
    present = terms_of_right(held) | {"clauses": {}}
    change.before = {name: present[name] for name in change.terms}
    if "clauses" in change.terms:
        change.before["clauses"] = clauses_of(held.id, tuple(change.terms["clauses"]))
    change.in_force_at = now


def _named(held: DevelopmentRight, shares: Sequence[Mapping[str, Any]] | None) -> list[dict[str, Any]] | None:
    """The shares with the names of their parties, once they are found lawful; None where none are given."""
    if shares is None:
        return None
    parties = {share["party"]: organisation(share["party"]) for share in shares}
    named = [
        {
            "party": str(share["party"]),
            "party_name": parties[share["party"]].name,
            "role": share["role"].value,
            "share_bp": share["share_bp"],
        }
        for share in shares
    ]
    check_shares(held, named, str(held.holder_id))
    roles = {str(party_id): frozenset(party.roles) for party_id, party in parties.items()}
    rules.parties_have_their_role(named, roles)
    return named
