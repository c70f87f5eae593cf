"""The shell of the search: build the index, see that it equals the rows, build the second tier."""

import click
from flask.cli import AppGroup

from kernel import clock
from kernel.search import following, upkeep

search = AppGroup("search", help="The index of the search.")


@search.command("rebuild")
@click.option("--anew", is_flag=True, help="Empty the index first: after a change of how tokens are made.")
def rebuild(anew: bool) -> None:
    """Make the index equal to the rows. Run again it goes on where it stopped; what is right already is left."""
    written = upkeep.rebuild(clock.now(), click.echo, anew=anew)
    click.echo(f"{written} entries of the index were written.")


@search.command("check")
def check() -> None:
    """Compare the index with the rows. Exit code 1, with what differs, where it is not equal."""
    wrong = upkeep.differences(lambda said: click.echo(said, err=True))
    if wrong:
        raise click.ClickException("\n".join(wrong) + "\nRun `bin/flask search rebuild`.")
    click.echo("The index equals the rows.")


@search.command("tier")
def tier() -> None:
    """Build the files of the second tier anew; they answer once they are complete."""
    click.echo(f"{following.build(clock.now(), lambda said: click.echo(said, err=True))} rows.")
