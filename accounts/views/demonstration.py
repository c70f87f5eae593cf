"""Signing in with one click: in the demonstration only, as the invented people made for it."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template

from accounts import queries
from accounts.views.door import pages
from accounts.views.who import enter
from kernel.config import settings
from kernel.errors import NotFound


@pages.get("/demo")
def demo() -> Any:
    """The invented people, each with the role to try."""
    _only_in_the_demonstration()
    people = queries.demonstrators()
    names = {
        person.id: [row.organisation.name for row in queries.memberships_of(person.id)] for person in people
    }
    return render_template("accounts/demo.html", people=people, names=names)


@pages.post("/demo/<uuid:person_id>")
def demo_sign_in(person_id: UUID) -> Any:
    """Sign in as one of them."""
    _only_in_the_demonstration()
    person = queries.person(person_id)
    if not person.demo_role or person.state != "active":
        raise NotFound()
    enter(person)
    return redirect("/desk")


def _only_in_the_demonstration() -> None:
    if not settings().demo:
        raise NotFound()
