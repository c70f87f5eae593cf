"""Imported files, their rows, and what of them is in the catalogue already."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, cast, false, func, or_, select
from sqlalchemy import Text as Text_

from accounts import queries as accounts
from accounts.models import Organisation
from accounts.rules import comparable
from kernel.actor import Actor
from kernel.bulk import read_rows
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


def planned_rows(import_id: uuid.UUID, after: int, most: int) -> list[Any]:
    """The next rows of an import that become new entries, in the order of the file, as plain tuples.

    (number, agency_name, match_key, entry_id, missing, entry) with the last two as JSON text.
    """
    kept = ImportRow.__table__.c
    columns = (kept.number, kept.agency_name, kept.match_key, kept.entry_id)
    texts = (cast(kept.missing, Text_), cast(kept.entry, Text_))
    query = select(*columns, *texts).where(
        kept.import_id == import_id, kept.number > after, kept.outcome.in_(("taken", "mended"))
    )
    return read_rows(query.order_by(kept.number).limit(most))


def changed_rows(import_id: uuid.UUID, after: int, upto: int) -> list[ImportRow]:
    """The rows of a stretch that say something new about an entry that is there."""
    query = select(ImportRow).where(
        ImportRow.import_id == import_id,
        ImportRow.outcome == "changed",
        ImportRow.number > after,
        ImportRow.number <= upto,
    )
    return list(db.session.scalars(query.order_by(ImportRow.number)))


def source_before(row: ImportRow) -> dict[str, Any] | None:
    """What the file said last about the entry of a row, before this one; None where no file told it."""
    query = (
        select(ImportRow.entry)
        .join(CatalogueImport, CatalogueImport.id == ImportRow.import_id)
        .where(ImportRow.entry_id == row.entry_id, ImportRow.id != row.id, ImportRow.entry.is_not(None))
        .where(ImportRow.outcome.in_(("taken", "mended", "changed")), CatalogueImport.state == "carried_out")
    )
    return db.session.scalar(query.order_by(CatalogueImport.created_at.desc()).limit(1))


def text_of_row(row_id: uuid.UUID) -> str:
    """What a row says as an entry, as the very text that was written."""
    kept = ImportRow.__table__.c
    return str(db.session.scalar(select(cast(kept.entry, Text_)).where(kept.id == row_id)) or "")


def entered_since(found: CatalogueImport) -> set[str]:
    """The match keys of entries that came into the catalogue of the place after the file was examined, otherwise."""
    query = select(CatalogueEntry.match_key).where(
        CatalogueEntry.jurisdiction == found.jurisdiction,
        CatalogueEntry.created_at >= found.examined_on,
        or_(CatalogueEntry.import_id.is_(None), CatalogueEntry.import_id != found.id),
    )
    return set(db.session.scalars(query))


def occurrences_before(import_id: uuid.UUID) -> Counter[str]:
    """How often each agency and title came in the rows that were read already."""
    keys = db.session.scalars(
        select(ImportRow.match_key).where(ImportRow.import_id == import_id, ImportRow.match_key != "")
    )
    return Counter(key.rpartition("|")[0] for key in keys)


def remembered_mapping(found: CatalogueImport) -> dict[str, str] | None:
    """The mapping under which a file of the same source with the same headings was carried out last."""
    query = select(CatalogueImport.mapping).where(
        CatalogueImport.fingerprint == found.fingerprint,
        CatalogueImport.jurisdiction == found.jurisdiction,
        CatalogueImport.state == "carried_out",
        _same(CatalogueImport.organisation_id, found.organisation_id),
        _same(CatalogueImport.agency_id, found.agency_id),
    )
    return db.session.scalar(query.order_by(CatalogueImport.created_at.desc()).limit(1))


def _same(column: Any, value: uuid.UUID | None) -> ColumnElement[bool]:
    return column.is_(None) if value is None else column == value


def untouched_entries(import_id: uuid.UUID) -> list[uuid.UUID]:
    """The drafts of an import that nobody has worked on since they were entered."""
    query = select(CatalogueEntry.id, CatalogueEntry.assessments).where(
        CatalogueEntry.import_id == import_id,
        CatalogueEntry.state == "draft",
        CatalogueEntry.revision == 1,
    )
    return [entry_id for entry_id, papers in db.session.execute(query) if not papers]


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


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """An entry of the catalogue as an import recognises it; `source_hash` None: it was written by hand."""

    entry_id: uuid.UUID
    source_hash: str | None


@dataclass(frozen=True, slots=True)
class KnownEntries:
    """The entries of a place by match key, and by the source address that only one of them has."""

    by_key: dict[str, KnownEntry]
    by_address: dict[str, KnownEntry]


def known_entries(jurisdiction: str) -> KnownEntries:
    """What the catalogue of a place holds already."""
    entry = CatalogueEntry
    query = select(entry.id, entry.source_hash, entry.match_key, entry.source_url)
    rows = db.session.execute(
        query.where(entry.jurisdiction == jurisdiction, entry.state != "withdrawn")
    ).all()
    addresses = Counter(row.source_url for row in rows if row.source_url)
    known = [(KnownEntry(row.id, row.source_hash), row.match_key, row.source_url) for row in rows]
    by_address = {url: found for found, _, url in known if url and addresses[url] == 1}
    return KnownEntries({key: found for found, key, _ in known if key}, by_address)


def match_name(agency_name: str, title: str) -> str:
    """By what an entry is found again: agency and title, folded. With the how many-th of that name it is the key."""
    return f"{fold(agency_name)}|{fold(title)}"


class Reasons:
    """Each kind of mending, doubt, refusal and gap with how often it occurs and one example; can be counted on."""

    def __init__(self, kept: Iterable[dict[str, Any]] = ()) -> None:
        self._counted: Counter[tuple[str, str, str]] = Counter()
        self._example: dict[tuple[str, str, str], dict[str, Any]] = {}
        for reason in kept:
            key = (reason["what"], reason["field"], reason["rule"])
            self._counted[key], self._example[key] = reason["number"], reason["example"]

    def add(self, row: dict[str, Any]) -> None:
        """Count what the report of a row says."""
        for part in row["mendings"]:
            self._one("mended", part, row["number"])
        doubt = "refused" if row["outcome"] == "refused" else "doubted"
        for part in row["problems"]:
            self._one(doubt, part, row["number"])
        for field in row["missing"]:
            self._one("missing", {"field": field, "rule": "required"}, row["number"])

    def _one(self, what: str, part: dict[str, Any], number: int) -> None:
        key = (what, part["field"], part["rule"])
        self._counted[key] += 1
        if key not in self._example:
            self._example[key] = part | {"row": number}

    def listed(self) -> list[dict[str, Any]]:
        """The reasons, most frequent first."""
        return [
            {
                "what": what,
                "field": field,
                "rule": rule,
                "number": number,
                "example": self._example[what, field, rule],
            }
            for (what, field, rule), number in self._counted.most_common()
        ]
