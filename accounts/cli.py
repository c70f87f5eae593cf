"""People, organisations and keys from the shell: the first ones, and those that a page cannot help."""

from datetime import timedelta
from typing import Any

import click
from flask.cli import AppGroup

from accounts import queries
from accounts.commands import membership, organisation, person, token
from accounts.vocabulary import LEGAL_FORMS, MANDATES, ROLES, SCOPES
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.command import Command, execute
from kernel.errors import DomainError
from kernel.routes.shell_door import ACTORS, explained

cli = AppGroup("accounts", help="People, organisations and keys for programs.")
ACTORS["by_email"] = queries.actor_by_email


@cli.command("create-person")
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def create_person(**facts: Any) -> None:
    """Create a person's account. Prints its id."""
    click.echo(_run(person.register, facts).id)


@cli.command("set-password")
@click.argument("email")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
def set_password(email: str, password: str) -> None:
    """Set a new password for somebody who lost the old one. All sessions of the person end."""
    _run(person.replace_password, {"new_password": password}, subject_id=_person_id(email))
    click.echo(f"The password of {email} is set.")


@cli.command("create-organisation")
@click.option("--name", required=True)
@click.option("--code", "uscc", required=True, help="Unified social credit code.")
@click.option(
    "--roles", multiple=True, required=True, type=click.Choice(ROLES), help="May be given several times."
)
@click.option("--jurisdiction", required=True, help="Code of its jurisdiction, for example 530000.")
@click.option("--legal-form", type=click.Choice(list(LEGAL_FORMS)), default="other", show_default=True)
@click.option("--member", "members", multiple=True, help="E-mail of a person who joins with the mandates.")
@click.option(
    "--mandates", multiple=True, type=click.Choice(MANDATES), help="Else every mandate its side can have."
)
def create_organisation(members: tuple[str, ...], mandates: tuple[str, ...], **facts: Any) -> None:
    """Create an organisation, also a managing one (the first authority of an empty database). Prints its id."""
    people = [_person_id(email) for email in members]
    made = _run(organisation.appoint, facts | {"roles": list(facts["roles"])})
    usual = [kind for kind in MANDATES if kind != "decide" or made.side == "managing"]
    made_id = made.id
    for person_id in people:
        joining = {
            "person_id": person_id,
            "organisation_id": str(made_id),
            "mandates": list(mandates) or usual,
        }
        _run(membership.admit, joining)
    click.echo(made_id)


@cli.command("token")
@click.argument("email")
@click.option("--for", "code", help="Credit code of the organisation acted for; else the one acted for last.")
@click.option("--name", default="from the shell", show_default=True, help="What the key is for.")
@click.option("--scope", type=click.Choice(list(SCOPES)), default="act", show_default=True)
@click.option("--days", default=90, show_default=True, help="How many days it is good for.")
def issue_token(email: str, code: str | None, name: str, scope: str, days: int) -> None:
    """Issue a key for programs to a person. Prints the key: it is not kept and cannot be shown again."""
    try:
        actor = queries.actor_by_email(email, code)
    except DomainError as error:
        raise click.ClickException(f"There is no person {email}, or no organisation {code}.") from error
    last = clock.today() + timedelta(days=days)
    facts = {"name": name, "scope": scope, "expires_on": last.isoformat()}
    click.echo(_run(token.issue, facts, actor=actor).secret)


def _run(command: Command, facts: dict[str, Any], *, actor: Actor = SYSTEM, subject_id: Any = None) -> Any:
    try:
        return execute(command, actor=actor, subject_id=subject_id, data=facts)
    except DomainError as error:
        raise click.ClickException(explained(error)) from error


def _person_id(email: str) -> Any:
    found = queries.person_by_email(email)
    if found is None:
        raise click.ClickException(f"There is no person with the address {email}.")
    return found.id
