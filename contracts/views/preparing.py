"""What stands between an application and its decision, as pages: consultations; and the remedies after it."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request

from accounts import queries as accounts
from accounts.queries import names_of
from accounts.vocabulary import MANAGING
from contracts import queries
from contracts.commands import consultation as commands
from contracts.commands import reconsideration as requests
from contracts.models import Application, Consultation, Reconsideration
from contracts.queries import preparing
from contracts.queries.applications import decided_sources, source_ids
from contracts.queries.sources import resources
from contracts.views.door import handed_out, link, pages, purposes
from contracts.vocabulary.decision import (
    ANSWERS,
    CONSULTATIONS,
    OUTCOMES,
    RECOMMENDATIONS,
    SECTIONS,
    WEIGHT_WORDS,
)
from kernel import documents, due
from kernel.actor import Actor
from kernel.db import db
from kernel.errors import NotAllowed, NotFound
from kernel.pages import current_actor, form_page, page_of
from kernel.permissions import may_see
from kernel.storage import store

DRAFTING = ("draft", "returned")


@page_of(Consultation)
def consultation_address(found: Consultation) -> str:
    """The page of a consultation."""
    return f"/consultations/{found.id}"


@page_of(Reconsideration)
def reconsideration_address(found: Reconsideration) -> str:
    """The page of a reconsideration."""
    return f"/reconsiderations/{found.id}"


def prepared(asked: Application, actor: Actor, inside: bool) -> dict[str, Any]:
    """What the page of an application shows of its preparation and its remedies."""
    seen = [row for row in preparing.consultations_of(asked.id) if may_see(actor, row)]
    own = asked.applicant_id == actor.organisation_id
    sections = preparing.sections_of(asked) if own and asked.state in DRAFTING else {}
    return {
        "sections": [
            {"title": word, "status": sections[name], "href": f"/applications/{asked.id}/sections/{name}"}
            for name, word in SECTIONS.items()
            if name in sections
        ],
        "section_words": SECTIONS,
        "weight": preparing.weight_of(asked).value,
        "weight_words": WEIGHT_WORDS,
        "needed": preparing.countersigners(asked),
        "overlaps": preparing.overlaps_of(asked, source_ids(asked.id), asked.ends_on) if inside else [],
        "consultations": seen,
        "consultation_words": CONSULTATIONS,
        "answers": ANSWERS,
        "names_asked": names_of([row.body_id for row in seen]),
        "advice": preparing.advice_of(asked.id) if inside else [],
        "recommendations": RECOMMENDATIONS,
        "may_consult": asked.state in commands.OPEN and not own and commands.ask.permits(actor, asked),
        **_remedies(asked, actor, own),
    }


def _remedies(asked: Application, actor: Actor, own: bool) -> dict[str, Any]:
    decided = queries.decision_of(asked.id)
    return {
        "parts": [row for row in decided_sources(asked.id) if row.outcome] if decided else [],
        "last_day": preparing.last_day_to_object(decided) if decided else None,
        "requests": [row for row in preparing.reconsiderations_of(asked.id) if may_see(actor, row)],
        "outcomes": OUTCOMES,
        "may_ask_again": decided is not None and own and requests.file.permits(actor, None),
    }


@pages.route("/applications/<uuid:row_id>/ask", methods=["GET", "POST"])
def consult(row_id: UUID) -> Any:
    """The question to another body."""
    actor = current_actor()
    asked = queries.seen(actor, Application, row_id)
    if not commands.ask.permits(actor, asked) or asked.applicant_id == actor.organisation_id:
        raise NotAllowed()
    listed = db.session.scalars(accounts.organisations(actor, state="active")).all()
    bodies = [(str(row.id), row.name) for row in listed if set(row.roles) & set(MANAGING)]
    found = resources(source_ids(asked.id))
    return form_page(
        "contracts/selection_form.html",
        commands.ask,
        values={"application_id": asked.id} if request.method == "GET" else None,
        then=lambda done: redirect(consultation_address(done)),
        options={"body": bodies, "resources": [(str(row.id), row.title, row.code or "") for row in found]},
        skipped=(),
        back=asked,
    )


@pages.get("/consultations/<uuid:row_id>")
def consultation(row_id: UUID) -> Any:
    """One question to one body, and its answer."""
    found = queries.seen(current_actor(), Consultation, row_id)
    asked = queries.application(found.application_id)
    if asked is None:
        raise NotFound()
    return render_template(
        "contracts/consultation.html",
        found=found,
        asked=asked,
        link=link(asked),
        names=names_of([found.body_id, asked.applicant_id]),
        purposes=purposes(asked.purposes),
        resources=resources([UUID(one) for one in found.resource_ids]),
        words=CONSULTATIONS,
        answers=ANSWERS,
        clocks_running=due.running_of(found),
    )


@pages.get("/reconsiderations/<uuid:row_id>")
def reconsideration(row_id: UUID) -> Any:
    """One reconsideration: what is asked, by when, what came of it."""
    found = queries.seen(current_actor(), Reconsideration, row_id)
    return render_template(
        "contracts/reconsideration.html",
        found=found,
        asked=queries.application(found.application_id),
        names=names_of([found.applicant_id]),
        outcomes=OUTCOMES,
        letter=next(reversed(documents.documents_of(found)), None),
        clocks_running=due.running_of(found),
    )


@pages.get("/reconsiderations/<uuid:row_id>/letter.pdf")
def reconsideration_letter(row_id: UUID) -> Any:
    """The letter about what came of it."""
    found = next(iter(documents.documents_of(queries.seen(current_actor(), Reconsideration, row_id))), None)
    if found is None:
        raise NotFound()
    return handed_out(documents.content(found), found.file_name, "application/pdf", inline=True)


@pages.get("/reconsiderations/<uuid:row_id>/evidence")
def reconsideration_evidence(row_id: UUID) -> Any:
    """The file that was handed in with the request."""
    found = queries.seen(current_actor(), Reconsideration, row_id)
    if not found.files:
        raise NotFound()
    return handed_out(
        store().get(found.files[0]["key"]), found.files[0]["name"], found.files[0]["media_type"]
    )
