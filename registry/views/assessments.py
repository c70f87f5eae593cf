"""Assessments as pages: what one was named for, the declaration of ties, the points."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template

from kernel import due
from kernel.errors import NotAllowed, NotSignedIn
from kernel.pages import address_of, current_actor, form_page, page_of, paged
from registry import queries
from registry.commands import assessment as commands
from registry.models import Assessment
from registry.views.door import chosen, next_clock, pages
from registry.vocabulary.papers import CONFLICTS, PAPERS
from registry.vocabulary.steps import CRITERIA, LICENCE_LEVELS


@page_of(Assessment)
def assessment_address(found: Assessment) -> str:
    """/assessments/…"""
    return f"/assessments/{found.id}"


@pages.get("/assessments")
def assessments() -> Any:
    """The assessments one was named for, or oversees."""
    actor = current_actor()
    if not actor.is_signed_in:
        raise NotSignedIn()
    asked = chosen("state")
    return render_template(
        "registry/assessments.html",
        page=paged(queries.assessments(actor, state=asked["state"])),
        chosen=asked,
        states=("named", "declared", "scored", "recused"),
    )


@pages.get("/assessments/<uuid:assessment_id>")
def assessment(assessment_id: UUID) -> Any:
    """One assessment: who, for which application, where it stands; points once they are opened."""
    found = queries.assessment(assessment_id, current_actor())
    licence = queries.licence(found.licence_id)
    return render_template(
        "registry/assessment.html",
        assessment=found,
        licence=licence,
        mine=found.assessor_id == current_actor().user_id,
        clock=next_clock(licence),
        criteria=CRITERIA,
        levels=LICENCE_LEVELS,
        conflicts=CONFLICTS,
    )


@pages.route("/assessments/<uuid:assessment_id>/score", methods=["GET", "POST"])
def score(assessment_id: UUID) -> Any:
    """The form for points: for the named assessor, once impartiality is declared and nothing speaks against it."""
    actor = current_actor()
    found = queries.assessment(assessment_id, actor)
    licence = queries.licence(found.licence_id)
    tied = queries.tie(actor.user_id, actor.organisation_id, licence)
    if found.state != "declared" or not commands.score.permits(actor, found) or tied:
        raise NotAllowed()
    criteria = due.profile(found).list("assessment.criteria")
    return form_page(
        "registry/score_form.html",
        commands.score,
        subject=found,
        values={},
        then=lambda done: redirect(address_of(done)),
        licence=licence,
        criteria=[(name, CRITERIA.get(name, name)) for name in criteria],
        papers=PAPERS,
    )
