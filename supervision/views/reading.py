"""What the lists of supervision share: who may open them, and filters as they stand in the address."""

from datetime import date
from typing import Any

from flask import request

from kernel.actor import Actor
from kernel.errors import InvalidInput, NotSignedIn
from kernel.pages import current_actor
from kernel.words import N_, Text

LARGEST_FILE = 10_000


def signed_in() -> Actor:
    """The reader, who must have an account."""
    actor = current_actor()
    if not actor.is_signed_in:
        raise NotSignedIn()
    return actor


def words(*names: str) -> dict[str, Any]:
    """What the reader filters by in words; empty ones are left out, the unprintable is dropped."""
    typed = {name: request.args.get(name, "").replace("\x00", "").strip()[:200] for name in names}
    return {name: value for name, value in typed.items() if value}


def days(*names: str) -> dict[str, Any]:
    """What the reader filters by in days. Raises InvalidInput for what is no day."""
    found: dict[str, Any] = {}
    for name, value in words(*names).items():
        try:
            found[name] = date.fromisoformat(value)
        except ValueError as error:
            raise InvalidInput({name: [Text(N_("Write the day like 2026-11-21."))]}) from error
    return found
