"""Drawing up, rendering again, replacing and revoking documents. Called inside commands; nothing here commits."""

import hashlib
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from typing import Any

from kernel import audit, pdf
from kernel.clock import legal_day
from kernel.config import settings
from kernel.db import db, new_id
from kernel.documents import numbers, printing, templates
from kernel.documents.finding import current, current_key, subject_of
from kernel.documents.kinds import KINDS, Attachment, StoredFile, pair, snapshot
from kernel.documents.models import DRAWN_UP, IN_FORCE, REVOKED, SUPERSEDED, Document, DocumentParty
from kernel.errors import Conflict, NotReady, WrongState
from kernel.storage import KeyTaken, store
from kernel.words import N_, Text

BEING_PRINTED = N_("Document {number} is being drawn up at the moment. It will be ready soon; please look again.")


def draw_up(
    kind: str,
    *,
    subject: Any,
    data: dict[str, Any],
    now: datetime,
    parties: Sequence[uuid.UUID] = (),
    signatories: Sequence[uuid.UUID] = (),
    title: Any = None,
    language: str = "zh",
    public: bool = False,
    jurisdiction: str | None = None,
    part: str = "",
    replaces: Document | None = None,
    attachments: Sequence[Attachment] = (),
    files: Sequence[StoredFile] = (),
) -> Document:
    """Render, number, store and record a document of a registered kind; without signatories it is in force at once.

    `subject` is a Record with an id, or (table, id). `data` is what the template prints, see `kinds.snapshot`. An
    unsigned draft of the same kind, subject and part is replaced. Raises Conflict where one is partly signed, or in
    force and not named in `replaces`; MissingGlyphs, PdfFailed.
    """
    if language not in {"zh", "bilingual"}:
        raise ValueError(f"a document is in zh or bilingual, not {language}")
    before = _make_way(kind, subject, part, replaces)
    pinned, kept = templates.bundle(KINDS[kind]), snapshot(data)
    document = _numbered(kind, subject, now, jurisdiction or getattr(subject, "jurisdiction", None) or "CN")
    document.part, document.current_key = part, current_key(kind, subject, part)
    document.language, document.public = language, public
    document.parties = [str(party) for party in dict.fromkeys(parties)]
    document.signatories = [str(party) for party in dict.fromkeys(signatories)]
    document.state = DRAWN_UP if signatories else IN_FORCE
    heading = pair(Text(KINDS[kind].title) if title is None else title)
    document.title, document.title_en = heading["zh"], heading["en"]
    document.template, document.template_version = KINDS[kind].template_file, pinned.version
    document.template_key, document.data = _keep_bundle(pinned), kept
    document.masthead = _masthead(document, before, attachments, files)
    page = _page(pinned, document)
    at_once = len(page) <= settings().print_at_once
    if at_once:
        _fill_in(document, printing.kept(_print(page, document)), now)
    else:
        pdf.check_glyphs(page + document.title)  # what cannot be printed is refused now, not when nobody looks
        _fill_in(document, printing.Printed("", 0, "", ""), None)
    if before:
        document.replaces_id = before.id
        supersede(before, by=document, now=now)
    db.session.add(document)
    for party in sorted({*document.parties, *document.signatories}):
        db.session.add(DocumentParty(document_id=document.id, organisation_id=uuid.UUID(party)))
    if at_once:
        note("draw_up", document, kind=kind)
    else:
        printing.wait(document, now)
        note("order", document, kind=kind)
    return document


def content(document: Document) -> bytes:
    """The stored file, checked against its hash.

    Raises NotReady before it is printed, Conflict where other bytes stand there, FileMissing.
    """
    if not document.is_printed:
        raise NotReady(Text(BEING_PRINTED, number=document.number))
    stored = store().get(document.storage_key)
    if hashlib.sha256(stored).hexdigest() != document.sha256:
        said = N_("The stored file of document {number} is not the one that was issued. It is not handed out.")
        raise Conflict(Text(said, number=document.number))
    return stored


def render_again(document: Document) -> bytes:
    """The same bytes from the snapshot and the pinned template, as long as `document.renderer` is the one in use."""
    return _print(page_of(document), document)


def page_of(document: Document) -> str:
    """The page that is printed, from the snapshot and the pinned template."""
    return _page(templates.Bundle(store().get(document.template_key)), document)


def supersede(document: Document, *, by: Document, now: datetime) -> None:
    """Another document takes the place of this one."""
    _end(document, SUPERSEDED, now, {"by": by.number})
    note("supersede", document, by=by.number)


def revoke(document: Document, *, now: datetime, reason: Any) -> None:
    """The document no longer holds; the check page says so with the reason. Raises WrongState when it has ended."""
    if not document.is_current:
        raise WrongState(Text(N_("Document {number} has ended already."), number=document.number))
    _end(document, REVOKED, now, {"reason": pair(reason)})
    note("revoke", document, reason=pair(reason))


def note(act: str, document: Document, **facts: Any) -> None:
    """Put what was done to a document, with the hash of its file, into the event of the running command."""
    audit.note(act=act, document=str(document.id), number=document.number, sha256=document.sha256, **facts)


def _end(document: Document, state: str, now: datetime, because: dict[str, Any]) -> None:
    document.state, document.current_key = state, None
    document.ended_at, document.ended_because = now, because
    db.session.flush()  # before the follower is written, which takes the same key


def _make_way(kind: str, subject: Any, part: str, replaces: Document | None) -> Document | None:
    """The document whose place the new one takes, None for the first."""
    present = current(kind, subject, part)
    if present is None or (replaces is not None and present.id == replaces.id and present.state == IN_FORCE):
        return replaces
    if present.frozen_at or present.state == IN_FORCE:
        said = N_("Document {number} is signed or in force; it cannot be drawn up again, only be replaced or revoked.")
        raise Conflict(Text(said, number=present.number))
    return present


def _numbered(kind: str, subject: Any, now: datetime, jurisdiction: str) -> Document:
    """A new document with its identity, number and check code."""
    table, identity = subject_of(subject)
    return Document(
        id=new_id(),
        kind=kind,
        number=numbers.next_number(KINDS[kind].prefix, jurisdiction, legal_day(now)),
        check_code=numbers.new_check_code(),
        subject_type=table,
        subject_id=identity,
        jurisdiction=jurisdiction,
        issued_at=now,
    )


def _masthead(
    document: Document, before: Document | None, attachments: Sequence[Attachment], files: Sequence[StoredFile]
) -> dict[str, Any]:
    """Everything beside the data that is printed or goes into the file. `doc` is what templates see."""
    address = f"{settings().base_url}/check/{document.check_code}"
    doc = {
        "number": document.number,
        "title": {"zh": document.title, "en": document.title_en},
        "issued_at": snapshot(document.issued_at),
        "issued_on": legal_day(document.issued_at).isoformat(),
        "check_code_shown": numbers.grouped_check_code(document.check_code),
        "check_address": address,
        "template": document.template,
        "template_version": document.template_version,
        "data_sha256": hashlib.sha256(audit.canonical(document.data)).hexdigest(),
        "replaces": before.number if before else None,
    }
    return {
        "doc": doc,
        "check_address": address,
        "attachments": [asdict(part) | {"data": snapshot(part.data), "media_type": part.mime} for part in attachments],
        "files": [asdict(part) for part in files],
    }


def _page(pinned: templates.Bundle, document: Document) -> str:
    doc = document.masthead["doc"]
    return templates.page(pinned, doc["template"], document.language, doc, document.data)


def _print(page: str, document: Document) -> bytes:
    return pdf.render(page, **printing.facts(document))


def complete(document: Document, printed: printing.Printed, now: datetime) -> None:
    """The file of a long document is there. Raises WrongState where it was there already."""
    if document.is_printed:
        raise WrongState(Text(N_("Document {number} is printed already."), number=document.number))
    _fill_in(document, printed, now)
    printing.no_longer_waits(document)
    note("draw_up", document, kind=document.kind)


def _fill_in(document: Document, printed: printing.Printed, at: datetime | None) -> None:
    document.sha256, document.size, document.storage_key = printed.sha256, printed.size, printed.storage_key
    document.renderer, document.printed_at = printed.renderer, at


def _keep_bundle(pinned: templates.Bundle) -> str:
    """Store the template's source once per version; its key is its hash."""
    if not store().exists(pinned.key):
        with suppress(KeyTaken):  # somebody else stored the same text at this moment
            store().put(pinned.key, pinned.content)
    return pinned.key
