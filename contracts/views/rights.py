"""Development rights as pages: the list, the right with its chain, and the plan before a suspension or termination."""

from collections.abc import Callable, Mapping
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
from kernel.calendar import term_end
from kernel.command import COMMANDS, Command
from kernel.db import db
from kernel.errors import NotAllowed
from kernel.pages import address_of, current_actor, current_locale, form_page, page_of, paged, sheet
from kernel.pages.addresses import address_by_table
from kernel.pages.templates import command_label
from kernel.states import state_word
from kernel.words import N_, Text

ENDING = ("terminate", "withdraw", "end", "lapse", "cancel", "void", "drop", "close")
_LIFE: list[Callable[[DevelopmentRight], dict[str, Any]]] = []


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
    life = _LIFE[0](held)
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
        renewal=_renewal(held, life),
        life=life,
    )


def _renewal(held: DevelopmentRight, life: Mapping[str, Any]) -> dict[str, str | None] | None:
    """Where the holder asks for a renewal within its window, or, as that has a longest term, for a new right."""
    soon = queries.renewal_opens(held) <= clock.today() <= held.ends_on
    if held.state != "in_force" or held.holder_id != current_actor().organisation_id or not soon:
        return None
    parent = f"&parent_right_id={held.parent_id}" if held.parent_id else ""
    longer = held.ends_on < term_end(held.starts_on, due.profile(held).period("op.max_term_years"))
    renew = f"/rights/{held.id}/renew"
    return {
        "renew": renew if longer and renew in [href for _, href in life["starts"]] else None,
        "anew": f"/applications/new?level={held.level}&renews={held.id}{parent}",
    }


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
    return form_page(
        "contracts/plan.html",
        command,
        then=lambda done: redirect(address(done)),
        subject=held,
        values={},
        back=address(held),
        hits=planned_rows(held, command.name, {}),
    )


def planned_rows(held: DevelopmentRight, step: str, data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What a step would hit, each row once with the gravest that happens to it, as the page shows it."""
    gravest: dict[tuple[str, UUID], Hit] = {}
    for hit in queries.hit_by(held, step, data):
        key = (hit.kind, hit.subject.id)
        if key not in gravest or _gravity(hit) > _gravity(gravest[key]):
            gravest[key] = hit
    names = names_of([hit.organisation_id for hit in gravest.values() if hit.organisation_id])
    return [_row(hit, names) for hit in gravest.values()]


def _gravity(hit: Hit) -> int:
    """What ends counts more than what rests, and that more than what is only touched."""
    verb = hit.step.rpartition(".")[2]
    return 0 if not verb else 2 if verb in ENDING else 1


def shows_life(found: Callable[[DevelopmentRight], dict[str, Any]]) -> Callable[[DevelopmentRight], dict[str, Any]]:
    """Register what the page of a right shows of its life."""
    _LIFE.append(found)
    return found


def _row(hit: Hit, names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "kind": hit.kind,
        "heading": in_words(str(getattr(hit.subject, "heading", ""))),
        "state": getattr(hit.subject, "state", None),
        "href": address_of(hit.subject),
        "what": Text(command_label(COMMANDS[hit.step])) if hit.step else "",
        "on": hit.on,
        "whose": names.get(hit.organisation_id, "") if hit.organisation_id else "",
    }
