"""Base and theme databases: established by the authority, compiled by their lead department."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from marshmallow import Schema

from accounts import queries as accounts
from kernel import audit, due
from kernel.actor import Actor
from kernel.command import Command, command
from kernel.db import db
from kernel.errors import InvalidInput
from kernel.fields import Nothing
from kernel.words import N_, Text
from registry.commands.places import own_place
from registry.models import Database, DatabaseEntry
from registry.permissions import MAY
from registry.queries import places
from registry.rules import databases as law
from registry.schemas.databases import (
    CloseInput,
    CompileInput,
    DatabaseDetails,
    DatabaseInput,
    EnlistInput,
    StrikeInput,
)
from registry.states import DATABASE


def _command(
    verb: str, schema: type[Schema] = Nothing, label: str = "", duties: tuple[str, ...] = ()
) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.database.{verb}"
    return command(
        name, may=MAY[name], on=Database, states=DATABASE, schema=schema, label=label, duties=duties
    )


@_command("establish", DatabaseInput, N_("Establish a database"), duties=("A12", "C11"))
def establish(
    *,
    actor: Actor,
    now: datetime,
    jurisdiction: str,
    kind: str,
    title: str,
    agency_id: uuid.UUID,
    code: str | None = None,
    **values: Any,
) -> Database:
    """The authority establishes a base or theme database and names its lead department."""
    own_place(actor, jurisdiction)
    fresh = Database(jurisdiction=jurisdiction, kind=kind, title=title, code=code or None, **values)
    law.database_is_lawful(kind, fresh.code, due.profile(fresh))
    standing = places.standing_database(jurisdiction, fresh.code, title)
    law.database_stands_once(standing.title if standing else None)
    fresh.agency_id = _lead(agency_id, jurisdiction)
    return fresh


@_command("amend", DatabaseDetails, N_("Change the lead department or the scope"), duties=("A12",))
def amend(database: Database, *, actor: Actor, now: datetime, agency_id: uuid.UUID, **values: Any) -> None:
    """The authority changes name, scope or lead department."""
    database.agency_id = _lead(agency_id, database.jurisdiction)
    for name, value in values.items():
        setattr(database, name, value)


def _lead(agency_id: uuid.UUID, jurisdiction: str) -> uuid.UUID:
    agency = accounts.organisation(agency_id)
    if "agency" not in agency.roles or agency.jurisdiction not in accounts.places_below(jurisdiction):
        raise InvalidInput({"agency_id": [Text(N_("Choose an agency of this place."))]})
    return agency.id


@_command("enlist", EnlistInput, N_("Add an entry"), duties=("C11",))
def enlist(database: Database, *, actor: Actor, now: datetime, entry_id: uuid.UUID, items: list[str]) -> None:
    """The lead department adds a published entry, with the items that go into the database."""
    entry = places.published_entry(entry_id, database.jurisdiction)
    if entry is None:
        raise InvalidInput({"entry_id": [Text(N_("Choose a published entry of this place or below it."))]})
    law.entry_belongs_to_its_level(entry.database_level, database.kind)
    known = {str(item["name"]) for item in entry.items}
    if unknown := [item for item in items if item not in known]:
        said = Text(N_("The entry has no such item: {items}."), items=unknown)
        raise InvalidInput({"items": [said]})
    member = places.database_member(database.id, entry_id)
    if member is None:
        member = DatabaseEntry(database_id=database.id, entry_id=entry_id, enlisted_at=now)
        db.session.add(member)
    member.items = items


@_command("strike", StrikeInput, N_("Take an entry out"), duties=("C11",))
def strike(database: Database, *, actor: Actor, now: datetime, entry_id: uuid.UUID, reasons: str) -> None:
    """The lead department takes an entry out, with reasons."""
    member = places.database_member(database.id, entry_id)
    if member is None:
        raise InvalidInput({"entry_id": [Text(N_("The database has no such entry."))]})
    db.session.delete(member)


@_command("compile", CompileInput, N_("Compile the catalogue"), duties=("C11",))
def compile_(database: Database, *, actor: Actor, now: datetime, note: str) -> None:
    """The lead department compiles the catalogue of the database anew: its entries and items as they stand."""
    number, digest = places.database_digest(database.id)
    law.database_has_entries(number)
    database.version += 1
    database.compiled_at, database.members_sha256, database.note = now, digest, note or None
    audit.note(entries=number, sha256=digest, version=database.version)


@_command("close", CloseInput, N_("Close the database"), duties=("A12",))
def close(database: Database, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The authority closes a database; what was aggregated to it stays recorded."""
    database.reasons = reasons
