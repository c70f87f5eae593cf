"""An application section by section, as pages."""

from typing import Any
from uuid import UUID

from flask import redirect, request

from contracts import queries
from contracts.commands import filling as commands
from contracts.models import Application
from contracts.queries.applications import source_ids
from contracts.views.applications import address, options_for, right_named
from contracts.views.door import pages, signed_in
from contracts.vocabulary import Level
from contracts.vocabulary.decision import SECTIONS
from kernel.errors import NotAllowed, NotFound
from kernel.pages import current_actor, form_page


@pages.route("/applications/begin", methods=["GET", "POST"])
def begin_application() -> Any:
    """Title and sources; everything else follows section by section."""
    signed_in()
    if not commands.begin.permits(current_actor(), None):
        raise NotAllowed()
    level = request.values.get("level", Level.FIRST.value)
    parent = right_named(request.values.get("parent_right_id", "")) if level == Level.SECOND else None
    if level not in list(Level) or level == Level.SECOND and parent is None:
        raise NotFound()
    return form_page(
        "contracts/application_section.html",
        commands.begin,
        values={"level": level, "parent_right_id": parent.id if parent else None}
        if request.method == "GET"
        else None,
        then=lambda asked: redirect(address(asked)),
        names=("title", "sources"),
        hidden={"level": level, "parent_right_id": parent.id if parent else ""},
        options={"sources": options_for(parent)["sources"]},
        heading_text=None,
    )


@pages.route("/applications/<uuid:row_id>/sections/<name>", methods=["GET", "POST"])
def application_section(row_id: UUID, name: str) -> Any:
    """One section of a draft, or of what came back."""
    asked = queries.seen(current_actor(), Application, row_id)
    if not commands.fill.permits(current_actor(), asked):
        raise NotAllowed()
    if name not in SECTIONS:
        raise NotFound()
    parent = queries.right(asked.parent_right_id) if asked.parent_right_id else None
    found = options_for(parent)
    values = {
        field: getattr(asked, field)
        for field in commands.FIELDS[name]
        if field not in ("sources", "attachment")
    }
    values["sources"] = [str(one) for one in source_ids(asked.id)]
    first = asked.level == Level.FIRST
    shown = [field for field in commands.FIELDS[name] if first or field not in commands.FIELDS["funding"]]
    return form_page(
        "contracts/application_section.html",
        commands.fill,
        subject=asked,
        values=values if request.method == "GET" else None,
        then=lambda done: redirect(address(done)),
        names=shown,
        hidden={"section": name},
        options={
            "sources": found["sources"],
            "territory": found["territory"],
            "shared_source_ids": found["sources"],
        },
        heading_text=SECTIONS[name],
    )
