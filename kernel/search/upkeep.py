"""Building the index from the rows, and seeing that it equals them."""

import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import delete, func, insert, select, text

from kernel.db import db, writing
from kernel.search.combos import terms_of
from kernel.search.kinds import KINDS, Kind
from kernel.search.models import SearchChange, SearchRow, SearchTier
from kernel.search.tokens import MADE_WITH, of_document
from kernel.search.writing import AT_ONCE, Entry, expected, kept, orphans, write

Say = Callable[[str], None]
_EVERY = 10_000


def rebuild(now: datetime, say: Say, *, anew: bool = False) -> int:
    """Make the index equal to the rows; how many entries were written. Run again it goes on where it stopped.

    `anew` empties the index first: needed where the tokens themselves are made in another way than before.
    Commits after every part.
    """
    if anew:
        _committed(_empty)
    done = written = 0
    for part in _parts():
        written += _committed(partial(_put, part))
        before, done = done, done + len(part)
        if done // _EVERY > before // _EVERY:
            say(f"{done}")
    for kind in KINDS.values():
        while gone := orphans(kind):
            written += _committed(partial(write, (), kept(kind, gone)))
    _committed(partial(_note, now))
    say(f"{done}")
    return written


def _committed(work: Callable[[], Any]) -> Any:
    with writing():
        db.session.rollback()
        made = work()
        db.session.commit()
        db.session.expunge_all()
    return made


def _empty() -> None:
    for table in ("search_row", "search_text", "search_combo", "search_tier"):
        db.session.execute(text(f"DELETE FROM {table}"))  # noqa: S608  names of our own
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text("INSERT INTO search_tokens(search_tokens) VALUES ('delete-all')"))


def _parts() -> Iterator[list[tuple[Kind, uuid.UUID]]]:
    """All subjects of all kinds, the oldest first, in parts: numbers then rise with time."""
    rows: list[tuple[Any, str, uuid.UUID]] = []
    for kind in KINDS.values():
        rows += [
            (dated, kind.name, one) for one, dated in db.session.execute(select(kind.model.id, kind.newest))
        ]
    rows.sort(key=lambda row: (str(row[0]), row[1], row[2]))
    for start in range(0, len(rows), AT_ONCE):
        yield [(KINDS[name], one) for _, name, one in rows[start : start + AT_ONCE]]


def _put(part: list[tuple[Kind, uuid.UUID]]) -> int:
    wanted: list[Entry] = []
    present: dict[uuid.UUID, Entry] = {}
    for kind in {kind.name: kind for kind, _ in part}.values():
        ids = [one for other, one in part if other is kind]
        wanted += expected(kind, ids).values()
        present |= kept(kind, ids)
    return write(wanted, present)


def _note(now: datetime) -> None:
    """Which tokens the index is made with; and one change in place of the many that were just written."""
    db.session.execute(delete(SearchTier).where(SearchTier.folder == ""))
    rows = db.session.scalar(select(func.count()).select_from(SearchRow)) or 0
    db.session.add(SearchTier(folder="", rows=rows, made_with=MADE_WITH, built_at=now))
    prune()


def prune() -> None:
    """One fresh change in place of all that are kept, for an index without a second tier."""
    kept_until = db.session.scalar(select(func.max(SearchChange.id))) or 0
    db.session.execute(insert(SearchChange), [{"number": 0}])
    db.session.execute(delete(SearchChange).where(SearchChange.id <= kept_until))


def is_of_another_make() -> bool:
    """Whether the index was built with tokens that the program no longer makes."""
    made = db.session.scalar(select(SearchTier.made_with).where(SearchTier.folder == ""))
    return made is not None and made != MADE_WITH


def differences(say: Say, limit: int = 100) -> list[str]:
    """What in the index is not as the rows are, at most `limit` lines: missing, left over, other texts or tokens."""
    wrong: list[str] = []
    db.session.rollback()  # what is looked at is what stands there now
    if is_of_another_make():
        wrong.append("the index was built with other tokens: run `bin/flask search rebuild --anew`")
    for kind in KINDS.values():
        ids = list(db.session.scalars(select(kind.model.id)))
        for start in range(0, len(ids), AT_ONCE):
            part = ids[start : start + AT_ONCE]
            wrong += _compared(kind, part)
            db.session.expunge_all()
            if len(wrong) >= limit:
                return wrong[:limit]
        wrong += [f"{kind.name} {one}: in the index, but its row is gone" for one in orphans(kind)]
        say(f"{kind.name}: {len(ids)}")
    return wrong[:limit]


def _compared(kind: Kind, ids: list[uuid.UUID]) -> list[str]:
    wanted, present, wrong = expected(kind, ids), kept(kind, ids), list[str]()
    for one, entry in wanted.items():
        found = present.get(one)
        if found is None:
            wrong.append(f"{kind.name} {one}: not in the index")
        elif found.folded != entry.folded:
            wrong.append(f"{kind.name} {one}: the index has another text")
        elif found.narrow != entry.narrow:
            terms = terms_of([found.combo_id]).get(found.combo_id)
            wrong.append(f"{kind.name} {one}: the index has public={found.is_public} {terms}")
    return wrong + _without_tokens(kind, [entry for entry in present.values() if entry.subject_id in wanted])


def _without_tokens(kind: Kind, entries: list[Entry]) -> list[str]:
    """Entries that the index of tokens does not find by what their text says; looked at in samples of one in ten."""
    missing = []
    for entry in entries[::10]:
        tokens = of_document(entry.folded)
        if tokens and not _finds(entry.number, tokens):
            missing.append(f"{kind.name} {entry.subject_id}: its tokens do not find it")
    return missing


def _finds(number: int, tokens: list[str]) -> bool:
    if db.engine.dialect.name == "postgresql":
        query = "SELECT tokens = array_to_tsvector(:tokens) FROM search_row WHERE number = :number"
        return bool(db.session.scalar(text(query), {"tokens": tokens, "number": number}))
    said = " AND ".join(f'"{token}"' for token in tokens[:200])
    query = "SELECT 1 FROM search_tokens WHERE search_tokens MATCH :said AND rowid = :number"
    return bool(db.session.scalar(text(query), {"said": said, "number": number}))
