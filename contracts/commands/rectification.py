"""Rectification: each thing to mend is ordered, reported by the holder, and closed by somebody else."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from marshmallow import Schema

from contracts import queries
from contracts.commands.letters import order_letter
from contracts.models import Rectification
from contracts.permissions import MAY
from contracts.queries.change_checks import check_step
from contracts.rules import life
from contracts.schemas.life import AnswerInput, ItemInput, ItemReportInput
from contracts.states import RECTIFICATION
from kernel import due
from kernel.actor import Actor
from kernel.clock import legal_day
from kernel.command import Command, command
from kernel.config import settings
from kernel.db import new_id
from kernel.errors import NotFound
from kernel.fields import File, Nothing
from kernel.permissions import may_see
from kernel.storage import accept_upload, store
from kernel.words import N_, Text


def _command(
    verb: str, schema: type[Schema] = Nothing, label: str = ""
) -> Callable[[Callable[..., Any]], Command]:
    name = f"contracts.rectification.{verb}"
    return command(
        name,
        may=MAY[name],
        on=Rectification,
        states=RECTIFICATION,
        schema=schema,
        label=label,
        duties=("U03",),
    )


def kept(file: File | None, folder: str) -> dict[str, Any]:
    """The facts of a proof that was handed in; {} without one."""
    if file is None:
        return {}
    facts = accept_upload(file.name, file.content, max_bytes=settings().max_upload_bytes, field="file")
    key = store().keep(folder, file.content, facts.kind)
    return {
        "name": facts.name,
        "media_type": facts.media_type,
        "size": facts.size,
        "sha256": facts.sha256,
        "storage_key": key,
    }


@_command("order", ItemInput, N_("Order to mend"))
def order(
    *, actor: Actor, now: datetime, right_id: uuid.UUID, what: str, basis: str, due_on: date | None
) -> Rectification:
    """The holder is ordered to mend one thing by a day, with or without a suspension of the right."""
    held = queries.right(right_id)
    if held is None or not may_see(actor, held) or held.state not in ("in_force", "suspended"):
        raise NotFound()
    check_step("order_rectification", held, legal_day(now))
    day = due.due_day(held, "supervision.rectification_wd", legal_day(now))
    item = Rectification(
        id=new_id(),
        right_id=held.id,
        holder_id=held.holder_id,
        jurisdiction=held.jurisdiction,
        profile_version=held.profile_version,
        what=what,
        basis=basis,
        due_on=due_on or (day.on if day else None),
        ordered_by_id=actor.user_id,
        proof={},
    )
    order_letter(held, item, now, [(Text(N_("To be mended by")), item.due_on)] if item.due_on else [])
    return item


@_command("report", ItemReportInput, N_("Report as mended"))
def report(item: Rectification, *, actor: Actor, now: datetime, report: str, file: File | None) -> None:
    """The holder reports how it was mended."""
    item.report, item.proof = report, kept(file, "rectification")
    item.reported_by_id, item.reported_at, item.answer = actor.user_id, now, ""


@_command("send_back", AnswerInput, N_("Not mended yet"))
def send_back(item: Rectification, *, actor: Actor, now: datetime, answer: str) -> None:
    """The authority looked and found it not mended; the holder goes on."""
    item.answer = answer


@_command("close", AnswerInput, N_("Close the item"))
def close(item: Rectification, *, actor: Actor, now: datetime, answer: str) -> None:
    """Somebody else than who reported it has looked and found it mended."""
    life.another_person_closes(item.reported_by_id, actor.user_id)
    item.answer, item.closed_by_id, item.closed_at = answer, actor.user_id, now


@_command("miss")
def miss(item: Rectification, *, actor: Actor, now: datetime) -> None:
    """The day has passed without a report; the authority may announce the end of the right."""


@_command("drop")
def drop(item: Rectification, *, actor: Actor, now: datetime) -> None:
    """The right has ended; there is nothing left to mend."""
    item.closed_at = now
