"""The exit after a right has ended: access cut, data returned or destroyed with proof, the account drawn up."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from marshmallow import Schema

from accounts.queries import organisation
from contracts import queries
from contracts.commands.rectification import kept
from contracts.models import RightExit
from contracts.permissions import MAY
from contracts.queries.accounts import final_figures
from contracts.queries.snapshots import party_facts, right_facts
from contracts.rules import life
from contracts.schemas.life import AnswerInput, BeginExitInput, HandInInput, NoteInput, SettleInput
from contracts.states import EXIT
from contracts.vocabulary import EXIT_MANNERS
from kernel import clock, documents, due
from kernel.actor import Actor
from kernel.clock import legal_day
from kernel.command import Command, command
from kernel.db import new_id
from kernel.documents import Document
from kernel.errors import NotFound
from kernel.fields import File, Nothing
from kernel.money import Money
from kernel.words import N_, Text


def _command(
    verb: str, schema: type[Schema] = Nothing, label: str = ""
) -> Callable[[Callable[..., Any]], Command]:
    name = f"contracts.exit.{verb}"
    return command(
        name, may=MAY[name], on=RightExit, states=EXIT, schema=schema, label=label, duties=("U04",)
    )


@_command("begin", BeginExitInput)
def begin(*, actor: Actor, now: datetime, right_id: uuid.UUID, holder_id: uuid.UUID | None) -> RightExit:
    """A right has ended or passed on: access is cut at this moment, and who held it owes the rest of the exit."""
    held = queries.right(right_id)
    if held is None or (held.ended_at is None and holder_id in (None, held.holder_id)):
        raise NotFound()
    day = due.due_day(held, "op.exit_wd", legal_day(now))
    return RightExit(
        id=new_id(),
        right_id=held.id,
        title=held.title,
        holder_id=holder_id or held.holder_id,
        granted_by_id=held.granted_by_id,
        jurisdiction=held.jurisdiction,
        profile_version=held.profile_version,
        access_cut_at=now,
        due_on=day.on if day else None,
        proof={},
        overseen={},
        account={},
    )


@_command("hand_in", HandInInput, N_("Hand in the proof of return or destruction"))
def hand_in(
    left: RightExit, *, actor: Actor, now: datetime, manner: str, media: str, kept: str, file: File
) -> None:
    """The holder says how the data were returned or destroyed, what is kept by law, and hands in the proof."""
    left.manner, left.media, left.kept = manner, media, kept
    left.proof = _proof(file)
    life.exit_names_what_was_done(left.manner, bool(left.proof))
    left.handed_in_by_id, left.handed_in_at, left.answer = actor.user_id, now, ""


def _proof(file: File) -> dict[str, Any]:
    return kept(file, "exit")


@_command("send_back", AnswerInput, N_("The proof is not enough"))
def send_back(left: RightExit, *, actor: Actor, now: datetime, answer: str) -> None:
    """The authority looked and found the return or destruction not proven."""
    left.answer = answer


@_command("oversee", NoteInput, N_("Confirm the return or destruction"))
def oversee(left: RightExit, *, actor: Actor, now: datetime, note: str) -> None:
    """Another officer confirms that the data are gone; the certificate is issued."""
    life.another_officer_confirms(left.handed_in_by_id, actor.user_id)
    left.overseen = {"at": now.isoformat(), "by_id": str(actor.user_id), "by": actor.name, "note": note}
    manner = Text(dict(EXIT_MANNERS)[left.manner])
    facts = [
        [Text(N_("Return or destruction")), manner],
        [Text(N_("Which data on which media")), left.media],
        [Text(N_("What is kept by law, and until when")), left.kept or "—"],
        [Text(N_("Proof")), left.proof.get("name", "—")],
        [Text(N_("SHA-256 of the proof")), left.proof.get("sha256", "—")],
        [Text(N_("How it was overseen")), note],
        [Text(N_("Confirmed by")), actor.name],
    ]
    lead = Text(N_("It is certified that the data named below were returned or irreversibly destroyed."))
    _record("deletion_certificate", left, now, lead, facts, [])


@_command("settle", SettleInput, N_("Draw up the final account"))
def settle(left: RightExit, *, actor: Actor, now: datetime, note: str) -> None:
    """What was billed, paid and shared under the right is added up; what is open is named."""
    rows = final_figures(left.right_id)
    open_minor = sum(row.minor for row in rows if row.is_open)
    life.account_is_even(open_minor, note)
    left.account = {
        "rows": [[row.label.msgid, row.count, row.minor, row.is_open] for row in rows],
        "open_minor": open_minor,
        "note": note,
        "by": actor.name,
        "at": now.isoformat(),
    }
    facts = [[Text(N_("How open claims are settled")), note or "—"], [Text(N_("Drawn up by")), actor.name]]
    figures = [[row.label, row.count, Money(row.minor)] for row in rows]
    lead = Text(N_("Under the development right the following was billed, paid and shared until its end."))
    _record("exit_account", left, now, lead, facts, figures)


@_command("close", label=N_("Close the exit"))
def close(left: RightExit, *, actor: Actor, now: datetime) -> None:
    """Access is cut, the data are gone, the account is drawn up: nothing of the right is left."""
    left.closed_at = now


def _record(
    kind: str, left: RightExit, now: datetime, lead: Text, facts: list[Any], figures: list[Any]
) -> Document:
    held = queries.right(left.right_id)
    if held is None:
        raise NotFound()
    data = {
        "issuer": party_facts(left.granted_by_id)["name"],
        "addressee": party_facts(left.holder_id),
        "holder": organisation(left.holder_id).name,
        "right": right_facts(held),
        "access_cut_on": clock.legal_day(left.access_cut_at),
        "lead": lead,
        "facts": facts,
        "figures": figures,
        "given_on": legal_day(now),
    }
    parties = [left.holder_id, left.granted_by_id]
    return documents.draw_up(kind, subject=left, data=data, now=now, parties=parties, language="bilingual")
