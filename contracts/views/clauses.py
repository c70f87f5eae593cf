"""Clause templates as pages: the text in force, its versions with what changed, and where clauses are written."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request

from accounts.queries import place_name
from contracts import commands, queries
from contracts.models import ClauseTemplate
from contracts.queries.texts import Wording, predecessor, templates, wording_in_force, wording_of
from contracts.rules.clauses import (
    Clause,
    clauses_of,
    clauses_say_the_same_facts,
    clauses_take_placeholders_only,
    differences,
    kinds,
    known,
    rows_of,
    with_blanks,
)
from contracts.schemas.clauses import TemplateInput
from contracts.views.door import pages, place_asked, reading
from contracts.vocabulary import AGREEMENT_KINDS
from kernel.actor import Actor
from kernel.db import db
from kernel.documents import printed
from kernel.errors import NotAllowed, NotFound, NotSignedIn, RuleBroken
from kernel.pages import address_of, current_actor, current_locale, form_page, page_of
from kernel.pages.forms import form_values
from kernel.words import translate


@page_of(ClauseTemplate)
def address(row: ClauseTemplate) -> str:
    """The page of one version."""
    return f"/clause-templates/versions/{row.id}"


@pages.get("/clause-templates")
def clause_templates() -> Any:
    """Every kind of document that is drawn up from clauses, with the version in force."""
    place = place_asked()
    return render_template(
        "contracts/clause_templates.html",
        place=place_name(place, current_locale()),
        rows_of_kinds=[(kind, AGREEMENT_KINDS[kind], wording_in_force(kind, place)) for kind in kinds()],
    )


@pages.get("/clause-templates/<kind>")
def clause_template(kind: str) -> Any:
    """The clauses of a kind that are in force, and their versions."""
    actor, place = current_actor(), place_asked()
    wording = wording_in_force(_known(kind), place)
    return render_template(
        "contracts/clause_template.html",
        wording=wording,
        title=AGREEMENT_KINDS[kind],
        place=place_name(wording.jurisdiction, current_locale()) if wording.jurisdiction else None,
        versions=db.session.scalars(templates(actor, kind=kind).limit(50)).all(),
        may_write=commands.template.draft.permits(actor, None),
        blanks=blanks,
        article=article,
    )


def _known(kind: str) -> str:
    if kind not in kinds():
        raise NotFound()
    return kind


@pages.get("/clause-templates/versions/<uuid:row_id>")
def clause_version(row_id: UUID) -> Any:
    """One version: what it changes against the one it was written from, in words, and its whole text."""
    row = queries.seen(current_actor(), ClauseTemplate, row_id)
    wording, before = wording_of(row), predecessor(row)
    return render_template(
        "contracts/clause_version.html",
        row=row,
        wording=wording,
        before=before,
        title=AGREEMENT_KINDS[row.kind],
        changes=differences(before.clauses, wording.clauses),
        place=place_name(row.jurisdiction, current_locale()),
        blanks=blanks,
        article=article,
    )


@pages.route("/clause-templates/<kind>/edit", methods=["GET", "POST"])
def edit_clauses(kind: str) -> Any:
    """The clauses as a form; saving makes a new version. The button beside it shows the text without saving."""
    actor = current_actor()
    if not commands.template.draft.permits(actor, None):
        raise NotAllowed() if actor.is_signed_in else NotSignedIn()
    place = place_asked()
    begun = _begun(actor, _known(kind), place)
    if request.method == "POST" and "preview" in request.form and (written := _typed(kind)):
        return _preview(kind, place, written)
    return form_page(
        "contracts/clause_edit.html",
        commands.template.draft,
        then=lambda made: redirect(address_of(made)),
        values={"kind": kind, "clauses": rows_of(begun.clauses), "note": ""},
        title=AGREEMENT_KINDS[kind],
        kind=kind,
        begun=begun,
        placeholders=known(kind, "placeholders"),
        tables=known(kind, "tables"),
    )


def _begun(actor: Actor, kind: str, place: str) -> Wording:
    """The version to begin from: the one named in the address, else the one in force."""
    asked = request.args.get("from", "")
    rows = db.session.scalars(templates(actor, kind=kind)).all() if asked else ()
    return next((wording_of(row) for row in rows if str(row.id) == asked), None) or wording_in_force(kind, place)


def _typed(kind: str) -> tuple[Clause, ...] | None:
    """The clauses in the form, None where they cannot be read: saving then says what is wrong."""
    typed = form_values(TemplateInput) | {"note": "-", "kind": kind}
    return None if (schema := TemplateInput()).validate(typed) else clauses_of(schema.load(typed)["clauses"])


def _preview(kind: str, place: str, written: tuple[Clause, ...]) -> Any:
    """The clauses as typed: how they read with blanks, and what they would change; nothing is saved."""
    trouble = None
    try:
        clauses_take_placeholders_only(kind, written)
        clauses_say_the_same_facts(written)
    except RuleBroken as refusal:
        trouble = refusal.message
    return render_template(
        "contracts/clause_preview.html",
        title=AGREEMENT_KINDS[kind],
        trouble=trouble,
        clauses=written,
        changes=differences(wording_in_force(kind, place).clauses, written),
        blanks=blanks,
        article=article,
    )


def article(number: int) -> str:
    """The number of an article as the document prints it."""
    return printed.article(reading(), number)


def blanks(body: str, language: str) -> list[str]:
    """A body as it reads before there are facts, what stands there in the language of the body."""
    return with_blanks(body, lambda said: translate(said, language))
