"""The shell door: any command by name, as a named person, with the same checks as page and JSON."""

import json
import uuid
from pathlib import Path
from typing import Any

import click

from kernel.actor import SYSTEM, Actor
from kernel.command import COMMANDS, execute
from kernel.errors import DomainError, InvalidInput, RuleBroken
from kernel.fields import File, Upload
from kernel.pages.wording import messages_of

ACTORS: dict[str, Any] = {}


@click.command("do")
@click.argument("name")
@click.argument("subject_id", required=False, type=click.UUID)
@click.option("--as", "email", help="The e-mail of the person who acts; without it the system itself.")
@click.option("--for", "organisation", help="Unified social credit code of the organisation acted for.")
@click.option("--data", default="{}", help="The input as a JSON object; @FILE for an uploaded file's path.")
def do(
    name: str, subject_id: uuid.UUID | None, email: str | None, organisation: str | None, data: str
) -> None:
    """Run any command by its name. Prints the subject as JSON; a refusal goes to standard error, exit code 1."""
    command = COMMANDS.get(name)
    if command is None:
        raise click.ClickException(f"There is no command {name}. The names stand in docs/permissions.md.")
    try:
        actor: Actor = ACTORS["by_email"](email, organisation) if email else SYSTEM
        done = execute(command, actor=actor, subject_id=subject_id, data=_values(command, data))
    except DomainError as error:
        raise click.ClickException(explained(error)) from error
    click.echo(json.dumps({"id": str(done.id), "state": getattr(done, "state", None)}, ensure_ascii=False))


def _values(command: Any, text: str) -> dict[str, Any]:
    try:
        values = json.loads(text)
    except ValueError as error:
        raise click.ClickException(f"--data is not JSON: {error}") from error
    if not isinstance(values, dict):
        raise click.ClickException("--data must be a JSON object")
    for field_name, field in command.schema().load_fields.items():
        given = values.get(field_name)
        if isinstance(field, Upload) and isinstance(given, str) and given.startswith("@"):
            path = Path(given[1:])
            if not path.is_file():
                raise click.ClickException(f"{field_name}: there is no file {path}")
            values[field_name] = File(path.name, path.read_bytes())
    return values


def explained(error: DomainError) -> str:
    """A refusal for the shell: message, fields, duty and its basis."""
    lines = [str(error)]
    if isinstance(error, InvalidInput):
        lines += [f"  {name}: {'; '.join(messages_of(found))}" for name, found in error.messages.items()]
    if isinstance(error, RuleBroken):
        lines.append(f"  duty {error.duty} ({', '.join(error.ids)}), {error.basis}")
    return "\n".join(lines)
