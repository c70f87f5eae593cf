"""Getting an account: the person first, then the organisation."""

from typing import Any

from flask import redirect, render_template, request, url_for

from accounts.commands import organisation as organisations
from accounts.commands import person as people
from accounts.commands import session as sessions
from accounts.schemas import RegistrationInput
from accounts.views.door import pages
from accounts.views.links import safe
from accounts.views.who import session_id, try_once
from kernel.actor import SYSTEM
from kernel.command import execute
from kernel.errors import DomainError, InvalidInput, NotSignedIn
from kernel.pages import Form, address_of, current_actor, current_locale, form_page, form_values


@pages.route("/register", methods=["GET", "POST"])
def register() -> Any:
    """A person gets an account. Whether the address had one already is not told: the answer is the same."""
    if current_actor().is_signed_in:
        return redirect(url_for("accounts.register_organisation"))
    if request.method == "GET":
        return _page(Form(RegistrationInput, {"language": current_locale()[:2]}, action=request.path))
    typed = form_values(RegistrationInput)
    try:
        try_once("register", typed.get("email", ""))
        execute(people.register, actor=SYSTEM, data=typed)
    except InvalidInput as error:
        if set(error.messages) != {"email"} or not _is_address(typed):
            return _page(Form(RegistrationInput, typed, error.messages, action=request.path)), error.status
    except DomainError as error:
        return _page(Form(RegistrationInput, typed, refusal=error, action=request.path)), error.status
    onward = safe(request.form.get("next"), url_for("accounts.register_organisation"))
    return redirect(url_for("accounts.sign_in", registered=1, email=typed["email"], next=onward))


@pages.route("/organisations/register", methods=["GET", "POST"])
def register_organisation() -> Any:
    """The organisation of the person signed in, who is its first member and acts for it from then on."""
    actor = current_actor()
    if not actor.is_signed_in:
        raise NotSignedIn()

    def then(organisation: Any) -> Any:
        chosen = {"organisation_id": str(organisation.id)}
        execute(sessions.act_for, actor=actor, subject_id=session_id(), data=chosen)
        return redirect(address_of(organisation))

    return form_page("accounts/register_organisation.html", organisations.register, then=then)


def _is_address(typed: dict[str, Any]) -> bool:
    """Whether what was typed is an address at all: then the only thing wrong with it is that it was taken."""
    return not RegistrationInput(only=("email",)).validate({"email": typed.get("email", "")})


def _page(form: Form) -> str:
    return render_template("accounts/register.html", form=form, target=safe(request.values.get("next"), ""))
