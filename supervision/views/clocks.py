"""Running deadlines as a list with filters and as a file."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for

from accounts.queries import names_of
from kernel import clock, due
from kernel.db import db
from kernel.due import DueDate
from kernel.errors import NotFound
from kernel.ledger import STOP
from kernel.pages import page_of, paged, sheet
from kernel.pages.addresses import address_by_table
from kernel.states import state_word
from kernel.words import N_, Text
from supervision import queries
from supervision.commands.clocks import extension
from supervision.models import Tick
from supervision.views import pages
from supervision.views.reading import LARGEST_FILE, days, signed_in, words
from supervision.vocabulary import STOP_CAUSES

KINDS = [
    ("running", N_("Still within time")),
    ("warned", N_("Last day is near")),
    ("missed", N_("Missed")),
    ("paused", N_("Clock stopped")),
    ("escalated", N_("Before the superiors")),
    ("provisional", N_("Date provisional")),
]
HEADINGS = [
    N_("Subject"),
    N_("Step"),
    N_("Waits for"),
    N_("For organisation"),
    N_("Began"),
    N_("Due"),
    N_("Working days left"),
    N_("Provisional"),
    N_("State"),
    N_("Legal basis"),
]


@page_of(DueDate)
def clock_address(row: DueDate) -> str:
    """A clock leads on to its subject."""
    return url_for("supervision.clock_of", clock_id=row.id)


@page_of(Tick)
def tick_address(_run: Tick) -> str:
    """The daily run has no page of its own; what it noted stands among the deadlines."""
    return url_for("supervision.clocks")


@pages.get("/clocks")
def clocks() -> Any:
    """Every open clock the reader may see, nearest first, with filters and as a file."""
    actor, today = signed_in(), clock.today()
    chosen = words("state", "waits_for", "step", "q") | days("until")
    query = queries.clocks(actor, **chosen)
    if kind := request.args.get("format"):
        return _file(query, kind)
    page = paged(query)
    calendar = due.calendar()
    steps, roles = queries.steps(actor)
    return render_template(
        "supervision/clocks.html",
        page=page,
        left={row.id: queries.days_left(calendar, today, row.due_on) for row in page.items},
        where=queries.addresses_of(page.items),
        names=names_of([row.organisation_id for row in page.items if row.organisation_id]),
        chosen=chosen,
        kinds=KINDS,
        steps=[(name, state_word(name)) for name in steps],
        roles=[(name, state_word(name)) for name in roles],
        today=today,
    )


def _file(query: Any, kind: str) -> Any:
    calendar, today = due.calendar(), clock.today()
    found = db.session.scalars(query.limit(LARGEST_FILE)).all()
    names = names_of([row.organisation_id for row in found if row.organisation_id])
    rows = (
        [
            row.heading,
            Text(state_word(row.name)),
            Text(state_word(row.waits_for)),
            names[row.organisation_id] if row.organisation_id else "",
            row.started_on,
            row.due_on,
            queries.days_left(calendar, today, row.due_on),
            Text(N_("Yes") if row.provisional else N_("No")),
            Text(state_word(row.state)),
            Text(str(row.why.get("basis") or "")),
        ]
        for row in found
    )
    return sheet("deadlines", HEADINGS, rows, kind)


@pages.get("/clocks/<uuid:clock_id>")
def clock_of(clock_id: UUID) -> Any:
    """A clock leads to the case it runs in."""
    row = queries.clock(signed_in(), clock_id)
    if row is None:
        raise NotFound()
    return redirect(address_by_table(row.subject_type, row.subject_id))


@pages.get("/clocks/<uuid:clock_id>/why")
def clock_why(clock_id: UUID) -> Any:
    """Why a clock ends on its day, step by step; and, before anybody acts, on which day it would end then."""
    row = queries.clock(signed_in(), clock_id)
    if row is None:
        raise NotFound()
    typed = request.args.get("days", "")
    days_more = int(typed) if typed.isascii() and typed.isdigit() and 0 < int(typed[:4]) <= 400 else None
    return render_template(
        "supervision/clock.html",
        row=row,
        left=queries.days_left(due.calendar(), clock.today(), row.due_on),
        names=names_of([row.organisation_id] if row.organisation_id else []),
        where=address_by_table(row.subject_type, row.subject_id),
        causes=STOP_CAUSES,
        days_more=days_more,
        preview=_preview(row, days_more) if row.state in ("running", "paused") else None,
    )


def _preview(row: DueDate, days_more: int | None) -> dict[str, Any]:
    """What each act would lead to if it were done today; nothing is written."""
    today = clock.today()
    stop = {"kind": STOP, "on": today.isoformat(), "until": None}
    entries = list(row.ledger)
    if row.state == "paused":
        going_on = due.reckoned(row, [*entries[:-1], entries[-1] | {"until": today.isoformat()}], today)
        return {"resume": going_on[0].due}
    shown = {"pause": due.reckoned(row, [*entries, stop], today)[0].due}
    if days_more:
        asked = {"days": days_more, "reasons": "", "by": ""}
        shown["extension"] = due.reckoned(row, [*entries, extension(asked, today, "")], today)[0].due
    return shown
