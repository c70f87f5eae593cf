"""Licences: the applications, the case page, its papers."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request

from kernel import clock, documents, due
from kernel.actor import Actor
from kernel.errors import NotFound, NotSignedIn
from kernel.pages import address_of, current_actor, form_page, paged
from registry import queries
from registry.commands import licence as commands
from registry.models import Assessment, Licence
from registry.states import LICENCE
from registry.views.door import allow, chosen, download, is_insider, next_clock, pages, place_name
from registry.vocabulary.papers import CONFLICTS, PAPERS, REFUSAL_GROUNDS
from registry.vocabulary.steps import CRITERIA, LICENCE_LEVELS


@pages.get("/licences")
def licences() -> Any:
    """The applications and licences one may see."""
    actor = current_actor()
    if not actor.is_signed_in:
        raise NotSignedIn()
    asked = chosen("state")
    return render_template(
        "registry/licences.html",
        page=paged(queries.licences(actor, state=asked["state"])),
        chosen=asked,
        states=sorted(LICENCE.states),
        levels=LICENCE_LEVELS,
    )


@pages.get("/licences/<uuid:licence_id>")
def licence(licence_id: UUID) -> Any:
    """One licence: what anybody may read; for the parties papers, assessments, clocks and log."""
    actor = current_actor()
    found = queries.licence(licence_id, actor)
    own = queries.assessment_of(found.id, actor.user_id) if actor.is_signed_in else None
    inside = reads_papers(found, actor, own)
    return render_template(
        "registry/licence.html",
        licence=found,
        inside=inside,
        own=own,
        assessments=_shown(found, actor, own) if inside else [],
        needed=due.profile(found).number("assessment.assessors"),
        may_name=inside and _may_name(found, actor),
        objections=queries.objections_to(found.id) if inside else [],
        notices=queries.notices_of(found.id) if inside else [],
        rechecks=queries.rechecks_of(found.id) if inside else [],
        documents=documents.documents_of(found, actor),
        clock=next_clock(found) if inside else None,
        renewable=_renewable(found, actor),
        criteria=CRITERIA,
        levels=LICENCE_LEVELS,
        papers=PAPERS,
        conflicts=CONFLICTS,
        grounds=REFUSAL_GROUNDS,
        place=place_name(found.jurisdiction),
    )


def reads_papers(found: Licence, actor: Actor, own: Assessment | None) -> bool:
    """Whether the reader sees statements and papers: a party or overseer; an assessor once impartiality is declared."""
    if actor.organisation_id is not None and actor.organisation_id == found.organisation_id:
        return True
    if own is not None and own.state in ("named", "recused"):
        return False
    assessing = own is not None
    return assessing or "expert" not in actor.roles and is_insider(found)


def _shown(found: Licence, actor: Actor, own: Assessment | None) -> list[Assessment]:
    """The assessments the reader may see: never the applicant; nobody else's while one's own is awaited."""
    if actor.organisation_id == found.organisation_id:
        return []
    if own is not None and own.state == "declared":
        return [own]
    return queries.assessments_of(found.id, actor)


def _may_name(found: Licence, actor: Actor) -> bool:
    deciding = "authority" in actor.roles and "decide" in actor.mandates
    return deciding and found.jurisdiction in actor.jurisdictions and found.state in ("under_assessment", "assessed")


def _renewable(found: Licence, actor: Actor) -> bool:
    """Whether the holder can apply for the renewal now."""
    if found.state != "in_force" or found.organisation_id != actor.organisation_id or found.valid_until is None:
        return False
    opens = found.valid_until - timedelta(days=due.profile(found).number("licence.renew_window_days"))
    return opens <= clock.today() <= found.valid_until


@pages.route("/licences/new", methods=["GET", "POST"])
def draft_licence() -> Any:
    """Apply for a licence, with what was said in the last application proposed."""
    return _form(commands.draft, None)


@pages.route("/licences/<uuid:licence_id>/edit", methods=["GET", "POST"])
def amend_licence(licence_id: UUID) -> Any:
    """Change the application."""
    return _form(commands.amend, queries.licence(licence_id, current_actor()))


def _form(command: Any, subject: Licence | None) -> Any:
    allow(command, subject)
    actor = current_actor()
    last = subject or queries.last_application(actor.organisation_id)
    values: dict[str, Any] = {}
    if last is not None:
        values = {"level": last.level, "scope": last.scope, "jurisdiction": last.jurisdiction} | last.statements
    if subject is None and (renewed := request.args.get("renews")):
        values["renews_id"] = renewed
    papers = queries.papers_of(actor.organisation_id)
    return form_page(
        "registry/licence_form.html",
        command,
        subject=subject,
        values=values,
        then=lambda found: redirect(address_of(found)),
        criteria=CRITERIA,
        papers=papers,
        words=PAPERS,
        prefilled=subject is None and last is not None,
    )


@pages.get("/licences/<uuid:licence_id>/papers/<kind>")
def licence_paper(licence_id: UUID, kind: str) -> Any:
    """A paper as it was handed in, for the applicant and those who assess."""
    actor = current_actor()
    found = queries.licence(licence_id, actor)
    own = queries.assessment_of(found.id, actor.user_id) if actor.is_signed_in else None
    if not reads_papers(found, actor, own):
        raise NotFound()
    return download(next((row for row in found.papers if row["kind"] == kind), None))
