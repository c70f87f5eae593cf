"""The public register of operators: who holds which licence, today or on any day."""

import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import joinedload

from accounts import queries as accounts
from accounts.models import Organisation
from kernel.audit import AuditEvent
from kernel.clock import LEGAL_ZONE
from kernel.db import db
from kernel.search import matching
from registry.models import Debarment, Licence, Succession

PUBLIC = ("in_force", "suspended", "revoked", "expired")
GRANTED = "registry.licence.grant"


def operators(
    *, q: str = "", level: str = "", state: str = "", jurisdiction: str = "", on: date | None = None
) -> Select[Licence]:
    """The public register: every licence that was granted, by the name of its holder.

    `q`: words, a credit code or a number; the code of an organisation that was succeeded finds its successor. `on`:
    the register as it stood at the end of that day.
    """
    query = select(Licence).join(Organisation, Organisation.id == Licence.organisation_id)
    query = query.where(Licence.state.in_(PUBLIC))
    stands: Any = state_on(on) if on else Licence.state
    if on:
        query = query.where(Licence.granted_on <= on, stands.is_not(None))
    for column, value in ((Licence.level, level), (stands, state)):
        if value:
            query = query.where(column == value)
    if jurisdiction:
        query = query.where(Licence.jurisdiction.in_(accounts.places_below(jurisdiction)))
    for word in q.split()[:8]:
        query = query.where(_says(word))
    return query.order_by(Organisation.name, Licence.valid_from.desc(), Licence.id).options(
        joinedload(Licence.organisation)
    )


def _says(word: str) -> ColumnElement[bool]:
    """The licence or its holder has the word, or somebody whom the holder succeeded has it."""
    succeeded = (
        select(Succession.successor_id)
        .where(Succession.state == "approved")
        .where(Succession.predecessor_id.in_(matching("organisation", word)))
    )
    return or_(Licence.id.in_(matching("licence", word)), Licence.organisation_id.in_(succeeded))


def state_on(day: date) -> Any:
    """The SQL of the state a licence had at the end of a day, taken from the log."""
    ended = datetime.combine(day + timedelta(days=1), time(), LEGAL_ZONE)
    query = select(AuditEvent.to_state).where(
        AuditEvent.subject_id == Licence.id,
        AuditEvent.subject_type == Licence.__tablename__,
        AuditEvent.at < ended,
    )
    return query.order_by(AuditEvent.at.desc(), AuditEvent.id.desc()).limit(1).scalar_subquery()


def states_on(licence_ids: list[uuid.UUID], day: date) -> dict[uuid.UUID, str]:
    """The state each of these licences had at the end of a day."""
    query = select(Licence.id, state_on(day)).where(Licence.id.in_(licence_ids))
    return {row_id: state for row_id, state in db.session.execute(query)} if licence_ids else {}


def operator_by_code(code: str) -> Organisation | None:
    """The organisation with that credit code, or that holds (or held) the licence with that number."""
    wanted = code.strip().upper()
    by_number = select(Licence.organisation_id).where(Licence.number == wanted)
    query = select(Organisation).where(or_(Organisation.uscc == wanted, Organisation.id.in_(by_number)))
    return db.session.scalar(query.limit(1))


def public_licences_of(organisation_id: uuid.UUID) -> list[Licence]:
    """The granted licences of an organisation, newest first."""
    query = select(Licence).where(Licence.organisation_id == organisation_id, Licence.state.in_(PUBLIC))
    return list(db.session.scalars(query.order_by(Licence.valid_from.desc(), Licence.id)))


def public_events_of(licence_ids: list[uuid.UUID]) -> list[AuditEvent]:
    """What happened to these licences from the grant on, oldest first."""
    shown = ("grant", "suspend", "lift", "revoke", "expire", "transfer")
    query = select(AuditEvent).where(
        AuditEvent.subject_id.in_(licence_ids),
        AuditEvent.command.in_([f"registry.licence.{verb}" for verb in shown]),
    )
    return list(db.session.scalars(query.order_by(AuditEvent.at, AuditEvent.id))) if licence_ids else []


def debarred(organisation_ids: list[uuid.UUID], on: date) -> set[uuid.UUID]:
    """Which of these organisations are barred on a day."""
    query = select(Debarment.organisation_id).where(
        Debarment.organisation_id.in_(organisation_ids),
        and_(Debarment.state == "in_force", Debarment.starts_on <= on, Debarment.ends_on >= on),
    )
    return set(db.session.scalars(query)) if organisation_ids else set()


def debarments_of(organisation_id: uuid.UUID) -> list[Debarment]:
    """The debarments of an organisation, newest first."""
    query = select(Debarment).where(Debarment.organisation_id == organisation_id)
    return list(db.session.scalars(query.order_by(Debarment.starts_on.desc(), Debarment.id)))
