"""Issued documents: drawn up from approved data, numbered, frozen at the first signature, checkable by anyone.

A document is a row, a stored PDF/A-3 file and everything needed to make the same bytes again: the data snapshot, the
pinned template with its Chinese wording, and the name of the renderer. Packages register kinds, draw up and sign
inside their own commands; nothing here commits.
"""

from kernel.documents.checking import Verdict, check_file, document_number
from kernel.documents.finding import (
    by_check_code,
    by_number,
    current,
    documents_for,
    documents_of,
    issued,
    outstanding,
    readable_by,
    signatures,
)
from kernel.documents.issue import complete, content, draw_up, page_of, render_again, revoke, supersede
from kernel.documents.kinds import KINDS, Attachment, Kind, StoredFile, register
from kernel.documents.models import (
    Document,
    DocumentParty,
    DocumentPrint,
    DocumentSerial,
    DocumentStamp,
    Signature,
)
from kernel.documents.printing import PRINT, Printed, Progress, print_aside, progress
from kernel.documents.signing import intact, sign, signature_sheet
from kernel.documents.verification import check_facts, logged_event, logged_version, orphans, verify
from kernel.documents.versions import Version, newest, newest_content, renew_stamp, signed_in_file, versions

__all__ = [
    "KINDS",
    "PRINT",
    "Attachment",
    "Document",
    "DocumentParty",
    "DocumentSerial",
    "DocumentStamp",
    "Kind",
    "DocumentPrint",
    "Printed",
    "Progress",
    "Signature",
    "StoredFile",
    "Verdict",
    "Version",
    "by_check_code",
    "by_number",
    "check_facts",
    "check_file",
    "complete",
    "content",
    "current",
    "document_number",
    "documents_for",
    "documents_of",
    "draw_up",
    "intact",
    "logged_event",
    "logged_version",
    "issued",
    "newest",
    "newest_content",
    "orphans",
    "outstanding",
    "page_of",
    "print_aside",
    "progress",
    "readable_by",
    "register",
    "renew_stamp",
    "render_again",
    "revoke",
    "sign",
    "signature_sheet",
    "signatures",
    "signed_in_file",
    "supersede",
    "verify",
    "versions",
]
