"""Registrations: the case page, the forms of the registrant, what becomes public before it is handed in."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request

from kernel import clock, documents
from kernel.db import db
from kernel.errors import NotFound, NotSignedIn
from kernel.pages import address_of, current_actor, form_page, paged, sheet
from kernel.states import state_word
from kernel.words import N_, Text
from registry import queries
from registry.commands import registration as commands
from registry.models import Registration
from registry.rules.registration import WITHOUT_NOTICE
from registry.schemas.registration import CHANGEABLE, MaterialsInput
from registry.states import REGISTRATION
from registry.views.door import allow, chosen, download, is_insider, next_clock, pages, place_name
from registry.vocabulary.steps import (
    BOUNDS,
    CANCEL_GROUNDS,
    CORRECTION_BASES,
    DEFAULT_BOUND,
    DUTY_GROUNDS,
    MATERIALS,
    OBJECT_TYPES,
    REGISTRATION_KINDS,
    RIGHTS,
)

MOST_CHOICES = 200
SHARED = ("title", "summary", "registrar_id", "risk_assessment", "commitment_letter", "description",
          "security_assessment", "local_code")  # fmt: skip


@pages.get("/registrations")
def registrations() -> Any:
    """One register for all levels and registrars: what one may see; without an account what is or was public."""
    asked = chosen("state", "kind", "q", "jurisdiction", "registrar")
    as_of = day_asked()
    found = queries.registrations(current_actor(), as_of=as_of, **asked)
    if kind := request.args.get("format"):
        return _file(found, kind)
    return render_template(
        "registry/registrations.html",
        page=paged(found),
        chosen=asked,
        as_of=as_of,
        kinds=REGISTRATION_KINDS,
        states=sorted(REGISTRATION.states),
        places=[(code, place_name(code)) for code in queries.registered_places()],
        registrars=queries.registrar_names(),
    )


def day_asked() -> date | None:
    """The day of the past that was asked for; None for today, for a day to come, and for what is no day."""
    try:
        asked = date.fromisoformat(request.args.get("as_of", ""))
    except ValueError:
        return None
    return asked if asked < clock.today() else None


@pages.get("/registrations/announcements")
def announcements() -> Any:
    """What registrars announce: notices that run, registrations cancelled within the last year."""
    page = paged(queries.announcements(clock.today()))
    return render_template(
        "registry/announcements.html", page=page, kinds=REGISTRATION_KINDS, grounds=CANCEL_GROUNDS
    )


@pages.get("/registrations/duties")
def duties_to_register() -> Any:
    """What has to be registered and by when, for those who have to and those who oversee."""
    actor = current_actor()
    if not actor.is_signed_in:
        raise NotSignedIn()
    asked = chosen("state")
    page = paged(queries.duties_to_register(actor, **asked))
    return render_template("registry/duties_to_register.html", page=page, chosen=asked, grounds=DUTY_GROUNDS)


def _file(found: Any, kind: str) -> Any:
    headings = [
        N_("Number"),
        N_("Kind of registration"),
        N_("Name to be registered"),
        N_("Registrant"),
        N_("Registrar"),
        N_("Valid until"),
        N_("State"),
    ]
    return sheet("registrations", headings, (_row(row) for row in db.session.scalars(found)), kind)


def _row(row: Registration) -> list[Any]:
    registrar = row.registrar.name if row.registrar else ""
    kind, state = Text(REGISTRATION_KINDS[row.kind]), Text(state_word(row.state))
    return [row.number, kind, row.title, row.applicant.name, registrar, row.valid_until, state]


@pages.get("/registrations/<uuid:registration_id>")
def registration(registration_id: UUID) -> Any:
    """One registration: where it stands, what is public, and for the parties its papers, clocks and log."""
    actor = current_actor()
    found = queries.registration(registration_id, actor)
    inside = is_insider(found, found.applicant_id, found.registrar_id, found.party_id)
    as_of = day_asked()
    return render_template(
        "registry/registration.html",
        registration=found,
        inside=inside,
        as_of=as_of,
        state_then=queries.state_on(found, as_of) if as_of else None,
        follower=queries.follower_of(found.id),
        told=queries.public_history(found),
        rights=queries.rights_in(found.resource_id, found.product_id),
        right_words=RIGHTS,
        grounds=CANCEL_GROUNDS,
        bases=CORRECTION_BASES,
        bound=Text(BOUNDS[found.bounded_by or DEFAULT_BOUND], number=found.bound_number),
        may_ask=may_ask(found),
        needs_notice=found.kind not in WITHOUT_NOTICE,
        objections=queries.objections_of(found.id),
        documents=documents.documents_of(found, actor),
        clock=next_clock(found) if inside else None,
        kinds=REGISTRATION_KINDS,
        types=OBJECT_TYPES,
        materials=MATERIALS,
        changeable={name: MaterialsInput().fields[f"new_{name}"].metadata["label"] for name in CHANGEABLE},
        place=place_name(found.jurisdiction),
    )


def may_ask(found: Registration) -> bool:
    """Whether the reader is another than the registrant and may ask for a correction."""
    actor = current_actor()
    return commands.ask_correction.permits(actor, None) and actor.organisation_id != found.applicant_id


@pages.route("/registrations/new", methods=["GET", "POST"])
def draft_registration() -> Any:
    """Begin a registration of a resource, or a later one of what is registered."""
    allow(commands.draft, None)
    return form_page(
        "registry/registration_form.html",
        commands.draft,
        then=lambda found: redirect(address_of(found)),
        resources=_own_resources(),
        previous=_own_registrations(),
        shared=SHARED,
        changeable=CHANGEABLE,
    )


def _own_resources() -> list[tuple[str, str]]:
    found = queries.resources(current_actor(), own=True).limit(MOST_CHOICES)
    return [(str(row.id), row.title) for row in db.session.scalars(found)]


def _own_registrations() -> list[tuple[str, str]]:
    actor = current_actor()
    found = queries.registrations(actor, state="in_force").where(
        Registration.applicant_id == actor.organisation_id
    )
    rows = db.session.scalars(found.limit(MOST_CHOICES))
    return [(str(row.id), f"{row.title} {row.number}") for row in rows]


@pages.route("/registrations/<uuid:registration_id>/correct", methods=["GET", "POST"])
def ask_correction(registration_id: UUID) -> Any:
    """Ask for the correction of another's registration."""
    found = queries.registration(registration_id, current_actor())
    allow(commands.ask_correction, None)
    return form_page(
        "registry/registration_correct.html",
        commands.ask_correction,
        values={"previous_id": str(found.id)},
        then=lambda row: redirect(address_of(row)),
        registration=found,
        changeable=CHANGEABLE,
    )


@pages.route("/registrations/<uuid:registration_id>/edit", methods=["GET", "POST"])
def amend_registration(registration_id: UUID) -> Any:
    """Change what is stated and handed in."""
    found = queries.registration(registration_id, current_actor())
    allow(commands.amend, found)
    values = commands.amend.schema().dump(found) | {
        f"new_{name}": text for name, text in found.changes.items()
    }
    kept = {name: value for name, value in values.items() if name not in MATERIALS}
    return form_page(
        "registry/registration_edit.html",
        commands.amend,
        subject=found,
        values=kept,
        then=lambda row: redirect(address_of(row)),
        shared=SHARED,
        changeable=CHANGEABLE,
        materials=MATERIALS,
    )


@pages.route("/registrations/<uuid:registration_id>/submit", methods=["GET", "POST"])
def submit_registration(registration_id: UUID) -> Any:
    """What becomes public, to be confirmed together with the commitment, then handed in."""
    found = queries.registration(registration_id, current_actor())
    allow(commands.submit, found)
    return form_page(
        "registry/registration_submit.html",
        commands.submit,
        subject=found,
        values={},
        registrant=found.applicant.name,
        then=lambda row: redirect(address_of(row)),
        kinds=REGISTRATION_KINDS,
        types=OBJECT_TYPES,
        materials=MATERIALS,
    )


@pages.get("/registrations/<uuid:registration_id>/files/<kind>")
def registration_file(registration_id: UUID, kind: str) -> Any:
    """A paper that was handed in, for the parties and those who oversee."""
    found = queries.registration(registration_id, current_actor())
    if not is_insider(found, found.applicant_id, found.registrar_id, found.party_id):
        raise NotFound()
    return download(found.materials.get(kind))
