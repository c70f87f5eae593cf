"""Finding documents: by code, by number, by subject, for a reader."""

import uuid
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from kernel.actor import Actor
from kernel.db import db
from kernel.documents import numbers
from kernel.documents.models import Document, DocumentParty, Signature
from kernel.errors import NotFound
from kernel.permissions import visible

OVERSEERS = frozenset({"authority", "auditor", "government", "system"})


def subject_of(subject: Any) -> tuple[str, uuid.UUID]:
    """The table and id of a subject: a Record, or the pair itself."""
    table, identity = subject if isinstance(subject, tuple) else (subject.__tablename__, subject.id)
    if identity is None:
        raise ValueError(f"the {table} has no id yet: give it one (kernel.db.new_id) before drawing up its document")
    return table, identity


def current_key(kind: str, subject: Any, part: str) -> str:
    """What only one document can have while it is drawn up or in force."""
    table, identity = subject_of(subject)
    return f"{kind}:{table}:{identity}:{part}"


def current(kind: str, subject: Any, part: str = "") -> Document | None:
    """The document of that kind that is drawn up or in force for the subject."""
    return db.session.scalar(select(Document).where(Document.current_key == current_key(kind, subject, part)))


def by_check_code(typed: str) -> Document:
    """The document with that check code, however it was typed. Raises NotFound."""
    code = numbers.read_check_code(typed)
    return _one(select(Document).where(Document.check_code == code))


def by_number(typed: str) -> Document:
    """The document with that number. Raises NotFound, at once where the check character does not fit."""
    if not numbers.number_is_consistent(typed):
        raise NotFound()
    return _one(select(Document).where(Document.number == typed.strip().upper()))


def _one(query: Any) -> Document:
    found: Document | None = db.session.scalar(query)
    if found is None:
        raise NotFound()
    return found


def documents_of(subject: Any, reader: Actor | None = None) -> list[Document]:
    """All documents of a subject, or those the reader may read; oldest first."""
    table, identity = subject_of(subject)
    query = select(Document).where(Document.subject_type == table, Document.subject_id == identity)
    if reader is not None:
        query = query.where(documents_of_actor(reader))
    return list(db.session.scalars(query.order_by(Document.issued_at, Document.number)))


def issued(actor: Actor, *, kind: str = "", state: str = "") -> Select[Document]:
    """The documents the actor may read, newest first."""
    query = select(Document).where(documents_of_actor(actor))
    query = query.where(Document.kind == kind) if kind else query
    query = query.where(Document.state == state) if state else query
    return query.order_by(Document.issued_at.desc(), Document.number)


def documents_for(actor: Actor, *, limit: int = 200) -> list[Document]:
    """The documents the organisation of the actor is a party to, or that he signs himself; newest first."""
    query = select(Document).where(Document.id.in_(_ids_of(actor)))
    query = query.order_by(Document.issued_at.desc(), Document.number)
    return list(db.session.scalars(query.limit(limit)))


def readable_by(document: Document, actor: Actor) -> bool:
    """Whether the actor may read the content: see `documents_of_actor`."""
    parties = {*document.parties, *document.signatories}
    mine = bool(parties & {str(actor.organisation_id), str(actor.user_id)})
    return document.public or mine or bool(actor.roles & OVERSEERS and document.jurisdiction in actor.jurisdictions)


@visible(Document)
def documents_of_actor(actor: Actor) -> ColumnElement[bool]:
    """What is public, what the actor or his organisation is a party to, and for those who oversee, their area."""
    seen = Document.public.is_(True) | Document.id.in_(_ids_of(actor))
    if actor.roles & OVERSEERS:
        return seen | Document.jurisdiction.in_(actor.jurisdictions)
    return seen


def _ids_of(actor: Actor) -> Select[uuid.UUID]:
    mine = [party for party in (actor.organisation_id, actor.user_id) if party]
    return select(DocumentParty.document_id).where(DocumentParty.organisation_id.in_(mine))


def signatures(document: Document) -> list[Signature]:
    """The signatures of a document, oldest first."""
    query = select(Signature).where(Signature.document_id == document.id)
    return list(db.session.scalars(query.order_by(Signature.signed_at, Signature.id)))


def outstanding(document: Document) -> list[uuid.UUID]:
    """Who has not signed yet, in the order the signatories were named."""
    done = {str(act.party_id) for act in signatures(document)}
    return [uuid.UUID(party) for party in document.signatories if party not in done]
