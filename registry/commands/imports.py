"""Imports: a file is examined, its report read, then it is carried out or discarded."""

import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, cast

from marshmallow import Schema
from sqlalchemy import Table, insert, update

from jurisdictions import tree
from kernel import clock
from kernel.actor import Actor
from kernel.command import Command, command
from kernel.db import db, new_id
from kernel.fields import File, Nothing
from kernel.words import N_
from registry import queries
from registry.commands.catalogue import term_codes
from registry.commands.files import keep_as_read
from registry.commands.reading import Reader
from registry.models import CatalogueEntry, CatalogueImport, EntryTerm, ImportRow
from registry.permissions import MAY
from registry.schemas.imports import ImportInput
from registry.states import IMPORT
from registry.vocabulary.sentences import plain

CHUNK = 1000


def _command(
    verb: str, schema: type[Schema] = Nothing, label: str = "", duties: tuple[str, ...] = ()
) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.import.{verb}"
    return command(
        name, may=MAY[name], on=CatalogueImport, states=IMPORT, schema=schema, label=label, duties=duties
    )


@_command("examine", ImportInput, N_("Import a catalogue"), duties=("C01",))
def examine(
    *,
    actor: Actor,
    now: datetime,
    file: File,
    jurisdiction: str | None = None,
    agency_id: uuid.UUID | None = None,
) -> CatalogueImport:
    """A file of entries is read and reported on; nothing of it is in the catalogue yet."""
    place, agency_id = queries.addressee(actor, jurisdiction, agency_id)
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
    rows = list(reader)
    found.counts, found.agencies = _counts(rows), dict(reader.agencies)
    found.reasons = queries.reasons_of(rows)
    db.session.add(found)
    _insert(ImportRow, [{"id": new_id(), "import_id": found.id, **row} for row in rows])
    return found


def _counts(rows: Sequence[dict[str, Any]]) -> dict[str, int]:
    outcomes = Counter(row["outcome"] for row in rows)
    counted = {outcome: outcomes[outcome] for outcome in ("taken", "mended", "refused", "repeated")}
    return {"rows": len(rows), **counted, "draft": sum(row["is_incomplete"] for row in rows)}


@_command("carry_out", label=N_("Carry out the import"), duties=("C01",))
def carry_out(found: CatalogueImport, *, actor: Actor, now: datetime) -> None:
    """The examined file goes into the catalogue: every row that was taken or mended becomes a draft."""


@_command("enter")
def enter(found: CatalogueImport, *, actor: Actor, now: datetime) -> None:
    """The rows are entered as drafts; agencies that the file names are known by now."""
    keys, _ = queries.existing_keys(found.jurisdiction)
    agencies = queries.agencies_by_name(found.jurisdiction)
    version, repeated = tree.profile_of(found.jurisdiction).version, Counter[str]()
    for rows in queries.planned_entries(found.id):
        entries, moved = [], []
        for row in rows:
            known = row.match_key in keys
            repeated[row.outcome] += known
            agency_id = found.agency_id or agencies.get(queries.comparable_name(row.agency_name or ""))
            entry_id = None if known else new_id()
            outcome = "repeated" if known else row.outcome
            moved.append({"id": row.id, "outcome": outcome, "entry_id": entry_id, "entry": None})
            if entry_id is not None:
                columns = {
                    "id": entry_id,
                    "agency_id": agency_id,
                    "created_at": now,
                    "profile_version": version,
                }
                entries.append(_entry(row, found, **columns))
        _enter(entries)
        db.session.execute(update(ImportRow), moved)
    found.counts = _recounted(found.counts, repeated)


def _enter(entries: list[dict[str, Any]]) -> None:
    if entries:
        db.session.execute(insert(cast(Table, CatalogueEntry.__table__)), entries)
    terms = [
        {"entry_id": entry["id"], "kind": kind, "code": code}
        for entry in entries
        for kind, code in term_codes(entry)
    ]
    if terms:
        db.session.execute(insert(cast(Table, EntryTerm.__table__)), terms)


def _recounted(counts: dict[str, Any], repeated: Counter[str]) -> dict[str, Any]:
    """The counts again: an entry may have come into the catalogue since the file was examined."""
    again = {outcome: counts[outcome] - number for outcome, number in repeated.items()}
    return counts | again | {"repeated": counts["repeated"] + repeated.total()}


def _entry(row: ImportRow, found: CatalogueImport, **columns: Any) -> dict[str, Any]:
    told = row.entry or {}
    days = {
        name: date.fromisoformat(told[name]) if told[name] else None
        for name in ("published_on", "updated_on")
    }
    case = {"state": "draft", "jurisdiction": found.jurisdiction, "import_id": found.id, "version": 1}
    found_again = {"missing": row.missing, "match_key": row.match_key}
    return told | days | case | found_again | {"comments": {}, "assessments": {}, "proposed": {}} | columns


@_command("discard", label=N_("Discard the import"))
def discard(found: CatalogueImport, *, actor: Actor, now: datetime) -> None:
    """The examined file is put aside; nothing of it goes into the catalogue."""


@_command("submit_complete", label=N_("Hand in all complete entries"), duties=("C01",))
def submit_complete(found: CatalogueImport, *, actor: Actor, now: datetime) -> None:
    """Every entry of the import that says all the rule asks for is handed in for review."""


def _insert(model: Any, rows: Sequence[dict[str, Any]]) -> None:
    waiting = iter(rows)
    while part := list(islice(waiting, CHUNK)):
        db.session.execute(insert(model), part)
