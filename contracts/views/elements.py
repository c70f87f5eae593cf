"""Data elements as pages: finding them, describing and delivering them, obtaining their file."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request

from accounts.queries import names_of
from contracts import commands, queries
from contracts.models import DataElement
from contracts.states import ELEMENT
from contracts.views.door import filters, handed_out, link, pages, signed_in
from kernel.command import execute
from kernel.errors import NotFound
from kernel.pages import current_actor, form_page, page_of, paged
from kernel.states import state_word
from kernel.storage import store

SHOWN_ROWS = 10
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@page_of(DataElement)
def address(element: DataElement) -> str:
    """The page of an element."""
    return f"/elements/{element.id}"


@pages.get("/elements")
def elements() -> Any:
    """The elements the reader may see."""
    signed_in()
    chosen, actor = filters("state", "q"), current_actor()
    page = paged(queries.elements(actor, state=chosen.get("state"), q=chosen.get("q")))
    return render_template(
        "contracts/elements.html",
        page=page,
        names=names_of([row.operator_id for row in page.items]),
        chosen=chosen,
        states=[(state, state_word(state)) for state in sorted(ELEMENT.states)],
        rights=_own_rights() if "operator" in actor.roles else [],
    )


def _own_rights() -> list[Any]:
    actor = current_actor()
    if actor.organisation_id is None:
        return []
    return queries.rights_of_holder(actor.organisation_id, level="first_level", states=("in_force",))


@pages.route("/elements/new", methods=["GET", "POST"])
def new_element() -> Any:
    """First the right is chosen, then the element described."""
    signed_in()
    held = _right(request.values.get("right_id", ""))
    if held is None:
        return render_template("contracts/choose_right.html", rights=_own_rights())
    return form_page(
        "contracts/element_form.html",
        commands.element.draft,
        then=lambda made: redirect(address(made)),
        held=held,
        resources=queries.sources_of_right(held),
    )


@pages.route("/elements/<uuid:row_id>/edit", methods=["GET", "POST"])
def edit_element(row_id: UUID) -> Any:
    """The same form for a draft."""
    element = queries.seen(current_actor(), DataElement, row_id)
    held = queries.right(element.right_id)
    if held is None:
        raise NotFound()
    made_from = [str(facts.id) for facts in queries.lineage_of(element.id)]
    names = ("right_id", "title", "abstract", "treatment")
    values = {name: getattr(element, name) for name in names} | {
        "resources": made_from,
        "columns": element.fields,
    }
    return form_page(
        "contracts/element_form.html",
        commands.element.amend,
        then=lambda changed: redirect(address(changed)),
        subject=element,
        values=values if request.method == "GET" else None,
        held=held,
        resources=queries.sources_of_right(held),
    )


def _right(right_id: str) -> Any:
    try:
        held = queries.right(UUID(right_id)) if right_id else None
    except ValueError:
        raise NotFound() from None
    if held is not None and held.holder_id != current_actor().organisation_id:
        raise NotFound()
    return held


@pages.get("/elements/<uuid:row_id>")
def element(row_id: UUID) -> Any:
    """One element: fields, lineage, treatment, the rights on it; its rows for the operator alone."""
    found, actor = queries.seen(current_actor(), DataElement, row_id), current_actor()
    own = actor.organisation_id == found.operator_id
    table = queries.table_of_element(found) if own else None
    resting = [
        row for row in queries.rights_on_element(found.id) if own or row.holder_id == actor.organisation_id
    ]
    return render_template(
        "contracts/element.html",
        element=found,
        own=own,
        names=names_of([found.operator_id, *(row.holder_id for row in resting)]),
        held=queries.right(found.right_id),
        lineage=queries.lineage_of(found.id),
        rights=resting,
        columns=table.columns if table else [],
        sample=table.rows[:SHOWN_ROWS] if table else [],
        link=link,
        may_obtain=own or bool(resting),
    )


@pages.post("/elements/<uuid:row_id>/file")
def obtain(row_id: UUID) -> Any:
    """The file, after the check of the right it rests on; recorded each time."""
    found = execute(commands.element.fetch, actor=current_actor(), subject_id=row_id)
    return handed_out(store().get(found.storage_key), found.file_name, MEDIA[found.format])
