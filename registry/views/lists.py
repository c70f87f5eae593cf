"""Lists and case pages of the managing side in one shape: columns are data, the file to download has the same ones."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import render_template, request
from sqlalchemy import Select

from accounts.vocabulary import MANAGING
from kernel.actor import Actor
from kernel.command import COMMANDS, may_create
from kernel.db import db
from kernel.errors import NotAllowed, NotSignedIn
from kernel.pages import address_of, current_actor, current_locale, paged, sheet
from kernel.states import StateMachine, state_word
from kernel.words import N_, Text, translate
from registry.views.door import chosen, place_name

Value = Callable[[Any], Any]


@dataclass(frozen=True)
class Column:
    """A column: its label, what it shows of a row, and as what kind (text, t, num, day, moment, state, code)."""

    label: str
    value: Value
    kind: str = "text"


@dataclass(frozen=True)
class Facet:
    """A filter of a list by choices (code, words); `place` marks the one whose words are names of places."""

    name: str
    label: str
    choices: Sequence[tuple[str, str]]


@dataclass
class Listing:
    """A list page: what it is called, what it shows, by what it is narrowed, what can be begun from it."""

    name: str
    title: str
    lead: str
    columns: Sequence[Column]
    facets: Sequence[Facet] = ()
    actions: Sequence[tuple[str, str]] = ()
    empty: str = N_("There is nothing here yet.")
    search: bool = True
    tabs: Sequence[tuple[str, str]] = ()
    template: str = "registry/list.html"
    more: dict[str, Any] = field(default_factory=dict)


def reader() -> Actor:
    """The reader of a case, who is sent to sign in first; whether the case is there for it, the query says."""
    actor = current_actor()
    if not actor.is_signed_in:
        raise NotSignedIn()
    return actor


def managing() -> Actor:
    """The reader of a list, who acts for a managing body; others are sent to sign in or refused."""
    actor = reader()
    if not actor.roles & set(MANAGING):
        raise NotAllowed()
    return actor


def states_of(machine: StateMachine) -> list[tuple[str, str]]:
    """The states of a table as choices of a filter."""
    return [(state, state_word(state)) for state in sorted(machine.states)]


def places_of(actor: Actor) -> list[tuple[str, str]]:
    """The places the actor answers for as choices of a filter."""
    return [(code, place_name(code)) for code in sorted(actor.jurisdictions)]


def asked(listing_facets: Sequence[Facet]) -> dict[str, str]:
    """The filters as they stand in the address; a value that is no choice narrows nothing."""
    found = chosen("q", *(facet.name for facet in listing_facets))
    for facet in listing_facets:
        if found[facet.name] not in {code for code, _ in facet.choices}:
            found[facet.name] = ""
    return found


def list_page(listing: Listing, query: Select[Any], filters: dict[str, str], *, scalars: bool = True) -> Any:
    """The list as a page, or as the file that `format` asks for."""
    if kind := request.args.get("format"):
        rows = db.session.scalars(query) if scalars else db.session.execute(query)
        cells = ([_plain(column.value(row), column.kind) for column in listing.columns] for row in rows)
        return sheet(listing.name, [column.label for column in listing.columns], cells, kind)
    page = paged(query, scalars=scalars)
    return render_template(
        listing.template,
        listing=listing,
        page=page,
        rows=[[cell(column, row) for column in listing.columns] for row in page.items],
        facets=[_drawn(facet, filters) for facet in listing.facets],
        q=filters.get("q", ""),
        **listing.more,
    )


def cell(column: Column, row: Any) -> dict[str, Any]:
    """A cell as the template takes it; what leads somewhere is a mapping already."""
    value = column.value(row)
    found = dict(value) if isinstance(value, dict) else {"value": value}
    if column.kind == "t":
        found["value"] = translate(found["value"], current_locale())
    return found


def link(row: Any, words: str | None = None, note: str | None = None) -> dict[str, Any]:
    """A cell that leads to the page of a row."""
    return {"value": words or row.heading, "href": address_of(row), "note": note}


def _plain(value: Any, kind: str) -> Any:
    found = value["value"] if isinstance(value, dict) else value
    if kind == "state":
        return Text(state_word(found))
    return Text(found) if kind == "t" and isinstance(found, str) else found


def _drawn(facet: Facet, filters: dict[str, str]) -> dict[str, Any]:
    options = [
        {"value": code, "label": translate(words, current_locale()), "checked": filters[facet.name] == code}
        for code, words in facet.choices
    ]
    label = translate(facet.label, current_locale())
    return {"name": facet.name, "label": label, "kind": "select", "options": options}


@dataclass
class CasePage:
    """The page of a case: facts in order (label, value, kind), what happens next, buttons by the table of commands."""

    subject: Any
    title: str
    caption: str
    crumbs: Sequence[tuple[str, str]]
    facts: Sequence[tuple[str, Any, str]]
    next: tuple[str, str, str] | None = None
    skip: Sequence[str] = ()
    first: str | None = None
    template: str = "registry/case.html"
    more: dict[str, Any] = field(default_factory=dict)


def case_page(page: CasePage) -> str:
    """The page of a case of the managing side."""
    return render_template(page.template, case=page, subject=page.subject, **page.more)


def creates(command: str, label: str, href: str = "") -> list[tuple[str, str]]:
    """The button that begins something, for those who may."""
    may = may_create(COMMANDS[command], current_actor())
    return [(label, href or f"/do/{command}")] if may else []


def table_rows(columns: Sequence[Column], rows: Iterable[Any]) -> list[list[dict[str, Any]]]:
    """Rows of a table inside a case page."""
    return [[cell(column, row) for column in columns] for row in rows]
