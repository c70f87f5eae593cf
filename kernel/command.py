"""One command = one transaction = one audit event.

`execute` takes the same steps for every change in the system: find the subject, check the permission, the state, the
input, run the handler, set the state and its clocks, record the event, run the reactions. Then it commits.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import marshmallow
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from kernel import audit, clock, due, search
from kernel.actor import Actor
from kernel.db import db, writing
from kernel.duty import checked
from kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from kernel.fields import Nothing
from kernel.permissions import Predicate, may_see
from kernel.states import StateMachine

COMMANDS: dict[str, "Command"] = {}
REACTIONS: dict[str, list[Callable[[Any, audit.AuditEvent], None]]] = defaultdict(list)
_cause: ContextVar[audit.AuditEvent | None] = ContextVar("cause", default=None)


@dataclass(frozen=True)
class Command:
    """A named change: who may, on what, from which state, with which input, done how."""

    name: str
    handler: Callable[..., Any]
    schema: type[marshmallow.Schema]
    may: tuple[Predicate, ...]
    subject: type
    states: StateMachine
    label: str = ""
    duties: tuple[str, ...] = ()

    @property
    def verb(self) -> str:
        """The last part of the name, as it stands in the state table."""
        return self.name.rsplit(".", 1)[1]

    @property
    def creates(self) -> bool:
        """Whether it makes its subject instead of changing one."""
        return None in self.states.transitions[self.verb][0]

    def permits(self, actor: Actor, subject: Any) -> bool:
        """Whether any predicate of the command says yes."""
        return any(predicate(actor, subject) for predicate in self.may)


def command(
    name: str,
    *,
    may: Sequence[Predicate],
    on: type,
    states: StateMachine,
    schema: type[marshmallow.Schema] = Nothing,
    label: str = "",
    duties: tuple[str, ...] = (),
) -> Callable[[Callable[..., Any]], Command]:
    """Register the function below as the handler of `name`.

    `label` is what its button says (else made of the verb); `duties` are the ids of duties that the step itself
    carries out (those a rule checks stand at the rule).
    """

    def register(handler: Callable[..., Any]) -> Command:
        if (
            not may
            or not handler.__doc__
            or name in COMMANDS
            or name.rsplit(".", 1)[1] not in states.transitions
        ):
            raise ValueError(
                f"{name} needs a permission, a docstring, a row in the state table and a name of its own"
            )
        COMMANDS[name] = Command(name, handler, schema, tuple(may), on, states, label, duties)
        return COMMANDS[name]

    return register


def after(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """React to a command: `(subject, event)`, in its transaction; may execute more commands."""

    def register(reaction: Callable[..., None]) -> Callable[..., None]:
        REACTIONS[name].append(reaction)
        return reaction

    return register


def execute(
    command: Command,
    *,
    actor: Actor,
    subject_id: uuid.UUID | None = None,
    data: dict[str, Any] | None = None,
    request_key: str | None = None,
) -> Any:
    """Run a command and return its subject.

    Raises NotFound, NotAllowed, WrongState, InvalidInput, RuleBroken or Conflict; then nothing was written. The same
    `request_key` a second time returns what the first run made.
    """
    if _cause.get() is not None:
        return _run(command, actor, subject_id, data or {}, request_key)
    db.session.rollback()
    with writing():
        try:
            subject = _run(command, actor, subject_id, data or {}, request_key)
            db.session.commit()
        except IntegrityError as error:
            db.session.rollback()
            raise Conflict() from error
        except Exception:
            db.session.rollback()
            raise
    return subject


def _run(
    command: Command, actor: Actor, subject_id: uuid.UUID | None, data: dict[str, Any], key: str | None
) -> Any:
    if key and (done := _done_before(command, actor, key)) is not None:
        return done
    subject = _find(command, subject_id)
    if not command.permits(actor, subject):
        raise NotAllowed() if subject is None or may_see(actor, subject) else NotFound()
    from_state = getattr(subject, "state", None)
    targets = command.states.targets(from_state, command.verb)
    values = _input(command, data)
    now, duties = clock.now(), list[str]()
    token = checked.set(duties)
    try:
        with audit.noting() as notes:
            subject = _handle(command, subject, targets, actor=actor, now=now, **values)
    finally:
        checked.reset(token)
    made = {"from_state": from_state, "duties": duties, "notes": notes, "request_key": key}
    event = _record(command, subject, actor, now, values, made)
    _react(command, subject, event)
    return subject


def _done_before(command: Command, actor: Actor, key: str) -> Any:
    event = db.session.scalar(select(audit.AuditEvent).where(audit.AuditEvent.request_key == key))
    if event is None:
        return None
    if (event.command, event.user_id) != (command.name, actor.user_id):
        raise Conflict()
    return db.session.get(command.subject, event.subject_id)


def _find(command: Command, subject_id: uuid.UUID | None) -> Any:
    if subject_id is None:
        if not command.creates:
            raise NotFound()
        return None
    subject = db.session.get(command.subject, subject_id, with_for_update=True, populate_existing=True)
    if subject is None or command.creates and len(command.states.transitions[command.verb][0]) == 1:
        raise NotFound()
    return subject


def _input(command: Command, data: dict[str, Any]) -> dict[str, Any]:
    try:
        return dict(command.schema().load(data))
    except marshmallow.ValidationError as error:
        raise InvalidInput(error.normalized_messages()) from error


def _handle(
    command: Command, subject: Any, targets: frozenset[str], *, actor: Actor, now: datetime, **values: Any
) -> Any:
    if subject is None:
        subject = command.handler(actor=actor, now=now, **values)
        _begin(subject, now)
        db.session.add(subject)
    else:
        command.handler(subject, actor=actor, now=now, **values)
    if len(targets) == 1:
        subject.state = next(iter(targets))
    elif targets and subject.state not in targets:
        raise ValueError(f"{command.name} left the state {subject.state!r}, not one of {sorted(targets)}")
    db.session.flush()
    search.follow(subject)
    return subject


def _begin(subject: Any, now: datetime) -> None:
    if hasattr(type(subject), "created_at") and subject.created_at is None:
        subject.created_at = now
    if hasattr(type(subject), "profile_version") and not subject.profile_version:
        subject.profile_version = due.profile(subject).version


def _record(
    command: Command, subject: Any, actor: Actor, now: datetime, values: dict[str, Any], made: dict[str, Any]
) -> audit.AuditEvent:
    if getattr(subject, "jurisdiction", None):
        due.follow(command.name, subject, now)
    cause = _cause.get()
    event = audit.record(
        at=now,
        command=command.name,
        actor=actor,
        subject=subject,
        data=command.schema().dump(values),
        to_state=getattr(subject, "state", None),
        profile=getattr(subject, "jurisdiction", None),
        profile_version=getattr(subject, "profile_version", None),
        caused_by_id=cause.id if cause else None,
        **made,
    )
    db.session.flush()
    return event


def _react(command: Command, subject: Any, event: audit.AuditEvent) -> None:
    token = _cause.set(event)
    try:
        for reaction in REACTIONS[command.name]:
            reaction(subject, event)
    finally:
        _cause.reset(token)


def available(subject: Any, actor: Actor) -> list[Command]:
    """The commands this actor may run on this subject now: buttons and API links."""
    state = getattr(subject, "state", None)
    return [
        row
        for row in COMMANDS.values()
        if row.subject is type(subject)
        and row.verb in row.states.allowed(state)
        and row.permits(actor, subject)
    ]


def may_create(command: Command, actor: Actor) -> bool:
    """Whether the actor may run a creating command (before it is known what exactly it will make)."""
    return command.creates and command.permits(actor, None)
