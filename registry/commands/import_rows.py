"""The rows of an import by the thousand: written, entered, taken out by few large statements."""

import hashlib
import uuid
from collections import Counter, OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table, delete, update

from accounts import queries as accounts
from jurisdictions import tree
from kernel import audit, clock, search
from kernel.bulk import as_json, from_json, insert_rows
from kernel.config import settings
from kernel.db import db, new_id
from kernel.errors import DomainError, InvalidInput
from kernel.storage import store
from kernel.words import N_, Text
from registry import queries
from registry.commands.entry_text import fields_of, term_codes
from registry.commands.reading import Reader
from registry.gateway import RowFile, read_rows
from registry.models import CatalogueEntry, CatalogueImport, EntryTerm, ImportRow
from registry.schemas.catalogue import EntryInput
from registry.vocabulary.entry_fields import ENTRY_FIELDS, FORM_FIELDS, LIST_FIELDS
from registry.vocabulary.sentences import plain
from registry.vocabulary.steps import IMPORT_CHUNK, IMPORT_ROWS

REPORT = ("id", "import_id", "number", "outcome", "entry_id", "agency_name", "title", "match_key")
REPORT_LISTS = ("mendings", "problems", "missing", "entry")
SEARCHED_KIND = "entry"
NOT_TAKEN_OVER = N_("The news could not be taken over: {reason}")
_DAYS = frozenset(name for name, row in ENTRY_FIELDS.items() if row.type == "day")
_SAME = ("state", "jurisdiction", "profile_version", "created_at", "import_id", "version", "revision")
_OWN = ("id", "agency_id", "match_key", "missing", "source_hash")
_EMPTY = ("comments", "assessments", "proposed", "change")
_AT_A_TIME = 500

# Files and readers at work in this process; after a restart they are made again from what is stored.
_files: OrderedDict[str, RowFile] = OrderedDict()
_readers: dict[uuid.UUID, Reader] = {}


@dataclass(frozen=True, slots=True)
class Entered:
    """What a step has done: the last row that was looked at, and how many rows turned out to be known, by outcome."""

    position: int
    repeated: dict[str, int]


def parsed(name: str, content: bytes) -> RowFile:
    """The rows of a file. Raises InvalidInput on `file` where it cannot be read."""
    key = hashlib.sha256(content).hexdigest()
    if key not in _files:
        _files[key] = read_rows(name, content, byte_limit=settings().max_upload_bytes, row_limit=IMPORT_ROWS)
        while len(_files) > 1:
            _files.popitem(last=False)
    return _files[key]


def file_of(found: CatalogueImport) -> RowFile:
    """The rows of the file of an import."""
    known = _files.get(found.sha256)
    return known if known is not None else parsed(found.file_name, store().get(found.storage_key))


def reader_of(found: CatalogueImport) -> Reader:
    """The reader of an import, standing where the last step ended."""
    reader = _readers.get(found.id)
    if reader is None or reader.position != found.position:
        agency = accounts.organisation(found.agency_id).name if found.agency_id else ""
        reader = Reader(
            file_of(found),
            found.mapping,
            tree.profile_of(found.jurisdiction),
            queries.known_entries(found.jurisdiction),
            agency=agency,
            day=clock.legal_day(found.examined_on),
            position=found.position,
            occurrences=queries.occurrences_before(found.id) if found.position else Counter(),
        )
        reader.agencies, reader.told = Counter(found.agencies), Counter(found.told)
        _readers.clear()
        _readers[found.id] = reader
    return reader


def forget(import_id: uuid.UUID) -> None:
    """Let go of what is kept for an import in this process."""
    if _readers.pop(import_id, None) is not None:
        _files.clear()


def write_reports(import_id: uuid.UUID, rows: Iterable[dict[str, Any]]) -> None:
    """Keep the reports of rows."""
    columns = (*REPORT, "is_incomplete", *REPORT_LISTS)
    written = (
        (
            new_id(),
            import_id,
            *(row[name] for name in REPORT[2:]),
            row["is_incomplete"],
            *(None if row[name] is None else as_json(row[name]) for name in REPORT_LISTS),
        )
        for row in rows
    )
    insert_rows(_table(ImportRow), columns, written)


def _table(model: Any) -> Table:
    return cast(Table, model.__table__)


def enter_rows(found: CatalogueImport, now: datetime) -> Entered:
    """Enter the next rows as drafts: entries and their terms in one statement each, the index in one call.

    The event of the step keeps the numbers of the rows and the hash of all it entered; each row names its entry.
    """
    rows = queries.planned_rows(found.id, found.position, IMPORT_CHUNK)
    known = queries.entered_since(found)
    fresh, twice = [row for row in rows if row[2] not in known], [row for row in rows if row[2] in known]
    repeated = _mark_repeated(found.id, [row[0] for row in twice]) if twice else {}
    seal = _write_entries(found, fresh, now)
    position = rows[-1][0] if len(rows) == IMPORT_CHUNK else found.total
    audit.note(rows=[found.position + 1, position], entered=len(fresh), sha256=seal)
    search.put(search.KINDS[SEARCHED_KIND], [row[3] for row in fresh])
    return Entered(position, repeated)


def _mark_repeated(import_id: uuid.UUID, numbers: list[int]) -> dict[str, int]:
    """Rows whose entry came into the catalogue after the report; how many, by their former outcome."""
    counted: Counter[str] = Counter()
    for start in range(0, len(numbers), _AT_A_TIME):
        chosen = (ImportRow.import_id == import_id, ImportRow.number.in_(numbers[start : start + _AT_A_TIME]))
        counted.update(db.session.scalars(db.select(ImportRow.outcome).where(*chosen)))
        db.session.execute(
            update(ImportRow).where(*chosen).values(outcome="repeated", entry_id=None, entry=None)
        )
    return dict(counted)


def _write_entries(found: CatalogueImport, rows: list[Any], now: datetime) -> str:
    agencies = queries.agencies_by_name(found.jurisdiction)
    version = tree.profile_of(found.jurisdiction).version
    same = ("draft", found.jurisdiction, version, now, found.id, 1, 1)
    columns = (*_SAME, *_EMPTY, *_OWN, "extras", *ENTRY_FIELDS)
    entries: list[tuple[Any, ...]] = []
    terms: list[tuple[Any, ...]] = []
    seal = hashlib.sha256()
    for number, agency_name, match_key, entry_id, missing, text in rows:
        told = from_json(text)
        row_hash = hashlib.sha256(text.encode()).hexdigest()
        seal.update(f"{number} {entry_id} {row_hash}\n".encode())
        agency_id = found.agency_id or agencies.get(queries.comparable_name(agency_name or ""))
        own = (entry_id, agency_id, match_key, missing, row_hash)
        entries.append((*same, "{}", "{}", "{}", "{}", *own, as_json(told["extras"]), *_values(told)))
        terms.extend((entry_id, kind, code) for kind, code in term_codes(told))
    insert_rows(_table(CatalogueEntry), columns, entries)
    insert_rows(_table(EntryTerm), ("entry_id", "kind", "code"), terms)
    return seal.hexdigest()


def _values(told: dict[str, Any]) -> Iterable[Any]:
    for name in ENTRY_FIELDS:
        value = told.get(name)
        if name in LIST_FIELDS:
            yield as_json(value or [])
        else:
            yield date.fromisoformat(value) if name in _DAYS and value else value


def take_out(found: CatalogueImport) -> None:
    """Take the drafts of an import out again that nobody has worked on."""
    ids = queries.untouched_entries(found.id)
    for start in range(0, len(ids), _AT_A_TIME):
        part = ids[start : start + _AT_A_TIME]
        db.session.execute(delete(EntryTerm).where(EntryTerm.entry_id.in_(part)))
        db.session.execute(delete(CatalogueEntry).where(CatalogueEntry.id.in_(part)))
        db.session.execute(update(ImportRow).where(ImportRow.entry_id.in_(part)).values(entry_id=None))
        search.put(search.KINDS[SEARCHED_KIND], part)
    audit.note(taken_out=len(ids))


def news_of(row: ImportRow, entry: CatalogueEntry) -> dict[str, Any]:
    """What the row says differently from the last file about its entry: field → value as in JSON.

    Without a former file only what the row tells counts. What people wrote into other fields stays.
    """
    told, before = dict(row.entry or {}), queries.source_before(row)
    present = before if before is not None else EntryInput().dump(fields_of(entry))
    return {
        name: told.get(name)
        for name in FORM_FIELDS
        if (told.get(name) or None) != (present.get(name) or None) and (before is not None or told.get(name))
    }


def refusal_of(refused: DomainError) -> dict[str, Any]:
    """Why the news of a row could not be taken over, as a remark on the row."""
    wrong = refused.messages.values() if isinstance(refused, InvalidInput) else ()
    reason = next((message for said in wrong for message in said), refused.message)
    return {
        "field": "title",
        "rule": "not_taken_over",
        "said": plain(Text(NOT_TAKEN_OVER, reason=reason)),
    }


def hash_of(row: ImportRow) -> str:
    """The hash by which the same row is known again: of its text as it was written."""
    return hashlib.sha256(queries.text_of_row(row.id).encode()).hexdigest()
