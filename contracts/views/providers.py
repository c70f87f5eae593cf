"""Service providers as pages: the list, one outsourcing with its agreements, people, tests and exit checklist."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request

from accounts.queries import names_of, organisation
from contracts import commands, queries
from contracts.models import Outsourcing
from contracts.states import OUTSOURCING
from contracts.views.door import filters, handed_out, pages, signed_in
from contracts.vocabulary import DELETION_METHODS, TEST_KINDS
from kernel import due
from kernel.db import db
from kernel.errors import NotAllowed, NotFound, NotSignedIn
from kernel.pages import current_actor, form_page, page_of, paged, sheet
from kernel.states import state_word
from kernel.storage import store
from kernel.words import N_, Text


@page_of(Outsourcing)
def outsourcing_address(found: Outsourcing) -> str:
    """The page of an outsourcing."""
    return f"/outsourcings/{found.id}"


@pages.get("/outsourcings")
def outsourcings() -> Any:
    """The outsourcings the reader may see, with filters and as a file."""
    signed_in()
    chosen = filters("state", "q")
    query = queries.outsourcings(current_actor(), **chosen)
    if kind := request.args.get("format"):
        return _file(query, kind)
    page = paged(query)
    return render_template(
        "contracts/outsourcings.html",
        page=page,
        names=names_of([party for row in page.items for party in (row.body_id, row.provider_id)]),
        chosen=chosen,
        states=[(state, state_word(state)) for state in sorted(OUTSOURCING.states)],
    )


def _file(query: Any, kind: str) -> Any:
    rows = db.session.scalars(query).all()
    names = names_of([party for row in rows for party in (row.body_id, row.provider_id)])
    headings = [
        N_("Name of the project"),
        N_("Body in charge"),
        N_("Service provider"),
        N_("First day"),
        N_("Last day"),
        N_("State"),
    ]
    lines = (
        [row.title, names.get(row.body_id, ""), names.get(row.provider_id, ""), row.starts_on, row.ends_on,
         Text(state_word(row.state))]
        for row in rows
    )  # fmt: skip
    return sheet("outsourcings", headings, lines, kind)


@pages.get("/outsourcings/<uuid:row_id>")
def outsourcing(row_id: UUID) -> Any:
    """One outsourcing: what, with whom, reviewed how, agreed what, who has access, what is left of the exit."""
    found = queries.seen(current_actor(), Outsourcing, row_id)
    rules = due.profile(found)
    return render_template(
        "contracts/outsourcing.html",
        row=found,
        names=names_of([found.body_id, found.provider_id]),
        agreements=queries.agreements_of_outsourcing(found.id),
        review_needed=rules.flag("security.outsourcing_review"),
        deletion_needed=rules.flag("security.outsourcing_exit"),
        no_own_access=rules.flag("security.outsourcing_no_own_access"),
        methods=DELETION_METHODS,
        tests=TEST_KINDS,
        clocks_running=due.running_of(found),
    )


@pages.route("/outsourcings/new", methods=["GET", "POST"])
def describe_outsourcing() -> Any:
    """Describe an outsourcing."""
    return _form(commands.provider.describe, None)


@pages.route("/outsourcings/<uuid:row_id>/edit", methods=["GET", "POST"])
def amend_outsourcing(row_id: UUID) -> Any:
    """Change the description."""
    return _form(commands.provider.amend, queries.seen(current_actor(), Outsourcing, row_id))


def _form(command: Any, subject: Outsourcing | None) -> Any:
    actor = current_actor()
    if not command.permits(actor, subject):
        raise NotAllowed() if actor.is_signed_in else NotSignedIn()
    values: dict[str, Any] | None = {}
    if subject is not None:
        named = ("title", "tasks", "data_scope", "standards", "measures", "breach", "starts_on", "ends_on")
        values = {name: getattr(subject, name) for name in named}
        values["provider_uscc"] = organisation(subject.provider_id).uscc
    return form_page(
        "contracts/outsourcing_form.html",
        command,
        subject=subject,
        values=values,
        then=lambda found: redirect(outsourcing_address(found)),
    )


@pages.get("/outsourcings/<uuid:row_id>/files/<any(plan, review, deletion):part>")
def outsourcing_file(row_id: UUID, part: str) -> Any:
    """The plan, the report of the review, or the proof of deletion."""
    found = queries.seen(current_actor(), Outsourcing, row_id)
    facts = {
        "plan": found.plan,
        "review": found.review.get("report"),
        "deletion": found.deletion.get("proof"),
    }[part]
    return _sent(facts)


@pages.get("/outsourcings/<uuid:row_id>/tests/<int:number>")
def outsourcing_test(row_id: UUID, number: int) -> Any:
    """The report of a test, counted from 1."""
    found = queries.seen(current_actor(), Outsourcing, row_id)
    if not 1 <= number <= len(found.tests):
        raise NotFound()
    return _sent(found.tests[number - 1]["report"])


def _sent(facts: dict[str, Any] | None) -> Any:
    if not facts:
        raise NotFound()
    return handed_out(store().get(facts["storage_key"]), facts["name"], facts["media_type"])
