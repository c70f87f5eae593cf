"""Income of a period by operator and item, free use and waived value, all computed by the database from postings."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from billing import rules
from billing.models import Invoice, InvoiceLine, LedgerEntry, PermittedRevenue
from billing.rules import Gauge
from billing.vocabulary import Entry, PriceMode
from kernel.actor import Actor
from kernel.db import db
from kernel.due import profile
from kernel.permissions import visible_to

# A payment adds its lines, a refund takes them back on the day it is booked.
SIGN = case((LedgerEntry.kind == Entry.PAYMENT, 1), else_=-1)


@dataclass(frozen=True)
class IncomeRow:
    """One item of one operator in a period: fen taken in, paid and free uses, fen waived."""

    operator_id: uuid.UUID
    operator_name: str
    item_id: uuid.UUID
    item_title: str
    charged_count: int
    income_minor: int
    free_count: int
    waived_minor: int


def _settled_lines(*columns: Any) -> Select[Any]:
    """Lines of invoices that were paid (and, with the opposite sign, refunded), with the day it was booked."""
    settled = (Entry.PAYMENT, Entry.REFUND)
    return (
        select(*columns)
        .select_from(LedgerEntry)
        .join(Invoice, Invoice.id == LedgerEntry.about_id)
        .join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
        .where(LedgerEntry.kind.in_(settled), LedgerEntry.about_type == Invoice.__tablename__)
    )


def _within(period_from: date, period_to: date) -> ColumnElement[bool]:
    return LedgerEntry.booked_on.between(period_from, period_to)


def income(
    actor: Actor,
    period_from: date,
    period_to: date,
    *,
    operator_id: uuid.UUID | None = None,
    jurisdictions: Collection[str] | None = None,
) -> list[IncomeRow]:
    """Income and free use by operator and item, of the invoices the actor may see; the largest income first."""
    free = InvoiceLine.price_mode == PriceMode.FREE
    columns = (
        Invoice.issuer_id,
        func.max(Invoice.issuer_name),
        InvoiceLine.item_id,
        func.max(InvoiceLine.title),
        func.sum(case((free, 0), else_=InvoiceLine.quantity * SIGN)),
        func.sum(InvoiceLine.amount_minor * SIGN).label("income"),
        func.sum(case((free, InvoiceLine.quantity * SIGN), else_=0)),
        func.sum(InvoiceLine.waived_minor * SIGN),
    )
    query = _settled_lines(*columns).where(_within(period_from, period_to), visible_to(actor, Invoice))
    if operator_id:
        query = query.where(Invoice.issuer_id == operator_id)
    if jurisdictions is not None:
        query = query.where(Invoice.jurisdiction.in_(list(jurisdictions)))
    grouped = query.group_by(Invoice.issuer_id, InvoiceLine.item_id)
    rows = db.session.execute(
        grouped.order_by(func.sum(InvoiceLine.amount_minor * SIGN).desc(), InvoiceLine.item_id)
    )
    return [
        IncomeRow(row[0], row[1], row[2], row[3], *(int(value or 0) for value in row[4:])) for row in rows
    ]


def income_of_operator(operator_id: uuid.UUID, period_from: date, period_to: date) -> int:
    """What an operator took in at guided prices in a period, refunds deducted (fen): what the permitted revenue bounds.

    The whole fee counts, before it is shared: the permitted revenue is about what users are charged (65号).
    """
    query = _settled_lines(func.coalesce(func.sum(InvoiceLine.amount_minor * SIGN), 0)).where(
        Invoice.issuer_id == operator_id,
        InvoiceLine.price_mode == PriceMode.GUIDED,
        _within(period_from, period_to),
    )
    return int(db.session.scalar(query) or 0)


def income_total(rows: list[IncomeRow]) -> tuple[int, int]:
    """Fen taken in and fen waived, over several rows."""
    return sum(row.income_minor for row in rows), sum(row.waived_minor for row in rows)


def waived_by_purpose(actor: Actor, period_from: date, period_to: date) -> list[tuple[str, int, int]]:
    """Free use of a period by purpose: (purpose, uses, fen waived)."""
    columns = (
        InvoiceLine.purpose_class,
        func.sum(InvoiceLine.quantity * SIGN),
        func.sum(InvoiceLine.waived_minor * SIGN),
    )
    query = _settled_lines(*columns).where(
        _within(period_from, period_to), visible_to(actor, Invoice), InvoiceLine.price_mode == PriceMode.FREE
    )
    rows = db.session.execute(query.group_by(InvoiceLine.purpose_class).order_by(InvoiceLine.purpose_class))
    return [(purpose, int(count), int(waived)) for purpose, count, waived in rows]


def gauge_of(row: PermittedRevenue) -> Gauge:
    """Income of the period of a permitted revenue against its amount, with the warning level reached."""
    taken = row.income_minor
    if taken is None:
        taken = income_of_operator(row.operator_id, row.period_from, row.period_to)
    level = rules.warning_level(taken, row.amount_minor, profile(row).numbers("revenue.warning_levels"))
    whole = row.amount_minor or max(taken, 1)  # where nothing is permitted, any income is all of it
    percent = max(0, taken) * 100 // whole
    return Gauge(taken, row.amount_minor, percent, level)
