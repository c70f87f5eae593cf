"""Dossiers: papers handed in once, replaced by newer versions, used by every application."""

import uuid
from datetime import date, datetime

from accounts import queries as accounts
from kernel import audit, clock
from kernel.actor import Actor
from kernel.command import command
from kernel.db import db, new_id
from kernel.errors import NotFound
from kernel.fields import File
from kernel.words import N_
from registry import queries
from registry.commands.files import keep
from registry.models import Dossier, Paper
from registry.permissions import MAY
from registry.rules import dossier as law
from registry.schemas.dossier import PaperInput, PaperRemoval, TakeOverInput
from registry.states import DOSSIER


@command(
    "registry.dossier.add_paper",
    may=MAY["registry.dossier.add_paper"],
    on=Dossier,
    states=DOSSIER,
    schema=PaperInput,
    label=N_("Add a paper"),
    duties=("P01",),
)
def add_paper(
    *,
    actor: Actor,
    now: datetime,
    kind: str,
    number: str,
    issuer: str,
    valid_from: date,
    valid_until: date | None,
    file: File,
) -> Dossier:
    """A paper enters the dossier of one's organisation; the version of its kind that stood there is kept as history."""
    law.paper_may_be_added(valid_until, clock.legal_day(now))
    holder = accounts.organisation(actor.organisation_id)
    found = queries.dossier_of(holder.id, locked=True)
    if found is None:
        found = Dossier(id=new_id(), organisation_id=holder.id, name=holder.name, jurisdiction=holder.jurisdiction)
        db.session.add(found)
        found.state = "open"
    facts = {"number": number, "issuer": issuer, "valid_from": valid_from, "valid_until": valid_until}
    _put(found, kind, now, actor.user_id, {**facts, "file": keep(file, "file")})
    return found


def _put(dossier: Dossier, kind: str, now: datetime, by: uuid.UUID | None, facts: dict[str, object]) -> None:
    before = queries.newest_version(dossier.id, kind)
    if before is not None and before.replaced_at is None:
        before.replaced_at = now
    version = before.version + 1 if before else 1
    fresh = Paper(
        id=new_id(), dossier_id=dossier.id, kind=kind, version=version, added_at=now, added_by_id=by, **facts
    )
    db.session.add(fresh)
    audit.note(paper=kind, version=version, sha256=fresh.file["sha256"])


@command(
    "registry.dossier.withdraw_paper",
    may=MAY["registry.dossier.withdraw_paper"],
    on=Dossier,
    states=DOSSIER,
    schema=PaperRemoval,
    label=N_("Take a paper out"),
)
def withdraw_paper(dossier: Dossier, *, actor: Actor, now: datetime, kind: str) -> None:
    """A paper is no longer relied on; its versions stay in the history, and applications keep what they were given."""
    present = queries.papers_of(dossier.organisation_id).get(kind)
    if present is None:
        raise NotFound()
    present.replaced_at = now


@command(
    "registry.dossier.take_over",
    may=MAY["registry.dossier.take_over"],
    on=Dossier,
    states=DOSSIER,
    schema=TakeOverInput,
    duties=("P03",),
)
def take_over(dossier: Dossier, *, actor: Actor, now: datetime, predecessor_id: uuid.UUID) -> None:
    """The successor's dossier takes over papers of its predecessor that it lacks."""
    own = queries.papers_of(dossier.organisation_id)
    for kind, paper in queries.papers_of(predecessor_id).items():
        if kind not in own:
            facts = {name: getattr(paper, name) for name in ("number", "issuer", "valid_from", "valid_until", "file")}
            _put(dossier, kind, now, None, facts)
