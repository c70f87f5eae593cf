"""Signing in and out. An address nobody has and a wrong password look, read and last the same."""

from typing import Any

from flask import redirect, render_template, request
from marshmallow import ValidationError

from accounts import queries
from accounts.schemas import SignInInput
from accounts.views.door import pages
from accounts.views.links import safe
from accounts.views.who import enter, leave, try_once
from kernel.errors import DomainError, InvalidInput
from kernel.pages import Form, current_actor, form_values
from kernel.words import N_, Text

WRONG = N_("E-mail address or password is wrong.")


@pages.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Any:
    """The sign-in page."""
    target = safe(request.values.get("next"))
    if request.method == "GET":
        if current_actor().is_signed_in:
            return redirect(target)
        return _page(target, Form(SignInInput, {"email": request.args.get("email", "")}))
    typed = form_values(SignInInput)
    try:
        _prove_and_enter(typed)
    except InvalidInput as error:
        return _page(target, Form(SignInInput, typed, error.messages)), error.status
    except DomainError as error:
        return _page(target, Form(SignInInput, typed, refusal=error)), error.status
    return redirect(target)


@pages.post("/sign-out")
def sign_out() -> Any:
    """The end of the session, also for copies of its cookie."""
    leave()
    return redirect("/")


def _prove_and_enter(typed: dict[str, Any]) -> None:
    try:
        values = SignInInput().load(typed)
    except ValidationError as error:
        raise InvalidInput(error.normalized_messages()) from error
    attempt_id = try_once("sign_in", values["email"])
    person = queries.person_with(values["email"], values["password"])
    if person is None:
        raise InvalidInput({"password": [Text(WRONG)]})
    enter(person, attempt_id)


def _page(target: str, form: Form) -> str:
    form.action = request.path
    return render_template(
        "accounts/sign_in.html", form=form, target=target, registered="registered" in request.args
    )
