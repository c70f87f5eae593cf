"""Imports: a file is examined, its report read, then it is carried out or discarded; long files step by step."""

import hashlib
import uuid
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from marshmallow import Schema
from sqlalchemy import delete

from kernel.actor import Actor
from kernel.command import Command, command
from kernel.db import db, new_id
from kernel.errors import InvalidInput
from kernel.fields import File, Nothing
from kernel.words import N_, Text
from registry import queries
from registry.commands import import_rows
from registry.commands.files import keep_as_read
from registry.gateway import Mapping, RowFile, field_order, propose_mapping
from registry.models import CatalogueImport, ImportRow
from registry.permissions import MAY
from registry.schemas.imports import CarryOutInput, ImportInput, MappingInput
from registry.states import IMPORT
from registry.vocabulary.sentences import plain
from registry.vocabulary.steps import IMPORT_CHUNK

OUTCOMES = ("taken", "mended", "changed", "refused", "repeated")
_SAMPLE, _SAMPLED_ROWS = 60, 20


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
    """A file of entries is taken in to be read and reported on; nothing of it is in the catalogue yet."""
    place, agency_id = queries.addressee(actor, jurisdiction, agency_id)
    rows = import_rows.parsed(file.name, file.content)
    facts = keep_as_read(file)
    found = CatalogueImport(
        id=new_id(),
        state="being_examined",
        jurisdiction=place,
        created_at=now,
        examined_on=now,
        organisation_id=actor.organisation_id,
        agency_id=agency_id,
        file_name=facts["name"],
        storage_key=facts["storage_key"],
        sha256=facts["sha256"],
        size=facts["size"],
        fingerprint=fingerprint_of(rows.headings),
        samples=_samples(rows),
        problems=[plain(problem) for problem in rows.problems],
    )
    proposed = propose_mapping(rows.headings)
    remembered = queries.remembered_mapping(found)
    found.mapped_by = "remembered" if remembered else "proposed"
    _begin(found, rows, remembered or proposed.columns, proposed)
    return found


def fingerprint_of(headings: Iterable[str]) -> str:
    """By what a file of the same source is known again: its headings, in whatever order."""
    return hashlib.sha256("\n".join(sorted(headings)).encode()).hexdigest()


def _samples(rows: RowFile) -> dict[str, str]:
    """A cell of each column, so that a person recognises it."""
    found: dict[str, str] = {}
    for row in rows.rows[:_SAMPLED_ROWS]:
        for heading, cell in row.values.items() if isinstance(row.values, dict) else ():
            if cell not in (None, "", [], {}) and heading not in found:
                found[heading] = str(cell)[:_SAMPLE]
    return found


def _begin(found: CatalogueImport, rows: RowFile, columns: dict[str, str], proposed: Mapping) -> None:
    """Set the mapping, and everything back to the first row."""
    found.mapping = columns
    found.unknown = [heading for heading in rows.headings if heading not in columns]
    found.suggestions = {
        heading: proposed.suggestions[heading] for heading in found.unknown if heading in proposed.suggestions
    }
    found.total, found.position = len(rows.rows), 0
    found.counts = {"rows": 0, **dict.fromkeys(OUTCOMES, 0), "draft": 0}
    found.reasons, found.agencies, found.told = [], {}, {}


@_command("read")
def read(found: CatalogueImport, *, actor: Actor, now: datetime) -> None:
    """The next rows are read and reported on; after the last one the report is whole."""
    reader = import_rows.reader_of(found)
    reasons, rows = queries.Reasons(found.reasons), list(reader.read(IMPORT_CHUNK))
    for row in rows:
        reasons.add(row)
    found.counts, found.reasons = _counted(found.counts, rows), reasons.listed()
    found.agencies, found.told = dict(reader.agencies), dict(reader.told)
    import_rows.write_reports(found.id, rows)
    found.position = reader.position
    if found.position >= found.total:
        found.state = "examined"
        import_rows.forget(found.id)


def _counted(counts: dict[str, Any], rows: Sequence[dict[str, Any]]) -> dict[str, int]:
    fresh = dict(counts)
    fresh["rows"] += len(rows)
    for row in rows:
        fresh[row["outcome"]] += 1
        fresh["draft"] += row["is_incomplete"]
    return fresh


@_command("remap", MappingInput, N_("Read the columns otherwise"), duties=("C01",))
def remap(found: CatalogueImport, *, actor: Actor, now: datetime, columns: list[dict[str, str]]) -> None:
    """A person says which column is which field; the file is read again under this mapping."""
    rows = import_rows.file_of(found)
    unknown = [row["heading"] for row in columns if row["heading"] not in rows.headings]
    if unknown:
        raise InvalidInput({"columns": [Text(N_("The file has no column “{heading}”."), heading=unknown[0])]})
    chosen = {row["heading"]: row["field"] for row in columns if row["field"]}
    if "title" not in chosen.values():
        raise InvalidInput({"columns": [Text(N_("Say which column holds the name of the resource."))]})
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == found.id))
    import_rows.forget(found.id)
    found.mapped_by = "chosen"
    _begin(found, rows, field_order(chosen), propose_mapping(rows.headings))


@_command("carry_out", CarryOutInput, N_("Carry out the import"), duties=("C01",))
def carry_out(found: CatalogueImport, *, actor: Actor, now: datetime, mode: str) -> None:
    """The examined file goes into the catalogue: every row that was taken or mended becomes a draft."""
    if mode == "all_or_nothing" and found.counts["refused"]:
        message = Text(
            N_("{number} rows can not be taken; nothing was entered."), number=found.counts["refused"]
        )
        raise InvalidInput({"mode": [message]})
    found.mode, found.position = mode, 0


@_command("enter")
def enter(found: CatalogueImport, *, actor: Actor, now: datetime) -> None:
    """The next rows are entered as drafts; agencies that the file names are known by now."""
    done = import_rows.enter_rows(found, now)
    found.counts = _recounted(found.counts, done.repeated)
    found.position = done.position
    if found.position >= found.total:
        found.state = "carried_out"


def _recounted(counts: dict[str, Any], repeated: dict[str, int]) -> dict[str, Any]:
    """The counts again: an entry may have come into the catalogue since the file was examined."""
    again = {outcome: counts[outcome] - number for outcome, number in repeated.items()}
    return counts | again | {"repeated": counts["repeated"] + sum(repeated.values())}


@_command("cancel", label=N_("Stop the import"))
def cancel(found: CatalogueImport, *, actor: Actor, now: datetime) -> None:
    """The work on the file is stopped. What was entered stays, but of a file that goes in as a whole nothing stays."""
    import_rows.forget(found.id)
    if found.state == "being_entered" and found.mode == "all_or_nothing":
        import_rows.take_out(found)


@_command("discard", label=N_("Discard the import"))
def discard(found: CatalogueImport, *, actor: Actor, now: datetime) -> None:
    """The examined file is put aside; nothing of it goes into the catalogue."""


@_command("submit_complete", label=N_("Hand in all complete entries"), duties=("C01",))
def submit_complete(found: CatalogueImport, *, actor: Actor, now: datetime) -> None:
    """Every entry of the import that says all the rule asks for is handed in for review."""


# The step that is made next in each state of a file at work.
STEPS = {"being_examined": read, "being_entered": enter}
