"""The generic page of a command: its form where it takes input, a confirmation where it takes none.

`GET /do/<command>[/<subject>]` draws it, `POST` runs it and goes to the subject's page. Pages that are a thought of
their own are written out in the packages; this door makes sure no command is without one.
"""

import uuid
from typing import Any

from flask import Blueprint, flash, redirect

from kernel.command import COMMANDS, Command
from kernel.db import db
from kernel.errors import NotAllowed, NotFound, NotSignedIn
from kernel.pages.addresses import address_of
from kernel.pages.forms import form_page
from kernel.pages.session import current_actor, current_locale
from kernel.pages.templates import command_label
from kernel.permissions import may_see
from kernel.words import N_, Text, translate

doors = Blueprint("do", __name__, url_prefix="/do")


@doors.route("/<name>", methods=["GET", "POST"], defaults={"subject_id": None}, endpoint="create")
@doors.route("/<name>/<uuid:subject_id>", methods=["GET", "POST"], endpoint="act")
def act(name: str, subject_id: uuid.UUID | None) -> Any:
    """The page of one command."""
    command = COMMANDS.get(name)
    if command is None or (subject_id is None) != command.creates:
        raise NotFound()
    subject = db.session.get(command.subject, subject_id) if subject_id else None
    allow(command, subject, subject_id)
    return form_page("site/command.html", command, subject=subject, then=done(command))


def allow(command: Command, subject: Any, subject_id: uuid.UUID | None) -> None:
    """Refuse a form to those whom the command would refuse: the page shows nothing the server would not do."""
    actor = current_actor()
    if subject_id is not None and (subject is None or not may_see(actor, subject)):
        raise NotFound()
    if not command.permits(actor, subject):
        raise NotAllowed() if actor.is_signed_in else NotSignedIn()


def done(command: Command) -> Any:
    """Go to the subject's page and say what was done."""

    def then(subject: Any) -> Any:
        flash(
            translate(Text(N_("Done: {what}."), what=Text(command_label(command))), current_locale()),
            "success",
        )
        return redirect(address_of(subject))

    return then
