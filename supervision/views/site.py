"""Pages for everybody: home, help, rule book, working days, service status, search, site map."""

from typing import Any

from flask import current_app, jsonify, redirect, render_template, request, send_from_directory, url_for

from jurisdictions import tree
from kernel import config, due
from kernel.db import db
from kernel.due import CalendarYear
from kernel.errors import NotFound
from kernel.pages import current_actor, form_page, page_of
from supervision import commands, queries
from supervision.views import pages

VERSION = "0.1.0"


@page_of(CalendarYear)
def calendar_address(_year: CalendarYear) -> str:
    """All years stand on one page."""
    return url_for("supervision.calendar")


@pages.get("/")
def home() -> Any:
    """What this is and where each reader goes."""
    return render_template("site/home.html", figures=queries.public_figures())


@pages.get("/help")
def help_() -> Any:
    """How to find, buy, apply, check; the words of the field."""
    return render_template("site/help.html")


@pages.get("/accessibility")
def accessibility() -> Any:
    """What the pages promise to every reader."""
    return render_template("site/accessibility.html")


@pages.get("/privacy")
def privacy() -> Any:
    """Which personal data are kept, why and how long."""
    return render_template("site/privacy.html")


@pages.get("/sitemap")
def sitemap() -> Any:
    """Every page that is open to the reader."""
    return render_template("site/sitemap.html")


@pages.get("/search")
def search() -> Any:
    """Words typed anywhere lead to the catalogue's search."""
    return redirect(url_for("registry.catalogue", q=request.args.get("q", "")))


@pages.get("/healthz")
def healthz() -> Any:
    """The state of the service as JSON: version, database, calendar, queue, log."""
    return jsonify(status="ok", version=VERSION, **queries.health())


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
    from kernel.routes.page_door import allow, done  # noqa: PLC0415

    allow(commands.load, None, None)
    return form_page("site/command.html", commands.load, then=done(commands.load))


@pages.get("/api/docs")
@pages.get("/api/v1/docs")
def api_docs() -> Any:
    """The reader of the OpenAPI document, from our own origin."""
    return render_template("site/api_docs.html")


@pages.get("/favicon.ico")
def favicon() -> Any:
    """The mark in the browser's tab."""
    return send_from_directory(f"{current_app.static_folder}/img", "favicon.svg", mimetype="image/svg+xml")


@pages.get("/robots.txt")
def robots() -> Any:
    """What crawlers may read."""
    text = f"User-agent: *\nDisallow: /do/\nDisallow: /api/\nSitemap: {config.settings().base_url}/sitemap\n"
    return current_app.response_class(text, mimetype="text/plain")
