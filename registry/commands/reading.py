"""An imported file read row by row as entries: what each row becomes, and what is said about it."""

import json
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts import queries as accounts
from jurisdictions import tree
from jurisdictions.profile import Profile
from kernel.config import settings
from kernel.db import new_id
from kernel.words import N_, Text
from registry import queries
from registry.gateway import (
    EntryReading,
    Mapping,
    RawRow,
    RowFile,
    joined_repeats,
    propose_mapping,
    read_entry,
    read_rows,
)
from registry.rules.catalogue import missing_fields
from registry.schemas.catalogue import EntryInput
from registry.vocabulary.sentences import plain
from registry.vocabulary.steps import IMPORT_ROWS

FIELDS = (*(name for name in EntryInput().fields), "published_on")
LISTS = frozenset({"keywords", "themes", "industries", "formats", "items"})
NO_AGENCY = N_("The row names no agency, and none was chosen for the file.")
SAME_ROW = N_("The row is the same as row {number}.")
KNOWN = N_("The entry is in the catalogue already; it was left as it is.")


@dataclass
class RowRead:
    """One row: its number, what becomes of it, the columns of the entry, and its row of the report."""

    number: int
    outcome: str
    report: dict[str, Any]
    values: dict[str, Any] = field(default_factory=dict)
    agency_id: uuid.UUID | None = None
    entry_id: uuid.UUID | None = None
    profile_version: str = ""

    @property
    def is_taken(self) -> bool:
        """Whether the row becomes an entry."""
        return self.outcome in ("taken", "mended")


class Reader:
    """Reads a file's rows as entries for a place. Iterate to get a RowRead for each row of the file, in order."""

    def __init__(self, found: RowFile, place: str, agency_id: uuid.UUID | None, day: date) -> None:
        _, self.repeats = joined_repeats(found.rows)
        self.rows, self.problems = found.rows, found.problems
        self.mapping: Mapping = propose_mapping(found.headings)
        self.place, self.day = place, day
        self.profile: Profile = tree.profile_of(place)
        self.agency_id = agency_id
        self.agency_name = accounts.organisation(agency_id).name if agency_id else ""
        self.known_agencies = queries.agencies_by_name(place)
        self.keys, self.addresses = queries.existing_keys(place)
        self.agencies: Counter[str] = Counter()
        self._occurrences: Counter[str] = Counter()
        self._url_headings = [head for head, name in self.mapping.columns.items() if name == "source_url"]
        self._file_addresses = Counter(self._address(row) for row in self.rows)

    @classmethod
    def of(cls, name: str, content: bytes, place: str, agency_id: uuid.UUID | None, day: date) -> "Reader":
        """The reader of a file. Raises InvalidInput on `file` where it cannot be read."""
        found = read_rows(name, content, byte_limit=settings().max_upload_bytes, row_limit=IMPORT_ROWS)
        return cls(found, place, agency_id, day)

    def _address(self, row: RawRow) -> Any:
        values = row.values if isinstance(row.values, dict) else {}
        return next((str(values[head]) for head in self._url_headings if values.get(head)), None)

    def __iter__(self) -> Iterator[RowRead]:
        for row in self.rows:
            yield self._read(row)

    def _read(self, row: RawRow) -> RowRead:
        reading = read_entry(row.values, self.mapping.columns, today=self.day)
        agency = self.agency_name or str(reading.fields.get("provider") or "")
        problems = [plain_part(part.field, part.rule, part.message) for part in reading.problems]
        report = {
            "number": row.number,
            "agency_name": agency or None,
            "title": reading.fields.get("title"),
            "match_key": "",
            "entry_id": None,
            "mendings": [
                plain_part(part.field, part.rule, part.note) | {"before": part.before, "after": part.after}
                for part in reading.mendings
            ],
            "problems": problems,
            "missing": [],
            "is_incomplete": False,
        }
        outcome = self._outcome(row, reading, agency, report)
        report["outcome"] = outcome
        read = RowRead(row.number, outcome, report)
        if read.is_taken:
            self._take(read, row, reading, agency)
        return read

    def _outcome(self, row: RawRow, reading: EntryReading, agency: str, report: dict[str, Any]) -> str:
        """What becomes of the row; why it is refused or repeated is added to the problems."""
        if reading.refused is not None:
            report["problems"].append(plain_part("title", "no_entry", reading.refused))
            return "refused"
        if not agency:
            report["problems"].append(plain_part("provider", "no_agency", Text(NO_AGENCY)))
            return "refused"
        if row.number in self.repeats:
            same = Text(SAME_ROW, number=self.repeats[row.number])
            report["problems"].append(plain_part("title", "same_row", same))
            return "repeated"
        report["match_key"] = self._key(agency, str(reading.fields["title"]))
        if self._is_known(report["match_key"], reading.fields.get("source_url"), row):
            report["problems"].append(plain_part("title", "known", Text(KNOWN)))
            return "repeated"
        return "mended" if reading.mendings else "taken"

    def _key(self, agency: str, title: str) -> str:
        name = queries.match_key(agency, title, 0)
        self._occurrences[name] += 1
        return queries.match_key(agency, title, self._occurrences[name])

    def _is_known(self, key: str, address: str | None, row: RawRow) -> bool:
        """Found by agency and title, or by an address that only one row and only one entry have."""
        if key in self.keys:
            return True
        return address in self.addresses and self._file_addresses[self._address(row)] == 1

    def _take(self, read: RowRead, row: RawRow, reading: EntryReading, agency: str) -> None:
        fields = reading.fields
        missing = list(missing_fields(fields, self.profile))
        read.report |= {"missing": missing, "is_incomplete": bool(missing)}
        read.entry_id = new_id()
        read.agency_id = self.agency_id or self.known_agencies.get(queries.comparable_name(agency))
        read.profile_version = self.profile.version
        read.values = {name: fields.get(name, [] if name in LISTS else None) for name in FIELDS}
        read.values["extras"] = json.loads(json.dumps(reading.extras, default=str))
        read.values["words"] = queries.searchable(fields, agency)
        self.agencies[agency] += 1


def plain_part(field_name: str, rule: str, said: Text) -> dict[str, Any]:
    """A remark on a row as it is kept."""
    return {"field": field_name, "rule": rule, "said": plain(said)}
