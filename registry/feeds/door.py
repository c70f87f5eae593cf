"""What the open interfaces share: their blueprint, absolute addresses, and answers that may be kept for a while.

Whoever asks is nobody here: what these interfaces tell is what everybody may see, also for readers who are signed in.
"""

import hashlib
import uuid
from typing import Any

from flask import Blueprint, Response, request

from kernel.config import settings
from kernel.errors import InvalidInput
from kernel.words import N_, Text

pages = Blueprint("api_registry_feeds", __name__)
NO_TIME = "public, max-age=300"


def address(path: str) -> str:
    """The address of a path of this site, as others see it."""
    return f"{settings().base_url}{path}"


def entry_address(entry_id: uuid.UUID) -> str:
    """The address of an entry's page: it is also the entry's name in linked data."""
    return address(f"/catalogue/{entry_id}")


def file_address(release_id: uuid.UUID) -> str:
    """The address of the page of an open file; the file itself is below it."""
    return address(f"/open-data/{release_id}")


def kept(body: str | bytes, mimetype: str) -> Response:
    """An answer that may be kept for five minutes and asked for again by its mark (ETag)."""
    content = body.encode() if isinstance(body, str) else body
    response = Response(content, content_type=f"{mimetype}; charset=utf-8")
    response.set_etag(hashlib.sha256(content).hexdigest()[:32])
    response.headers["Cache-Control"] = NO_TIME
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.make_conditional(request)
    return response


def asked_id(name: str) -> uuid.UUID | None:
    """An identity in the query, or None. Raises InvalidInput where it is none."""
    text = request.args.get(name, "")
    if not text:
        return None
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise InvalidInput({name: [Text(N_("This is no identity of ours."))]}) from error


def asked_number(values: Any, name: str, default: int, most: int) -> int:
    """A whole number from 0 to `most` among the values of a request. Raises InvalidInput."""
    text = str(values.get(name, default)).strip()
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or int(text) > most:
        said = N_("Enter a whole number from {least} to {most}.")
        raise InvalidInput({name: [Text(said, least=0, most=most)]})
    return int(text)
