"""Checking the money: everything that could be wrong with the ledger and what was computed from it."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, literal_column, or_, select

from billing.models import (
    Invoice,
    InvoiceLine,
    LedgerEntry,
    LedgerPosting,
    Settlement,
    SettlementLine,
)
from billing.queries.income import SIGN
from billing.queries.settlements import LINE_COLUMNS, share_rows
from billing.vocabulary import WHOLE_BP
from kernel.db import db

Problem = dict[str, Any]


def problems() -> list[Problem]:
    """Everything found wrong, each as {kind, subject, what}; nothing where the books are sound."""
    return [
        *_unbalanced(),
        *_orphans(),
        *_false_parts(),
        *_false_reversals(),
        *_false_totals(),
        *_false_settlements(),
    ]


def counts() -> dict[str, int]:
    """How much there is to check: entries, postings, invoices, settlements."""
    tables = {
        "entries": LedgerEntry,
        "postings": LedgerPosting,
        "invoices": Invoice,
        "settlements": Settlement,
    }
    return {
        name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for name, table in tables.items()
    }


def _problem(kind: str, subject: Any, what: str) -> Problem:
    return {"kind": kind, "subject": str(subject), "what": what}


def _unbalanced() -> Iterator[Problem]:
    total = func.sum(LedgerPosting.amount_minor)
    query = select(LedgerPosting.entry_id, LedgerPosting.currency, total)
    grouped = query.group_by(LedgerPosting.entry_id, LedgerPosting.currency).having(total != 0)
    for entry_id, currency, left in db.session.execute(grouped):
        yield _problem("unbalanced", entry_id, f"the postings add up to {left} fen {currency} instead of 0")


def _orphans() -> Iterator[Problem]:
    without_entry = select(LedgerPosting.id).outerjoin(LedgerEntry, LedgerEntry.id == LedgerPosting.entry_id)
    for posting_id in db.session.scalars(without_entry.where(LedgerEntry.id.is_(None))):
        yield _problem("orphan_posting", posting_id, "its entry does not exist")
    without_posting = select(LedgerEntry.id).outerjoin(
        LedgerPosting, LedgerPosting.entry_id == LedgerEntry.id
    )
    for entry_id in db.session.scalars(without_posting.where(LedgerPosting.id.is_(None))):
        yield _problem("empty_entry", entry_id, "it has no postings")
    other_day = select(LedgerPosting.id).join(LedgerEntry, LedgerEntry.id == LedgerPosting.entry_id)
    for posting_id in db.session.scalars(other_day.where(LedgerEntry.booked_on != LedgerPosting.booked_on)):
        yield _problem("other_day", posting_id, "it is booked on another day than its entry")


def _false_parts() -> Iterator[Problem]:
    """A part is within one fen of the exact share: |part × 10,000 − gross × rate| < 10,000."""
    exact = InvoiceLine.amount_minor * SIGN * LedgerPosting.share_bp
    query = (
        select(
            LedgerPosting.id,
            -LedgerPosting.amount_minor,
            InvoiceLine.amount_minor * SIGN,
            LedgerPosting.share_bp,
        )
        .join(LedgerEntry, LedgerEntry.id == LedgerPosting.entry_id)
        .join(InvoiceLine, InvoiceLine.id == LedgerPosting.line_id)
        .where(
            LedgerPosting.share_bp.is_not(None),
            func.abs(-LedgerPosting.amount_minor * WHOLE_BP - exact) >= WHOLE_BP,
        )
    )
    for posting_id, part, gross, rate in db.session.execute(query):
        what = f"the part {part} is not {rate} of {WHOLE_BP} of {gross} fen"
        yield _problem("false_part", posting_id, what)
    yield from _incomplete_lines()


def _incomplete_lines() -> Iterator[Problem]:
    """The parts of a line are the line, in each entry that shares it."""
    shared = -func.sum(LedgerPosting.amount_minor)
    gross = func.max(InvoiceLine.amount_minor * SIGN)
    query = (
        select(LedgerPosting.entry_id, InvoiceLine.id, shared, gross)
        .join(LedgerEntry, LedgerEntry.id == LedgerPosting.entry_id)
        .join(InvoiceLine, InvoiceLine.id == LedgerPosting.line_id)
        .where(LedgerPosting.share_bp.is_not(None))
        .group_by(LedgerPosting.entry_id, InvoiceLine.id)
        .having(shared != gross)
    )
    for entry_id, line_id, found, expected in db.session.execute(query):
        what = f"entry {entry_id} shares {found} fen of a line of {expected} fen"
        yield _problem("false_line", line_id, what)


def _false_reversals() -> Iterator[Problem]:
    """What takes an entry back is its mirror, account by account."""
    either = or_(LedgerPosting.entry_id == LedgerEntry.id, LedgerPosting.entry_id == LedgerEntry.reverses_id)
    left_over = func.sum(LedgerPosting.amount_minor)
    done = (
        select(LedgerEntry.id, LedgerPosting.account_id, left_over)
        .join(LedgerPosting, either)
        .where(LedgerEntry.reverses_id.is_not(None))
        .group_by(LedgerEntry.id, LedgerPosting.account_id)
        .having(left_over != 0)
    )
    for entry_id, account_id, left in db.session.execute(done):
        yield _problem("false_reversal", entry_id, f"{left} fen stay on account {account_id}")


def _false_totals() -> Iterator[Problem]:
    """An invoice is the sum of its lines."""
    total, waived = func.sum(InvoiceLine.amount_minor), func.sum(InvoiceLine.waived_minor)
    query = (
        select(Invoice.number, total, Invoice.total_minor)
        .join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
        .group_by(Invoice.id, Invoice.number, Invoice.total_minor, Invoice.waived_minor)
        .having(or_(total != Invoice.total_minor, waived != Invoice.waived_minor))
    )
    for number, found, expected in db.session.execute(query):
        yield _problem("false_total", number, f"the lines add up to {found}, the invoice says {expected} fen")


def _false_settlements() -> Iterator[Problem]:
    """Each settlement computed again from the postings gives its lines, nothing more and nothing less."""
    for row in db.session.scalars(select(Settlement).where(Settlement.state != "discarded")):
        fresh = share_rows(row.id, row.jurisdiction, row.period_from, row.period_to)
        kept = select(*(getattr(SettlementLine, name) for name in LINE_COLUMNS)).where(
            SettlementLine.settlement_id == row.id
        )
        differences = {
            "missing or different": fresh.except_(kept),
            "not in the postings": kept.except_(fresh),
        }
        for what, missing in differences.items():
            count = db.session.scalar(select(func.count(literal_column("1"))).select_from(missing.subquery()))
            if count:
                yield _problem("false_settlement", row.id, f"{count} of its lines are {what}")
