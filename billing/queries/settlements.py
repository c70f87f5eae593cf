"""Settlements: the shares of a period as the postings say, settlements and statements as they were kept."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Uuid, false, func, literal, or_, select
from sqlalchemy.orm import aliased

from billing.models import (
    Invoice,
    InvoiceLine,
    LedgerAccount,
    LedgerEntry,
    LedgerPosting,
    Settlement,
    SettlementLine,
    Statement,
)
from billing.queries.income import SIGN
from billing.queries.seen import OVERSEERS
from billing.vocabulary import Account, Entry
from kernel.actor import Actor
from kernel.db import db
from kernel.errors import NotFound
from kernel.permissions import visible, visible_to

LINE_COLUMNS = (
    "settlement_id",
    "posting_id",
    "invoice_id",
    "line_id",
    "operator_id",
    "party_id",
    "party_role",
    "item_id",
    "gross_minor",
    "share_bp",
    "share_minor",
    "waived_minor",
)


@visible(Settlement)
def visible_settlements(actor: Actor) -> ColumnElement[bool]:
    """Who reads everything of the place; the parties read their statements."""
    return Settlement.jurisdiction.in_(actor.jurisdictions) if actor.roles & OVERSEERS else false()


@visible(Statement)
def visible_statements(actor: Actor) -> ColumnElement[bool]:
    """Its party, and who reads everything of the place."""
    conditions: list[ColumnElement[bool]] = [false()]
    if actor.organisation_id:
        conditions.append(Statement.party_id == actor.organisation_id)
    if actor.roles & OVERSEERS:
        conditions.append(Statement.jurisdiction.in_(actor.jurisdictions))
    return or_(*conditions)


def share_rows(
    settlement_id: uuid.UUID, jurisdiction: str, period_from: date, period_to: date
) -> Select[Any]:
    """The lines of a settlement as the postings of the place and period give them, in the order of LINE_COLUMNS."""
    lines: Any = (
        select(
            literal(settlement_id, Uuid()).label("settlement_id"),
            LedgerPosting.id.label("posting_id"),
            Invoice.id.label("invoice_id"),
            InvoiceLine.id.label("line_id"),
            Invoice.issuer_id.label("operator_id"),
            LedgerAccount.organisation_id.label("party_id"),
            LedgerPosting.party_role.label("party_role"),
            InvoiceLine.item_id.label("item_id"),
            (InvoiceLine.amount_minor * SIGN).label("gross_minor"),
            LedgerPosting.share_bp.label("share_bp"),
            (-LedgerPosting.amount_minor).label("share_minor"),
            (InvoiceLine.waived_minor * SIGN).label("waived_minor"),
        )
        .select_from(LedgerPosting)
        .join(LedgerEntry, LedgerEntry.id == LedgerPosting.entry_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerPosting.account_id)
        .join(InvoiceLine, InvoiceLine.id == LedgerPosting.line_id)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(
            LedgerPosting.booked_on.between(period_from, period_to),
            LedgerPosting.share_bp.is_not(None),
            Invoice.jurisdiction == jurisdiction,
        )
    )
    return lines


def settled_periods(jurisdiction: str) -> list[tuple[date, date]]:
    """The periods of a place that have a settlement which was not discarded."""
    query = select(Settlement.period_from, Settlement.period_to).where(
        Settlement.jurisdiction == jurisdiction, Settlement.state != "discarded"
    )
    return [(start, end) for start, end in db.session.execute(query.order_by(Settlement.period_from))]


def settlements(actor: Actor, *, state: str | None = None) -> Select[Settlement]:
    """The settlements an actor may see, the newest period first."""
    query = select(Settlement).where(visible_to(actor, Settlement))
    if state:
        query = query.where(Settlement.state == state)
    return query.order_by(Settlement.period_from.desc(), Settlement.created_at.desc(), Settlement.id)


def settlement(settlement_id: uuid.UUID) -> Settlement:
    """A settlement by id, or NotFound."""
    found = db.session.get(Settlement, settlement_id)
    if found is None:
        raise NotFound()
    return found


def lines_of_settlement(settlement_id: uuid.UUID, party_id: uuid.UUID | None = None) -> list[dict[str, Any]]:
    """The lines of a settlement by operator and item, summed: operator_id, party_id, party_role, item_id, title, uses,
    gross_minor, share_bp, share_minor, waived_minor."""
    line, sold = aliased(SettlementLine), aliased(InvoiceLine)
    query = (
        select(
            line.operator_id,
            line.party_id,
            line.party_role,
            line.item_id,
            func.max(sold.title).label("title"),
            func.count().label("uses"),
            func.sum(line.gross_minor).label("gross_minor"),
            line.share_bp,
            func.sum(line.share_minor).label("share_minor"),
            func.sum(line.waived_minor).label("waived_minor"),
        )
        .join(sold, sold.id == line.line_id)
        .where(line.settlement_id == settlement_id)
        .group_by(line.operator_id, line.item_id, line.party_id, line.party_role, line.share_bp)
        .order_by(line.operator_id, func.max(sold.title), line.share_bp.desc(), line.party_id)
    )
    if party_id:
        query = query.where(line.party_id == party_id)
    whole = ("uses", "gross_minor", "share_minor", "waived_minor")
    return [
        dict(row._mapping) | {name: int(row._mapping[name]) for name in whole}
        for row in db.session.execute(query)
    ]


def lines_of_statement(settlement_id: uuid.UUID, party_id: uuid.UUID) -> list[dict[str, Any]]:
    """Every single line of one party, so that it can recompute its share."""
    query = (
        select(
            Invoice.number.label("invoice"),
            InvoiceLine.title,
            SettlementLine.party_role,
            SettlementLine.gross_minor,
            SettlementLine.share_bp,
            SettlementLine.share_minor,
            SettlementLine.waived_minor,
        )
        .select_from(SettlementLine)
        .join(InvoiceLine, InvoiceLine.id == SettlementLine.line_id)
        .join(Invoice, Invoice.id == SettlementLine.invoice_id)
        .where(SettlementLine.settlement_id == settlement_id, SettlementLine.party_id == party_id)
        .order_by(Invoice.number, InvoiceLine.position, SettlementLine.party_role)
    )
    return [dict(row._mapping) for row in db.session.execute(query)]


def totals_of_settlement(settlement_id: uuid.UUID) -> tuple[int, int, int]:
    """Fen taken in, fen waived (each line once, not once a party), and how many shares there are."""
    one_a_line = (
        select(
            SettlementLine.line_id,
            func.max(SettlementLine.gross_minor).label("gross"),
            func.max(SettlementLine.waived_minor).label("waived"),
            func.count().label("shares"),
        )
        .join(LedgerPosting, LedgerPosting.id == SettlementLine.posting_id)
        .where(SettlementLine.settlement_id == settlement_id)
        .group_by(SettlementLine.line_id, LedgerPosting.entry_id)
        .subquery()
    )
    sums = select(func.sum(one_a_line.c.gross), func.sum(one_a_line.c.waived), func.sum(one_a_line.c.shares))
    gross, waived, count = db.session.execute(sums).one()
    return int(gross or 0), int(waived or 0), int(count or 0)


def parties_of_settlement(settlement_id: uuid.UUID) -> list[tuple[uuid.UUID, int, int, int]]:
    """Each party with its share, the part of it that others owe it, and the value waived on its lines (fen)."""
    owed = func.sum(SettlementLine.share_minor).filter(SettlementLine.operator_id != SettlementLine.party_id)
    query = (
        select(
            SettlementLine.party_id,
            func.sum(SettlementLine.share_minor),
            func.coalesce(owed, 0),
            func.sum(SettlementLine.waived_minor),
        )
        .where(SettlementLine.settlement_id == settlement_id)
        .group_by(SettlementLine.party_id)
        .order_by(SettlementLine.party_id)
    )
    return [
        (party, int(share), int(due), int(waived)) for party, share, due, waived in db.session.execute(query)
    ]


def payables_until(settlement_id: uuid.UUID, until: date) -> list[tuple[uuid.UUID, uuid.UUID, int]]:
    """What each operator owes each other party up to a day, payouts deducted: (operator, party, fen)."""
    touched = (
        select(SettlementLine.operator_id, SettlementLine.party_id)
        .where(SettlementLine.settlement_id == settlement_id)
        .distinct()
        .subquery()
    )
    counted = or_(LedgerPosting.booked_on <= until, LedgerEntry.kind == Entry.PAYOUT)
    query = (
        select(LedgerAccount.owner_id, LedgerAccount.organisation_id, -func.sum(LedgerPosting.amount_minor))
        .join(LedgerPosting, LedgerPosting.account_id == LedgerAccount.id)
        .join(LedgerEntry, LedgerEntry.id == LedgerPosting.entry_id)
        .join(
            touched,
            (touched.c.operator_id == LedgerAccount.owner_id)
            & (touched.c.party_id == LedgerAccount.organisation_id),
        )
        .where(LedgerAccount.kind == Account.PAYABLE, counted)
        .group_by(LedgerAccount.owner_id, LedgerAccount.organisation_id)
        .order_by(LedgerAccount.owner_id, LedgerAccount.organisation_id)
    )
    return [(operator, party, int(owed)) for operator, party, owed in db.session.execute(query)]


def statements(actor: Actor, *, settlement_id: uuid.UUID | None = None) -> Select[Statement]:
    """The statements an actor may see, the newest period first."""
    query = select(Statement).where(visible_to(actor, Statement))
    if settlement_id:
        query = query.where(Statement.settlement_id == settlement_id)
    return query.order_by(Statement.period_from.desc(), Statement.party_name, Statement.id)


def statements_of(settlement_id: uuid.UUID) -> Sequence[Statement]:
    """All statements of a settlement, by party."""
    query = select(Statement).where(Statement.settlement_id == settlement_id).order_by(Statement.party_name)
    return db.session.scalars(query).all()
