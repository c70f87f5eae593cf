"""Licences: the public register of operators, the applications, the case page."""

from typing import Any
from uuid import UUID

from flask import jsonify, redirect, render_template, request

from kernel import documents
from kernel.db import db
from kernel.errors import NotFound, NotSignedIn
from kernel.pages import address_of, current_actor, form_page, paged, sheet
from kernel.states import state_word
from kernel.words import N_, Text
from registry import queries
from registry.commands import licence as commands
from registry.models import Licence
from registry.schemas.licence import LicenceView
from registry.states import LICENCE
from registry.views.door import allow, chosen, download, is_insider, next_clock, pages, place_name
from registry.vocabulary.steps import CRITERIA, LICENCE_LEVELS


@pages.get("/operators")
def operators() -> Any:
    """The public register: who is licensed, for what, until when; also as CSV, XLSX or JSON."""
    asked = chosen("q", "level", "state", "jurisdiction")
    found = queries.operators(**asked)
    if kind := request.args.get("format"):
        return _as_json(found) if kind == "json" else _file(found, kind)
    return render_template(
        "registry/operators.html",
        page=paged(found),
        chosen=asked,
        levels=LICENCE_LEVELS,
        states=("in_force", "suspended", "revoked", "expired"),
        place_name=place_name,
    )


def _file(found: Any, kind: str) -> Any:
    headings = [
        N_("Number of the licence"),
        N_("Holder"),
        N_("Unified social credit code"),
        N_("Level"),
        N_("Scope of the licence"),
        N_("Jurisdiction"),
        N_("Valid from"),
        N_("Valid until"),
        N_("State"),
    ]
    return sheet("operators", headings, (_row(row) for row in db.session.scalars(found)), kind)


def _row(row: Licence) -> list[Any]:
    level, state = Text(LICENCE_LEVELS[row.level]), Text(state_word(row.state))
    holder = (row.organisation.name, row.organisation.uscc)
    return [
        row.number,
        *holder,
        level,
        row.scope,
        place_name(row.jurisdiction),
        row.valid_from,
        row.valid_until,
        state,
    ]


def _as_json(found: Any) -> Any:
    rows = [
        LicenceView().dump(row) | {"name": row.organisation.name, "uscc": row.organisation.uscc}
        for row in db.session.scalars(found)
    ]
    return jsonify({"items": rows, "total": len(rows)})


@pages.get("/licences")
def licences() -> Any:
    """The applications and licences one may see."""
    actor = current_actor()
    if not actor.is_signed_in:
        raise NotSignedIn()
    asked = chosen("state")
    found = paged(queries.licences(actor, state=asked["state"]))
    return render_template(
        "registry/licences.html",
        page=found,
        chosen=asked,
        states=sorted(LICENCE.states),
        levels=LICENCE_LEVELS,
    )


@pages.get("/licences/<uuid:licence_id>")
def licence(licence_id: UUID) -> Any:
    """One licence: what anybody may read, and for the parties dossier, assessments, clocks and log."""
    found = queries.licence(licence_id, current_actor())
    inside = is_insider(found, found.organisation_id)
    return render_template(
        "registry/licence.html",
        licence=found,
        inside=inside,
        documents=documents.documents_of(found),
        clock=next_clock(found) if inside else None,
        criteria=CRITERIA,
        levels=LICENCE_LEVELS,
        place=place_name(found.jurisdiction),
    )


@pages.route("/licences/new", methods=["GET", "POST"])
def draft_licence() -> Any:
    """Apply for a licence."""
    return _form(commands.draft, None)


@pages.route("/licences/<uuid:licence_id>/edit", methods=["GET", "POST"])
def amend_licence(licence_id: UUID) -> Any:
    """Change the application."""
    return _form(commands.amend, queries.licence(licence_id, current_actor()))


def _form(command: Any, subject: Licence | None) -> Any:
    allow(command, subject)
    values: dict[str, Any] | None = None
    if subject is not None:
        values = {"level": subject.level, "scope": subject.scope, "jurisdiction": subject.jurisdiction}
        values |= subject.dossier
    return form_page(
        "registry/licence_form.html",
        command,
        subject=subject,
        values=values,
        then=lambda found: redirect(address_of(found)),
        criteria=CRITERIA,
    )


@pages.get("/licences/<uuid:licence_id>/files/<kind>")
def licence_file(licence_id: UUID, kind: str) -> Any:
    """A paper of the dossier, for the applicant and those who assess."""
    found = queries.licence(licence_id, current_actor())
    if not is_insider(found, found.organisation_id):
        raise NotFound()
    return download(found.files.get(kind))
