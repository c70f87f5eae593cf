"""Form pages, from the same marshmallow schemas the JSON door uses."""

import re
from collections.abc import Callable
from typing import Any

from flask import render_template, request
from marshmallow import Schema, fields
from sqlalchemy import inspect

from kernel.command import Command, execute
from kernel.errors import DomainError, InvalidInput
from kernel.fields import File, Upload
from kernel.pages.session import current_actor
from kernel.pages.wording import messages_of

_REPEATED = re.compile(r"^(\w+)-(\d+)-(\w+)$")


class Form:
    """What a template needs to draw a schema: fields, values as typed, messages, where it is sent."""

    def __init__(
        self,
        schema: type[Schema],
        values: dict[str, Any] | None = None,
        errors: dict[str, Any] | None = None,
        *,
        refusal: DomainError | None = None,
        action: str = "",
        button: str = "",
    ) -> None:
        self.fields = schema().load_fields
        self.values = values or {}
        self.errors = {name: messages_of(found) for name, found in (errors or {}).items()}
        self.refusal = refusal
        self.action, self.button = action, button
        for field in self.fields.values():
            if callable(listed := field.metadata.get("choices")):
                field.metadata = {**field.metadata, "choices": listed(current_actor())}
        self.multipart = any(isinstance(field, Upload) for field in self.fields.values())


def form_page(
    template: str,
    command: Command,
    *,
    then: Callable[[Any], Any],
    subject: Any = None,
    values: dict[str, Any] | None = None,
    **context: Any,
) -> Any:
    """GET draws the form; POST executes the command and goes on with `then(subject)`, or draws the form again.

    Bad input answers 422, a refusal its own status; what was typed stays in the form.
    """
    if request.method == "GET":
        form = Form(
            command.schema, values if values is not None else _present(command, subject), action=request.path
        )
        return render_template(template, form=form, command=command, subject=subject, **context)
    typed, key = form_values(command.schema), request.form.get("request_key") or None
    subject_id = getattr(subject, "id", None)
    try:
        return then(
            execute(command, actor=current_actor(), subject_id=subject_id, data=typed, request_key=key)
        )
    except InvalidInput as error:
        form = Form(command.schema, typed, error.messages, action=request.path)
        status = error.status
    except DomainError as error:
        form = Form(command.schema, typed, refusal=error, action=request.path)
        status = error.status
    return render_template(template, form=form, command=command, subject=subject, **context), status


def form_values(schema: type[Schema]) -> dict[str, Any]:
    """What the browser sent, in the shape of the schema: lists, booleans, files; empty strings are dropped."""
    values: dict[str, Any] = {}
    for name, field in schema().load_fields.items():
        if isinstance(field, Upload):
            if (sent := request.files.get(name)) and sent.filename:
                values[name] = File(sent.filename, sent.read())
        elif isinstance(field, fields.List | fields.Tuple):
            if listed := _listed(name, field):
                values[name] = listed
        elif isinstance(field, fields.Boolean):
            values[name] = request.form.get(name, "") not in ("", "0", "false")
        elif (typed := request.form.get(name, "")).strip() != "":
            values[name] = typed
    return values


def _listed(name: str, field: Any) -> list[Any]:
    inner = getattr(field, "inner", None)
    if isinstance(inner, fields.Nested):
        return _repeated(name)
    if isinstance(inner, Upload):
        return [File(sent.filename, sent.read()) for sent in request.files.getlist(name) if sent.filename]
    sent = [value for value in request.form.getlist(name) if value.strip()]
    separator = field.metadata.get("separator")
    if separator and len(sent) == 1:
        return [part.strip() for part in re.split(separator, sent[0]) if part.strip()]
    return sent


def _repeated(name: str) -> list[dict[str, str]]:
    rows: dict[int, dict[str, str]] = {}
    for key, value in request.form.items():
        match = _REPEATED.match(key)
        if match and match[1] == name and value.strip():
            rows.setdefault(int(match[2]), {})[match[3]] = value
    return [rows[number] for number in sorted(rows)]


def _present(command: Command, subject: Any) -> dict[str, Any]:
    if subject is None:
        return {name: value for name, value in request.args.items() if name in command.schema().load_fields}
    schema = command.schema()
    for name in inspect(type(subject)).relationships.keys() & schema.dump_fields.keys():
        del schema.dump_fields[name]  # rows of another table: a page that asks for them reads them itself
    return dict(schema.dump(subject))
