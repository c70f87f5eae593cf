"""How an event is written down: four parts of text, parted by empty lines, whose exact bytes are hashed.

1. what is for those who oversee: id, person, organisation, former state, rules, cause, request key
2. what is for everybody: moment, command, subject, new state, documents with their hashes, public facts
3. the sealed rows that were written, with their hashes
4. everything else, as JSON: input, duties, notes

The second part, with the hash of the whole, is the event's *entry* in the log: its hash is the leaf. So anybody
can prove that a document was issued, or a right brought to a state, without reading who asked for it and why. The
first lines of the first two parts are the columns of the row, in a form that a database writes from them just the same.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

GAP = b"\n\n"
# What the bytes begin with, each %s a column; one that is empty leaves its line empty but for the word.
FORM = """id %s
person %s
organisation %s
from %s
rules %s
cause %s
key %s

shuheng entry v1
at %s
command %s
subject %s %s
state %s
"""
COLUMNS = (
    "id", "user_id", "organisation_id", "from_state", "profile", "caused_by_id", "request_key",
    "at", "command", "subject_type", "subject_id", "to_state",
)  # fmt: skip


def write(columns: Mapping[str, Any], told: Iterable[str], rows: Mapping[str, str], rest: bytes) -> bytes:
    """The bytes of an event. `told`: lines for everybody; `rows`: by key the hashes of a sealed row; `rest`: JSON."""
    beginning = FORM % tuple(_spelt(columns[name]) for name in COLUMNS)
    public = beginning + "\n".join(told)
    sealed = "\n".join(f"{key} {value}" for key, value in rows.items())
    return GAP.join((public.rstrip("\n").encode(), sealed.encode(), rest))


def _spelt(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return value if isinstance(value, str) else str(value.hex)


def told_of(notes: Iterable[Mapping[str, Any]]) -> list[str]:
    """The lines for everybody about what a command produced: a document with its hash, a public fact."""
    lines = []
    for note in notes:
        if "sha256" in note and "number" in note:
            lines.append(f"document {note.get('act', '')} {note['number']} {note['sha256']}")
        if note.get("public"):
            lines.append(f"fact {' '.join(str(note['public']).split())}")
    return lines


def entry_of(body: bytes) -> bytes:
    """The entry of an event: its public part and the hash of all its bytes."""
    begin = body.index(GAP) + 2
    return b"%b\nevent %b\n" % (body[begin : body.index(GAP, begin)], sha256(body).hexdigest().encode())


def rows_of(body: bytes) -> list[tuple[str, str, str]]:
    """The sealed rows the event wrote: (key, hash before, hash after)."""
    lines = body.split(GAP, 3)[2].decode().splitlines()
    return [(key, before, after) for key, before, after in (line.rsplit(" ", 2) for line in lines)]


def rest_of(body: bytes) -> bytes:
    """The last part: input, duties, notes, as JSON."""
    return body.split(GAP, 3)[3]
