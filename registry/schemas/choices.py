"""Choices that depend on who is asking: places and bodies, by the actor."""

from accounts import queries as accounts
from accounts.vocabulary import place_choices
from kernel.actor import Actor
from kernel.db import db


def places(_actor: Actor) -> list[tuple[str, str]]:
    """Every place with its name."""
    return place_choices()


def own_places(actor: Actor) -> list[tuple[str, str]]:
    """The places the actor answers for."""
    return [choice for choice in place_choices() if choice[0] in actor.jurisdictions]


def agencies(actor: Actor) -> list[tuple[str, str]]:
    """The active agencies of the actor's places."""
    query = accounts.organisations(actor, role="agency", state="active")
    return [
        (str(row.id), row.name)
        for row in db.session.scalars(query)
        if row.jurisdiction in actor.jurisdictions
    ]


def registrars(actor: Actor) -> list[tuple[str, str]]:
    """The registrars in charge of the place of the organisation acted for."""
    if actor.organisation_id is None:
        return []
    place = accounts.organisation(actor.organisation_id).jurisdiction
    return [(str(row.id), row.name) for row in accounts.registrars_of(place)]
