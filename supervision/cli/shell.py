"""The shell of supervision: the daily tick and the check of the log."""

import json
import sys

import click
from flask.cli import AppGroup

from kernel import audit, clock
from supervision import commands

cli = AppGroup("supervision", help="Deadlines and what time itself has to do.")
audit_cli = AppGroup("audit", help="The append-only log.")


@cli.command("tick")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def tick(as_json: bool) -> None:
    """Warn, note missed deadlines, let expire what has ended."""
    done = commands.tick(clock.now())
    if as_json:
        click.echo(json.dumps(done, ensure_ascii=False))
        return
    click.echo(
        f"{done['warned']} warned, {done['missed']} missed, {done['swept']} ended, {len(done['refused'])} refused"
    )
    for line in done["refused"]:
        click.echo(f"  {line}", err=True)


@audit_cli.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def verify(as_json: bool) -> None:
    """Check every event, every leaf and every signed checkpoint. Exit code 1 when anything is wrong."""
    found = audit.verify()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        click.echo(
            f"{found['events']} events, {found['sealed']} sealed, {found['unsealed']} waiting to be sealed"
        )
        for problem in found["problems"]:
            click.echo(
                f"  {problem['kind']}: event {problem['event']} {problem['command']}: {problem['what']}"
            )
    if found["problems"]:
        sys.exit(1)


@audit_cli.command("seal")
def seal() -> None:
    """Append what is new to the log now."""
    click.echo(f"{audit.seal(clock.now())} events sealed")
