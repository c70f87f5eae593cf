"""The shell of supervision: the daily tick and the check of the log."""

import json
import sys
from typing import Any

import click
from flask.cli import AppGroup

from kernel import audit, clock
from kernel.audit import witnesses
from kernel.audit.notes import Checkpoint
from kernel.db import db
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
@click.option("--checkpoint", "held", type=click.File(encoding="utf-8"), help="Signed notes that somebody else holds.")
def verify(as_json: bool, held: Any) -> None:
    """Check every event, leaf, tile, checkpoint and sealed row. Exit code 1 when anything is wrong."""
    found = audit.verify(held.read() if held else "")
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        click.echo(
            f"{found['events']} events, {found['sealed']} sealed, {found['unsealed']} waiting to be sealed, "
            f"{found['rows']} results under seal"
        )
        for problem in found["problems"]:
            named = " ".join(problem[part] for part in ("row", "event", "command") if problem[part])
            click.echo(f"  {problem['kind']}: {named}: {problem['what']}")
    if found["problems"]:
        sys.exit(1)


@audit_cli.command("seal")
def seal() -> None:
    """Append what is new to the log now."""
    click.echo(f"{audit.seal(clock.now())} events sealed")


@audit_cli.command("countersign")
@click.argument("note", type=click.File(encoding="utf-8"))
def countersign(note: Any) -> None:
    """Keep what a witness signed under a checkpoint that was sent to him by mail: NOTE is the file he sent back."""
    try:
        point, lines = Checkpoint.read(note.read())
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    ours = db.session.get(audit.AuditCheckpoint, point.size)
    if ours is None or ours.root != point.root.hex():
        raise click.ClickException(f"This log has no such checkpoint of {point.size} entries.")
    kept = witnesses.keep_lines(ours, "\n".join(lines))
    if not kept:
        raise click.ClickException("No line of a witness that SHUHENG_LOG_WITNESS_KEYS names, or it is kept already.")
    click.echo(f"Kept: {', '.join(kept)}")
