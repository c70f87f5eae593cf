"""Dossiers as pages: one's own with its papers and their last days, and those one oversees."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request

from kernel import clock, due
from kernel.errors import NotSignedIn
from kernel.pages import current_actor, form_page, page_of, paged
from registry import queries
from registry.commands import dossier as commands
from registry.models import Dossier
from registry.rules.dossier import paper_ends_soon
from registry.views.door import allow, chosen, download, pages, place_name
from registry.vocabulary.papers import PAPERS


@page_of(Dossier)
def dossier_address(found: Dossier) -> str:
    """/dossiers/…"""
    return f"/dossiers/{found.id}"


@pages.get("/dossiers")
def dossiers() -> Any:
    """One's own dossier, or those one oversees."""
    actor = current_actor()
    if not actor.is_signed_in:
        raise NotSignedIn()
    asked = chosen("q")
    page = paged(queries.dossiers(actor, q=asked["q"]))
    own = queries.dossier_of(actor.organisation_id)
    return render_template("registry/dossiers.html", page=page, chosen=asked, own=own, place_name=place_name)


@pages.get("/dossiers/<uuid:dossier_id>")
def dossier(dossier_id: UUID) -> Any:
    """One dossier: every paper the rules ask for, whether it is there, until when it holds, and its older versions."""
    found = queries.dossier(dossier_id, current_actor())
    rules, today = due.profile(found), clock.today()
    versions = queries.paper_versions(found.id)
    current = {row.kind: row for row in versions if row.replaced_at is None}
    warn = rules.number("licence.paper_warn_days")
    kinds = list(dict.fromkeys([*rules.list("licence.documents"), *current]))
    return render_template(
        "registry/dossier.html",
        dossier=found,
        rows=[(kind, current.get(kind)) for kind in kinds],
        soon={kind for kind, row in current.items() if paper_ends_soon(row.valid_until, today, warn)},
        over={kind for kind, row in current.items() if not row.is_current(today)},
        older=[row for row in versions if row.replaced_at is not None],
        words=PAPERS,
        place=place_name(found.jurisdiction),
        mine=found.organisation_id == current_actor().organisation_id,
    )


@pages.route("/dossiers/papers/new", methods=["GET", "POST"])
def add_paper() -> Any:
    """Add a paper, or a newer version of one."""
    allow(commands.add_paper, None)
    return form_page(
        "registry/paper_form.html",
        commands.add_paper,
        values={"kind": request.args.get("kind", "")} if request.method == "GET" else None,
        then=lambda found: redirect(dossier_address(found)),
        own=queries.dossier_of(current_actor().organisation_id),
    )


@pages.get("/dossiers/<uuid:dossier_id>/papers/<uuid:paper_id>")
def dossier_paper(dossier_id: UUID, paper_id: UUID) -> Any:
    """The file of one version of a paper."""
    found = queries.dossier(dossier_id, current_actor())
    return download(queries.paper(found.id, paper_id).file)
