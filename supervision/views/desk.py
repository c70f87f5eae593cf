"""The desk: due work by its date first, then what each package lays on it."""

from typing import Any

from flask import render_template, url_for

from kernel import clock
from kernel.due import DueDate
from kernel.errors import NotSignedIn
from kernel.pages import DESK, DeskSection, current_actor, page_of, paged
from kernel.pages.addresses import address_by_table
from supervision import queries
from supervision.views import pages


@page_of(DueDate)
def clock_address(row: DueDate) -> str:
    """A clock is shown with its subject."""
    return address_by_table(row.subject_type, row.subject_id)


@pages.get("/desk")
def desk() -> Any:
    """What waits for the person, by date, then the sections of its roles."""
    actor = current_actor()
    if not actor.is_signed_in:
        raise NotSignedIn()
    sections: list[DeskSection] = []
    for _order, section in DESK:
        found = section(actor)
        if found is not None:
            sections += [found] if isinstance(found, DeskSection) else list(found)
    work = queries.due_work(actor, clock.today())
    return render_template("site/desk.html", work=work, sections=sections)


@pages.get("/clocks")
def clocks() -> Any:
    """Every open clock of the actor's area, nearest first."""
    actor = current_actor()
    if not actor.is_signed_in:
        raise NotSignedIn()
    today, calendar = clock.today(), queries.due.calendar()
    page = paged(queries.open_clocks(actor))
    left = {row.id: queries.days_left(calendar, today, row.due_on) for row in page.items}
    return render_template("supervision/clocks.html", page=page, left=left)


@pages.context_processor
def addresses() -> dict[str, Any]:
    """Links of this package for its templates."""
    return {"clocks_url": url_for("supervision.clocks")}
