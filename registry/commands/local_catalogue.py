"""The catalogue of a place: compiled by its authority, reported to the level above, approved or sent back there."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from marshmallow import Schema

from accounts import queries as accounts
from kernel import audit, clock, due
from kernel.actor import Actor
from kernel.command import Command, command
from kernel.fields import Nothing
from kernel.words import N_
from registry import queries
from registry.commands.places import own_place
from registry.models import LocalCatalogue
from registry.permissions import MAY
from registry.queries import places
from registry.rules import databases as law
from registry.rules.review import county_catalogue_is_reviewed_above
from registry.schemas.databases import LocalCatalogueInput, LocalCatalogueReturn
from registry.states import LOCAL_CATALOGUE


def _command(
    verb: str, schema: type[Schema] = Nothing, label: str = "", duties: tuple[str, ...] = ()
) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.local_catalogue.{verb}"
    return command(
        name,
        may=MAY[name],
        on=LocalCatalogue,
        states=LOCAL_CATALOGUE,
        schema=schema,
        label=label,
        duties=duties,
    )


@_command("compile", LocalCatalogueInput, N_("Compile the catalogue of a place"), duties=("C08",))
def compile_(*, actor: Actor, now: datetime, jurisdiction: str, note: str) -> LocalCatalogue:
    """The authority of a county or prefecture compiles the catalogue of its level."""
    own_place(actor, jurisdiction)
    day = clock.legal_day(now)
    fresh = LocalCatalogue(jurisdiction=jurisdiction, organisation_id=actor.organisation_id, note=note)
    fresh.edition, fresh.compiled_at = day.isoformat(), now
    rules = due.profile(fresh)
    law.catalogue_has_a_level_above(rules.level)
    fresh.kind = "supplement" if law.is_supplement(rules) else "full"
    _count(fresh)
    return fresh


@_command("report", label=N_("Report to the level above"), duties=("C08",))
def report(catalogue: LocalCatalogue, *, actor: Actor, now: datetime) -> None:
    """The authority reports the catalogue, as it stands now, to the level above."""
    law.supplement_adds_something(places.titles_known_above(catalogue.jurisdiction), due.profile(catalogue))
    _count(catalogue)
    catalogue.submitted_by_id, catalogue.reasons = actor.user_id, None


@_command("approve", label=N_("Approve the catalogue"), duties=("C08",))
def approve(catalogue: LocalCatalogue, *, actor: Actor, now: datetime) -> None:
    """The level above approves the catalogue of a place."""
    same = queries.is_same_place(actor, catalogue.jurisdiction)
    county_catalogue_is_reviewed_above(same, due.profile(catalogue))
    catalogue.decided_by = accounts.organisation(actor.organisation_id).name


@_command("return_", LocalCatalogueReturn, N_("Send back with reasons"), duties=("C08",))
def return_(catalogue: LocalCatalogue, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The level above sends the catalogue back with what has to be changed."""
    same = queries.is_same_place(actor, catalogue.jurisdiction)
    county_catalogue_is_reviewed_above(same, due.profile(catalogue))
    catalogue.reasons = reasons
    catalogue.decided_by = accounts.organisation(actor.organisation_id).name


def _count(catalogue: LocalCatalogue) -> None:
    for name, value in places.catalogue_of_place(catalogue.jurisdiction).items():
        setattr(catalogue, name, value)
    audit.note(entries=catalogue.entries, sha256=catalogue.sha256)
