"""Printing long documents after the command that draws them up: by the runner, outside of any transaction.

What is printed is fixed by that command; the printing adds the file and its hash, by a command of its own. A runner
that is killed loses nothing: the message is delivered again.
"""

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from kernel import audit, clock, outbox, pdf
from kernel.db import db, writing
from kernel.documents.models import Document, DocumentPrint
from kernel.storage import store

PRINT = "documents.print"
FOLDER = "documents"
TOLD_EVERY = 5  # pages


@dataclass(frozen=True)
class Printed:
    """A printed file: its hash and size, where it stands, and with what it was rendered."""

    sha256: str
    size: int
    storage_key: str
    renderer: str


@dataclass(frozen=True)
class Progress:
    """How far the printing of a document is: how many are before it, or how many pages of it are laid out."""

    waiting_since: datetime
    before: int
    begun: bool
    pages: int
    given_up: bool


def wait(document: Document, now: datetime) -> None:
    """Put a document among those that are printed by the runner, in the running transaction."""
    db.session.add(DocumentPrint(document_id=document.id, waiting_since=now, pages=0))
    outbox.enqueue(PRINT, {"document_id": str(document.id)}, str(document.id))


def progress(document: Document) -> Progress | None:
    """How far the printing is; None where the file is there."""
    row = None if document.is_printed else db.session.get(DocumentPrint, document.id)
    if row is None:
        return None
    earlier = select(func.count()).where(DocumentPrint.waiting_since < row.waiting_since)
    given_up = outbox.is_dead(PRINT, str(document.id))
    before = db.session.scalar(earlier) or 0
    return Progress(row.waiting_since, before, row.begun_at is not None, row.pages, given_up)


def print_aside(document: Document, page: str) -> Printed:
    """Print and store. Says page by page how far it is, in transactions of its own, and holds none meanwhile."""
    document_id, what = document.id, facts(document)
    _say(document_id, begun_at=clock.now(), pages=0)
    return kept(pdf.render(page, **what, progress=_teller(document_id)))


def kept(rendered: bytes) -> Printed:
    """Store a printed file."""
    key = store().keep(FOLDER, rendered, "pdf")
    return Printed(hashlib.sha256(rendered).hexdigest(), len(rendered), key, pdf.renderer())


def no_longer_waits(document: Document) -> None:
    """The file is there."""
    db.session.execute(delete(DocumentPrint).where(DocumentPrint.document_id == document.id))


def facts(document: Document) -> dict[str, Any]:
    """What goes into the file beside its page."""
    masthead = document.masthead
    doc = masthead["doc"]
    return {
        "title": f"{doc['title']['zh']} {doc['number']}",
        "created": datetime.fromisoformat(doc["issued_at"]),
        "identifier": hashlib.sha256(doc["number"].encode()).digest()[:16],
        "attachments": [
            *(pdf.Embedded(content=audit.canonical(a.pop("data")), **a) for a in map(dict, masthead["attachments"])),
            *(pdf.Embedded(content=store().get(f.pop("key")), **f) for f in map(dict, masthead["files"])),
        ],
    }


def _teller(document_id: uuid.UUID) -> Callable[[int], None]:
    def tell(page: int) -> None:
        if page % TOLD_EVERY == 0:
            _say(document_id, pages=page)

    return tell


def _say(document_id: uuid.UUID, **values: Any) -> None:
    with writing():
        db.session.rollback()
        db.session.execute(update(DocumentPrint).where(DocumentPrint.document_id == document_id).values(**values))
        db.session.commit()
