"""Operating teams and mandates as pages: lists, one team, one mandate with what was done under it."""

from typing import Any
from uuid import UUID

from flask import render_template, request

from accounts.queries import names_of
from kernel import documents, due
from kernel.actor import Actor
from kernel.db import db
from kernel.pages import DeskRow, DeskSection, address_of, current_actor, desk_section, page_of, paged, sheet
from kernel.states import state_word
from kernel.words import N_, Text
from supervision import queries
from supervision.models import OperatingMandate, OperatingTeam, Operation
from supervision.states import MANDATE, TEAM
from supervision.views import pages
from supervision.views.reading import signed_in
from supervision.vocabulary import MANNERS, TASKS


@page_of(OperatingTeam)
def team_address(team: OperatingTeam) -> str:
    """/operating-teams/…"""
    return f"/operating-teams/{team.id}"


@page_of(OperatingMandate)
def mandate_address(mandate: OperatingMandate) -> str:
    """/operating-mandates/…"""
    return f"/operating-mandates/{mandate.id}"


@page_of(Operation)
def operation_address(operation: Operation) -> str:
    """What was done stands on the page of its mandate."""
    return f"/operating-mandates/{operation.mandate_id}"


@pages.get("/operating-teams")
def teams() -> Any:
    """The operating teams the reader may see."""
    actor, state = signed_in(), request.args.get("state", "")
    found = queries.teams(actor, state=state)
    if kind := request.args.get("format"):
        headings = [
            N_("Agency"),
            N_("Operating body"),
            N_("Field or district it serves"),
            N_("First day"),
            N_("Last day"),
            N_("State"),
        ]
        rows = (
            [
                row.agency_name,
                row.operator_name,
                row.field,
                row.starts_on,
                row.ends_on,
                Text(state_word(row.state)),
            ]
            for row in db.session.scalars(found)
        )
        return sheet("operating-teams", headings, rows, kind)
    page = paged(found)
    return render_template("supervision/teams.html", page=page, state=state, states=sorted(TEAM.states))


@pages.get("/operating-teams/<uuid:row_id>")
def team(row_id: UUID) -> Any:
    """One operating team, as it was filed."""
    actor = signed_in()
    found = queries.seen(actor, OperatingTeam, row_id)
    return render_template(
        "supervision/team.html",
        team=found,
        tasks=TASKS,
        manners=MANNERS,
        clock=next(iter(due.running_of(found)), None),
    )


@pages.get("/operating-mandates")
def operating_mandates() -> Any:
    """The mandates of operating bodies: public."""
    state = request.args.get("state", "")
    page = paged(queries.operating_mandates(current_actor(), state=state))
    return render_template(
        "supervision/mandates.html",
        page=page,
        state=state,
        states=sorted(MANDATE.states),
        names=names_of([row.authority_id for row in page.items]),
        tasks=TASKS,
    )


@pages.get("/operating-mandates/<uuid:row_id>")
def operating_mandate(row_id: UUID) -> Any:
    """One mandate: what may be done, until when; for its parties what was done."""
    actor = current_actor()
    found = queries.seen(actor, OperatingMandate, row_id)
    inside = actor.is_signed_in
    return render_template(
        "supervision/mandate.html",
        mandate=found,
        names=names_of([found.authority_id]),
        tasks=TASKS,
        page=paged(queries.operations(actor, mandate_id=found.id)) if inside else None,
        documents=documents.documents_of(found, actor),
        inside=inside,
        may_enter=found.operator_id == actor.organisation_id and found.state == "in_force",
    )


@desk_section(30)
def operating(actor: Actor) -> DeskSection | None:
    """For the authority: filings to be answered; for operating bodies: their mandates."""
    if "authority" in actor.roles:
        rows = db.session.scalars(queries.teams(actor, state="filed").limit(10)).all()
        if not rows:
            return None
        listed = [DeskRow(row.heading, address_of(row), "", row.state) for row in rows]
        return DeskSection(Text(N_("Operating teams filed")), listed, more="/operating-teams")
    if "operator" not in actor.roles:
        return None
    own = queries.operating_mandates(actor, state="in_force").where(
        OperatingMandate.operator_id == actor.organisation_id
    )
    rows = db.session.scalars(own.limit(10)).all()
    if not rows:
        return None
    listed = [DeskRow(row.heading, address_of(row), "", row.state, row.ends_on) for row in rows]
    return DeskSection(Text(N_("Mandates to operate")), listed, more="/operating-mandates")
