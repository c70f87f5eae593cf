"""What an action is asked: its parameters, from an address or a JSON body, read as CKAN reads them."""

import json
import re
import uuid
from collections.abc import Mapping
from typing import Any

from flask import Request

from registry.feeds.ckan.refusals import ActionRefused

Asked = Mapping[str, Any]
LONGEST = 2000
_TRUE, _FALSE = ("true", "yes", "on", "t", "y", "1"), ("false", "no", "off", "f", "n", "0", "")


def asked_of(request: Request) -> Asked:
    """The parameters of a request: the query, a JSON object, or a form. Raises ActionRefused."""
    if request.method == "GET":
        return dict(request.args.items())
    if request.form:
        return dict(request.form.items())
    raw = request.get_data(cache=True)
    if not raw.strip():
        return dict(request.args.items())
    try:
        values = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise ActionRefused("Bad Request", "JSON Error: the body is no JSON") from error
    if not isinstance(values, dict):
        raise ActionRefused("Bad Request", "JSON Error: the body is no JSON object")
    return values


def words(asked: Asked, name: str, default: str = "") -> str:
    """A text. Raises ActionRefused where it is none, or too long."""
    value = asked.get(name)
    if value is None:
        return default
    if not isinstance(value, str) or len(value) > LONGEST or "\x00" in value:
        raise ActionRefused("Validation Error", **{name: f"Must be a text of at most {LONGEST} characters"})
    return value.strip()


def required(asked: Asked, *names: str) -> str:
    """The first of these parameters that is given. Raises ActionRefused where none is."""
    for name in names:
        if found := words(asked, name):
            return found
    raise ActionRefused("Validation Error", **{names[0]: "Missing value"})


def number(asked: Asked, name: str, default: int, most: int) -> int:
    """A whole number from 0 on; what is above `most` is cut to it, as CKAN does. Raises ActionRefused."""
    value = asked.get(name, default)
    text = str(value).strip()
    if isinstance(value, bool) or not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise ActionRefused("Validation Error", **{name: "Must be a natural number"})
    return min(int(text), most)


def flag(asked: Asked, name: str, default: bool = False) -> bool:
    """A yes or no. Raises ActionRefused."""
    value = asked.get(name)
    if value is None or isinstance(value, bool):
        return default if value is None else value
    text = str(value).strip().lower()
    if text not in _TRUE + _FALSE:
        raise ActionRefused("Validation Error", **{name: "Must be true or false"})
    return text in _TRUE


def listed(asked: Asked, name: str) -> list[str]:
    """A list of texts: a JSON list, or a text that holds one (`["a","b"]`), or words with commas between."""
    value = asked.get(name)
    if isinstance(value, str):
        text = words(asked, name)
        try:
            value = json.loads(text) if text.startswith("[") else re.split(r"[,\s]+", text)
        except (ValueError, RecursionError) as error:
            raise ActionRefused("Validation Error", **{name: "Must be a list of texts"}) from error
    value = value or []
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value) or len(value) > 50:
        raise ActionRefused("Validation Error", **{name: "Must be a list of at most 50 texts"})
    return [part for part in value if part]


def identity(text: str) -> uuid.UUID | None:
    """An identity of ours, or None."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
