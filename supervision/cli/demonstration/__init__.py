"""The demonstration: an invented city with agencies, operators, developers, buyers, rights, products and a quarter of sales.

It is loaded by running the real commands under a stopped clock, in the order in which they would have happened, so
that every row, document and event in it is as true as in a real installation.
"""

import sys
from collections.abc import Callable
from datetime import date

import click
from flask.cli import AppGroup

from accounts import queries as accounts
from kernel import audit, clock
from kernel.config import settings
from supervision import commands
from supervision.cli.demonstration import (
    around,
    catalogue,
    clauses,
    market,
    oversight,
    people,
    registers,
    registrars,
    rights,
    sales,
    selecting,
    waiting,
)
from supervision.cli.demonstration.times import Calendar

demo_cli = AppGroup("demo", help="The demonstration city.")
Step = Callable[[people.City, Calendar], None]
STEPS: list[tuple[str, Step]] = [
    ("catalogue", catalogue.compile_catalogue),
    ("open data", catalogue.release_open_data),
    ("the registrar", registrars.name_registrar),
    ("resources and registrations", registers.register_resources),
    ("licences", registers.license_operators),
    ("first-level rights", rights.grant_first_level),
    ("data elements", rights.deliver_elements),
    ("clauses", clauses.write_clauses),
    ("second-level rights", rights.grant_second_level),
    ("permitted revenue", market.set_permitted_revenue),
    ("products, caps and offers", market.list_products),
    ("purposes", market.verify_purposes),
    ("a quarter of sales", sales.sell),
    ("settlement", sales.settle),
    ("supervision of the registrar", registrars.talk_to_registrar),
    ("data opened on conditions", clauses.open_on_conditions),
    ("around the catalogue", around.stand_around),
    ("re-checks, providers, operating bodies", oversight.oversee),
    ("plans and selections of operators", selecting.select_operators),
    ("an application that is being prepared", selecting.prepare_decision),
    ("what waits for somebody today", waiting.leave_work),
]


@demo_cli.command("load")
def load() -> None:
    """Load the demonstration city once. Running it again changes nothing."""
    if not settings().demo:
        raise click.ClickException("The demonstration is switched off (SHUHENG_DEMO=0); nothing was loaded.")
    if accounts.demonstrators():
        click.echo("The demonstration is loaded already.")
        return
    run(clock.today(), lambda text: click.echo(f"  {text}", file=sys.stderr))
    click.echo("The demonstration is loaded.")


def run(today: date, tell: Callable[[str], None]) -> people.City:
    """Make the whole city as of `today`; `tell` hears of each step."""
    times = Calendar(today)
    tell("people and organisations")
    city = people.found_city(times)
    for name, step in STEPS:
        tell(name)
        step(city, times)
    commands.tick(clock.now())
    audit.seal(clock.now())
    return city
