"""Applications as pages: the list, the choice of level, the form, the case."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request

from accounts.queries import names_of
from accounts.vocabulary import place_choices
from contracts import commands, queries
from contracts.models import Application, DataElement, DevelopmentRight
from contracts.queries.applications import READERS, resources_to_ask_for, rights_to_build_on, source_ids
from contracts.states import APPLICATION
from contracts.views.door import filters, handed_out, link, pages, places, purposes, signed_in
from contracts.views.preparing import prepared
from contracts.vocabulary import FUNDING_WORDS, Level
from jurisdictions.tree import covers, jurisdiction
from kernel import clock, documents, due
from kernel.db import db
from kernel.errors import NotFound
from kernel.pages import current_actor, current_locale, form_page, page_of, paged, sheet
from kernel.states import state_word
from kernel.storage import store
from kernel.words import N_, Text
from registry import queries as registry
from registry.vocabulary.papers import PAPERS


@page_of(Application)
def address(asked: Application) -> str:
    """The page of an application."""
    return f"/applications/{asked.id}"


@pages.get("/applications")
def applications() -> Any:
    """The applications the reader may see, with filters and as a file."""
    signed_in()
    chosen = filters("state", "level", "q")
    query = queries.applications(current_actor(), **chosen)
    if kind := request.args.get("format"):
        return _file(query, kind)
    page = paged(query)
    return render_template(
        "contracts/applications.html",
        page=page,
        names=names_of([row.applicant_id for row in page.items]),
        chosen=chosen,
        states=[(state, state_word(state)) for state in sorted(APPLICATION.states)],
    )


def _file(query: Any, kind: str) -> Any:
    rows = db.session.scalars(query).all()
    names = names_of([row.applicant_id for row in rows])
    headings = [N_("Title"), N_("Level"), N_("Applicant"), N_("State"), N_("From"), N_("Until")]
    lines = (
        [row.title, Text(state_word(row.level)), names.get(row.applicant_id, ""), Text(state_word(row.state)),
         row.starts_on, row.ends_on]
        for row in rows
    )  # fmt: skip
    return sheet("applications", headings, lines, kind)


@pages.route("/applications/new", methods=["GET", "POST"])
def new_application() -> Any:
    """First the level is chosen, at second level the right to build on; then the form."""
    signed_in()
    level, renewed = request.values.get("level", ""), right_named(request.args.get("renews", ""))
    parent = right_named(request.values.get("parent_right_id", "")) if level == Level.SECOND else None
    if level != Level.FIRST and parent is None:
        built_on = rights_to_build_on(clock.today())
        names = names_of([row.holder_id for row in built_on])
        return render_template("contracts/choose_level.html", rights=built_on, names=names)
    return form_page(
        "contracts/application_form.html",
        commands.application.draft,
        then=lambda asked: redirect(address(asked)),
        values=(_renewing(renewed) if renewed else _known()) if request.method == "GET" else None,
        level=level,
        parent=parent,
        options=options_for(parent),
    )


def _known() -> dict[str, Any]:
    """What the applicant said for its licence is proposed for the application for a right."""
    last = registry.last_application(current_actor().organisation_id)
    said = last.statements if last is not None else {}
    parts = ("technical_condition", "processing_ability")
    given = dict(request.args.items())
    return given | {
        "ability": "\n".join(said[part] for part in parts if said.get(part)),
        "security": said.get("security_management", ""),
    }


def _renewing(held: DevelopmentRight) -> dict[str, Any]:
    """What a renewal begins with: the application of the right, from the day after its end."""
    asked = queries.application(queries.seen(current_actor(), DevelopmentRight, held.id).application_id)
    if asked is None or asked.applicant_id != current_actor().organisation_id:
        raise NotFound()
    return _values(asked) | {"starts_on": held.ends_on + timedelta(days=1), "ends_on": None}


@pages.route("/applications/<uuid:row_id>/edit", methods=["GET", "POST"])
def edit_application(row_id: UUID) -> Any:
    """The same form for a draft, or for the supplement."""
    asked = queries.seen(current_actor(), Application, row_id)
    parent = queries.right(asked.parent_right_id) if asked.parent_right_id else None
    return form_page(
        "contracts/application_form.html",
        commands.application.amend,
        then=lambda changed: redirect(address(changed)),
        subject=asked,
        values=_values(asked) if request.method == "GET" else None,
        level=asked.level,
        parent=parent,
        options=options_for(parent),
    )


def right_named(right_id: str) -> DevelopmentRight | None:
    """The right of an address; None where none is named."""
    try:
        return queries.right(UUID(right_id)) if right_id else None
    except ValueError:
        raise NotFound() from None


def _values(asked: Application) -> dict[str, Any]:
    names = [column.key for column in Application.__table__.columns]
    return {name: getattr(asked, name) for name in names} | {
        "sources": [str(one) for one in source_ids(asked.id)]
    }


def options_for(parent: Any) -> dict[str, list[Any]]:
    """What can be chosen: resources or elements, and territory."""
    if parent is None:
        found = resources_to_ask_for(clock.today())
        named = names_of([facts.holder_id for facts in found])
        sources = [
            (str(facts.id), facts.title, f"{named.get(facts.holder_id, '')} {facts.code or ''}")
            for facts in found
        ]
        codes = {row.jurisdiction for row in found}
        near = [one for one in place_choices() if any(covers(c, one[0]) or covers(one[0], c) for c in codes)]
        return {"sources": sources, "territory": near}
    available = queries.elements_available(current_actor()).where(DataElement.right_id == parent.id)
    rows = db.session.scalars(available).all()
    inside = [
        choice for choice in place_choices() if any(covers(code, choice[0]) for code in parent.territory)
    ]
    return {"sources": [(str(row.id), row.title, row.abstract[:120]) for row in rows], "territory": inside}


@pages.get("/applications/<uuid:row_id>")
def application(row_id: UUID) -> Any:
    """One application: what is asked, what was said to it, what happens next."""
    asked, actor = queries.seen(current_actor(), Application, row_id), current_actor()
    decided = queries.decision_of(asked.id)
    parent = queries.right(asked.parent_right_id) if asked.parent_right_id else None
    inside = bool(actor.roles & (READERS | {"expert"}))
    established = queries.rights(actor).where(DevelopmentRight.application_id == asked.id)
    return render_template(
        "contracts/application.html",
        asked=asked,
        names=names_of([asked.applicant_id]),
        sources=queries.sources_of_application(asked),
        parent=parent,
        link=link,
        purposes=purposes(asked.purposes),
        territory=places(asked.territory),
        place=jurisdiction(asked.jurisdiction).name.of(current_locale()),
        funding=FUNDING_WORDS.get(asked.funding_mode or ""),
        assessments=queries.assessments_of(asked.id) if inside else [],
        decided=decided,
        letter=next(reversed(documents.documents_of(asked)), None) if decided else None,
        right=db.session.scalar(established) if decided else None,
        papers=registry.papers_of(asked.applicant_id) if inside else {},
        paper_words=PAPERS,
        papers_over=set(registry.papers_invalid(asked.applicant_id, PAPERS, clock.today())) if inside else set(),
        clocks_running=due.running_of(asked),
        **prepared(asked, actor, inside),
    )


@pages.get("/applications/<uuid:row_id>/letter.pdf")
def letter(row_id: UUID) -> Any:
    """The decision letter."""
    asked = queries.seen(current_actor(), Application, row_id)
    found = next(reversed(documents.documents_of(asked)), None)
    if found is None:
        raise NotFound()
    return handed_out(documents.content(found), found.file_name, "application/pdf", inline=True)


@pages.get("/applications/<uuid:row_id>/files/<int:number>")
def attachment(row_id: UUID, number: int) -> Any:
    """A file that was handed in with the application."""
    asked = queries.seen(current_actor(), Application, row_id)
    if not 0 <= number < len(asked.files):
        raise NotFound()
    facts = asked.files[number]
    return handed_out(store().get(facts["key"]), facts["name"], facts["media_type"])
