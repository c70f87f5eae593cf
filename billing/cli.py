"""The shell of billing: checking the money."""

import json
import sys

import click
from flask.cli import AppGroup

from billing import queries

cli = AppGroup("billing", help="Ledger, payments and settlements.")


@cli.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def verify(as_json: bool) -> None:
    """Check that every entry balances, every part is exact to the fen and every settlement recomputes.

    Exit code 1 when anything is wrong.
    """
    counts, found = queries.counts(), queries.problems()
    if as_json:
        click.echo(json.dumps(counts | {"problems": found}, ensure_ascii=False))
    else:
        click.echo(
            f"{counts['entries']} entries, {counts['postings']} postings, {counts['invoices']} bills, "
            f"{counts['settlements']} settlements, {len(found)} problems"
        )
        for problem in found:
            click.echo(f"  {problem['kind']}: {problem['subject']}: {problem['what']}")
    if found:
        sys.exit(1)
