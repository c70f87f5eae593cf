"""The public register of data resources, and their holders' forms."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request

from kernel.actor import ANONYMOUS
from kernel.db import db
from kernel.pages import Searched, address_of, current_actor, current_locale, form_page, paged, sheet
from kernel.states import state_word
from kernel.words import N_, Text
from registry import queries
from registry.commands import resource as commands
from registry.models import DataResource
from registry.views.door import allow, is_insider, pages, place_name
from registry.vocabulary import FREQUENCIES, LOCAL_LEVELS, NATIONAL_GRADES, OPENING_ATTRIBUTES
from registry.vocabulary.steps import REGISTRATION_KINDS

MOST_CHOICES = 200


@pages.get("/resources")
def resources() -> Any:
    """The public register: what is or was registered, with its number, holder, validity and state."""
    searched = Searched(ANONYMOUS, ["resource"], order="title")
    if kind := request.args.get("format"):
        return _file(searched, kind)
    page = searched.page
    return render_template("registry/resources.html", page=page, searched=searched, place_name=place_name)


@pages.get("/resources/own")
def own_resources() -> Any:
    """A holder's own resources, registered or not."""
    allow(commands.describe, None)
    found = paged(queries.resources(current_actor(), own=True))
    return render_template("registry/own_resources.html", page=found)


def _file(searched: Searched, kind: str) -> Any:
    headings = [
        N_("Registration code"),
        N_("Name of the resource"),
        N_("Holder"),
        N_("Jurisdiction"),
        N_("Valid until"),
        N_("State"),
    ]
    rows = (_row(row) for row in searched.every())
    return sheet("resources", headings, rows, kind)


def _row(row: DataResource) -> list[Any]:
    return [
        row.code,
        row.title,
        row.holder.name,
        place_name(row.jurisdiction),
        row.registered_until,
        Text(state_word(row.state)),
    ]


@pages.get("/resources/<uuid:resource_id>")
def resource(resource_id: UUID) -> Any:
    """One resource: what it holds, from which entries, its registrations."""
    actor = current_actor()
    found = queries.resource(resource_id, actor)
    locale = current_locale()
    return render_template(
        "registry/resource.html",
        resource=found,
        entries=found.entries,
        registrations=queries.registrations_of(actor, resource_id=found.id),
        kinds=REGISTRATION_KINDS,
        in_force=queries.registration_in_force(resource_id=found.id),
        inside=is_insider(found, found.holder_id),
        place=place_name(found.jurisdiction),
        words={
            "frequency": FREQUENCIES[found.update_frequency].word(locale),
            "grade": NATIONAL_GRADES[found.national_grade].word(locale),
            "level": LOCAL_LEVELS[found.local_level].word(locale) if found.local_level else None,
        },
        opening=lambda code: OPENING_ATTRIBUTES[code].word(locale) if code else "",
    )


@pages.route("/resources/new", methods=["GET", "POST"])
def describe_resource() -> Any:
    """Describe a resource made of published entries."""
    return _form(commands.describe, None)


@pages.route("/resources/<uuid:resource_id>/edit", methods=["GET", "POST"])
def amend_resource(resource_id: UUID) -> Any:
    """Change the description before the registration."""
    return _form(commands.amend, queries.resource(resource_id, current_actor()))


def _entry_choices() -> list[tuple[str, str]]:
    """The published entries a holder can choose from: an agency its own, an operator those it searched for."""
    actor = current_actor()
    found = queries.entries(actor, state="published", own="agency" in actor.roles).limit(MOST_CHOICES)
    return [(str(entry.id), entry.title) for entry in db.session.scalars(found)]


def _form(command: Any, subject: DataResource | None) -> Any:
    allow(command, subject)
    values = dict(request.args)
    if subject is not None:
        values = command.schema().dump(subject) | {"entry_ids": [str(entry.id) for entry in subject.entries]}
    return form_page(
        "registry/resource_form.html",
        command,
        subject=subject,
        values=values,
        entries=_entry_choices(),
        then=lambda found: redirect(address_of(found)),
    )
