"""What accounts puts on the desk: who must be confirmed, named, invited or renewed."""

from datetime import timedelta

from accounts import queries
from accounts.rules import responsible_persons_are_named
from kernel import clock
from kernel.actor import Actor
from kernel.db import db
from kernel.errors import RuleBroken
from kernel.pages import DeskRow, DeskSection, address_of, desk_section
from kernel.words import N_, Text

# Mandates that end within a month are shown, so that they can be granted again without a gap.
SOON = timedelta(days=30)
SHOWN = 10


@desk_section(80)
def bodies_to_confirm(actor: Actor) -> DeskSection | None:
    """For the authority: bodies that imports named and nobody has confirmed."""
    if "authority" not in actor.roles:
        return None
    query = queries.organisations(actor, state="proposed")
    rows = db.session.scalars(query.limit(SHOWN)).all()
    if not rows:
        return None
    note = Text(N_("Named by an import; confirm it with its credit code."))
    return DeskSection(
        Text(N_("Bodies to confirm")),
        [DeskRow(row.name, address_of(row), note, row.state) for row in rows],
        more="/organisations?state=proposed",
    )


@desk_section(90)
def organisation_to_do(actor: Actor) -> DeskSection | None:
    """For everybody: what one's organisation should see to."""
    if not actor.is_signed_in:
        return None
    if actor.organisation_id is None:
        return _without_organisation()
    address = f"/organisations/{actor.organisation_id}"
    rows = [*_missing(actor, address), *_ending(actor, address)]
    return DeskSection(Text(N_("Your organisation")), rows, more=address) if rows else None


def _without_organisation() -> DeskSection:
    return DeskSection(
        Text(N_("Your organisation")),
        empty=Text(N_("You can read everything public. To apply, sign or buy you act for an organisation.")),
        action=(Text(N_("Register an organisation")), "/organisations/register"),
    )


def _missing(actor: Actor, address: str) -> list[DeskRow]:
    if actor.organisation_id is None or not actor.mandates & {"apply", "sign"}:
        return []
    try:
        responsible_persons_are_named(**queries.responsible_persons(actor.organisation_id))
    except RuleBroken as missing:
        return [DeskRow(actor.organisation_name, address, missing.message)]
    return []


def _ending(actor: Actor, address: str) -> list[DeskRow]:
    """One's own mandates that end soon."""
    today = clock.today()
    soon = queries.ending_mandates(actor.user_id, actor.organisation_id, today, today + SOON)
    if not soon:
        return []
    note = Text(
        N_("Some of your mandates end soon; whoever signs for the organisation can grant them again.")
    )
    return [DeskRow(actor.organisation_name, address, note, due_on=min(mandate.ends_on for mandate in soon))]
