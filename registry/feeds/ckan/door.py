"""The addresses `/api/3/action/<name>`: every action is read, by GET or POST, and answers as CKAN does."""

import logging
from collections.abc import Callable
from typing import Any

from flask import Response, jsonify, request

from kernel.db import db, new_id
from kernel.errors import DomainError
from kernel.routes.refusals import refuse
from registry.feeds.ckan import groups, site
from registry.feeds.ckan.asked import Asked, asked_of
from registry.feeds.ckan.refusals import ActionRefused
from registry.feeds.ckan.searching import package_search
from registry.feeds.door import address, pages

log = logging.getLogger("shuheng")
ACTIONS: dict[str, Callable[[Asked], Any]] = {
    action.__name__: action
    for action in (
        site.site_read,
        site.status_show,
        site.package_list,
        site.current_package_list_with_resources,
        site.package_show,
        site.resource_show,
        site.license_list,
        package_search,
        groups.organization_list,
        groups.organization_show,
        groups.group_list,
        groups.group_show,
        groups.tag_list,
    )
}
BOTH = ["GET", "POST"]


@pages.get("/api/3")
@pages.get("/api/3/")
def versions() -> Response:
    """Which version of the interface this is."""
    return jsonify(version=3)


@pages.route("/api/3/action/<path:name>", methods=BOTH)
@pages.route("/api/action/<path:name>", methods=BOTH)
def act(name: str) -> Response:
    """Carry out an action; whatever goes wrong is told in CKAN's shape."""
    try:
        action = ACTIONS.get(name)
        if action is None:
            raise ActionRefused("Bad Request", f"Action name not known: {name[:100]}")
        return _answer(name, 200, success=True, result=action(asked_of(request)))
    except ActionRefused as error:
        return _answer(name, error.status, success=False, error=error.body)
    except DomainError as error:
        kind = "Not Found Error" if error.status == 404 else "Validation Error"
        return _answer(
            name, ActionRefused(kind).status, success=False, error=ActionRefused(kind, str(error)).body
        )
    except Exception as error:
        db.session.rollback()
        reference = new_id().hex[:12]
        log.exception("unforeseen error (reference %s)", reference, exc_info=error)
        said = {"message": f"Internal error, reference {reference}", "__type": "Internal Server Error"}
        return _answer(name, 500, success=False, error=said)


@pages.errorhandler(DomainError)
def refuse_key(error: DomainError) -> Any:
    """A wrong key is refused before any action is looked at: in CKAN's shape where CKAN's address was asked."""
    if request.path.startswith(("/api/3", "/api/action")):
        kind = "Authorization Error" if error.status == 401 else "Validation Error"
        return _answer(
            "", ActionRefused(kind).status, success=False, error=ActionRefused(kind, str(error)).body
        )
    return refuse(error)


def _answer(name: str, status: int, **told: Any) -> Response:
    response = jsonify(help=address(f"/api/3/action/help_show?name={name[:100]}"), **told)
    response.status_code = status
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
