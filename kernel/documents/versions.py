"""The files a document has had: as issued, with each signature written into it, with each renewed time stamp.

Every one is kept, and the hash of every one stands in the log. Later ones begin with the bytes of the earlier ones.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from kernel import audit
from kernel.db import db, new_id
from kernel.documents.finding import signatures
from kernel.documents.issue import BEING_PRINTED, content
from kernel.documents.models import Document, DocumentStamp, Signature
from kernel.documents.printing import FOLDER
from kernel.errors import Conflict, NotReady, WrongState
from kernel.signing.renewal import renewed
from kernel.storage import store
from kernel.words import N_, Text

ISSUED, SIGNED, STAMPED = "issued", "signed", "stamped"


@dataclass(frozen=True)
class Version:
    """One file of a document: what made it, whose signature, when, its hash and where it stands."""

    act: str
    name: str
    at: datetime
    sha256: str
    key: str


def versions(document: Document) -> list[Version]:
    """All files of a document, the oldest first."""
    if document.printed_at is None:
        return []
    found = [Version(ISSUED, "", document.printed_at, document.sha256, document.storage_key)]
    for act in signatures(document):
        if act.storage_key is not None:
            found.append(Version(SIGNED, act.name, act.signed_at, str(act.evidence["file_sha256"]), act.storage_key))
    stamps = select(DocumentStamp).where(DocumentStamp.document_id == document.id).order_by(DocumentStamp.at)
    found += [Version(STAMPED, "", one.at, one.sha256, one.storage_key) for one in db.session.scalars(stamps)]
    return found


def newest(document: Document) -> Version:
    """The file that is handed out. Raises NotReady before there is one."""
    found = versions(document)
    if not found:
        raise NotReady(Text(BEING_PRINTED, number=document.number))
    return found[-1]


def newest_content(document: Document) -> bytes:
    """The bytes that are handed out, checked against their hash. Raises Conflict, FileMissing."""
    version = newest(document)
    return content(document) if version.act == ISSUED else read(document, version)


def present(document: Document) -> bytes | None:
    """The file with the signatures written into it so far; None where no signature stands in the file."""
    version = newest(document)
    return None if version.act == ISSUED else read(document, version)


def read(document: Document, version: Version) -> bytes:
    """The bytes of one version, checked against its hash. Raises Conflict, FileMissing."""
    stored = store().get(version.key)
    if hashlib.sha256(stored).hexdigest() != version.sha256:
        said = N_("The stored file of document {number} is not the one that was issued. It is not handed out.")
        raise Conflict(Text(said, number=document.number))
    return stored


def renew_stamp(document: Document, now: datetime) -> DocumentStamp:
    """Put a fresh time stamp over all signatures, with what proves the last one, before that one grows old.

    Raises WrongState where no signature stands in the file.
    """
    before = present(document)
    if before is None:
        said = N_("No signature stands in the file of document {number}; there is no time stamp to renew.")
        raise WrongState(Text(said, number=document.number))
    file = renewed(before, now)
    stamp = DocumentStamp(
        id=new_id(),
        document_id=document.id,
        at=now,
        sha256=hashlib.sha256(file).hexdigest(),
        storage_key=store().keep(FOLDER, file, "pdf"),
    )
    db.session.add(stamp)
    audit.note(act="stamped_file", number=document.number, sha256=stamp.sha256)
    return stamp


def signed_in_file() -> list[Document]:
    """The documents that carry signatures in the file, for the job that renews their time stamps."""
    signed = select(Signature.document_id).where(Signature.storage_key.is_not(None))
    return list(db.session.scalars(select(Document).where(Document.id.in_(signed)).order_by(Document.number)))
