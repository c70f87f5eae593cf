"""Refusals as page or as problem+json: one place for every door."""

import logging
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, redirect, render_template, request
from jinja2 import TemplateNotFound
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError

from kernel.db import db, new_id
from kernel.errors import DomainError, InvalidInput, NotSignedIn, RuleBroken
from kernel.pages.session import current_locale
from kernel.pages.wording import messages_of
from kernel.words import N_, Text, translate

log = logging.getLogger("shuheng")
WORDS = {
    400: N_("The request could not be read."),
    401: N_("Please sign in first."),
    403: N_("You are not permitted to do this."),
    404: N_("There is nothing here under this address, or it is not open to you."),
    405: N_("This address does not take that kind of request."),
    413: N_("What was sent is larger than is taken here."),
    415: N_("This kind of content is not taken here."),
    422: N_("Some entries need to be corrected."),
    429: N_("Too many attempts. Please wait a while and try again."),
    500: N_("Something went wrong on our side. Nothing was changed. Please tell us the reference number."),
    503: N_("The service is busy or being maintained. Nothing was changed; please try again in a moment."),
}


def install_refusals(app: Flask) -> None:
    """Render every refusal of a command and every HTTP error."""
    app.register_error_handler(DomainError, refuse)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(DataError, _unstorable)
    app.register_error_handler(Exception, _unforeseen)


def refuse(error: DomainError) -> Any:
    """A refusal a person can understand."""
    if isinstance(error, NotSignedIn) and not _is_api() and request.method == "GET":
        return redirect(f"/sign-in?{urlencode({'next': request.full_path.rstrip('?')}, safe='/')}")
    found = error.messages if isinstance(error, InvalidInput) else {}
    errors = {name: messages_of(part) for name, part in found.items()}
    law = (
        {"duty": error.duty, "duties": list(error.ids), "basis": error.basis}
        if isinstance(error, RuleBroken)
        else {}
    )
    return _answer(error.status, error.code, error.message, errors=errors, **law)


def _http(error: HTTPException) -> Any:
    if isinstance(error, InternalServerError) and error.original_exception is not None:
        return _unforeseen(error.original_exception)
    status = error.code or 500
    if status < 400:
        return error
    messages = getattr(error, "data", {}).get("messages", {}) if hasattr(error, "data") else {}
    answer = _answer(
        status, error.name.lower().replace(" ", "_"), Text(WORDS.get(status, WORDS[400])), errors=messages
    )
    if (allowed := getattr(error, "valid_methods", None)) and isinstance(answer[0], Response):
        answer[0].headers["Allow"] = ", ".join(allowed)
    return answer


def _database(error: OperationalError) -> Any:
    db.session.rollback()
    reference = new_id().hex[:12]
    log.exception("database refused (reference %s)", reference, exc_info=error)
    return _answer(503, "busy", Text(WORDS[503]), reference=reference)


def _unstorable(_error: DataError) -> Any:
    """What was sent cannot stand in a database at all: a NUL sign, a number beyond its column."""
    db.session.rollback()
    return _answer(400, "bad_request", Text(WORDS[400]))


def _unforeseen(error: BaseException) -> Any:
    db.session.rollback()
    reference = new_id().hex[:12]
    log.exception("unforeseen error (reference %s)", reference, exc_info=error)
    return _answer(500, "unforeseen", Text(WORDS[500]), reference=reference)


def _is_api() -> bool:
    return request.path.startswith("/api/")


def _answer(status: int, code: str, message: Text, **facts: Any) -> tuple[Any, int]:
    locale = current_locale()
    if _is_api():
        body = {"type": f"urn:shuheng:{code}", "title": code, "status": status, "code": code}
        body["detail"] = translate(message, locale)
        answer = jsonify(body | {name: value for name, value in facts.items() if value})
        answer.mimetype = "application/problem+json"
        return answer, status
    said = {"status": status, "code": code, "message": message, **facts}
    try:
        page = render_template(f"errors/{status}.html", **said)
    except TemplateNotFound:
        page = render_template("errors/error.html", **said)
    return Response(page, mimetype="text/html"), status
