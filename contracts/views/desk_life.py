"""What the life of rights puts on the desk: items to mend, changes that wait, exits that are not closed."""

from typing import Any

from sqlalchemy import Select, or_

from contracts import queries
from contracts.models import Rectification, RightChange, RightExit
from kernel.actor import Actor
from kernel.db import db
from kernel.pages import DeskRow, DeskSection, address_of, desk_section
from kernel.words import N_, Text

SHOWN = 8


@desk_section(44)
def rights_to_care_for(actor: Actor) -> DeskSection | None:
    """For who holds or takes over rights, and for the authority: what waits for it in the life of rights."""
    if actor.organisation_id is None or not actor.roles & {"operator", "developer", "authority"}:
        return None
    found = _for_authority(actor) if "authority" in actor.roles else _for_holder(actor)
    rows = [
        DeskRow(row.heading, address_of(row), "", row.state, getattr(row, "due_on", None))
        for query in found
        for row in db.session.scalars(query.limit(SHOWN)).all()
    ]
    return DeskSection(Text(N_("Rights in force and their end")), rows, more="/changes") if rows else None


def _for_authority(actor: Actor) -> list[Select[Any]]:
    """Changes to decide, items to look at, exits to confirm and to close."""
    decide = or_(RightChange.state == "proposed", RightChange.state == "announced")
    look = Rectification.state.in_(("reported", "overdue"))
    confirm = RightExit.state.in_(("handed_in", "overseen", "settled"))
    return [queries.items(actor).where(look), queries.changes(actor).where(decide), queries.exits(actor).where(confirm)]


def _for_holder(actor: Actor) -> list[Select[Any]]:
    """Items to mend, notices to reply to, rights to take over, exits to complete."""
    mine = actor.organisation_id
    mend = Rectification.state.in_(("open", "overdue"))
    take = (RightChange.new_holder_id == mine) & (RightChange.state == "proposed")
    reply = (RightChange.holder_id == mine) & (RightChange.state == "announced")
    leave = (RightExit.holder_id == mine) & (RightExit.state == "open")
    items = queries.items(actor).where(Rectification.holder_id == mine, mend)
    return [items, queries.changes(actor).where(or_(take, reply)), queries.exits(actor).where(leave)]
