"""The rule book of a jurisdiction and the official working days."""

from typing import Any

from flask import render_template, request, url_for

from jurisdictions import tree
from kernel import due
from kernel.db import db
from kernel.due import CalendarYear
from kernel.errors import NotFound
from kernel.pages import current_actor, form_page, page_of
from kernel.routes.page_door import allow, done
from supervision import commands, queries
from supervision.views import pages


@page_of(CalendarYear)
def calendar_address(_year: CalendarYear) -> str:
    """All years stand on one page."""
    return url_for("supervision.calendar")


@pages.get("/rules")
@pages.get("/rules/<code>")
def rules(code: str | None = None) -> Any:
    """The rule book: every parameter of a jurisdiction with value, unit, basis, trust and origin."""
    places = tree.all_jurisdictions()
    chosen = code or request.args.get("code") or queries.home_jurisdiction(current_actor())
    if chosen not in {place.code for place in places}:
        raise NotFound()
    profile = tree.profile_of(chosen)
    return render_template("supervision/rules.html", profile=profile, places=places, chosen=chosen)


@pages.get("/calendar")
def calendar() -> Any:
    """Which years of working days are known and from which notice."""
    years = db.session.scalars(queries.calendar_years(current_actor())).all()
    may_load = commands.load.permits(current_actor(), None)
    return render_template("supervision/calendar.html", known=due.calendar(), loaded=years, may_load=may_load)


@pages.route("/calendar/load", methods=["GET", "POST"])
def load_calendar() -> Any:
    """The authority loads a year."""
    allow(commands.load, None, None)
    return form_page("supervision/load.html", commands.load, then=done(commands.load))
