"""How something that carries a code stands today: for machines, and for the pages where anybody checks.

A registration is found by its own, the local or the national code; a licence and a development right by their number; a
document by its number or check code. Everything is judged by the dates of the day, whatever has run meanwhile.
"""

import re
from datetime import date
from typing import Any

from sqlalchemy import select

from accounts.queries import names_of
from contracts.models import DevelopmentRight
from kernel import documents
from kernel.audit import AuditEvent
from kernel.clock import LEGAL_ZONE
from kernel.db import db
from kernel.documents.models import Document
from kernel.documents.numbers import number_is_consistent, read_check_code
from kernel.errors import NotFound
from registry.models import Licence
from registry.queries import by_code, follower_of
from supervision.vocabulary import MALFORMED, OTHERS, STANDING, UNKNOWN

OWN_NUMBER = re.compile(r"[A-Z]{2,4}-[A-Z0-9]{2,12}-\d{8}-\d{6,}-[0-9A-Z]")
LONGEST = 64
# From the state of a subject to its standing; what is not here has none yet that anybody may rely on.
STATES = {
    "in_force": "in_force",
    "public_notice": "in_notice",
    "drawn_up": "not_in_force_yet",
    "awaiting_signature": "not_in_force_yet",
    "suspended": "suspended",
    "expired": "expired",
    "superseded": "superseded",
    "cancelled": "cancelled",
    "completed": "cancelled",
    "revoked": "cancelled",
    "terminated": "cancelled",
    "lapsed": "cancelled",
}


def standing(typed: str, on: date) -> dict[str, Any]:
    """What may be told of a code: status, its number, what to do, kind, subject, days, successor. Never raises."""
    code = typed.strip().replace("\x00", "")
    if not code or len(code) > LONGEST or not code.isprintable():
        return _answer(code[:LONGEST], MALFORMED)
    upper = code.upper()
    if OWN_NUMBER.fullmatch(upper) and not number_is_consistent(upper):
        return _answer(code, MALFORMED)
    for find in (_registration, _licence, _right, _document):
        found = find(upper if OWN_NUMBER.fullmatch(upper) else code, on)
        if found is not None:
            return found
    return _answer(code, UNKNOWN)


def _answer(code: str, status: str, **facts: Any) -> dict[str, Any]:
    number, action = STANDING[status]
    return (
        {name: None for name in OTHERS}
        | {"code": code, "status": status, "status_code": number, "action": action}
        | facts
    )


def _judged(state: str, first: date | None, last: date | None, on: date) -> str:
    """The standing of what has a state and days: the days of today count, not the job that notes them."""
    status = STATES.get(state, UNKNOWN)
    if status in ("in_force", "suspended") and last is not None and on > last:
        return "expired"
    if status == "in_force" and first is not None and on < first:
        return "not_in_force_yet"
    return status


def _registration(code: str, on: date) -> dict[str, Any] | None:
    found = by_code(code)
    if found is None:
        return None
    newer = follower_of(found.id)
    status = _judged(found.state, found.valid_from, found.valid_until, on)
    return _answer(
        found.number or code,
        "superseded" if status == "expired" and newer else status,
        kind="registration",
        title=found.title,
        valid_from=found.valid_from,
        valid_until=found.valid_until,
        issued_by=found.registrar.name if found.registrar else None,
        replaced_by=newer.number if newer else None,
        local_code=found.local_code,
        national_code=found.national_code,
        subject=found,
    )


def _licence(code: str, on: date) -> dict[str, Any] | None:
    found = db.session.scalar(select(Licence).where(Licence.number == code))
    if found is None:
        return None
    status = _judged(found.state, found.valid_from, found.valid_until, on)
    return _answer(
        code,
        status,
        kind="licence",
        title=names_of([found.organisation_id]).get(found.organisation_id),
        valid_from=found.valid_from,
        valid_until=found.valid_until,
        subject=found,
    )


def _right(code: str, on: date) -> dict[str, Any] | None:
    """A right is told by its standing and days alone: who holds it and for what is between the parties."""
    found = db.session.scalar(select(DevelopmentRight).where(DevelopmentRight.number == code))
    if found is None:
        return None
    status = _judged(found.state, found.starts_on, found.ends_on, on)
    return _answer(
        code, status, kind="right", valid_from=found.starts_on, valid_until=found.ends_on, subject=found
    )


def _document(code: str, on: date) -> dict[str, Any] | None:
    try:
        found = (
            documents.by_number(code)
            if OWN_NUMBER.fullmatch(code)
            else documents.by_check_code(read_check_code(code))
        )
    except NotFound:
        return None
    newer = db.session.scalar(select(Document).where(Document.replaces_id == found.id))
    return _answer(
        found.number,
        STATES.get(found.state, UNKNOWN),
        kind="document",
        title=found.title if found.public else None,
        issued_on=found.issued_at.astimezone(LEGAL_ZONE).date(),
        replaced_by=newer.number if newer else None,
        sha256=found.sha256,
        check_code=found.check_code,
        subject=found,
    )


def proving_event(subject: Any) -> AuditEvent | None:
    """The event of the log that brought a subject to where it stands: for a document its issue."""
    if isinstance(subject, Document):
        return documents.logged_event(subject)
    told = AuditEvent.to_state == subject.state
    query = select(AuditEvent).where(AuditEvent.subject_id == subject.id, told)
    return db.session.scalar(query.order_by(AuditEvent.at.desc(), AuditEvent.id.desc()).limit(1))
