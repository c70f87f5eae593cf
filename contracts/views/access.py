"""Data opened on conditions as pages: applying, answering, signing, fetching; and what stands on the desk."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request
from sqlalchemy import or_

from accounts.queries import names_of
from contracts import commands, queries
from contracts.models import OpenAccess
from contracts.queries.access import ABOUT, accesses, policy_of_access
from contracts.queries.agreements import agreements_about
from contracts.queries.policies import said_in_both
from contracts.rules.policy import word
from contracts.views.door import handed_out, link, pages, reading, signed_in
from kernel.actor import Actor
from kernel.command import execute
from kernel.db import db
from kernel.pages import (
    DeskRow,
    DeskSection,
    address_of,
    current_actor,
    desk_section,
    form_page,
    page_of,
    paged,
)
from kernel.storage import store
from kernel.words import N_, Text
from registry.queries.catalogue import entry_page


@page_of(OpenAccess)
def address(row: OpenAccess) -> str:
    """The page of an access."""
    return f"/open-access/{row.id}"


@pages.get("/open-access")
def open_accesses() -> Any:
    """The applications for conditionally open data that the reader may see."""
    signed_in()
    page = paged(accesses(current_actor()))
    names = names_of([one for row in page.items for one in (row.applicant_id, row.agency_id)])
    return render_template("contracts/open_accesses.html", page=page, names=names)


@pages.route("/open-access/new", methods=["GET", "POST"])
def apply_for_access() -> Any:
    """The application, begun on the page of a catalogue entry."""
    signed_in()
    asked = request.values.get("entry_id", "")
    entry = entry_page(current_actor(), UUID(asked)) if _is_id(asked) else None
    return form_page(
        "contracts/open_access_form.html",
        commands.access.apply,
        then=lambda made: redirect(address_of(made)),
        entry=entry,
    )


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


@pages.get("/open-access/<uuid:row_id>")
def open_access(row_id: UUID) -> Any:
    """One access: what was asked for, the answer, the two documents, the data."""
    row = queries.seen(current_actor(), OpenAccess, row_id)
    return render_template(
        "contracts/open_access.html",
        row=row,
        names=names_of([row.applicant_id, row.agency_id]),
        purpose=word("purposes", row.purpose),
        agreements=agreements_about(ABOUT, row.id),
        permitted=[one[reading()] for one in said_in_both(policy_of_access(row))] if row.ends_on else [],
        link=link,
    )


@pages.post("/open-access/<uuid:row_id>/file")
def fetch_open_access(row_id: UUID) -> Any:
    """The data, after the check of both documents; recorded each time."""
    row = execute(commands.access.fetch, actor=current_actor(), subject_id=row_id)
    return handed_out(store().get(row.file["storage_key"]), row.file["name"], row.file["media_type"])


@desk_section(38)
def accesses_waiting(actor: Actor) -> DeskSection | None:
    """For agencies what has to be answered, for applicants what is under way."""
    if actor.organisation_id is None:
        return None
    mine = or_(OpenAccess.agency_id == actor.organisation_id, OpenAccess.applicant_id == actor.organisation_id)
    open_ = accesses(actor).where(mine, OpenAccess.state.in_(("applied", "awaiting_signature")))
    rows = db.session.scalars(open_.limit(10)).all()
    shown = [DeskRow(row.title, address_of(row), "", row.state) for row in rows]
    return DeskSection(Text(N_("Data opened on conditions")), shown, more="/open-access") if shown else None
