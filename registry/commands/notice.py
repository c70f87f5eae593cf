"""Notices before adverse acts: what is intended, the answer, and what became of it."""

import uuid
from datetime import datetime

from accounts import queries as accounts
from kernel import clock, due
from kernel.actor import Actor
from kernel.command import command
from kernel.db import new_id
from kernel.errors import Conflict, InvalidInput, NotFound
from kernel.fields import Nothing
from kernel.words import N_, Text
from registry import queries
from registry.commands import letters
from registry.commands.licence_checks import decider_is_impartial
from registry.models import Licence, Notice
from registry.permissions import MAY
from registry.permissions.operators import authority_in_jurisdiction
from registry.schemas.oversight import NoticeInput, Reasons, ReplyInput
from registry.states import NOTICE

POSSIBLE = {
    "refuse": ("assessed", "public_notice"),
    "suspend": ("in_force",),
    "revoke": ("in_force", "suspended"),
}


@command(
    "registry.notice.give",
    may=MAY["registry.notice.give"],
    on=Notice,
    states=NOTICE,
    schema=NoticeInput,
    label=N_("Give notice"),
    duties=("P02",),
)
def give(
    *,
    actor: Actor,
    now: datetime,
    act: str,
    licence_id: uuid.UUID | None,
    organisation_id: uuid.UUID | None,
    reasons: str,
    basis: str,
) -> Notice:
    """An organisation learns what is intended against it and on which facts, and until when it may reply."""
    licence = None if act == "debar" else _licence(act, licence_id, actor)
    addressed = accounts.organisation(licence.organisation_id if licence else organisation_id)
    if licence is None and addressed.jurisdiction not in actor.jurisdictions:
        raise NotFound()
    if queries.open_notice(act, addressed.id, licence.id if licence else None) is not None:
        raise Conflict(N_("Notice of the same act was given already; decide on that one or drop it first."))
    given = Notice(
        id=new_id(),
        act=act,
        organisation_id=addressed.id,
        organisation_name=addressed.name,
        licence_id=licence.id if licence else None,
        jurisdiction=licence.jurisdiction if licence else addressed.jurisdiction,
        profile_version=licence.profile_version if licence else "",
        reasons=reasons,
        basis=basis,
        given_by_id=actor.user_id,
        created_at=now,
    )
    day = due.due_day(given, "adverse.reply_wd", clock.legal_day(now))
    given.reply_due = day.on if day else clock.legal_day(now)
    given.document_id = letters.notice_letter(given, actor, now).id
    return given


def _licence(act: str, licence_id: uuid.UUID | None, actor: Actor) -> Licence:
    if licence_id is None:
        raise InvalidInput({"licence_id": [Text(N_("Say which licence it is about."))]})
    licence = queries.licence(licence_id, actor)
    if not authority_in_jurisdiction(actor, licence):
        raise NotFound()
    if licence.state not in POSSIBLE[act]:
        raise InvalidInput({"act": [Text(N_("In the state of this licence that is not possible."))]})
    decider_is_impartial(licence, actor)
    return licence


@command(
    "registry.notice.reply",
    may=MAY["registry.notice.reply"],
    on=Notice,
    states=NOTICE,
    schema=ReplyInput,
    label=N_("Reply to the notice"),
    duties=("P02",),
)
def reply(notice: Notice, *, actor: Actor, now: datetime, reply: str) -> None:
    """The organisation answers; its words are quoted in the decision."""
    notice.reply_text, notice.reply_at = reply, now


@command(
    "registry.notice.drop",
    may=MAY["registry.notice.drop"],
    on=Notice,
    states=NOTICE,
    schema=Reasons,
    label=N_("Drop what was intended"),
)
def drop(notice: Notice, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The authority does not pursue what it gave notice of."""
    notice.dropped_because = reasons


@command(
    "registry.notice.carry_out",
    may=MAY["registry.notice.carry_out"],
    on=Notice,
    states=NOTICE,
    schema=Nothing,
)
def carry_out(notice: Notice, *, actor: Actor, now: datetime) -> None:
    """What was announced has been decided."""
