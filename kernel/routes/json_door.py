"""The generic JSON door: `GET` lists and subjects, `POST …/<verb>` runs commands, OpenAPI 3.1 describes it all."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.common import resolve_schema_cls
from flask import Flask, request
from flask_smorest import Api, Blueprint
from marshmallow import Schema, fields

from kernel.command import COMMANDS, Command, available, execute
from kernel.db import db
from kernel.errors import InvalidInput, NotFound
from kernel.fields import Upload, Words, Yuan
from kernel.pages.forms import form_values
from kernel.pages.lists import LARGEST_API_PAGE, Page, paged
from kernel.pages.searching import Searched
from kernel.pages.session import current_actor
from kernel.permissions import visible_to
from kernel.routes.description import ANSWERS as ANSWERED
from kernel.routes.description import DESCRIBED, answers_may_be_empty, one_of, shown_as
from kernel.search import parameters
from kernel.words import N_, Text


class ProblemView(Schema):
    """A refusal as RFC 9457 describes it."""

    type = fields.String()
    title = fields.String()
    status = fields.Integer()
    detail = fields.String()
    code = fields.String()
    errors = fields.Dict(keys=fields.String())
    duty = fields.String()
    duties = fields.List(fields.String())
    basis = fields.String()
    reference = fields.String()


class Door(Api):  # type: ignore[misc]
    """flask-smorest's Api with our own shape of refusals."""

    ERROR_SCHEMA = ProblemView

    def _register_error_handlers(self) -> None:
        """Refusals are rendered by kernel.routes.refusals for every door alike."""


@dataclass(frozen=True)
class Served:
    """A subject with an address in the JSON door."""

    model: type
    package: str
    plural: str
    view: type[Schema]
    rows: Callable[..., Any] | None
    searches: tuple[str, ...] = ()

    def page(self) -> Page:
        """The page of the list that the request asks for."""
        if self.rows is None:
            return Searched(current_actor(), self.searches).page
        return paged(self.rows(current_actor()))

    @property
    def parameters(self) -> list[dict[str, Any]]:
        """What the list takes in its address."""
        return [*PAGING, *(parameters(self.searches) if self.searches else ())]


SERVED: list[Served] = []
SHOWN: dict[type, type[Schema]] = {}


def serve(
    model: type,
    package: str,
    plural: str,
    View: type[Schema],  # noqa: N803
    list_: Callable[..., Any] | None = None,
    *,
    searches: tuple[str, ...] = (),
) -> None:
    """Give a subject its JSON addresses `/api/v1/<package>/<plural>`.

    `list_(actor)` selects what it may see; or `searches` names the kinds of kernel.search that the list looks through.
    """
    SERVED.append(Served(model, package, plural, View, list_, searches))


@dataclass(frozen=True)
class Answer:
    """An address of the JSON door that answers a question about no served subject."""

    prefix: str
    rule: str
    view: Callable[..., Any]
    schema: type[Schema]
    others: tuple[int, ...]
    summary: str


ANSWERS: list[Answer] = []


def answers(
    prefix: str,
    rule: str,
    View: type[Schema],  # noqa: N803
    *,
    others: tuple[int, ...] = (),
    summary: str = "",
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let the function below answer `GET /api/v1/<prefix><rule>`; `others`: statuses that have the same shape."""

    def register(view: Callable[..., Any]) -> Callable[..., Any]:
        ANSWERS.append(Answer(prefix, rule, view, View, others, summary))
        return view

    return register


def mount(app: Flask) -> None:
    """Build the door for everything that was served, with its OpenAPI document and its reader."""
    app.config.update(
        API_TITLE="Shuheng",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS=SPEC | {"paths": DESCRIBED},
    )
    plugin = MarshmallowPlugin(schema_name_resolver=schema_name)
    door = Door(app, spec_kwargs={"marshmallow_plugin": plugin})
    plugin.converter.add_attribute_function(answers_may_be_empty)  # type: ignore[union-attr]
    door.register_field(Words, "string", None)
    door.register_field(Yuan, "string", "decimal")
    door.register_field(Upload, "string", "binary")
    for status in REFUSALS:
        said = {"description": HTTPStatus(status).phrase, "content": {PROBLEM: {"schema": ProblemView}}}
        door.spec.components.response(f"Refused{status}", said)
    groups: dict[str, Any] = {}
    for served in SERVED:
        name, prefix = f"api_{served.package}", f"/api/v1/{served.package}"
        group = groups.setdefault(name, Blueprint(name, name, url_prefix=prefix, description=served.package))
        _reads(group, served)
        for command in COMMANDS.values():
            if command.subject is served.model:
                _verb(group, served, command)
    for row in ANSWERS:
        name, prefix = f"api_{row.prefix}", f"/api/v1/{row.prefix}"
        _answered(groups.setdefault(name, Blueprint(name, name, url_prefix=prefix, description=row.prefix)), row)
    for group in groups.values():
        door.register_blueprint(group)


def _answered(group: Any, row: Answer) -> None:
    view = row.view
    ANSWERED.add(row.schema)
    for status in row.others:
        view = group.alt_response(status, schema=row.schema)(view)
    documented = group.doc(summary=row.summary)(group.response(200, row.schema)(view))
    group.add_url_rule(row.rule, view.__name__, documented, methods=["GET"])


def schema_name(schema: Any) -> str:
    """The name of a schema in the OpenAPI document: with its package and subject, since names recur among them."""
    found = resolve_schema_cls(schema)
    known = found[0] if isinstance(found, list) else found
    places = [
        part
        for part in known.__module__.split(".")
        if part not in ("kernel", "routes", "json_door", "schemas")
    ]
    return "".join(part.title().replace("_", "") for part in places) + str(known.__name__)


SPEC: dict[str, Any] = {
    "info": {
        "description": "Every change is a command; every answer lists the commands this caller may run now."
    },
    "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    "security": [{}, {"token": []}],
}


def _reads(group: Any, served: Served) -> None:
    class Many(Schema):
        items = fields.List(fields.Nested(served.view))
        total = fields.Integer()
        page = fields.Integer()
        size = fields.Integer()

    Many.__name__, Many.__module__ = f"{served.view.__name__}Page", served.view.__module__
    SHOWN[served.model] = shown_as(served.view)

    def many() -> Any:
        page = served.page()
        return {"items": page.items, "total": page.total, "page": page.page, "size": page.size}

    def one(subject_id: uuid.UUID) -> Any:
        return shown(served, _seen(served, subject_id))

    about = f"The {served.plural} you may see"
    listed = _documented(group, many, 200, Many, (404, 422), parameters=served.parameters, summary=about)
    told, answer = "One of them, with the commands you may run now", one_of(SHOWN[served.model], 200)
    single = _documented(group, one, 200, None, (404,), summary=told, responses=answer)
    group.add_url_rule(f"/{served.plural}", f"{served.plural}_list", listed, methods=["GET"])
    group.add_url_rule(f"/{served.plural}/<uuid:subject_id>", f"{served.plural}_one", single, methods=["GET"])


def _documented(
    group: Any, view: Any, status: int, schema: type[Schema] | None, refusals: tuple[int, ...], **doc: Any
) -> Any:
    """The view with its answers written into the OpenAPI document; refusals by name, they are the same everywhere."""
    named = {str(refused): f"Refused{refused}" for refused in refusals}
    doc["responses"] = named | doc.get("responses", {})
    return group.doc(**doc)(group.response(status, schema)(view))


def _verb(group: Any, served: Served, command: Command) -> None:
    about = (command.handler.__doc__ or "").strip().split("\n")[0]
    body = {"summary": command.name, "description": about, "requestBody": _request_body(command)}

    def act(subject_id: uuid.UUID | None = None) -> Any:
        done = execute(
            command,
            actor=current_actor(),
            subject_id=subject_id,
            data=json_values(command),
            request_key=request.headers.get("Idempotency-Key"),
        )
        return shown(served, done), 201 if command.creates and subject_id is None else 200

    status = 201 if command.creates else 200
    body["responses"] = one_of(SHOWN[served.model], status)
    documented = _documented(group, act, status, None, REFUSALS, **body)
    verb = command.verb.strip("_")
    where = f"/{served.plural}/{verb}" if command.creates else f"/{served.plural}/<uuid:subject_id>/{verb}"
    group.add_url_rule(where, f"{served.plural}_{verb}", documented, methods=["POST"])


PROBLEM = "application/problem+json"
REFUSALS = (401, 403, 404, 409, 413, 415, 422, 429)
PAGING = [
    {"in": "query", "name": "page", "schema": {"type": "integer", "minimum": 1, "maximum": 100000}},
    {"in": "query", "name": "size", "schema": {"type": "integer", "minimum": 1, "maximum": LARGEST_API_PAGE}},
]


def _request_body(command: Command) -> dict[str, Any]:
    has_file = any(isinstance(field, Upload) for field in command.schema().load_fields.values())
    media = "multipart/form-data" if has_file else "application/json"
    required = any(field.required for field in command.schema().load_fields.values())
    return {"required": required, "content": {media: {"schema": command.schema}}}


def json_values(command: Command) -> dict[str, Any]:
    """The input of a command: a JSON object, or a form where the command takes files."""
    if request.mimetype == "multipart/form-data":
        return form_values(command.schema)
    raw = request.get_data()
    if not raw:
        return {}
    values = request.get_json(force=True, silent=True)
    if not isinstance(values, dict):
        raise InvalidInput({"_schema": [Text(N_("Send one JSON object."))]})
    return values


def _seen(served: Served, subject_id: uuid.UUID) -> Any:
    model: Any = served.model
    query = db.select(model).where(model.id == subject_id, visible_to(current_actor(), model))
    subject = db.session.scalar(query)
    if subject is None:
        raise NotFound()
    return subject


def shown(served: Served, subject: Any) -> dict[str, Any]:
    """A subject as JSON with the verbs this actor may run on it now."""
    verbs = [command.verb.strip("_") for command in available(subject, current_actor())]
    return dict(served.view().dump(subject)) | {"available": verbs}
