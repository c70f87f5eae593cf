"""Keeping the index equal to the rows, inside the transaction that changes them."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, Text, bindparam, delete, func, insert, select, text, update

from kernel.actor import ANONYMOUS
from kernel.db import db
from kernel.permissions import visible_to
from kernel.search import combos
from kernel.search.folding import fold, fold_all
from kernel.search.kinds import KINDS, Document, Kind, kind_of
from kernel.search.models import SearchChange, SearchRow, SearchText
from kernel.search.tokens import Folded, of_document, syllables

AT_ONCE = 400
# Plain tables: what is written by the thousand needs no mapping.
ROW: Any = SearchRow.__table__
TEXT: Any = SearchText.__table__
CHANGE: Any = SearchChange.__table__


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands, or should stand, in the index for one subject."""

    kind: str
    subject_id: uuid.UUID
    is_public: bool
    combo_id: int
    dated_at: datetime
    folded: Folded
    number: int = 0

    @property
    def narrow(self) -> tuple[bool, int]:
        return self.is_public, self.combo_id


def follow(subject: Any) -> None:
    """Take over what a command has just done to a subject; nothing where its kind is not in the index."""
    kind = kind_of(type(subject))
    if kind is None:
        return
    renamed = put(kind, [subject.id])
    for other in KINDS.values():
        chosen = other.depends.get(type(subject))
        if renamed and chosen is not None:
            put(other, list(db.session.scalars(chosen(subject))))


def put(kind: Kind, ids: Sequence[uuid.UUID]) -> bool:
    """Make the index equal to the rows of these ids. Whether the title of one that was there has changed."""
    renamed = False
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        wanted, present = expected(kind, part), kept(kind, part)
        for subject_id, entry in wanted.items():
            before = present.get(subject_id)
            renamed |= before is not None and before.folded.title != entry.folded.title
        write(wanted.values(), present)
    return renamed


def expected(kind: Kind, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Entry]:
    """What should stand in the index for these ids; those that are gone are left out. Keeps new combinations."""
    model = kind.model
    rows = list(db.session.scalars(select(model).where(model.id.in_(ids))))
    public = set(db.session.scalars(select(model.id).where(model.id.in_(ids), visible_to(ANONYMOUS, model))))
    made, terms = {}, {}
    for row, document in zip(rows, kind.documents(rows), strict=True):
        identity, plain = combos.combination({"kind": [kind.name], **document.terms})
        terms[identity] = plain
        made[row.id] = Entry(
            kind.name, row.id, row.id in public, identity, document.dated_at, _folded(document)
        )
    combos.keep(terms)
    return made


def _folded(document: Document) -> Folded:
    title = fold_all([document.title])
    said = [word for word in document.keywords if word]
    body = fold_all([part for part in document.texts if part])
    return Folded(title, fold_all(said), body, syllables(fold(document.title)))


def kept(kind: Kind, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Entry]:
    """What stands in the index for these ids."""
    return {entry.subject_id: entry for entry in _read(kind, SearchRow.subject_id.in_(ids))}


def _read(kind: Kind, condition: Any) -> Iterable[Entry]:
    facts = (
        SearchRow.kind,
        SearchRow.subject_id,
        SearchRow.is_public,
        SearchRow.combo_id,
        SearchRow.dated_at,
    )
    said = (SearchText.title, SearchText.keywords, SearchText.body, SearchText.sounds)
    query = select(*facts, SearchRow.number, *said).join(SearchText, SearchText.number == SearchRow.number)
    for row in db.session.execute(query.where(SearchRow.kind == kind.name, condition)):
        title, keywords, body, sounds = row[6:]
        yield Entry(*row[:5], Folded(title, keywords, body, sounds), row[5])


def write(wanted: Iterable[Entry], present: dict[uuid.UUID, Entry]) -> int:
    """Bring what is present to what is wanted; how many entries changed."""
    gone, fresh, moved = dict(present), list[Entry](), list[tuple[int, Entry]]()
    for entry in wanted:
        before = gone.pop(entry.subject_id, None)
        if before is None or before.dated_at != entry.dated_at:
            fresh.append(entry)
            if before is not None:
                gone[entry.subject_id] = before
        elif before.folded != entry.folded:
            gone[entry.subject_id] = before
            moved.append((before.number, entry))
        elif before.narrow != entry.narrow:
            _narrow(before.number, entry)
    _remove(gone.values())
    fresh.sort(key=lambda entry: entry.dated_at)
    _insert([*moved, *zip(_numbers(len(fresh)), fresh, strict=True)])
    return len(fresh) + len(gone)


def _narrow(number: int, entry: Entry) -> None:
    values = {"is_public": entry.is_public, "combo_id": entry.combo_id}
    db.session.execute(update(SearchRow).where(SearchRow.number == number).values(**values))
    db.session.execute(insert(CHANGE), [{"number": number}])


def _numbers(count: int) -> list[int]:
    """As many new numbers, larger than any that was ever given."""
    if not count:
        return []
    if _on_postgresql():
        series = text(
            "SELECT nextval(pg_get_serial_sequence('search_row', 'number')) FROM generate_series(1, :count)"
        )
        return sorted(db.session.scalars(series, {"count": count}))
    last = db.session.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = 'search_row'")) or 0
    return list(range(last + 1, last + 1 + count))


def _on_postgresql() -> bool:
    return db.engine.dialect.name == "postgresql"


def _remove(entries: Iterable[Entry]) -> None:
    found = list(entries)
    if not found:
        return
    numbers = [entry.number for entry in found]
    if not _on_postgresql():
        statement = text(
            "INSERT INTO search_tokens(search_tokens, rowid, tokens) VALUES ('delete', :number, :tokens)"
        )
        db.session.execute(statement, [_tokens(entry.number, entry) for entry in found])
    for model in (SearchRow, SearchText):
        db.session.execute(delete(model).where(model.number.in_(numbers)))
    db.session.execute(insert(CHANGE), [{"number": number} for number in numbers])


def _insert(entries: Sequence[tuple[int, Entry]]) -> None:
    if not entries:
        return
    rows = [
        {
            "number": number,
            "kind": entry.kind,
            "subject_id": entry.subject_id,
            "is_public": entry.is_public,
            "combo_id": entry.combo_id,
            "dated_at": entry.dated_at,
        }
        for number, entry in entries
    ]
    if _on_postgresql():
        listed = func.array_to_tsvector(bindparam("listed", type_=ARRAY(Text)))
        for row, (_, entry) in zip(rows, entries, strict=True):
            row["listed"] = of_document(entry.folded)
        db.session.connection().execute(insert(ROW).values(tokens=listed), rows)
    else:
        db.session.execute(insert(ROW), rows)
        statement = text("INSERT INTO search_tokens(rowid, tokens) VALUES (:number, :tokens)")
        db.session.execute(statement, [_tokens(number, entry) for number, entry in entries])
    said = [{"number": number, **_columns(entry.folded)} for number, entry in entries]
    db.session.execute(insert(TEXT), said)
    db.session.execute(insert(CHANGE), [{"number": number} for number, _ in entries])


def _tokens(number: int, entry: Entry) -> dict[str, Any]:
    return {"number": number, "tokens": " ".join(of_document(entry.folded))}


def _columns(folded: Folded) -> dict[str, str]:
    return {
        "title": folded.title,
        "keywords": folded.keywords,
        "body": folded.body,
        "sounds": folded.sounds,
    }


def orphans(kind: Kind, limit: int = AT_ONCE) -> list[uuid.UUID]:
    """Subjects in the index whose row is gone."""
    model = kind.model
    query = select(SearchRow.subject_id).where(
        SearchRow.kind == kind.name, ~select(model.id).where(model.id == SearchRow.subject_id).exists()
    )
    return list(db.session.scalars(query.limit(limit)))


def touch() -> None:
    """Say that answers may differ from now on although no row of the index changed (other synonyms, for example)."""
    db.session.execute(insert(CHANGE), [{"number": 0}])
