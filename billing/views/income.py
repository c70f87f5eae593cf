"""The income board: what was taken in and what was waived, by operator and product, against what is permitted."""

from datetime import date
from typing import Any

from flask import render_template, request

from billing import queries
from billing.queries import IncomeRow
from billing.views.door import filters, pages, signed_in
from kernel import clock
from kernel.db import db
from kernel.errors import InvalidInput, NotFound
from kernel.pages import current_actor, sheet
from kernel.words import N_

HEADINGS = [
    N_("Seller"), N_("Product"), N_("Charged units"), N_("Income in fen"), N_("Free units"), N_("Waived in fen"),
]  # fmt: skip
READERS = queries.OVERSEERS | {"operator", "developer"}
SHOWN_GAUGES = 50


@pages.get("/income")
def income() -> Any:
    """Income of a period; sellers see their own, those who oversee a place all of it. Also as a file."""
    signed_in()
    actor = current_actor()
    if not actor.roles & READERS:
        raise NotFound()
    start, end = _day("from", date(clock.today().year, 1, 1)), _day("to", clock.today())
    own = None if actor.roles & queries.OVERSEERS else actor.organisation_id
    rows = queries.income(actor, start, end, operator_id=own)
    if "format" in (chosen := filters("format")):
        return sheet("income", HEADINGS, map(_cells, rows), chosen["format"])
    in_force = queries.permitted_revenues(actor, state="in_force").limit(SHOWN_GAUGES)
    return render_template(
        "billing/income.html",
        rows=rows,
        totals=queries.income_total(rows),
        sellers=_by_seller(rows),
        waived=queries.waived_by_purpose(actor, start, end),
        gauges=[(row, queries.gauge_of(row)) for row in db.session.scalars(in_force)],
        start=start,
        end=end,
    )


def _day(name: str, default: date) -> date:
    typed = request.args.get(name, "").strip()
    try:
        return date.fromisoformat(typed) if typed else default
    except ValueError:
        raise InvalidInput({name: [N_("Enter a day as year-month-day.")]}) from None


def _cells(row: IncomeRow) -> list[Any]:
    counted = (row.charged_count, row.income_minor, row.free_count, row.waived_minor)
    return [row.operator_name, row.item_title, *counted]


def _by_seller(rows: list[IncomeRow]) -> list[tuple[str, int, int]]:
    """Income and waived value of each seller: what the chart shows."""
    sums: dict[str, tuple[int, int]] = {}
    for row in rows:
        taken, waived = sums.get(row.operator_name, (0, 0))
        sums[row.operator_name] = (taken + row.income_minor, waived + row.waived_minor)
    return [(name, taken, waived) for name, (taken, waived) in sums.items()]
