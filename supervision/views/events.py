"""The log as those who audit read it: found by person, command, subject and day; nothing can be changed here."""

import json
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for

from kernel import audit
from kernel.audit import AuditEvent
from kernel.clock import LEGAL_ZONE
from kernel.command import COMMANDS
from kernel.db import db
from kernel.errors import NotAllowed, NotFound
from kernel.pages import page_of, paged, sheet
from kernel.pages.templates import command_label
from kernel.states import state_word
from kernel.words import N_, Text
from supervision import queries
from supervision.views import pages
from supervision.views.reading import LARGEST_FILE, days, signed_in, words

HEADINGS = [
    N_("Moment"),
    N_("Step"),
    N_("Command"),
    N_("Person"),
    N_("For organisation"),
    N_("Kind of subject"),
    N_("Subject"),
    N_("From state"),
    N_("To state"),
    N_("Duties checked"),
    N_("Event"),
]


@page_of(AuditEvent)
def event_address(row: AuditEvent) -> str:
    """The page of an event."""
    return url_for("supervision.event", event_id=row.id)


@pages.get("/events")
def events() -> Any:
    """The events of the reader's area, latest first, with filters and as a file."""
    actor = signed_in()
    if not queries.oversees(actor):
        raise NotAllowed()
    chosen = words("who", "command", "subject") | days("since", "until")
    query = queries.events(actor, **chosen)
    if kind := request.args.get("format"):
        return _file(query, kind)
    page = paged(query)
    return render_template(
        "supervision/events.html",
        page=page,
        chosen=chosen,
        names=queries.names_of_events(page.items),
        where=queries.addresses_of(page.items),
        label=label_of,
    )


def label_of(name: str) -> str:
    """The words on the button of a command, by its name."""
    command = COMMANDS.get(name)
    return command_label(command) if command else name


def _file(query: Any, kind: str) -> Any:
    return sheet(
        "events", HEADINGS, (_line(row) for row in db.session.scalars(query.limit(LARGEST_FILE))), kind
    )


def _line(row: AuditEvent) -> list[Any]:
    facts = row.facts
    return [
        row.at.astimezone(LEGAL_ZONE),
        Text(label_of(row.command)),
        row.command,
        facts["actor"],
        facts["organisation"],
        row.subject_type,
        str(row.subject_id),
        row.from_state and Text(state_word(row.from_state)),
        row.to_state and Text(state_word(row.to_state)),
        " ".join(facts["duties"]),
        str(row.id),
    ]


@pages.get("/events/<uuid:event_id>")
def event(event_id: UUID) -> Any:
    """One event: its input, what it produced, the duties that were checked, its place in the log."""
    actor = signed_in()
    row = queries.event(actor, event_id)
    if row is None:
        raise NotFound()
    facts = queries.event_facts(row)
    return render_template(
        "supervision/event.html",
        row=row,
        facts=facts,
        name=queries.names_of_events([row])[row.id],
        where=queries.addresses_of([row])[row.id],
        proof=audit.proof_of(row.id),
        label=label_of,
        shown={name: json.dumps(facts[name], ensure_ascii=False, indent=2) for name in ("data", "notes")},
    )
