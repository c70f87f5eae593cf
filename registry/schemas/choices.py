"""Choices that depend on who is asking: places, bodies and classes, by the actor."""

from collections.abc import Callable

from accounts import queries as accounts
from accounts.vocabulary import place_choices
from jurisdictions import tree
from kernel import clock
from kernel.actor import Actor
from kernel.db import db
from registry.vocabulary.classes import worded


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


def unnamed_registrars(actor: Actor) -> list[tuple[str, str]]:
    """Organisations of the actor's places that have the role of a registrar and are not in office."""
    rows = db.session.scalars(accounts.organisations(actor, role="registrar"))
    return [
        (str(row.id), row.name)
        for row in rows
        if row.jurisdiction in actor.jurisdictions
        and not accounts.holds_role(row, "registrar", clock.today())
    ]


def classes(key: str, choices: list[tuple[str, str]]) -> Callable[[Actor], list[tuple[str, str]]]:
    """Those of `choices` that the rules of the actor's place know (profile key `key`), in the words of that place."""

    def known(actor: Actor) -> list[tuple[str, str]]:
        if actor.organisation_id is None:
            return choices
        place = accounts.organisation(actor.organisation_id).jurisdiction
        return worded(choices, tree.profile_of(place).list(key))

    return known


def assessors(actor: Actor) -> list[tuple[str, str]]:
    """Who may assess in the actor's places: people of the authority and of expert bodies, "person:body"."""
    today = clock.today()
    found = accounts.deciders(("authority", "expert"), actor.jurisdictions, today)
    return [(f"{person}:{body}", f"{name} · {body_name}") for person, name, body, body_name in found]


def firms(actor: Actor) -> list[tuple[str, str]]:
    """The operators and developers of the actor's places."""
    rows = {
        row.id: row
        for role in ("operator", "developer")
        for row in db.session.scalars(accounts.organisations(actor, role=role))
        if row.jurisdiction in actor.jurisdictions
    }
    return [(str(row.id), f"{row.name} · {row.uscc or ''}") for row in rows.values()]
