"""Pages for everybody: home, help, service status, site map, the reader of the interfaces."""

from typing import Any

from flask import current_app, jsonify, render_template, send_from_directory

from kernel import clock, config
from supervision import queries
from supervision.views import pages

VERSION = "0.1.0"


@pages.get("/")
def home() -> Any:
    """What this is and where each reader goes."""
    return render_template("site/home.html", figures=queries.public_figures(clock.today()))


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


@pages.get("/healthz")
def healthz() -> Any:
    """The state of the service as JSON: version, database, calendar, queue, log, daily run."""
    facts = queries.health()
    return jsonify(version=VERSION, **facts), 503 if facts["status"] == "unavailable" else 200


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
    closed = "".join(f"Disallow: /{part}/\n" for part in ("do", "api", "account"))
    text = f"User-agent: *\n{closed}Sitemap: {config.settings().base_url}/sitemap.xml\n"
    return current_app.response_class(text, mimetype="text/plain")
