"""Who is asking: from the cookie to a session row to an Actor, anew for every request."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import g, request, session
from flask_login import UserMixin, current_user, login_user, logout_user

from accounts import queries
from accounts.commands import attempt as attempts
from accounts.commands import session as sessions
from accounts.models import Person, Session
from accounts.views.door import login, pages
from accounts.vocabulary import SESSION_PROLONGED_EVERY, TOKEN_PREFIX
from kernel import clock
from kernel.actor import ANONYMOUS, SYSTEM, Actor
from kernel.command import execute
from kernel.errors import DomainError, NotSignedIn, TooMany
from kernel.pages import current_actor


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """What Flask-Login keeps of a session: its token goes into the cookie, nothing else."""

    token: str
    session_id: UUID
    person_id: UUID
    last_seen_at: datetime

    def get_id(self) -> str:
        return self.token


@login.user_loader
def by_token(token: str) -> SignedIn | None:
    """The session of a cookie; none once it was ended, left alone or grew too old."""
    row = queries.session_by_token(token, clock.now())
    return _signed_in(row, token) if row else None


def _signed_in(row: Session, token: str) -> SignedIn:
    return SignedIn(token, row.id, row.person_id, row.last_seen_at)


def load_actor() -> Actor:
    """Who asks for a page. Also writes down, now and then, that the session is in use."""
    g.pop("_login_user", None)  # where one context serves several requests, each must look at its own cookie
    user: Any = current_user
    if not user.is_authenticated:
        return ANONYMOUS
    row = queries.session_by_token(user.token, clock.now())
    actor = queries.actor_of_session(row, clock.today()) if row else ANONYMOUS
    if row is None or not actor.is_signed_in:
        return ANONYMOUS
    if clock.now() - user.last_seen_at >= SESSION_PROLONGED_EVERY:
        execute(sessions.prolong, actor=actor, subject_id=user.session_id)
    _stop_guessing(actor)
    return actor


def load_api_actor() -> Actor:
    """Who asks by program, from `Authorization: Bearer …` alone. A wrong key is refused, none at all is nobody."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if not scheme:
        return ANONYMOUS
    found = None
    if scheme.lower() == "bearer" and secret.strip().startswith(TOKEN_PREFIX):
        found = queries.actor_of_token(secret.strip(), clock.now())
    if found is None:
        raise NotSignedIn()
    _stop_guessing(found)
    return found


def session_id() -> UUID | None:
    """The id of the session this request belongs to."""
    user: Any = current_user
    return user.session_id if user.is_authenticated else None


def enter(person: Person, attempt_id: UUID | None = None) -> None:
    """Sign the browser in: a new session, a new token, and nothing left of what the cookie held before."""
    leave()
    acting = replace(SYSTEM, user_id=person.id, name=person.name)
    facts = {
        "person_id": str(person.id),
        "agent": request.user_agent.string,
        "address": address(),
        "attempt_id": str(attempt_id) if attempt_id else None,
    }
    row = execute(sessions.begin, actor=acting, data={name: value for name, value in facts.items() if value})
    login_user(_signed_in(row, row.secret))


def leave() -> None:
    """Sign the browser out: end its session, empty its cookie."""
    user: Any = current_user
    if user.is_authenticated and queries.session_by_token(user.token, clock.now()):
        execute(sessions.end, actor=SYSTEM, subject_id=user.session_id)
    logout_user()
    session.clear()
    g.actor = ANONYMOUS


def address() -> str:
    """The network address the request came from, as the server tells it."""
    return request.remote_addr or ""


def try_once(kind: str, email: str) -> UUID:
    """Count a try before it is looked at, or refuse it (TooMany). Returns its id."""
    made = execute(attempts.make, actor=SYSTEM, data={"kind": kind, "email": email, "address": address()})
    return UUID(str(made.id))


def _stop_guessing(actor: Actor) -> None:
    """Who is signed in and keeps getting passwords wrong (signatures ask for them) has to wait like anybody else."""
    if _sends_a_password():
        email = queries.person(actor.user_id).email if actor.user_id else ""
        if queries.is_throttled("prove", email, address(), clock.now()):
            raise TooMany()


def _sends_a_password() -> bool:
    if request.method != "POST":
        return False
    sent = request.get_json(silent=True) if request.is_json else request.form
    return isinstance(sent, dict) and bool(sent.get("password"))


@pages.after_app_request
def count_wrong_passwords(response: Any) -> Any:
    """Refused input with a password in it, sent by somebody signed in, is a failed try."""
    actor = current_actor()
    if actor.user_id and response.status_code == 422 and _sends_a_password():
        try:
            try_once("prove", queries.person(actor.user_id).email)
        except DomainError:
            return response
    return response
