"""Sessions: one row for each signed-in browser, so that signing out is the end of it."""

import secrets
import uuid
from datetime import datetime

from accounts import queries
from accounts.commands.inputs import refuse
from accounts.models import Attempt, Session
from accounts.permissions import MAY
from accounts.schemas import ActingFor, SessionInput
from accounts.states import SESSION
from accounts.vocabulary import SESSION_LONGEST
from kernel.actor import Actor
from kernel.command import command
from kernel.db import db
from kernel.errors import NotFound
from kernel.words import N_


@command(
    "accounts.session.begin",
    may=MAY["accounts.session.begin"],
    on=Session,
    states=SESSION,
    schema=SessionInput,
)
def begin(
    *,
    person_id: uuid.UUID,
    agent: str,
    address: str,
    attempt_id: uuid.UUID | None,
    actor: Actor,
    now: datetime,
) -> Session:
    """A browser whose person was identified gets a session. Its token is on the object returned, and nowhere else."""
    person = queries.person(person_id)
    if person.state != "active":
        raise NotFound()
    attempt = db.session.get(Attempt, attempt_id) if attempt_id else None
    if attempt is not None:
        attempt.state = "succeeded"
    token = secrets.token_urlsafe(32)
    session = Session(
        token_hash=queries.fingerprint(token),
        person_id=person.id,
        organisation_id=queries.last_organisation(person.id),
        last_seen_at=now,
        expires_at=now + SESSION_LONGEST,
        agent=agent[:300],
        address=address,
    )
    session.secret = token
    return session


@command("accounts.session.prolong", may=MAY["accounts.session.prolong"], on=Session, states=SESSION)
def prolong(session: Session, *, actor: Actor, now: datetime) -> None:
    """The person was seen again: the idle limit counts from here."""
    session.last_seen_at = now


@command(
    "accounts.session.act_for",
    may=MAY["accounts.session.act_for"],
    on=Session,
    states=SESSION,
    schema=ActingFor,
    label=N_("Act for another organisation"),
)
def act_for(session: Session, *, organisation_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    """The person acts for another organisation in this session."""
    if not queries.is_member(session.person_id, organisation_id):
        raise refuse("organisation_id", N_("You do not belong to this organisation."))
    session.organisation_id = organisation_id


@command(
    "accounts.session.end",
    may=MAY["accounts.session.end"],
    on=Session,
    states=SESSION,
    label=N_("End the session"),
)
def end(session: Session, *, actor: Actor, now: datetime) -> None:
    """The session is over; its cookie opens nothing any more, wherever it was copied to."""
    session.ended_at = now
