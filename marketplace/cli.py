"""The marketplace from the shell: a check that what can be fetched may be fetched, and the price list."""

import json
from typing import Any

import click
from flask.cli import AppGroup

from kernel import clock
from kernel.actor import SYSTEM
from kernel.db import db
from kernel.words import translate
from marketplace import queries
from marketplace.queries.supply import supply_trouble

cli = AppGroup("marketplace", help="Products on sale and their prices.")


@cli.command("check")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def check(as_json: bool) -> None:
    """Judge the chain of authority of every listed product today. Exit code 1 where one is interrupted."""
    on = clock.today()
    rows = db.session.scalars(queries.products(SYSTEM, state="listed")).all()
    broken = {str(row.id): str(why) for row in rows if (why := supply_trouble(row, on))}
    if as_json:
        click.echo(json.dumps({"listed": len(rows), "interrupted": broken}, ensure_ascii=False))
    else:
        click.echo(f"{len(rows)} products are listed, {len(broken)} of them interrupted.")
        for row_id, said in broken.items():
            click.echo(f"{row_id}: {said}")
    if broken:
        raise SystemExit(1)


@cli.command("prices")
def prices() -> None:
    """Print today's price list as JSON lines: product, purpose, kind of price, fen a unit, cap and document."""
    on = clock.today()
    for row in queries.price_rows(db.session.execute(queries.priced_plans(on)).all(), on):
        click.echo(json.dumps(_line(row), ensure_ascii=False))


def _line(row: Any) -> dict[str, Any]:
    line = {"product": row.product.title, "purpose": row.purpose, "unit": row.plan.unit}
    if row.answer is None:
        return line | {"refused": translate(row.refusal, "en")}
    cap = row.answer.cap
    return line | {
        "mode": str(row.answer.mode),
        "unit_price_minor": row.answer.unit_price_minor,
        "cap_minor": cap.amount_minor if cap else None,
        "cap_document": cap.document_number if cap else "",
    }
