"""Whether a document is what was issued: facts for the public check page, and byte by byte."""

import hashlib
from typing import Any

from sqlalchemy import select

from kernel import audit, pdf
from kernel.db import db
from kernel.documents import numbers
from kernel.documents.finding import signatures
from kernel.documents.issue import render_again
from kernel.documents.models import Document, DocumentStamp, Signature
from kernel.documents.printing import FOLDER
from kernel.documents.signing import ACTS, intact
from kernel.documents.versions import ISSUED, SIGNED, STAMPED, Version, versions
from kernel.errors import DomainError
from kernel.storage import store

ACTS_OF = {ISSUED: "draw_up", SIGNED: "signed_file", STAMPED: "stamped_file"}


def check_facts(document: Document) -> dict[str, Any]:
    """What the public check page may show of any document: no content, no data, no addresses."""
    follower = db.session.scalar(select(Document).where(Document.replaces_id == document.id))
    return {
        "number": document.number,
        "check_code": numbers.grouped_check_code(document.check_code),
        "title": {"zh": document.title, "en": document.title_en},
        "kind": document.kind,
        "state": document.state,
        "issued_at": document.issued_at,
        "ended_at": document.ended_at,
        "ended_because": document.ended_because,
        "replaced_by": follower.number if follower else None,
        "sha256": document.sha256,
        "size": document.size,
        "public": document.public,
        "signatures": [
            {
                "organisation": s.organisation_name, "name": s.name, "capacity": s.capacity, "signed_at": s.signed_at,
                "method": s.method, "act": ACTS.get(s.method, s.method), "certificate": s.evidence.get("certificate"),
                "level": s.evidence.get("level"),
            }
            for s in signatures(document)
        ],
    }


def verify(document: Document, uploaded: bytes | None = None, *, rerender: bool = True) -> dict[str, Any]:
    """Whether everything that is known of the document agrees; each fact is True, False, or None for not checked.

    `rerender_matches` is None where the libraries are no longer those it was rendered with (`renderer` against
    `renderer_now`); it costs a rendering, so the public page passes rerender=False.
    """
    facts: dict[str, Any] = {
        "stored_matches": _stored_hash(document) == document.sha256,
        "log_matches": _noted_hash(document, logged_event(document)) == document.sha256,
        "signatures_match": all(intact(document, act) for act in signatures(document)),
        "signed_files_match": all(_kept(document, one) for one in versions(document)[1:]),
        "uploaded_matches": None if uploaded is None else _hash(uploaded) == document.sha256,
        "rerender_matches": None,
        "renderer": document.renderer,
        "renderer_now": pdf.renderer() if rerender else None,
    }
    if rerender and facts["renderer_now"] == document.renderer:
        facts["rerender_matches"] = _rerendered_hash(document) == document.sha256
    facts["genuine"] = all(value is not False for value in facts.values())
    return facts


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _stored_hash(document: Document) -> str | None:
    try:
        return _hash(store().get(document.storage_key))
    except DomainError:
        return None


def _rerendered_hash(document: Document) -> str | None:
    try:
        return _hash(render_again(document))
    except DomainError:
        return None


def logged_event(document: Document) -> audit.AuditEvent | None:
    """The event of the command that drew the document up; None where the log knows of no such document."""
    at_that_moment = select(audit.AuditEvent).where(audit.AuditEvent.at == document.printed_at)
    for event in db.session.scalars(at_that_moment):
        if _noted_hash(document, event):
            return event
    return None


def logged_version(document: Document, version: Version) -> audit.AuditEvent | None:
    """The event that made one file of a document, found by its hash; None where the log knows of no such file."""
    at_that_moment = select(audit.AuditEvent).where(audit.AuditEvent.at == version.at)
    for event in db.session.scalars(at_that_moment):
        for note in event.notes:
            if note.get("act") == ACTS_OF[version.act] and _names(note, document, version):
                return event
    return None


def _names(note: dict[str, Any], document: Document, version: Version) -> bool:
    return (note.get("number"), note.get("sha256")) == (document.number, version.sha256)


def _kept(document: Document, version: Version) -> bool:
    """Whether a signed file stands in the store as the log names it."""
    try:
        stored = store().get(version.key)
    except DomainError:
        return False
    return _hash(stored) == version.sha256 and logged_version(document, version) is not None


def _noted_hash(document: Document, event: audit.AuditEvent | None) -> str | None:
    notes = event.notes if event else []
    drawn = (n for n in notes if n.get("act") == "draw_up" and n.get("document") == str(document.id))
    return next((str(note["sha256"]) for note in drawn), None)


def orphans() -> list[str]:
    """Keys of stored documents that no row names: left behind by transactions that were rolled back.

    A document that is being drawn up at this moment is among them; delete only what was there a day ago as well.
    """
    named = set(db.session.scalars(select(Document.storage_key)))
    named |= set(db.session.scalars(select(Signature.storage_key).where(Signature.storage_key.is_not(None))))
    named |= set(db.session.scalars(select(DocumentStamp.storage_key)))
    return sorted(set(store().keys(FOLDER)) - named)
