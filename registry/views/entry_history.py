"""The history of an entry: what changed when, in words, and the entry as it stood on any day."""

from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask import jsonify, render_template, request

from kernel.errors import InvalidInput
from kernel.pages import current_actor, current_locale
from kernel.words import N_, Text
from registry import queries
from registry.views.door import is_insider, pages
from registry.views.entries import groups_of, shown
from registry.vocabulary.entry_fields import ENTRY_FIELDS


@pages.get("/catalogue/<uuid:entry_id>/history")
def entry_history(entry_id: UUID) -> Any:
    """Every step of an entry with old and new text; with `on` the entry of that day. Strangers read what was public."""
    found = queries.entry_page(current_actor(), entry_id)
    inside = is_insider(found, found.agency_id)
    steps = [(step, _changes(step)) for step in reversed(queries.steps_of(found, public_only=not inside))]
    then = queries.entry_on(found, day) if (day := _day(request.args.get("on", ""))) else None
    if request.args.get("format") == "json":
        return jsonify(_plain(steps, then if inside or _was_public(then) else None))
    return render_template(
        "registry/entry_history.html",
        entry=found,
        steps=steps,
        then=then,
        groups=_text_of(then, inside) if then and (inside or _was_public(then)) else [],
        inside=inside,
        asked=request.args.get("on", ""),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        wrong = Text(N_("Write the day as year-month-day, for example 2026-05-01."))
        raise InvalidInput({"on": [wrong]}) from error


def _was_public(then: queries.EntryOnDay | None) -> bool:
    return then is not None and then.state == "published"


def _changes(step: queries.Step) -> list[list[Any]]:
    return [
        [ENTRY_FIELDS[name].word(current_locale()), shown(name, old), shown(name, new)]
        for name, (old, new) in step.changed.items()
        if name in ENTRY_FIELDS
    ]


def _text_of(then: queries.EntryOnDay, inside: bool) -> list[dict[str, Any]]:
    return groups_of(SimpleNamespace(**then.fields, comments={}, missing=[]), inside)


def _plain(steps: list[Any], then: queries.EntryOnDay | None) -> dict[str, Any]:
    """The same as data: field names instead of words."""
    told = [
        {
            "at": step.at.isoformat(),
            "command": step.command,
            "state": step.state,
            "reasons": step.reasons,
            "changed": {name: {"old": old, "new": new} for name, (old, new) in step.changed.items()},
        }
        for step, _ in steps
    ]
    on = {"on": then.on.isoformat(), "state": then.state, "entry": then.fields} if then else None
    return {"steps": told, "then": on}
