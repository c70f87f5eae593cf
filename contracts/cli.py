"""Contracts in the shell."""

import json
import uuid

import click
from flask.cli import AppGroup

from contracts.queries import chain_of, right_is_live
from kernel import clock

cli = AppGroup("contracts", help="Development rights, agreements and data elements.")


@cli.command("chain")
@click.argument("right_id", type=click.UUID)
def chain(right_id: uuid.UUID) -> None:
    """The chain of authority of a right, as JSON; the exit code says whether it holds today."""
    live, why = right_is_live(right_id, clock.today())
    steps = [
        {**step, "broken": str(step["broken"]) if step["broken"] else None} for step in chain_of(right_id)
    ]
    facts = {"live": live, "why": str(why) if why else None, "steps": steps}
    click.echo(json.dumps(facts, ensure_ascii=False, default=str, indent=1))
    raise SystemExit(0 if live else 1)
