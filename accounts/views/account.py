"""One's own account: facts, organisations, sessions, password."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request

from accounts import queries
from accounts.commands import person as people
from accounts.commands import session as sessions
from accounts.models import Person
from accounts.views.door import pages
from accounts.views.links import safe
from accounts.views.who import enter, session_id
from kernel import clock
from kernel.command import execute
from kernel.errors import NotSignedIn
from kernel.pages import current_actor, current_locale, form_page
from kernel.words import N_, translate


def oneself() -> Person:
    """The person signed in, or NotSignedIn."""
    actor = current_actor()
    if actor.user_id is None:
        raise NotSignedIn()
    return queries.person(actor.user_id)


@pages.get("/account")
def account() -> Any:
    """Everything about one's account on one page."""
    person = oneself()
    return render_template(
        "accounts/account.html",
        person=person,
        memberships=queries.memberships_of(person.id),
        sessions=queries.open_sessions(person.id, clock.now()),
        present=session_id(),
        keys=queries.tokens_of(person.id),
    )


@pages.route("/account/edit", methods=["GET", "POST"])
def edit_account() -> Any:
    """Name, telephone, language of letters."""
    return form_page("accounts/edit_account.html", people.amend, subject=oneself(), then=_back(N_("Saved.")))


@pages.route("/account/password", methods=["GET", "POST"])
def change_password() -> Any:
    """A new password. All sessions end; this browser gets a fresh one."""

    def then(person: Person) -> Any:
        enter(person)
        return _back(N_("The password is changed. All other sessions were ended."))(person)

    return form_page("accounts/password.html", people.change_password, subject=oneself(), then=then)


@pages.post("/account/sessions/<uuid:row_id>/end")
def end_session(row_id: UUID) -> Any:
    """One of one's sessions, for instance on a computer left behind."""
    row = execute(sessions.end, actor=current_actor(), subject_id=row_id)
    return _back(N_("The session is ended."))(row)


@pages.route("/organisations/switch", methods=["GET", "POST"])
def switch() -> Any:
    """The organisation one acts for."""
    person = oneself()
    if request.method == "GET":
        return render_template("accounts/switch.html", memberships=queries.memberships_of(person.id))
    chosen = {"organisation_id": request.form.get("organisation_id", "")}
    execute(sessions.act_for, actor=current_actor(), subject_id=session_id(), data=chosen)
    return redirect(safe(request.form.get("next")))


def _back(said: str) -> Any:
    def then(_subject: Any) -> Any:
        flash(translate(said, current_locale()), "success")
        return redirect("/account")

    return then
