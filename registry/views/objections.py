"""Objections: anybody lodges one during the notice and follows it by its receipt number; the registrar answers."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template

from kernel.errors import NotFound, NotSignedIn
from kernel.pages import address_of, current_actor, form_page, paged
from kernel.permissions import may_see
from registry import queries
from registry.commands import objection as commands
from registry.views.door import download, pages


@pages.route("/registrations/<uuid:registration_id>/object", methods=["GET", "POST"])
def lodge_objection(registration_id: UUID) -> Any:
    """Object to a registration in its public notice, with or without an account."""
    found = queries.registration(registration_id, current_actor())
    return form_page(
        "registry/objection_form.html",
        commands.lodge,
        values={"registration_id": str(found.id)},
        then=lambda row: redirect(address_of(row)),
        registration=found,
    )


@pages.get("/objections")
def objections() -> Any:
    """The objections one has to answer or has lodged."""
    actor = current_actor()
    if not actor.is_signed_in:
        raise NotSignedIn()
    return render_template("registry/objections.html", page=paged(queries.objections(actor)))


@pages.get("/objections/<receipt>")
def objection(receipt: str) -> Any:
    """How an objection stands, by its receipt number; who lodged it, and why, is shown to those who decide."""
    found = queries.objection_by_receipt(receipt)
    actor = current_actor()
    inside = may_see(actor, found)
    named = inside and actor.organisation_id != found.applicant_id  # who objects is not told to the registrant
    return render_template("registry/objection.html", objection=found, inside=inside, named=named)


@pages.get("/objections/<receipt>/evidence")
def objection_evidence(receipt: str) -> Any:
    """The evidence, for those who decide."""
    found = queries.objection_by_receipt(receipt)
    if not may_see(current_actor(), found):
        raise NotFound()
    return download(found.evidence)
