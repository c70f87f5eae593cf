"""Imports: a file is examined, its report read, then it is carried out or discarded."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from marshmallow import Schema
from sqlalchemy import insert, update

from accounts import queries as accounts
from kernel import clock
from kernel.actor import Actor
from kernel.command import Command, command
from kernel.db import db, new_id
from kernel.errors import InvalidInput
from kernel.fields import File, Nothing
from kernel.storage import store
from kernel.words import N_, Text
from registry import queries
from registry.commands.catalogue import term_codes
from registry.commands.files import keep_as_read
from registry.commands.reading import Reader, RowRead
from registry.models import CatalogueEntry, CatalogueImport, EntryTerm, ImportRow
from registry.permissions import MAY
from registry.schemas.imports import ImportInput
from registry.states import IMPORT
from registry.vocabulary.sentences import plain

CHUNK = 1000


def _command(
    verb: str, schema: type[Schema] = Nothing, label: str = ""
) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.import.{verb}"
    return command(name, may=MAY[name], on=CatalogueImport, states=IMPORT, schema=schema, label=label)


@_command("examine", ImportInput, N_("Import a catalogue"))
def examine(
    *,
    actor: Actor,
    now: datetime,
    file: File,
    jurisdiction: str | None = None,
    agency_id: uuid.UUID | None = None,
) -> CatalogueImport:
    """A file of entries is read and reported on; nothing of it is in the catalogue yet."""
    place, agency_id = _addressee(actor, jurisdiction, agency_id)
    reader = Reader.of(file.name, file.content, place, agency_id, clock.legal_day(now))
    facts = keep_as_read(file)
    found = CatalogueImport(
        id=new_id(),
        state="examined",
        jurisdiction=place,
        created_at=now,
        examined_on=now,
        organisation_id=actor.organisation_id,
        agency_id=agency_id,
        file_name=facts["name"],
        storage_key=facts["storage_key"],
        sha256=facts["sha256"],
        size=facts["size"],
        mapping=reader.mapping.columns,
        unknown=list(reader.mapping.unknown),
        suggestions=reader.mapping.suggestions,
        problems=[plain(problem) for problem in reader.problems],
    )
    rows = [read.report for read in reader]
    found.counts, found.agencies = _counts(rows), dict(reader.agencies)
    found.reasons = queries.reasons_of(rows)
    db.session.add(found)
    _insert(ImportRow, [{"id": new_id(), "import_id": found.id, **row} for row in rows])
    return found


def _addressee(
    actor: Actor, jurisdiction: str | None, agency_id: uuid.UUID | None
) -> tuple[str, uuid.UUID | None]:
    """The place and agency a file is for: an agency imports for itself, the authority for its place."""
    if "agency" in actor.roles and "authority" not in actor.roles:
        own = accounts.organisation(actor.organisation_id)
        return own.jurisdiction, own.id
    if agency_id is not None:
        agency = accounts.organisation(agency_id)
        jurisdiction = agency.jurisdiction
    if jurisdiction is None and actor.organisation_id is not None:
        jurisdiction = accounts.organisation(actor.organisation_id).jurisdiction
    if jurisdiction is None or not accounts.is_known_place(jurisdiction):
        raise InvalidInput({"jurisdiction": [Text(N_("Choose a jurisdiction from the list."))]})
    if "system" not in actor.roles and jurisdiction not in actor.jurisdictions:
        raise InvalidInput({"jurisdiction": [Text(N_("You do not answer for this jurisdiction."))]})
    return jurisdiction, agency_id


def _counts(rows: Sequence[dict[str, Any]]) -> dict[str, int]:
    outcomes = Counter(row["outcome"] for row in rows)
    counted = {outcome: outcomes[outcome] for outcome in ("taken", "mended", "refused", "repeated")}
    return {"rows": len(rows), **counted, "draft": sum(row["is_incomplete"] for row in rows)}


@_command("carry_out", label=N_("Carry out the import"))
def carry_out(found: CatalogueImport, *, actor: Actor, now: datetime) -> None:
    """The examined file goes into the catalogue: every row that was taken or mended becomes a draft."""


@_command("enter")
def enter(found: CatalogueImport, *, actor: Actor, now: datetime) -> None:
    """The rows are entered as drafts; agencies the file names are known by now."""
    content = store().get(found.storage_key)
    day = clock.legal_day(found.examined_on)
    reader = Reader.of(found.file_name, content, found.jurisdiction, found.agency_id, day)
    planned = queries.planned_rows(found.id)
    moved: list[dict[str, Any]] = []
    for reads in _chunks(read for read in reader):
        entered = [read for read in reads if read.is_taken]
        rows = [_entry_row(read, found, now) for read in entered]
        _insert(CatalogueEntry, rows)
        terms = [(row["id"], *term) for row in rows for term in term_codes(row)]
        _insert(EntryTerm, [{"entry_id": one, "kind": kind, "code": code} for one, kind, code in terms])
        moved += [
            {"id": planned[read.number], "outcome": read.outcome, "entry_id": read.entry_id} for read in reads
        ]
    for part in _chunks(iter(moved)):
        db.session.execute(update(ImportRow), part)
    found.counts = _recounted(found.counts, moved)


def _recounted(counts: dict[str, Any], moved: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The counts again: an entry may have come into the catalogue since the file was examined."""
    outcomes = Counter(row["outcome"] for row in moved)
    return counts | {outcome: outcomes[outcome] for outcome in ("taken", "mended", "refused", "repeated")}


def _entry_row(read: RowRead, found: CatalogueImport, now: datetime) -> dict[str, Any]:
    return read.values | {
        "id": read.entry_id,
        "state": "draft",
        "jurisdiction": found.jurisdiction,
        "profile_version": read.profile_version,
        "created_at": now,
        "agency_id": read.agency_id,
        "import_id": found.id,
        "missing": read.report["missing"],
        "match_key": read.report["match_key"],
        "comments": {},
        "assessments": {},
        "proposed": {},
        "version": 1,
    }


@_command("discard", label=N_("Discard the import"))
def discard(found: CatalogueImport, *, actor: Actor, now: datetime) -> None:
    """The examined file is put aside; nothing of it goes into the catalogue."""


@_command("submit_complete", label=N_("Hand in all complete entries"))
def submit_complete(found: CatalogueImport, *, actor: Actor, now: datetime) -> None:
    """Every entry of the import that says all the rule asks for is handed in for review."""


def _insert(model: Any, rows: Sequence[dict[str, Any]]) -> None:
    for part in _chunks(iter(rows)):
        db.session.execute(insert(model), part)


def _chunks(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while part := list(islice(rows, CHUNK)):
        yield part
