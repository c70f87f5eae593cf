"""Building the files of the second tier, and taking over what has changed since."""

import fcntl
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select

from kernel.config import settings
from kernel.db import db, writing
from kernel.outbox import every
from kernel.search import second
from kernel.search.combos import terms_of
from kernel.search.models import SearchChange, SearchRow, SearchText, SearchTier
from kernel.search.state import make
from kernel.search.tokens import Folded
from kernel.search.upkeep import prune

AT_ONCE = 5_000
_HEAP = 128 * 1024 * 1024
KEPT_WITHOUT_TIER = 200  # changes; counting them is part of every answer


@contextmanager
def _turn() -> Iterator[bool]:
    """One process at a time writes the files; the others leave it to that one."""
    second.home().mkdir(parents=True, exist_ok=True)
    with (second.home() / "turn").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True


def build(now: datetime, say: Callable[[str], None]) -> int:
    """Build the files anew from the database; how many rows are in them. 0 where another process is at it."""
    with _turn() as mine:
        return _build(now, say) if mine else 0


def _build(now: datetime, say: Callable[[str], None]) -> int:
    db.session.rollback()
    seen = [one for one, _ in _changes(None)]
    folder = uuid.uuid4().hex
    files = second.open_files(folder, fresh=True)
    writer = _writer(files)
    last = done = 0
    while rows := _rows(SearchRow.number > last, AT_ONCE):
        _add(writer, rows)
        last, done = rows[-1][0], done + len(rows)
        say(f"{done}")
    writer.commit()
    writer.wait_merging_threads()
    with writing():
        db.session.rollback()
        db.session.execute(delete(SearchTier).where(SearchTier.folder != ""))
        db.session.add(SearchTier(folder=folder, rows=done, made_with=make(), built_at=now))
        _settle(seen)
        db.session.commit()
    _clear(folder)
    return done


def _writer(files: Any) -> Any:
    return files.index.writer(heap_size=_HEAP, num_threads=1)


def _add(writer: Any, rows: list[Any]) -> None:
    terms = terms_of({row[2] for row in rows})
    for number, kind, combo, *said in rows:
        writer.add_document(second.document(number, kind, terms[combo], Folded(*said)))


def _rows(condition: Any, limit: int) -> list[Any]:
    """Public rows with their texts, by number."""
    said = (SearchText.title, SearchText.keywords, SearchText.body, SearchText.sounds)
    query = select(SearchRow.number, SearchRow.kind, SearchRow.combo_id, *said).join(
        SearchText, SearchText.number == SearchRow.number
    )
    rows = db.session.execute(
        query.where(SearchRow.is_public, condition).order_by(SearchRow.number).limit(limit)
    )
    return list(rows)


def _changes(limit: int | None) -> list[Any]:
    query = select(SearchChange.id, SearchChange.number).order_by(SearchChange.id).limit(limit)
    return list(db.session.execute(query))


def _settle(taken: list[int]) -> None:
    """These changes are in the files; one fresh change in their place tells every process that answers are new."""
    db.session.execute(insert(SearchChange), [{"number": 0}])
    for start in range(0, len(taken), 1000):
        db.session.execute(delete(SearchChange).where(SearchChange.id.in_(taken[start : start + 1000])))


def _clear(folder: str) -> None:
    for path in second.home().iterdir():
        if path.is_dir() and path.name != folder:
            shutil.rmtree(path, ignore_errors=True)


def take_over() -> int:
    """Write what has changed into the files; how many changes. 0 where there is no tier or another is at it."""
    tier = second.in_force()
    files = second.open_files(tier.folder) if tier else None
    if files is None:
        return 0
    with _turn() as mine:
        changes = _changes(AT_ONCE) if mine else []
        numbers = sorted({number for _, number in changes if number})
        if not numbers:
            return 0
        writer = _writer(files)
        for number in numbers:
            writer.delete_documents_by_term("number", number)
        _add(writer, _rows(SearchRow.number.in_(numbers), AT_ONCE))
        writer.commit()
        writer.wait_merging_threads()
    with writing():
        db.session.rollback()
        _settle([one for one, _ in changes])
        db.session.commit()
    return len(changes)


@every(5)
def follow_changes(now: datetime) -> None:
    """Keep the tier up to date; build it where the catalogue outgrew the threshold, leave it where it shrank."""
    waiting = db.session.scalar(select(func.count(SearchChange.id))) or 0
    most = settings().search_tier
    tier = second.in_force()
    if tier is None or second.open_files(tier.folder) is None:
        if most and _public(most) >= most:
            build(now, lambda _: None)
        elif waiting > KEPT_WITHOUT_TIER:
            _committed_prune()
    elif not most or _public(most // 2) < most // 2:
        _give_up()
    else:
        while take_over() == AT_ONCE:
            continue


def _public(limit: int) -> int:
    """How many rows are public, counted no further than needed."""
    some = select(SearchRow.number).where(SearchRow.is_public).limit(limit).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def _committed_prune() -> None:
    with writing():
        db.session.rollback()
        prune()
        db.session.commit()


def _give_up() -> None:
    with writing():
        db.session.rollback()
        db.session.execute(delete(SearchTier).where(SearchTier.folder != ""))
        db.session.commit()
