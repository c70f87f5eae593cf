"""An imported file read row by row as entries: what each row becomes, and what is said about it."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from jurisdictions.profile import Profile
from kernel.bulk import as_json
from kernel.db import new_id
from kernel.words import N_, Text
from registry import queries
from registry.gateway import EntryReading, Mending, Problem, RawRow, RowFile, joined_repeats, read_entry
from registry.rules.catalogue import missing_fields
from registry.vocabulary.entry_fields import ENTRY_FIELDS, LIST_FIELDS

NO_AGENCY = N_("The row names no agency; the entry waits until the authority assigns it to one.")
CHOSEN = N_("The agency chosen for the file was entered: {agency}.")
SAME_ROW = N_("The row is the same as row {number}.")
KNOWN = N_("The entry is in the catalogue already and the file says nothing new about it.")
SAYS_NEW = N_(
    "The entry is in the catalogue already; what the file says differently from before is taken over."
)
_DAYS = tuple(name for name, row in ENTRY_FIELDS.items() if row.type == "day")
_EMPTY: dict[str, Any] = {name: [] if name in LIST_FIELDS else None for name in ENTRY_FIELDS}


class Reader:
    """Reads a file's rows as entries for a place, a stretch at a time, and counts what it finds.

    `columns`: heading → field; `agency`: the one chosen for all rows, else ""; `occurrences`: how often each agency and
    title came before `position`, where an earlier reading ended.
    """

    def __init__(
        self,
        file: RowFile,
        columns: Mapping[str, str],
        rules: Profile,
        known: queries.KnownEntries,
        *,
        agency: str = "",
        day: date,
        position: int = 0,
        occurrences: Counter[str] | None = None,
    ) -> None:
        self.rows, self.columns, self.rules, self.known, self.day = file.rows, columns, rules, known, day
        self.agency, self.position = agency, position
        self._occurrences = occurrences if occurrences is not None else Counter()
        _, self._repeats = joined_repeats(self.rows)
        self._url_headings = [head for head, name in columns.items() if name == "source_url"]
        self._addresses = (
            Counter(self._address(row) for row in self.rows) if self._url_headings else Counter()
        )
        self.agencies, self.told = Counter[str](), Counter[str]()

    def read(self, most: int) -> Iterator[dict[str, Any]]:
        """The reports of the next rows, at most so many."""
        part = self.rows[self.position : self.position + most]
        self.position += len(part)
        for row in part:
            yield self._read(row)

    def _address(self, row: RawRow) -> Any:
        values = row.values if isinstance(row.values, dict) else {}
        return next((str(values[head]) for head in self._url_headings if values.get(head)), None)

    def _read(self, row: RawRow) -> dict[str, Any]:
        reading = read_entry(row.values, self.columns, today=self.day)
        fields = reading.fields
        agency = self.agency or str(fields.get("provider") or "")
        report: dict[str, Any] = {
            "number": row.number,
            "agency_name": agency or None,
            "title": fields.get("title"),
            "match_key": "",
            "entry_id": None,
            "missing": [],
            "is_incomplete": False,
            "entry": None,
        }
        report["outcome"] = self._outcome(row, reading, agency, report)
        self.told.update(fields.keys())
        if report["outcome"] != "refused" and report["outcome"] != "repeated":
            self._complete(report, reading, agency)
        report["problems"] = [part.kept for part in reading.problems]
        report["mendings"] = [part.kept for part in reading.mendings]
        return report

    def _outcome(self, row: RawRow, reading: EntryReading, agency: str, report: dict[str, Any]) -> str:
        """What becomes of the row; why it is refused, repeated or a change is added to the problems."""
        if reading.refused is not None:
            return _said(reading, "no_entry", reading.refused, "refused")
        if row.number in self._repeats:
            same = Text(SAME_ROW, number=self._repeats[row.number])
            return _said(reading, "same_row", same, "repeated")
        name = queries.match_name(agency, str(reading.fields["title"]))
        self._occurrences[name] += 1
        report["match_key"] = f"{name}|{self._occurrences[name]}"
        report["entry"] = self._entry(reading)
        report["source_hash"] = hashlib.sha256(as_json(report["entry"])).hexdigest()
        known = self._known(row, reading, report["match_key"])
        if known is None:
            return "mended" if reading.mendings else "taken"
        report["entry_id"] = known.entry_id
        if known.source_hash in (None, report["source_hash"]):
            report["entry"] = None
            return _said(reading, "known", Text(KNOWN), "repeated")
        return _said(reading, "changed", Text(SAYS_NEW), "changed")

    def _known(self, row: RawRow, reading: EntryReading, key: str) -> queries.KnownEntry | None:
        """Found by agency and title, or by an address that only one row and only one entry have."""
        found = self.known.by_key.get(key)
        address = reading.fields.get("source_url")
        if found is None and address in self.known.by_address and self._addresses[self._address(row)] == 1:
            found = self.known.by_address[address]
        return found

    def _entry(self, reading: EntryReading) -> dict[str, Any]:
        """What the row says as an entry: every field of ours, and what has no field."""
        fields = reading.fields
        if self.agency and "provider" not in fields:
            fields["provider"] = self.agency
            note = Text(CHOSEN, agency=self.agency)
            reading.mendings.append(Mending("provider", "agency_chosen", "", self.agency, note))
        entry = _EMPTY | fields
        for name in _DAYS:
            if entry[name] is not None:
                entry[name] = entry[name].isoformat()
        entry["extras"] = reading.extras
        return entry

    def _complete(self, report: dict[str, Any], reading: EntryReading, agency: str) -> None:
        """What is missing in the row, and whose it is."""
        missing = list(missing_fields(reading.fields, self.rules))
        if agency:
            self.agencies[agency] += 1
        else:
            reading.problems.append(Problem("provider", "no_agency", Text(NO_AGENCY)))
            missing += [] if "provider" in missing else ["provider"]
        report |= {"missing": missing, "is_incomplete": bool(missing)}
        report["entry_id"] = report["entry_id"] or new_id()


def _said(reading: EntryReading, rule: str, message: Text, outcome: str) -> str:
    reading.problems.append(Problem("title", rule, message))
    return outcome
