"""Development rights as pages: the list, the right with its chain, and the plan before a suspension or termination."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request

from accounts.queries import names_of
from contracts import commands, queries
from contracts.models import Application, DevelopmentRight, Obligation
from contracts.queries.elements import elements_under
from contracts.queries.plan import Hit
from contracts.states import RIGHT
from contracts.views.door import filters, in_words, link, pages, places, purposes, signed_in
from contracts.vocabulary import FUNDING_WORDS, SHARE_WORDS
from kernel import clock, due
from kernel.command import Command
from kernel.db import db
from kernel.errors import NotAllowed
from kernel.pages import address_of, current_actor, current_locale, form_page, page_of, paged, sheet
from kernel.pages.addresses import address_by_table
from kernel.states import state_word
from kernel.words import N_, Text


@page_of(DevelopmentRight)
def address(held: DevelopmentRight) -> str:
    """The page of a right."""
    return f"/rights/{held.id}"


@page_of(Obligation)
def obligation_address(owed: Obligation) -> str:
    """An obligation stands on the page of its right."""
    return f"/rights/{owed.right_id}#obligations"


@pages.get("/rights")
def rights() -> Any:
    """The rights the reader may see, with filters and as a file."""
    signed_in()
    chosen = filters("state", "level", "q")
    query = queries.rights(current_actor(), **chosen)
    if kind := request.args.get("format"):
        return _file(query, kind)
    page = paged(query)
    return render_template(
        "contracts/rights.html",
        page=page,
        names=names_of([row.holder_id for row in page.items]),
        chosen=chosen,
        states=[(state, state_word(state)) for state in sorted(RIGHT.states)],
    )


def _file(query: Any, kind: str) -> Any:
    rows = db.session.scalars(query).all()
    names = names_of([row.holder_id for row in rows])
    headings = [
        N_("Number"),
        N_("Title"),
        N_("Level"),
        N_("Holder of the right"),
        N_("State"),
        N_("From"),
        N_("Until"),
    ]
    lines = (
        [row.number, row.title, Text(state_word(row.level)), names.get(row.holder_id, ""),
         Text(state_word(row.state)), row.starts_on, row.ends_on]
        for row in rows
    )  # fmt: skip
    return sheet("rights", headings, lines, kind)


@pages.get("/rights/<uuid:row_id>")
def right(row_id: UUID) -> Any:
    """One right: what it allows and why, on what it rests, what rests on it, what is owed, what happens next."""
    held = queries.seen(current_actor(), DevelopmentRight, row_id)
    children = [row for row in queries.children_of(held.id, RIGHT.states) if link(row)]
    parent = queries.right(held.parent_id) if held.parent_id else None
    asked = db.session.get(Application, held.application_id)
    live, why = queries.right_is_live(held.id, clock.today())
    return render_template(
        "contracts/right.html",
        held=held,
        live=live,
        why=why,
        names=names_of([held.holder_id, held.granted_by_id, *(child.holder_id for child in children)]),
        parent=parent,
        asked=asked,
        link=link,
        decided=queries.decision(held.decision_id),
        sources=queries.sources_of_right(held),
        agreements=queries.agreements_about("right", held.id),
        elements=[row for row in elements_under(held.id) if link(row)],
        children=children,
        obligations=queries.obligations_of(held.id),
        suspensions=queries.open_suspensions(held.id),
        chain=[_shown(step) for step in queries.chain_of(held.id, current_actor())],
        purposes=purposes(held.purposes),
        territory=places(held.territory),
        longest=_longest(held),
        funding=FUNDING_WORDS.get(held.funding_mode or ""),
        share_words=SHARE_WORDS,
        clocks_running=due.running_of(held),
        renewal=_renewal(held),
    )


def _renewal(held: DevelopmentRight) -> str | None:
    """Where the holder applies for a renewal, within the last days of the term that the rules leave for it."""
    window = due.profile(held).number("op.renew_window_days")
    soon = held.ends_on - timedelta(days=window) <= clock.today() <= held.ends_on
    if held.state != "in_force" or held.holder_id != current_actor().organisation_id or not soon:
        return None
    parent = f"&parent_right_id={held.parent_id}" if held.parent_id else ""
    return f"/applications/new?level={held.level}&renews={held.id}{parent}"


def _longest(held: DevelopmentRight) -> dict[str, str]:
    """The longest term of the rules, with its basis."""
    value = due.profile(held).value("op.max_term_years")
    return {"shown": value.shown(current_locale()), "basis": value.basis}


def _shown(step: dict[str, Any]) -> dict[str, Any]:
    """A link of the chain with its address and words for the page."""
    return step | {
        "href": address_by_table(step["table"], step["id"]) if step["visible"] else None,
        "broken": in_words(step["broken"]) if step["broken"] else None,
        "documents": [document | {"title": in_words(document["title"])} for document in step["documents"]],
    }


@pages.route("/rights/<uuid:row_id>/suspend", methods=["GET", "POST"])
def suspend(row_id: UUID) -> Any:
    """What a suspension would hit, before it is confirmed."""
    return _planned(row_id, commands.right.suspend)


@pages.route("/rights/<uuid:row_id>/terminate", methods=["GET", "POST"])
def terminate(row_id: UUID) -> Any:
    """What a termination would hit, before it is confirmed."""
    return _planned(row_id, commands.right.terminate)


def _planned(row_id: UUID, command: Command) -> Any:
    held = queries.seen(current_actor(), DevelopmentRight, row_id)
    if not command.permits(current_actor(), held):
        raise NotAllowed()
    hits = queries.hit_by(held)
    names = names_of([hit.organisation_id for hit in hits])
    return form_page(
        "contracts/plan.html",
        command,
        then=lambda done: redirect(address(done)),
        subject=held,
        values={},
        hits=[_row(hit, names) for hit in hits],
        live=held.state == "in_force",
    )


def _row(hit: Hit, names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "kind": hit.kind,
        "heading": str(getattr(hit.subject, "heading", "")),
        "state": getattr(hit.subject, "state", None),
        "href": address_of(hit.subject),
        "whose": names.get(hit.organisation_id, "") if hit.organisation_id else "",
    }
