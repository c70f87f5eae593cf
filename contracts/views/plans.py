"""Implementation plans as pages: the list, one plan with its decision and selections, the form."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request

from accounts.queries import names_of
from contracts import queries
from contracts.commands import implementation as commands
from contracts.models import ImplementationPlan
from contracts.queries import selections as found_by
from contracts.queries.applications import resources_to_ask_for
from contracts.states import PLAN
from contracts.views.door import filters, handed_out, pages, places, purposes, signed_in
from contracts.vocabulary import FUNDING_WORDS
from contracts.vocabulary.selection import METHODS, MODES, PARTS
from jurisdictions.tree import profile_of
from kernel import clock, due
from kernel.command import Command
from kernel.db import db
from kernel.errors import NotAllowed, NotFound, NotSignedIn
from kernel.pages import current_actor, form_page, page_of, paged, sheet
from kernel.states import state_word
from kernel.storage import store
from kernel.words import N_, Text


@page_of(ImplementationPlan)
def plan_address(plan: ImplementationPlan) -> str:
    """The page of a plan."""
    return f"/plans/{plan.id}"


@pages.get("/plans")
def plans() -> Any:
    """The plans the reader may see, with filters and as a file."""
    signed_in()
    chosen = filters("state", "q")
    query = found_by.plans(current_actor(), **chosen)
    if kind := request.args.get("format"):
        rows = db.session.scalars(query).all()
        names = names_of([row.body_id for row in rows])
        headings = [N_("Title"), N_("Implementing body"), N_("Mode of authorisation"), N_("State")]
        lines = (
            [row.title, names.get(row.body_id, ""), Text(MODES[row.mode]), Text(state_word(row.state))]
            for row in rows
        )
        return sheet("plans", headings, lines, kind)
    page = paged(query)
    return render_template(
        "contracts/plans.html",
        page=page,
        names=names_of([row.body_id for row in page.items]),
        chosen=chosen,
        modes=MODES,
        states=[(state, state_word(state)) for state in sorted(PLAN.states)],
    )


@pages.route("/plans/new", methods=["GET", "POST"])
def new_plan() -> Any:
    """The form of a new plan."""
    return _form(commands.draft, None)


@pages.route("/plans/<uuid:row_id>/edit", methods=["GET", "POST"])
def edit_plan(row_id: UUID) -> Any:
    """The same form for a draft or what came back."""
    return _form(commands.amend, queries.seen(current_actor(), ImplementationPlan, row_id))


def _form(command: Command, plan: ImplementationPlan | None) -> Any:
    actor = current_actor()
    if not command.permits(actor, plan):
        raise NotAllowed() if actor.is_signed_in else NotSignedIn()
    values: dict[str, Any] = {}
    if plan is not None:
        named = ("title", "mode", "coverage", "purposes", "term_years", "funding_mode", "method")
        values = {name: getattr(plan, name) for name in named} | {"resources": plan.resource_ids}
        values["contents"] = [{"part": part, "text": text} for part, text in plan.contents.items()]
    rules = due.profile(plan) if plan is not None else profile_of(sorted(actor.jurisdictions)[0])
    found = resources_to_ask_for(clock.today())
    return form_page(
        "contracts/plan_form.html",
        command,
        subject=plan,
        values=values if request.method == "GET" else None,
        then=lambda done: redirect(plan_address(done)),
        options=[
            (str(row.id), row.title, row.code or "")
            for row in found
            if row.jurisdiction in actor.jurisdictions
        ],
        parts=[(part, PARTS.get(part, part)) for part in rules.list("op.plan_contents")],
    )


@pages.get("/plans/<uuid:row_id>")
def plan(row_id: UUID) -> Any:
    """One plan: what it says, who decided it and when, what was selected by it."""
    found = queries.seen(current_actor(), ImplementationPlan, row_id)
    return render_template(
        "contracts/plan_page.html",
        plan=found,
        names=names_of([found.body_id]),
        resources=commands.resources_of(found),
        purposes=purposes(found.purposes),
        territory=places(found.territory),
        modes=MODES,
        methods=METHODS,
        parts=PARTS,
        funding=FUNDING_WORDS,
        selections=found_by.selections_of(found.id),
    )


@pages.get("/plans/<uuid:row_id>/minutes")
def plan_minutes(row_id: UUID) -> Any:
    """The minutes of the collective decision."""
    facts = queries.seen(current_actor(), ImplementationPlan, row_id).decision.get("file")
    if not facts:
        raise NotFound()
    return handed_out(store().get(facts["key"]), facts["name"], facts["media_type"])
