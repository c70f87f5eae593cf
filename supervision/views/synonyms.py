"""Words that mean the same to the search: what is in force, and what a further group would change."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for

from kernel.db import db
from kernel.errors import NotAllowed, NotFound, NotSignedIn
from kernel.pages import current_actor, form_page, page_of, paged
from kernel.permissions import may_see
from supervision import queries
from supervision.commands import searching as commands
from supervision.models import Synonym
from supervision.views import pages

MOST_TRIED = 12


@page_of(Synonym)
def synonym_address(synonym: Synonym) -> str:
    """/synonyms, at the group."""
    return f"/synonyms#group-{synonym.id}"


@pages.get("/synonyms")
def synonyms() -> Any:
    """The groups of words in force: everybody may know by what a search is widened."""
    return render_template("supervision/synonyms.html", page=paged(queries.synonyms(current_actor())))


@pages.route("/synonyms/new", methods=["GET", "POST"])
def adopt_synonym() -> Any:
    """Let words mean the same; what that changes is shown before."""
    return _form(commands.adopt, None)


@pages.route("/synonyms/<uuid:row_id>/edit", methods=["GET", "POST"])
def amend_synonym(row_id: UUID) -> Any:
    """Change a group of words."""
    found = db.session.get(Synonym, row_id)
    if found is None or not may_see(current_actor(), found):
        raise NotFound()
    return _form(commands.amend, found)


def _form(command: Any, found: Synonym | None) -> Any:
    actor = current_actor()
    if not command.permits(actor, found):
        raise NotAllowed() if actor.is_signed_in else NotSignedIn()
    tried = [line.strip() for line in request.args.get("words", "").splitlines() if line.strip()][:MOST_TRIED]
    values = {"words": tried or (found.words if found else []), "reason": found.reason if found else ""}
    return form_page(
        "supervision/synonym_form.html",
        command,
        subject=found,
        values=values,
        tried=tried or (found.words if found else []),
        effect=queries.effect_of(values["words"]) if values["words"] else None,
        then=lambda _found: redirect(url_for("supervision.synonyms")),
    )
