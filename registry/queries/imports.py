"""Imported files, their rows, and what of them is in the catalogue already."""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select

from accounts import queries as accounts
from accounts.models import Organisation
from accounts.rules import comparable
from kernel.actor import Actor
from kernel.db import db
from kernel.errors import InvalidInput
from kernel.permissions import visible, visible_to
from kernel.words import N_, Text
from registry.models import CatalogueEntry, CatalogueImport, ImportRow
from registry.vocabulary import fold


@visible(CatalogueImport)
def _visible_imports(actor: Actor) -> ColumnElement[bool]:
    """One's own; for the authority those of its place."""
    if actor.organisation_id is None:
        return false()
    seen: list[ColumnElement[bool]] = [CatalogueImport.organisation_id == actor.organisation_id]
    if {"authority", "auditor"} & actor.roles:
        seen.append(CatalogueImport.jurisdiction.in_(actor.jurisdictions))
    return or_(*seen)


def imports(actor: Actor) -> Select[CatalogueImport]:
    """The imports an actor may see, newest first."""
    query = select(CatalogueImport).where(visible_to(actor, CatalogueImport))
    return query.order_by(CatalogueImport.created_at.desc(), CatalogueImport.id)


def entry_states(import_id: uuid.UUID) -> dict[str, int]:
    """How many entries that came with the file are in each state today."""
    query = select(CatalogueEntry.state, func.count()).where(CatalogueEntry.import_id == import_id)
    return {state: number for state, number in db.session.execute(query.group_by(CatalogueEntry.state))}


def import_rows(import_id: uuid.UUID, *, outcome: str = "", q: str = "") -> Select[ImportRow]:
    """The rows of an import in the order of the file; `outcome` may also be 'incomplete'."""
    query = select(ImportRow).where(ImportRow.import_id == import_id)
    if outcome == "incomplete":
        query = query.where(ImportRow.is_incomplete)
    elif outcome:
        query = query.where(ImportRow.outcome == outcome)
    if q:
        named = (
            ImportRow.title.icontains(q, autoescape=True),
            ImportRow.agency_name.icontains(q, autoescape=True),
        )
        query = query.where(or_(*named))
    return query.order_by(ImportRow.number)


def addressee(
    actor: Actor, jurisdiction: str | None, agency_id: uuid.UUID | None
) -> tuple[str, uuid.UUID | None]:
    """The place and agency a file is for: an agency imports for itself, the authority for its place.

    Raises InvalidInput where the place is unknown or not the actor's.
    """
    if "agency" in actor.roles and "authority" not in actor.roles:
        own = accounts.organisation(actor.organisation_id)
        return own.jurisdiction, own.id
    if agency_id is not None:
        jurisdiction = accounts.organisation(agency_id).jurisdiction
    if jurisdiction is None and actor.organisation_id is not None:
        jurisdiction = accounts.organisation(actor.organisation_id).jurisdiction
    if jurisdiction is None or not accounts.is_known_place(jurisdiction):
        raise InvalidInput({"jurisdiction": [Text(N_("Choose a jurisdiction from the list."))]})
    if "system" not in actor.roles and jurisdiction not in actor.jurisdictions:
        raise InvalidInput({"jurisdiction": [Text(N_("You do not answer for this jurisdiction."))]})
    return jurisdiction, agency_id


def planned_entries(import_id: uuid.UUID) -> Iterator[list[ImportRow]]:
    """The rows of an import that become entries, in the order of the file, a thousand at a time."""
    query = select(ImportRow).where(
        ImportRow.import_id == import_id, ImportRow.outcome.in_(("taken", "mended"))
    )
    last = 0
    while rows := list(
        db.session.scalars(query.where(ImportRow.number > last).order_by(ImportRow.number).limit(1000))
    ):
        yield rows
        last = rows[-1].number
        for row in rows:
            db.session.expunge(row)


def agencies_by_name(jurisdiction: str) -> dict[str, uuid.UUID]:
    """The managing bodies of a place and below, by comparable name; an active one before a proposed one."""
    places = accounts.places_below(jurisdiction)
    query = select(Organisation.name, Organisation.id).where(
        Organisation.side == "managing",
        Organisation.jurisdiction.in_(places),
        Organisation.state.in_(("active", "proposed")),
    )
    rows = db.session.execute(query.order_by(Organisation.state.desc(), Organisation.created_at.desc()))
    return {comparable(name): row_id for name, row_id in rows}


def comparable_name(name: str) -> str:
    """A body's name as it is compared."""
    return comparable(name)


def existing_keys(jurisdiction: str) -> tuple[set[str], set[str]]:
    """What the catalogue of a place holds already: match keys, and source addresses that only one entry has."""
    query = select(CatalogueEntry.match_key, CatalogueEntry.source_url)
    rows = db.session.execute(query.where(CatalogueEntry.jurisdiction == jurisdiction)).all()
    addresses = Counter(url for _, url in rows if url)
    return {key for key, _ in rows if key}, {url for url, number in addresses.items() if number == 1}


def match_name(agency_name: str, title: str) -> str:
    """By what an entry is found again: agency and title, folded. With the how many-th of that name it is the key."""
    return f"{fold(agency_name)}|{fold(title)}"


def reasons_of(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each kind of mending, doubt, refusal and gap with how often it occurs and one example, most first."""
    counted: Counter[tuple[str, str, str]] = Counter()
    example: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in rows:
        told = [("mended", part) for part in row["mendings"]] + [
            ("refused" if row["outcome"] == "refused" else "doubted", part) for part in row["problems"]
        ]
        told += [("missing", {"field": field, "rule": "required"}) for field in row["missing"]]
        for what, part in told:
            key = (what, part["field"], part["rule"])
            counted[key] += 1
            example.setdefault(key, part | {"row": row["number"]})
    return [
        {"what": what, "field": field, "rule": rule, "number": number, "example": example[what, field, rule]}
        for (what, field, rule), number in counted.most_common()
    ]
