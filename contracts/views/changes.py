"""Changes of a right as pages: the form with what the right says today, the change with each term before and after."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request

from accounts.queries import names_of
from accounts.vocabulary import place_choices
from contracts import commands, queries
from contracts.models import DevelopmentRight, RightChange
from contracts.queries.applications import resources_to_ask_for
from contracts.queries.change_checks import hindrances
from contracts.queries.change_texts import compared
from contracts.queries.changes import agreements_of_change, is_first, terms_of_right
from contracts.states import CHANGE
from contracts.views.door import filters, in_words, link, pages, signed_in
from contracts.views.rights import planned_rows
from contracts.vocabulary import CHANGE_WORDS, SHARE_ROLES, SHARE_WORDS, Level
from jurisdictions.tree import covers
from kernel import clock, due
from kernel.command import Command, available
from kernel.errors import NotAllowed, NotFound
from kernel.pages import address_of, current_actor, current_locale, form_page, page_of, paged
from kernel.states import state_word
from kernel.words import Text

# verb of the address → (command, step of the table of cells)
FORMS: dict[str, tuple[Command, str]] = {
    "amend": (commands.change.amend, "propose_amendment"),
    "renew": (commands.change.renew, "propose_renewal"),
    "transfer": (commands.change.transfer, "propose_novation"),
    "reduce": (commands.change.reduce, "propose_reduction"),
    "announce-reduction": (commands.change.announce_reduction, "announce_reduction"),
}
KINDS = ", ".join(f"'{verb}'" for verb in FORMS)
OF_AUTHORITY = ("amend", "announce-reduction")


@page_of(RightChange)
def address(change: RightChange) -> str:
    """The page of a change."""
    return f"/changes/{change.id}"


@pages.get("/changes")
def changes() -> Any:
    """The changes the reader may see, with filters."""
    signed_in()
    chosen = filters("state", "kind")
    page = paged(queries.changes(current_actor(), **chosen))
    return render_template(
        "contracts/changes.html",
        page=page,
        names=names_of([row.holder_id for row in page.items]),
        chosen=chosen,
        words=CHANGE_WORDS,
        states=[(state, state_word(state)) for state in sorted(CHANGE.states)],
    )


def may_start(held: DevelopmentRight, verb: str) -> bool:
    """Whether the reader may propose that kind of change of this right."""
    actor, (command, _step) = current_actor(), FORMS[verb]
    if held.state not in commands.change.OPEN or not command.permits(actor, None):
        return False
    own = held.holder_id == actor.organisation_id
    here = "authority" in actor.roles and held.jurisdiction in actor.jurisdictions
    return (own and verb != "announce-reduction") or (here and verb in OF_AUTHORITY)


def starts(held: DevelopmentRight) -> list[tuple[Command, str]]:
    """The changes the reader can begin today: (command, address), without those the table of cells stands against."""
    on = clock.today()
    return [
        (command, f"/rights/{held.id}/{verb}")
        for verb, (command, step) in FORMS.items()
        if may_start(held, verb)
        and not hindrances(step, held, on)
        and (verb != "renew" or _in_window(held, on))
    ]


def _in_window(held: DevelopmentRight, on: date) -> bool:
    return queries.renewal_opens(held) <= on <= held.ends_on


@pages.route(f"/rights/<uuid:row_id>/<any({KINDS}):verb>", methods=["GET", "POST"])
def change_form(row_id: UUID, verb: str) -> Any:
    """What becomes different, beginning with what the right says today."""
    held = queries.seen(current_actor(), DevelopmentRight, row_id)
    command, step = FORMS[verb]
    if not may_start(held, verb):
        raise NotAllowed()
    return form_page(
        "contracts/change_form.html",
        command,
        then=lambda made: redirect(address(made)),
        values=_values(held) if request.method == "GET" else None,
        held=held,
        adverse=verb == "announce-reduction",
        hindrances=hindrances(step, held, clock.today()),
        options=_options(held, narrower=verb in ("reduce", "announce-reduction")),
        parties=_parties(held),
        roles=[(role.value, SHARE_WORDS[role]) for role in SHARE_ROLES[Level(held.level)]],
        longest=due.profile(held).value("op.max_term_years").shown(current_locale()),
    )


def _values(held: DevelopmentRight) -> dict[str, Any]:
    return terms_of_right(held) | {"right_id": str(held.id), "ends_on": None, "holder_id": None}


def _options(held: DevelopmentRight, *, narrower: bool) -> dict[str, list[Any]]:
    """What can be ticked: what the right has, and where it may become wider also what could be added."""
    rows: Sequence[Any] = queries.sources_of_right(held)
    codes = set(held.territory)
    if not narrower:
        more: Sequence[Any] = resources_to_ask_for(clock.today()) if is_first(held) else _elements_above(held)
        rows = [*rows, *(one for one in more if one.id not in {row.id for row in rows})]
        parent = queries.right(held.parent_id) if held.parent_id else None
        inside = parent.territory if parent else [held.jurisdiction]
        codes |= {code for code, *_ in place_choices() if any(covers(one, code) for one in inside)}
    places = [choice for choice in place_choices() if choice[0] in codes]
    return {"sources": [(str(row.id), row.title) for row in rows], "territory": places}


def _elements_above(held: DevelopmentRight) -> list[Any]:
    parent_id = held.parent_id
    return [row for row in queries.elements_under(parent_id) if row.state == "available"] if parent_id else []


def _parties(held: DevelopmentRight) -> list[tuple[str, str]]:
    return list({one["party"]: (one["party"], one["party_name"]) for one in held.income_shares}.values())


@pages.get("/changes/<uuid:row_id>")
def change(row_id: UUID) -> Any:
    """One change: each term before and after, who has to do what, the texts to sign."""
    found = queries.seen(current_actor(), RightChange, row_id)
    held = queries.right(found.right_id)
    if held is None:
        raise NotFound()
    parties = [one for one in (found.holder_id, found.new_holder_id, found.proposed_for_id) if one]
    return render_template(
        "contracts/change.html",
        change=found,
        held=held,
        kind=Text(CHANGE_WORDS[found.kind]),
        rows=[(in_words(label), _said(old), _said(new)) for label, old, new in compared(held, found)],
        agreements=agreements_of_change(found.id),
        names=names_of(parties),
        link=link,
        clocks_running=due.running_of(found),
        verbs=[command.verb for command in available(found, current_actor())],
    )


def _said(value: Any) -> str:
    """A term as the page shows it."""
    if isinstance(value, list):
        return (", " if current_locale() == "en" else "、").join(_said(one) for one in value)
    if isinstance(value, dict):
        return str(value[current_locale()[:2]])
    return in_words(value)


@pages.route("/changes/<uuid:row_id>/<any('approve', 'impose'):verb>", methods=["GET", "POST"])
def decide_change(row_id: UUID, verb: str) -> Any:
    """What the change will hit, before it is approved or ordered."""
    found = queries.seen(current_actor(), RightChange, row_id)
    held = queries.right(found.right_id)
    command = commands.change.approve if verb == "approve" else commands.change.impose
    if held is None or not command.permits(current_actor(), found):
        raise NotAllowed()
    terms = {name: value for name, value in found.terms.items() if name != "clauses"}
    return form_page(
        "contracts/plan.html",
        command,
        then=lambda done: redirect(address(done)),
        subject=found,
        values={},
        back=address_of(found),
        hits=planned_rows(held, "contracts.right.adjust", terms),
    )
