"""An imported file read row by row as entries: what each row becomes, and what is said about it."""

import json
import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from accounts import queries as accounts
from jurisdictions import tree
from jurisdictions.profile import Profile
from kernel.config import settings
from kernel.words import N_, Text
from registry import queries
from registry.gateway import (
    EntryReading,
    Mapping,
    Mending,
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
NO_AGENCY = N_("The row names no agency; the entry waits until the authority assigns it to one.")
CHOSEN = N_("The agency chosen for the file was entered: {agency}.")
SAME_ROW = N_("The row is the same as row {number}.")
KNOWN = N_("The entry is in the catalogue already; it was left as it is.")


class Reader:
    """Reads a file's rows as entries for a place. Iterate to get the report of each row, in order."""

    def __init__(self, found: RowFile, place: str, agency_id: uuid.UUID | None, day: date) -> None:
        _, self.repeats = joined_repeats(found.rows)
        self.rows, self.problems = found.rows, found.problems
        self.mapping: Mapping = propose_mapping(found.headings)
        self.place, self.day = place, day
        self.profile: Profile = tree.profile_of(place)
        self.agency_id = agency_id
        self.agency_name = accounts.organisation(agency_id).name if agency_id else ""
        self.keys, self.addresses = queries.existing_keys(place)
        self.agencies: Counter[str] = Counter()
        self._occurrences: Counter[str] = Counter()
        self._last_key = ""
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

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self.rows:
            yield self._read(row)

    def _read(self, row: RawRow) -> dict[str, Any]:
        reading = read_entry(row.values, self.mapping.columns, today=self.day)
        agency = self.agency_name or str(reading.fields.get("provider") or "")
        report: dict[str, Any] = {
            "number": row.number,
            "agency_name": agency or None,
            "title": reading.fields.get("title"),
            "match_key": "",
            "entry_id": None,
            "problems": [remark(part.field, part.rule, part.message) for part in reading.problems],
            "missing": [],
            "is_incomplete": False,
            "entry": None,
        }
        report["outcome"] = self._outcome(row, reading, agency, report["problems"])
        if report["outcome"] in ("taken", "mended"):
            self._take(report, reading, agency)
            report["outcome"] = "mended" if reading.mendings else "taken"
        report["mendings"] = [
            remark(part.field, part.rule, part.note) | {"before": part.before, "after": part.after}
            for part in reading.mendings
        ]
        return report

    def _outcome(
        self, row: RawRow, reading: EntryReading, agency: str, problems: list[dict[str, Any]]
    ) -> str:
        """What becomes of the row; why it is refused or repeated is added to the problems."""
        if reading.refused is not None:
            problems.append(remark("title", "no_entry", reading.refused))
            return "refused"
        if row.number in self.repeats:
            problems.append(remark("title", "same_row", Text(SAME_ROW, number=self.repeats[row.number])))
            return "repeated"
        if self._is_known(
            self._key(agency, str(reading.fields["title"])), reading.fields.get("source_url"), row
        ):
            problems.append(remark("title", "known", Text(KNOWN)))
            return "repeated"
        return "taken"

    def _key(self, agency: str, title: str) -> str:
        name = queries.match_name(agency, title)
        self._occurrences[name] += 1
        self._last_key = f"{name}|{self._occurrences[name]}"
        return self._last_key

    def _is_known(self, key: str, address: str | None, row: RawRow) -> bool:
        """Found by agency and title, or by an address that only one row and only one entry have."""
        if key in self.keys:
            return True
        return address in self.addresses and self._file_addresses[self._address(row)] == 1

    def _take(self, report: dict[str, Any], reading: EntryReading, agency: str) -> None:
        """What the row becomes as an entry, and what is missing in it."""
        fields = reading.fields
        if self.agency_name and "provider" not in fields:
            fields["provider"] = self.agency_name
            note = Text(CHOSEN, agency=self.agency_name)
            reading.mendings.append(Mending("provider", "agency_chosen", "", self.agency_name, note))
        missing = list(missing_fields(fields, self.profile))
        if not agency:
            report["problems"].append(remark("provider", "no_agency", Text(NO_AGENCY)))
            missing += [] if "provider" in missing else ["provider"]
        if agency:
            self.agencies[agency] += 1
        report |= {"missing": missing, "is_incomplete": bool(missing), "match_key": self._last_key}
        report["entry"] = entry = {name: _plain(fields.get(name)) for name in FIELDS}
        for name in LISTS:
            entry[name] = entry[name] or []
        entry["extras"] = json.loads(json.dumps(reading.extras, default=str)) if reading.extras else {}
        entry["words"] = queries.searchable(fields, agency)


def remark(field_name: str, rule: str, said: Text) -> dict[str, Any]:
    """A remark on a row as it is kept."""
    return {"field": field_name, "rule": rule, "said": plain(said)}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
