"""Debarments: who may not apply for a licence, from a day until a day."""

import uuid
from datetime import date, datetime

from kernel import clock, due
from kernel.actor import Actor
from kernel.command import command
from kernel.db import new_id
from kernel.errors import NotFound
from kernel.words import N_, Text
from registry import queries
from registry.commands import letters
from registry.commands.licence_checks import heard_on
from registry.models import Debarment, Notice
from registry.permissions import MAY
from registry.permissions.operators import authority_in_jurisdiction
from registry.rules import oversight as law
from registry.schemas.oversight import DebarmentInput, Reasons
from registry.states import DEBARMENT
from registry.vocabulary.papers import DEBARMENT_GROUNDS


@command(
    "registry.debarment.impose",
    may=MAY["registry.debarment.impose"],
    on=Debarment,
    states=DEBARMENT,
    schema=DebarmentInput,
    label=N_("Debar"),
    duties=("P03",),
)
def impose(
    *, actor: Actor, now: datetime, notice_id: uuid.UUID, ground: str, ends_on: date, reasons: str, basis: str
) -> Debarment:
    """After notice an organisation is barred: its open applications stop, new ones are refused, anybody can see it."""
    notice = queries.seen(actor, Notice, notice_id)
    if notice.act != "debar" or not authority_in_jurisdiction(actor, notice):
        raise NotFound()
    heard_on("debar", notice.organisation_id, None, actor, now)
    today = clock.legal_day(now)
    barred = Debarment(
        id=new_id(),
        organisation_id=notice.organisation_id,
        organisation_name=notice.organisation_name,
        jurisdiction=notice.jurisdiction,
        profile_version=notice.profile_version,
        ground=ground,
        reasons=reasons,
        basis=basis,
        starts_on=today,
        ends_on=ends_on,
        imposed_by_id=actor.user_id,
    )
    law.debarment_is_lawful(today, ends_on, due.profile(barred))
    heard = {"given_on": clock.legal_day(notice.created_at), "reply": notice.reply_text}
    said = {"reasons": reasons, "basis": basis, "until": ends_on, "heard": heard}
    data = said | {"grounds": [Text(DEBARMENT_GROUNDS[ground])]}
    barred.document_id = letters.letter(barred, "debar", barred.organisation_id, actor, now, data).id
    return barred


@command(
    "registry.debarment.lift",
    may=MAY["registry.debarment.lift"],
    on=Debarment,
    states=DEBARMENT,
    schema=Reasons,
    label=N_("Lift the debarment"),
)
def lift(debarment: Debarment, *, actor: Actor, now: datetime, reasons: str) -> None:
    """Somebody else than who imposed it ends the debarment before its time."""
    debarment.lifted_because, debarment.ended_on = reasons, clock.legal_day(now)


@command("registry.debarment.end", may=MAY["registry.debarment.end"], on=Debarment, states=DEBARMENT)
def end(debarment: Debarment, *, actor: Actor, now: datetime) -> None:
    """The last day of the debarment has passed."""
    law.debarment_is_over(debarment.ends_on, clock.legal_day(now))
    debarment.ended_on = debarment.ends_on
