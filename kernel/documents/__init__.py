"""Issued documents: drawn up from approved data, numbered, frozen at the first signature, checkable by anyone.

A document is a row, a stored PDF/A-3 file and everything needed to make the same bytes again: the data snapshot, the
pinned template with its Chinese wording, and the name of the renderer. Packages register kinds, draw up and sign
inside their own commands; nothing here commits.
"""

from kernel.documents.finding import (
    by_check_code,
    by_number,
    current,
    documents_for,
    documents_of,
    outstanding,
    readable_by,
    signatures,
)
from kernel.documents.issue import content, draw_up, render_again, revoke, supersede
from kernel.documents.kinds import KINDS, Attachment, Kind, StoredFile, register
from kernel.documents.models import Document, DocumentParty, DocumentSerial, Signature
from kernel.documents.signing import sign, signature_sheet
from kernel.documents.verification import check_facts, logged_event, orphans, verify

__all__ = [
    "KINDS",
    "Attachment",
    "Document",
    "DocumentParty",
    "DocumentSerial",
    "Kind",
    "Signature",
    "StoredFile",
    "by_check_code",
    "by_number",
    "check_facts",
    "content",
    "current",
    "documents_for",
    "documents_of",
    "draw_up",
    "logged_event",
    "orphans",
    "outstanding",
    "readable_by",
    "register",
    "render_again",
    "revoke",
    "sign",
    "signature_sheet",
    "signatures",
    "supersede",
    "verify",
]
