"""A right while it lives and when it ends, as pages: suspension in part, giving it up, items to mend, the exit."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template

from accounts.queries import names_of
from contracts import commands, queries
from contracts.models import DevelopmentRight, Rectification, RightExit
from contracts.queries.changes import TO_MEND
from contracts.queries.parts import parts_of, words_of_part
from contracts.views.changes import starts
from contracts.views.door import handed_out, link, pages
from contracts.views.rights import address as address_of_right
from contracts.views.rights import planned_rows, shows_life
from contracts.vocabulary import CHANGE_WORDS, EXIT_MANNERS, SCOPE_WORDS
from kernel import documents, due
from kernel.command import Command
from kernel.documents import Document
from kernel.errors import NotAllowed, NotFound
from kernel.pages import current_actor, current_locale, form_page, page_of
from kernel.permissions import may_see
from kernel.storage import store
from kernel.words import Text


@page_of(Rectification)
def item_address(item: Rectification) -> str:
    """An item to mend stands on the page of its right."""
    return f"/rights/{item.right_id}#rectification"


@page_of(RightExit)
def exit_address(left: RightExit) -> str:
    """The page of an exit."""
    return f"/exits/{left.id}"


@shows_life
def life_of(held: DevelopmentRight) -> dict[str, Any]:
    """What the page of a right shows of its life: changes, items, exits, letters, parts that rest, what can begin."""
    actor, authority = current_actor(), current_actor().roles & {"authority"}
    running = held.state in ("in_force", "suspended")
    return {
        "starts": starts(held),
        "may_order": running and bool(authority) and commands.rectification.order.permits(actor, held),
        "changes": [row for row in queries.changes_of(held.id) if may_see(actor, row)],
        "change_words": CHANGE_WORDS,
        "items": [row for row in queries.items_of(held.id) if may_see(actor, row)],
        "open_items": len(queries.items_of(held.id, TO_MEND)),
        "exits": [row for row in queries.exits_of(held.id) if may_see(actor, row)],
        "letters": _letters(held),
        "parts": [
            (Text(SCOPE_WORDS[row.scope]), words_of_part(held, row.scope, row.scope_ids), row.began_at)
            for row in queries.open_suspensions(held.id)
            if row.scope != "all"
        ],
        "link": link,
    }


def _letters(held: DevelopmentRight) -> list[dict[str, Any]]:
    subjects: list[Any] = [held, *queries.items_of(held.id)]
    rows = [one for subject in subjects for one in documents.documents_of(subject, current_actor())]
    return _listed(sorted(rows, key=lambda one: one.issued_at))


def _listed(rows: list[Document]) -> list[dict[str, Any]]:
    """Documents for the page, with their title in its language."""
    return [
        {
            "title": one.title_en if current_locale() == "en" else one.title,
            "href": f"/documents/{one.check_code}",
            "check_code": one.check_code,
            "number": one.number,
            "issued_on": one.issued_at,
            "sha256": one.sha256,
            "size": one.size,
            "state": one.state,
        }
        for one in rows
    ]


@pages.get("/rights/<uuid:row_id>/items/<uuid:item_id>/proof")
def item_proof(row_id: UUID, item_id: UUID) -> Any:
    """The proof that was handed in with an item."""
    queries.seen(current_actor(), DevelopmentRight, row_id)
    return _proof(queries.seen(current_actor(), Rectification, item_id).proof)


@pages.get("/exits/<uuid:row_id>/proof")
def exit_proof(row_id: UUID) -> Any:
    """The proof of return or destruction."""
    return _proof(queries.seen(current_actor(), RightExit, row_id).proof)


def _proof(facts: dict[str, Any]) -> Any:
    if not facts:
        raise NotFound()
    return handed_out(store().get(facts["storage_key"]), facts["name"], facts["media_type"])


@pages.route("/rights/<uuid:row_id>/restrict", methods=["GET", "POST"])
def restrict(row_id: UUID) -> Any:
    """Which part of the right is suspended; what each part would hit."""
    held = _permitted(row_id, commands.right_life.restrict)
    scopes = [(scope, parts_of(held, scope)) for scope in ("resources", "products")]
    hits: list[dict[str, Any]] = []
    for scope, parts in [*scopes, ("new_sales", [])]:
        data = {"scope": scope, "scope_ids": [key for key, _ in parts]}
        hits += planned_rows(held, "contracts.right.restrict", data)
    return form_page(
        "contracts/restrict.html",
        commands.right_life.restrict,
        then=lambda done: redirect(address_of_right(done)),
        subject=held,
        values={},
        parts=[row for _, parts in scopes for row in parts],
        hits=hits,
    )


@pages.route("/rights/<uuid:row_id>/surrender", methods=["GET", "POST"])
def surrender(row_id: UUID) -> Any:
    """What ends when the authority accepts that a right is given up."""
    held = _permitted(row_id, commands.right_life.surrender)
    return form_page(
        "contracts/plan.html",
        commands.right_life.surrender,
        then=lambda done: redirect(address_of_right(done)),
        subject=held,
        values={},
        back=address_of_right(held),
        hits=planned_rows(held, "contracts.right.surrender", {}),
    )


def _permitted(row_id: UUID, command: Command) -> DevelopmentRight:
    held = queries.seen(current_actor(), DevelopmentRight, row_id)
    if not command.permits(current_actor(), held):
        raise NotAllowed()
    return held


@pages.get("/exits/<uuid:row_id>")
def exit_(row_id: UUID) -> Any:
    """One exit: its steps, what was handed in, the account."""
    left = queries.seen(current_actor(), RightExit, row_id)
    return render_template(
        "contracts/exit.html",
        left=left,
        held=queries.right(left.right_id),
        link=link,
        names=names_of([left.holder_id, left.granted_by_id]),
        manner=dict(EXIT_MANNERS).get(left.manner),
        letters=_listed(documents.documents_of(left, current_actor())),
        clocks_running=due.running_of(left),
    )
