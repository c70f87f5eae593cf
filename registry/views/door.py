"""What the pages of the registry share: the blueprint, files to download, who may read the inner parts of a case."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, request

from accounts import queries as accounts
from kernel import due
from kernel.command import Command
from kernel.errors import NotAllowed, NotFound, NotSignedIn
from kernel.pages import current_actor, current_locale
from kernel.storage import store

pages = Blueprint("registry", __name__)
OVERSEEING = frozenset({"authority", "auditor", "government", "registrar", "expert"})


def chosen(*names: str) -> dict[str, str]:
    """The filters of a list as they stand in the address, each one word or sentence; no database takes a zero byte."""
    return {name: request.args.get(name, "").replace("\x00", "").strip() for name in names}


def place_name(code: str) -> str:
    """The name of a jurisdiction in the reader's language."""
    return accounts.place_name(code, current_locale())


def is_insider(subject: Any, *owners: Any) -> bool:
    """Whether the reader belongs to a party of the case or oversees its place: then papers and log are shown."""
    actor = current_actor()
    if actor.organisation_id is not None and actor.organisation_id in owners:
        return True
    return bool(OVERSEEING & actor.roles) and subject.jurisdiction in actor.jurisdictions


def next_clock(subject: Any) -> Any:
    """The clock that ends next, or None."""
    return next(iter(due.running_of(subject)), None)


def download(facts: dict[str, Any] | None) -> Response:
    """A stored paper as a file; it is never shown inside the browser."""
    if not facts:
        raise NotFound()
    return sent(facts["storage_key"], facts["name"], facts["media_type"], facts["size"])


def sent(key: str, name: str, media_type: str, size: int) -> Response:
    """The bytes under a key, streamed, under the name people know."""
    body: Iterable[bytes] = store().stream(key)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Content-Length": str(size),
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(body, mimetype=media_type, headers=headers)


def allow(command: Command, subject: Any) -> None:
    """Refuse a form to those whom its command would refuse."""
    actor = current_actor()
    if not command.permits(actor, subject):
        raise NotAllowed() if actor.is_signed_in else NotSignedIn()
