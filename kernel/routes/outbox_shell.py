"""The shell of the runner: a process of its own for it, what could not be delivered, and trying that again."""

import signal
import threading
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from kernel import clock, outbox

runner = AppGroup("outbox", help="What is done after a change: mails, posts to programs, long documents, daily work.")


@runner.command("run")
def run() -> None:
    """Deliver and do the regular work until the process is told to end (SHUHENG_BACKGROUND=0 for the web processes)."""
    stop = threading.Event()

    def end(_signal: int, _frame: Any) -> None:
        stop.set()

    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, end)
    click.echo("The runner works. It ends with SIGTERM or Ctrl-C.")
    outbox.work(current_app._get_current_object(), stop)  # type: ignore[attr-defined]  # a thread needs the object


@runner.command("list")
def list_() -> None:
    """Deliveries that wait or were given up, with their last error."""
    for row in outbox.undelivered():
        cause = f"  {row.last_error}" if row.last_error else ""
        click.echo(f"{row.id}  {row.state}  {row.kind}  attempts {row.attempts}, due {row.due_at.isoformat()}{cause}")


@runner.command("again")
@click.argument("ids", nargs=-1, type=click.UUID)
@click.option("--all", "all_", is_flag=True, help="Everything that was given up.")
def again(ids: tuple[Any, ...], *, all_: bool) -> None:
    """Try what was given up once more: deliveries named by their IDS, or --all. Exit code 1 where nothing fits."""
    if not ids and not all_:
        raise click.UsageError("Name deliveries by their ids (see `bin/flask outbox list`), or say --all.")
    number = outbox.try_again(clock.now(), None if all_ else ids)
    if not number:
        raise click.ClickException("Nothing that was given up fits.")
    click.echo(f"{number} will be tried again.")
