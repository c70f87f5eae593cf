"""Settlements: computed from the postings by the database, approved by another person, closed with statements, paid."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert

from accounts import queries as accounts
from billing import queries, rules
from billing.commands import ledger
from billing.commands.ledger import Side
from billing.commands.printing import print_statement
from billing.models import Settlement, SettlementLine, Statement
from billing.permissions import MAY
from billing.queries.settlements import LINE_COLUMNS, share_rows, totals_of_settlement
from billing.schemas import ReasonInput, SettlementInput
from billing.states import SETTLEMENT
from billing.vocabulary import Account, Entry
from jurisdictions import tree
from kernel import due
from kernel.actor import Actor
from kernel.clock import legal_day
from kernel.command import command
from kernel.db import db, new_id
from kernel.errors import InvalidInput
from kernel.words import N_

LINES: Any = SettlementLine.__table__


@command(
    "billing.settlement.prepare",
    may=MAY["billing.settlement.prepare"],
    on=Settlement,
    states=SETTLEMENT,
    schema=SettlementInput,
    label=N_("Prepare a settlement"),
)
def prepare(
    *, actor: Actor, now: datetime, jurisdiction: str, period_from: date, period_to: date
) -> Settlement:
    """The shares of a place and period that is over are taken from the ledger, each posting once."""
    if jurisdiction not in actor.jurisdictions:
        raise InvalidInput({"jurisdiction": [N_("Choose a place your authority answers for.")]})
    today = legal_day(now)
    rules.settlement_covers_a_period_once(
        period_from, period_to, today, queries.settled_periods(jurisdiction)
    )
    row_id = new_id()
    found = share_rows(row_id, jurisdiction, period_from, period_to)
    db.session.execute(insert(LINES).from_select(list(LINE_COLUMNS), found))
    gross, waived, count = totals_of_settlement(row_id)
    return Settlement(
        id=row_id,
        jurisdiction=jurisdiction,
        period_from=period_from,
        period_to=period_to,
        gross_minor=gross,
        waived_minor=waived,
        line_count=count,
        currency=tree.profile_of(jurisdiction, on=today).currency,
        prepared_by_id=actor.user_id,
    )


@command(
    "billing.settlement.approve",
    may=MAY["billing.settlement.approve"],
    on=Settlement,
    states=SETTLEMENT,
    label=N_("Approve"),
)
def approve(row: Settlement, *, actor: Actor, now: datetime) -> None:
    """Another person of the authority has checked the settlement."""
    row.approved_by_id, row.approved_at = actor.user_id, now


@command(
    "billing.settlement.discard",
    may=MAY["billing.settlement.discard"],
    on=Settlement,
    states=SETTLEMENT,
    schema=ReasonInput,
    label=N_("Discard"),
)
def discard(row: Settlement, *, actor: Actor, now: datetime, reason: str) -> None:
    """The settlement is not used, with the reason; its period can be prepared anew."""
    row.discarded_because = reason


@command(
    "billing.settlement.close",
    may=MAY["billing.settlement.close"],
    on=Settlement,
    states=SETTLEMENT,
    label=N_("Close and draw up the statements"),
)
def close(row: Settlement, *, actor: Actor, now: datetime) -> None:
    """Every party gets its statement; from now on the settlement never changes."""
    today = legal_day(now)
    payout = due.due_day(row, "settlement.payout_wd", today)
    for party_id, *totals in queries.parties_of_settlement(row.id):
        db.session.add(_statement(row, party_id, tuple(totals), actor, payout.on if payout else today, now))
    row.closed_at = now


def _statement(
    row: Settlement, party_id: uuid.UUID, totals: Any, actor: Actor, due_on: date, now: datetime
) -> Statement:
    share, payable, waived = totals
    document = print_statement(row, party_id, totals, actor.organisation_id, due_on, now)
    return Statement(
        settlement_id=row.id,
        party_id=party_id,
        party_name=accounts.organisation(party_id).name,
        jurisdiction=row.jurisdiction,
        period_from=row.period_from,
        period_to=row.period_to,
        share_minor=share,
        payable_minor=payable,
        waived_minor=waived,
        document_id=document.id,
        created_at=now,
    )


@command(
    "billing.settlement.pay_out",
    may=MAY["billing.settlement.pay_out"],
    on=Settlement,
    states=SETTLEMENT,
    label=N_("Book the payout"),
)
def pay_out(row: Settlement, *, actor: Actor, now: datetime) -> None:
    """What the sellers owe the other parties is booked as paid; less than the smallest payout waits for the next."""
    least = due.profile(row).number("settlement.minimum")
    sides: list[Side] = []
    for seller, party, owed in queries.payables_until(row.id, row.period_to):
        if owed > 0 and owed >= least:
            sides.append(Side(Account.PAYABLE, seller, party, owed))
            sides.append(Side(Account.BANK, seller, seller, -owed))
    if sides:
        ledger.post(Entry.PAYOUT, row, sides, now=now, memo=row.heading, currency=row.currency)
    row.paid_minor = sum(side.amount_minor for side in sides if side.amount_minor > 0)
    row.paid_at = now
