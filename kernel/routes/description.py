"""What the OpenAPI document says beyond the JSON door: answers may hold nulls, and other open addresses exist."""

from typing import Any

from marshmallow import Schema, fields

ANSWERS: set[type[Schema]] = set()
DESCRIBED: dict[str, dict[str, Any]] = {}


def describe(path: str, **operations: dict[str, Any]) -> None:
    """Put an open address that is no part of the JSON door into the document: `describe("/oai", get={…})`."""
    DESCRIBED[path] = operations


def answers_may_be_empty(_converter: Any, field: fields.Field[Any], ret: dict[str, Any]) -> dict[str, Any]:
    """A field of an answer is null where there is nothing to tell (what a view is made of may know nothing yet)."""
    parent = field.parent  # of a part of a list it is the list: such a part is there or not there, never null
    if type(parent) not in ANSWERS:
        return {}
    told: dict[str, Any] = {}
    if "$ref" in ret:
        told["anyOf"] = [{"$ref": ret.pop("$ref")}, {"type": "null"}]
    elif "allOf" in ret:
        told["anyOf"] = [*ret.pop("allOf"), {"type": "null"}]
    elif "type" in ret:
        kinds = ret["type"] if isinstance(ret["type"], list) else [ret["type"]]
        told["type"] = kinds if "null" in kinds else [*kinds, "null"]
    if "enum" in ret and None not in ret["enum"]:
        told["enum"] = [*ret["enum"], None]
    return told


def shown_as(view: type[Schema]) -> type[Schema]:
    """The schema of an answer that shows a subject: its view, and the commands the caller may run on it now."""
    parts = {"available": fields.List(fields.String()), "__module__": view.__module__}
    made = type(f"{view.__name__}Shown", (view,), parts)
    ANSWERS.update({view, made})
    return made


def one_of(shown: type[Schema], status: int) -> dict[str, Any]:
    """The answer with such a subject, for the document alone: the door has dumped it already."""
    return {str(status): {"description": "The subject", "content": {"application/json": {"schema": shown}}}}
