"""Where the page of a subject is. Each package says it for its tables; nobody else builds addresses by hand."""

from collections.abc import Callable
from typing import Any

from kernel.db import db

PAGES: dict[type, Callable[[Any], str]] = {}


def page_of(model: type) -> Callable[[Callable[[Any], str]], Callable[[Any], str]]:
    """Register the address of the page of a `model`: `@page_of(Registration) def address(row) -> str`."""

    def register(address: Callable[[Any], str]) -> Callable[[Any], str]:
        PAGES[model] = address
        return address

    return register


def address_of(subject: Any) -> str:
    """The address of a subject's page; the desk where it has none."""
    address = PAGES.get(type(subject))
    return address(subject) if address else "/desk"


def address_by_table(table: str, subject_id: Any) -> str:
    """The address of the page of a row known by table name and identity (events, deadlines, documents)."""
    for model in PAGES:
        if getattr(model, "__tablename__", None) == table:
            row = db.session.get(model, subject_id)
            return address_of(row) if row else "/desk"
    return "/desk"
