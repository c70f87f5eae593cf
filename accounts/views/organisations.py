"""Organisations: the list for those who oversee a place, and the page of each."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request

from accounts import queries
from accounts.commands import organisation as commands
from accounts.models import Organisation
from accounts.states import ORGANISATION
from accounts.views.door import pages
from accounts.vocabulary import LEGAL_FORMS, MANDATE_WORDS, ROLE_CHOICES, ROLE_WORDS, place_choices
from kernel.command import execute
from kernel.db import db
from kernel.errors import DomainError, NotAllowed, NotFound, NotSignedIn
from kernel.fields import Words
from kernel.pages import Form, address_of, current_actor, current_locale, form_values, paged, sheet
from kernel.permissions import may_see
from kernel.states import state_word
from kernel.words import N_, Text


@pages.get("/organisations")
def organisations() -> Any:
    """The organisations one may see, with filters and as a file."""
    if not current_actor().is_signed_in:
        raise NotSignedIn()
    chosen = {name: request.args.get(name, "").strip() for name in ("q", "role", "jurisdiction", "state")}
    query = queries.organisations(current_actor(), **{name: value for name, value in chosen.items() if value})
    if kind := request.args.get("format"):
        return _file(query, kind)
    return render_template(
        "accounts/organisations.html",
        page=paged(query),
        chosen=chosen,
        roles=ROLE_CHOICES,
        role_words=ROLE_WORDS,
        places=place_choices(),
        states=[(state, state_word(state)) for state in sorted(ORGANISATION.states)],
        place_name=_place_name,
    )


def _file(query: Any, kind: str) -> Any:
    headings = [N_("Name"), N_("Unified social credit code"), N_("Roles"), N_("Jurisdiction"), N_("State")]
    rows = (
        [row.name, row.uscc, [Text(ROLE_WORDS[role]) for role in row.roles], _place_name(row.jurisdiction),
         Text(state_word(row.state))]
        for row in db.session.scalars(query)
    )  # fmt: skip
    return sheet("organisations", headings, rows, kind)


@pages.get("/organisations/<uuid:row_id>")
def organisation(row_id: UUID) -> Any:
    """One organisation: everything for itself and those who oversee its place, else the short form."""
    found, actor = _seen(row_id), current_actor()
    full = queries.sees_everything(actor, found)
    above = queries.names_of([found.controlled_by_id])
    return render_template(
        "accounts/organisation.html",
        organisation=found,
        full=full,
        members=queries.members(found.id) if full else (),
        mandates=queries.mandates_of(found.id) if full else {},
        controller=above.get(found.controlled_by_id) if found.controlled_by_id else None,
        role_words=ROLE_WORDS,
        mandate_words=MANDATE_WORDS,
        legal_forms=LEGAL_FORMS,
        place=_place_name(found.jurisdiction),
        own=actor.organisation_id == found.id,
    )


@pages.route("/organisations/<uuid:row_id>/edit", methods=["GET", "POST"])
def edit_organisation(row_id: UUID) -> Any:
    """Correct the facts. What is emptied here is emptied."""
    found, schema = full_sheet(row_id), commands.amend.schema
    if not commands.amend.permits(current_actor(), found):
        raise NotAllowed()
    if request.method == "GET":
        values = schema().dump(found) | {"controlled_by_uscc": _code_of(found.controlled_by_id)}
        return render_template(
            "accounts/edit_organisation.html", organisation=found, form=Form(schema, values)
        )
    emptied = {name: "" for name, field in schema().load_fields.items() if isinstance(field, Words)}
    typed = emptied | form_values(schema)
    try:
        execute(commands.amend, actor=current_actor(), subject_id=found.id, data=typed)
    except DomainError as error:
        messages = getattr(error, "messages", {})
        form = Form(schema, typed, messages, refusal=None if messages else error)
        return render_template("accounts/edit_organisation.html", organisation=found, form=form), error.status
    return redirect(address_of(found))


def full_sheet(row_id: UUID) -> Organisation:
    """The organisation where the actor may read all of it, or NotFound."""
    found = _seen(row_id)
    if not queries.sees_everything(current_actor(), found):
        raise NotFound()
    return found


def _seen(row_id: UUID) -> Organisation:
    found = queries.organisation(row_id)
    if not may_see(current_actor(), found):
        raise NotFound()
    return found


def _code_of(organisation_id: UUID | None) -> str:
    return (queries.organisation(organisation_id).uscc or "") if organisation_id else ""


def _place_name(code: str) -> str:
    return queries.place_name(code, current_locale())
