"""The history of an entry from its events: steps with what changed in words, and its state and text on any day."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from kernel import audit, clock
from kernel.db import db
from registry.models import CatalogueEntry
from registry.vocabulary.entry_fields import FORM_FIELDS, PUBLIC_FIELDS

PUBLIC_STEPS = frozenset({"publish", "update", "withdraw"})
_EDITS = frozenset({"amend", "take_over"})


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an entry: when, by which command, by whom, into which state, and field → (old, new)."""

    at: datetime
    command: str
    who: str
    organisation: str
    state: str | None
    changed: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    reasons: str = ""

    @property
    def verb(self) -> str:
        """The last part of the command's name."""
        return self.command.rsplit(".", 1)[1]


@dataclass(frozen=True, slots=True)
class EntryOnDay:
    """What an entry was on a day: its state (None before it existed) and its text."""

    on: date
    state: str | None
    fields: dict[str, Any]


def steps_of(entry: CatalogueEntry, *, public_only: bool = False) -> list[Step]:
    """The steps of an entry, oldest first; edits of one person that follow each other are one step.

    With `public_only` those that changed what the public sees, with the public fields that changed.
    """
    steps: list[Step] = []
    for event in audit.events_of(entry):
        step = _step(event)
        if public_only:
            if step.verb in PUBLIC_STEPS:
                steps.append(_public(step))
        elif steps and step.verb in _EDITS and _goes_on(steps[-1], step):
            steps[-1] = _joined(steps[-1], step)
        else:
            steps.append(step)
    return steps


def _step(event: audit.AuditEvent) -> Step:
    facts = event.facts
    changed = {
        name: (old, new)
        for note in facts["notes"]
        for name, (old, new) in (note.get("changed") or {}).items()
    }
    reasons = str(facts["data"].get("reasons") or facts["data"].get("what") or "")
    return Step(
        event.at,
        event.command,
        str(facts["actor"]),
        str(facts.get("organisation") or ""),
        event.to_state,
        changed,
        reasons,
    )


def _public(step: Step) -> Step:
    changed = {name: pair for name, pair in step.changed.items() if name in PUBLIC_FIELDS}
    return Step(step.at, step.command, "", step.organisation, step.state, changed, step.reasons)


def _goes_on(before: Step, step: Step) -> bool:
    return before.verb in _EDITS and (before.command, before.who) == (step.command, step.who)


def _joined(before: Step, step: Step) -> Step:
    """Two edits as one: what was first, what is last; a field that is again what it was did not change."""
    names = dict.fromkeys((*before.changed, *step.changed))
    pairs = {
        name: (before.changed.get(name, step.changed.get(name, (None, None)))[0], _last(name, before, step))
        for name in names
    }
    changed = {name: (old, new) for name, (old, new) in pairs.items() if old != new}
    return Step(step.at, step.command, step.who, step.organisation, step.state, changed, step.reasons)


def _last(name: str, before: Step, step: Step) -> Any:
    return step.changed[name][1] if name in step.changed else before.changed[name][1]


def entry_on(entry: CatalogueEntry, day: date) -> EntryOnDay:
    """The entry as it stood at the end of a legal day: today's text with every later change taken back."""
    fields: dict[str, Any] = {name: getattr(entry, name) for name in (*FORM_FIELDS, "published_on")}
    began = clock.legal_day(entry.created_at) <= day
    state = "draft" if began else None
    for event in audit.events_of(entry):
        if clock.legal_day(event.at) <= day and event.to_state:
            state = event.to_state
    for step in reversed([_step(event) for event in audit.events_of(entry)]):
        if clock.legal_day(step.at) > day:
            fields |= {name: old for name, (old, _) in step.changed.items()}
    return EntryOnDay(day, state, fields)


def first_return(entry_id: uuid.UUID) -> tuple[frozenset[str] | None, frozenset[str]]:
    """The fields that earlier returns named (None where there was none), and those changed since the first of them."""
    events = db.session.scalars(
        select(audit.AuditEvent)
        .where(audit.AuditEvent.subject_id == entry_id)
        .order_by(audit.AuditEvent.at, audit.AuditEvent.id)
    ).all()
    named: set[str] | None = None
    changed: set[str] = set()
    for event in events:
        if event.command == "registry.entry.return_":
            named = (named or set()) | _named(event.data.get("comments") or ())
        elif named is not None:
            changed |= set(_step(event).changed)
    return (None if named is None else frozenset(named)), frozenset(changed)


def _named(rows: Iterable[Any]) -> set[str]:
    return {row["field"] for row in rows if row.get("comment")}
