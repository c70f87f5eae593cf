"""What a file that somebody received is: whole, an earlier state, or changed – and then where and how.

Every question is asked of the log's hashes first: a file whose hash we never issued is refused whatever the signatures
in it say. What they say then tells what was done to it.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kernel.documents.finding import outstanding
from kernel.documents.models import Document
from kernel.documents.verification import logged_version
from kernel.documents.versions import ISSUED, SIGNED, Version, read, versions
from kernel.signing.contents import attached, gaps, title_of
from kernel.signing.examine import Examined, examine
from kernel.signing.trust import trust
from kernel.storage import store
from kernel.words import N_, Text

WORDS = {
    "whole": N_("The file is the document as it stands, unchanged, with every signature that was required."),
    "older_stamp": N_("The file is the signed document, unchanged. A fresh time stamp was laid over it since."),
    "unfinished": N_("The file is unchanged, but not everybody who has to sign has signed yet."),
    "cut_back": N_("The file was cut back to an earlier state: it lacks {lacks}."),
    "garbage": N_("Bytes that nobody signed stand after the end of the document."),
    "appended": N_("A revision that nobody here made was appended to the document."),
    "foreign_signature": N_("A signature was added that does not belong to this document: {names}."),
    "cut": N_("The file breaks off before its end, in revision {revision} ({made})."),
    "attachment": N_("An attached file was swapped or changed, in revision {revision} ({made})."),
    "timestamp": N_("A time stamp was changed, in revision {revision} ({made})."),
    "signature": N_("A signature was changed, in revision {revision} ({made})."),
    "changed": N_("The content was changed, in revision {revision} ({made})."),
    "revoked": N_("The file is unchanged, but a certificate was revoked before it signed."),
    "unsound": N_("The file is the one that was kept, but a signature in it does not pass the check."),
    "not_printed": N_("The document is being drawn up at the moment; there is no file of it yet."),
    "unlogged": N_("The log does not name this file. It may have been put here behind the program's back."),
    "other": N_("This is not the document that was issued under this code, but another file."),
}
MADE = {
    "issued": N_("the text as issued"),
    "signed": N_("the signature of {name}"),
    "stamped": N_("the renewed time stamp"),
}

UNKNOWN = N_("nobody here made it")
ENDING = 32  # bytes: whoever appends a revision writes another ending
ALIKE = 1024  # a file that departs from ours within so many bytes and has another title is another file


@dataclass(frozen=True)
class Verdict:
    """The result of a check: a code for programs, words for people, whether the file is whole, where it was changed."""

    code: str
    text: Text
    whole: bool
    revision: int | None = None
    found: Examined | None = None


def check_file(document: Document, content: bytes, now: datetime) -> Verdict:
    """What a file is that claims to be the document."""
    known, found = versions(document), examine(content, trust(now))
    if not known:
        return _verdict("not_printed", None, found)
    digest = hashlib.sha256(content).hexdigest()
    place = next((number for number, one in enumerate(known) if one.sha256 == digest), None)
    if place is not None:
        return _known(document, known, place, found)
    whole = read(document, known[-1])
    if whole.startswith(content):
        number = _revision(known, len(content))
        return _verdict("cut", number, found, revision=number, made=_made(known[number - 1]))
    if len(content) == len(whole) and content[-ENDING:] == whole[-ENDING:]:
        return _different(known, whole, content, found)
    for number in range(len(known), 0, -1):
        if content.startswith(ours := read(document, known[number - 1])):
            return _grown(known, number, ours, content, found)
    return _different(known, whole, content, found)


def document_number(content: bytes) -> str:
    """The number a file of ours carries at the end of its title, to find the document by; nothing where it has none."""
    return title_of(content).rpartition(" ")[2]


def _known(document: Document, known: list[Version], place: int, found: Examined) -> Verdict:
    """A file we made: the newest one, or one that was left behind."""
    later = [one for one in known[place + 1 :] if one.act == SIGNED]
    if later:
        return _verdict("cut_back", place + 1, found, lacks=[_made(one) for one in later])
    if logged_version(document, known[place]) is None:
        return _verdict("unlogged", None, found)
    if any(one.code == "revoked" for one in found.problems):
        return _verdict("revoked", None, found)
    if known[place].act != ISSUED and found.problems:
        return _verdict("unsound", None, found)
    if outstanding(document):
        return _verdict("unfinished", None, found)
    return _verdict("whole" if place + 1 == len(known) else "older_stamp", None, found)


def _grown(known: list[Version], number: int, ours: bytes, content: bytes, found: Examined) -> Verdict:
    """A file that begins with one of ours and goes on."""
    foreign = [one.signer for one in found.signatures[sum(1 for one in known[:number] if one.act == SIGNED) :]]
    if foreign:
        return _verdict("foreign_signature", number + 1, found, names=foreign)
    theirs = attached(content)
    if theirs is not None and theirs != attached(ours):
        return _verdict("attachment", number + 1, found, revision=number + 1, made=Text(UNKNOWN))
    grown = len(gaps(content)) > len(gaps(ours)) or b"startxref" in content[len(ours) :]
    return _verdict("appended" if grown else "garbage", number + 1, found)


def _different(known: list[Version], ours: bytes, content: bytes, found: Examined) -> Verdict:
    """A file that departs from ours somewhere before its end."""
    at = next(place for place, pair in enumerate(zip(ours, content, strict=False)) if pair[0] != pair[1])
    if at < ALIKE and title_of(content) != title_of(ours):
        return _verdict("other", None, found)
    number = _revision(known, at)
    return _verdict(_what(ours, content, at, found), number, found, revision=number, made=_made(known[number - 1]))


def _what(ours: bytes, content: bytes, at: int, found: Examined) -> str:
    """What was changed: the place of the first other byte tells, and the embedded files."""
    hit = next((gap for gap in gaps(ours) if gap.begin <= at < gap.end), None)
    if hit is not None:
        stamped = hit.kind == "stamp" or any(one.code == "timestamp" for one in found.problems)
        return "timestamp" if stamped else "signature"
    theirs = attached(content)
    return "attachment" if theirs is not None and theirs != attached(ours) else "changed"


def _revision(known: list[Version], at: int) -> int:
    """In which of our files, counted from 1, a byte was written first."""
    return next((number for number, one in enumerate(known, start=1) if at < store().size(one.key)), len(known))


def _made(version: Version) -> Text:
    return Text(MADE[version.act], name=version.name) if version.act == SIGNED else Text(MADE[version.act])


def _verdict(code: str, revision: int | None, found: Examined, /, **values: Any) -> Verdict:
    whole = code in ("whole", "older_stamp")
    return Verdict(code, Text(WORDS[code], **values), whole, revision, found)
