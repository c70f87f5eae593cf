"""Builds the application. The only module that knows every package."""

import logging
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from flask import Flask, Response, g, request
from flask.cli import AppGroup
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from jurisdictions import calendars, tree
from kernel import audit, config, due, outbox
from kernel.audit import witnesses
from kernel.db import db
from kernel.pages import kept
from kernel.pages.templates import install, remember_language
from kernel.routes import do, doors, install_refusals, mount, runner, search

PACKAGES = ("accounts", "registry", "contracts", "billing", "marketplace", "sharing", "supervision")
POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self' https://checkout.stripe.com; frame-ancestors 'none'"
)
csrf = CSRFProtect()


def create_app(settings: config.Settings | None = None, **overrides: Any) -> Flask:
    """The application for `settings` (else those of the environment); `overrides` go to Flask's own configuration."""
    if settings is not None:
        config.use(settings)
    chosen = config.settings()
    chosen.data.mkdir(parents=True, exist_ok=True)
    tree.load(chosen.rules)
    due.law.update(profile=tree.profile_of, calendar=calendars.national_calendar)
    app = Flask("shuheng", root_path=str(config.ROOT), template_folder="templates", static_folder="static")
    app.config.update(
        SECRET_KEY=chosen.secret_key,
        SQLALCHEMY_DATABASE_URI=chosen.database_url,
        MAX_CONTENT_LENGTH=chosen.max_upload_bytes,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        SESSION_COOKIE_SECURE=chosen.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        TRUSTED_HOSTS=list(chosen.trusted_hosts) or None,
        WTF_CSRF_TIME_LIMIT=None,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )
    app.config.update(overrides)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    kept.install(app)
    if hops := chosen.proxies:  # else the address of a sender is what nobody can forge: the connection's own
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    _plug_in(app)
    if chosen.background and not app.testing:
        outbox.start_runner(app)
    return app


def _plug_in(app: Flask) -> None:
    db.init_app(app)
    csrf.init_app(app)
    for package in PACKAGES:
        _package(app, package)
    Migrate(
        app, db, compare_type=True, render_as_batch=app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite")
    )
    app.register_blueprint(doors)
    app.cli.add_command(do)
    app.cli.add_command(search)
    app.cli.add_command(runner)
    mount(app)
    for name, blueprint in app.blueprints.items():
        if name.startswith("api"):
            csrf.exempt(blueprint)
    install(app)
    install_refusals(app)
    app.before_request(_who)
    app.after_request(remember_language)
    app.after_request(_guard)


def _package(app: Flask, package: str) -> None:
    """Whatever doors a package has: pages, JSON, reactions, shell."""
    if find_spec(package) is None:
        return
    for door in ("models", "queries", "commands", "reactions", "api", "feeds", "views", "cli"):
        spec = find_spec(f"{package}.{door}")
        if spec is not None and spec.origin is not None:  # a folder without files is no door yet
            module = import_module(f"{package}.{door}")
            if door in ("views", "feeds"):
                app.register_blueprint(module.pages)
            elif door == "cli":
                for group in vars(module).values():
                    if isinstance(group, AppGroup):
                        app.cli.add_command(group)


def _who() -> None:
    """Load who is asking: the session's cookie for pages, a token – never a cookie – for the JSON door."""
    if request.endpoint == "static":
        return
    from accounts import views as accounts  # noqa: PLC0415

    by_program = request.path.startswith("/api/") and request.endpoint != "supervision.api_docs"
    g.actor = accounts.load_api_actor() if by_program else accounts.load_actor()


def _guard(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("X-Frame-Options", "DENY")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if config.settings().secure_cookies:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static":
        known = g.get("actor") is not None and g.actor.is_signed_in
        headers.setdefault("Cache-Control", "no-store" if known else "no-cache")
        headers.add("Vary", "Cookie, Accept-Language")
    return response


@outbox.every(30)
def seal_the_log(now: Any) -> None:
    """The runner appends the events since last time to the Merkle log, and tells its witnesses."""
    if audit.seal(now):
        witnesses.tell_witnesses(now)


def __getattr__(name: str) -> Flask:
    """`wsgi:app` is built when the server asks for it, not when the module is imported by tests."""
    if name != "app":
        raise AttributeError(name)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        globals()["app"] = built = create_app()
    except config.BadConfiguration as problems:
        raise SystemExit(f"Shuheng cannot start:\n{problems}") from problems
    return built
