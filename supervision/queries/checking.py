"""What the check page tells of a document: its files with their place in the log, its signatures, who is missing."""

import uuid
from typing import Any

from sqlalchemy import select

from accounts.queries import names_of
from contracts.queries.signing import mandate_was_held
from kernel import audit, documents
from kernel.db import db
from kernel.documents import Document
from kernel.documents.signing import ACTS
from kernel.errors import NotFound


def claimed_document(content: bytes) -> Document | None:
    """The document a file says it is, by the number in its title; None where it says nothing we know."""
    try:
        return documents.by_number(documents.document_number(content))
    except NotFound:
        return None


def files_of(document: Document) -> list[dict[str, Any]]:
    """Every file of a document: what made it, when, its hash and its place in the log."""
    return [
        {"number": number, "place": _place(document, one)} | vars(one)
        for number, one in enumerate(documents.versions(document), start=1)
    ]


def _place(document: Document, version: documents.Version) -> int | None:
    event = documents.logged_version(document, version)
    query = select(audit.AuditLeaf.position).where(audit.AuditLeaf.event_id == event.id) if event else None
    return db.session.scalar(query) if query is not None else None


def checked_signatures(document: Document) -> list[dict[str, Any]]:
    """Every signature: for whom, by whom, in which capacity, in which way, and whether mandate and seal hold."""
    return [
        {
            "organisation": act.organisation_name,
            "name": act.name,
            "capacity": act.capacity,
            "signed_at": act.signed_at,
            "act": ACTS.get(act.method, act.method),
            "certificate": act.evidence.get("certificate"),
            "level": act.evidence.get("level"),
            "mandate": mandate_was_held(act),
            "intact": documents.intact(document, act),
        }
        for act in documents.signatures(document)
    ]


def still_to_sign(document: Document) -> list[str]:
    """The names of the organisations that have not signed, in the order they were named."""
    missing: list[uuid.UUID] = documents.outstanding(document)
    names = names_of(missing)
    return [names[one] for one in missing if one in names]
