"""The one place where something is booked: balanced, append-only, written without the ORM."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.dialects import postgresql, sqlite

from billing import rules
from billing.models import LedgerAccount, LedgerEntry, LedgerPosting
from billing.queries.books import postings_of
from billing.vocabulary import Account, Entry
from kernel import audit
from kernel.clock import legal_day
from kernel.db import db, new_id
from kernel.money import CURRENCY

_INSERT: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


@dataclass(frozen=True)
class Side:
    """One side of an entry: the account (kind, in whose books, about whom) and signed fen; a debit is positive.

    A share of income also names the line it comes from, the party's role and its rate.
    """

    kind: Account
    owner_id: uuid.UUID
    organisation_id: uuid.UUID
    amount_minor: int
    line_id: uuid.UUID | None = None
    party_role: str | None = None
    share_bp: int | None = None

    @property
    def code(self) -> str:
        """The name of the account, unique in all books."""
        return f"{self.kind}:{self.owner_id}:{self.organisation_id}"


def post(
    kind: Entry,
    about: Any,
    sides: Sequence[Side],
    *,
    now: datetime,
    memo: str,
    currency: str = CURRENCY,
    reverses_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Book an entry about a record; its id. Raises RuleBroken where debits and credits do not cancel out."""
    rules.booking_balances([(currency, side.amount_minor) for side in sides])
    accounts, day, entry_id = _accounts(sides), legal_day(now), new_id()
    entry = {
        "id": entry_id,
        "at": now,
        "booked_on": day,
        "kind": str(kind),
        "about_type": about.__tablename__,
        "about_id": about.id,
        "memo": memo,
        "reverses_id": reverses_id,
    }
    db.session.execute(insert(LedgerEntry), [entry])
    db.session.execute(
        insert(LedgerPosting),
        [
            {
                "id": new_id(),
                "entry_id": entry_id,
                "account_id": accounts[side.code],
                "amount_minor": side.amount_minor,
                "currency": currency,
                "booked_on": day,
                "line_id": side.line_id,
                "party_role": side.party_role,
                "share_bp": side.share_bp,
            }
            for side in sides
        ],
    )
    audit.note(act="book", entry=str(entry_id), kind=str(kind), sides=len(sides))
    return entry_id


def reverse(entry: LedgerEntry, kind: Entry, about: Any, *, now: datetime, memo: str) -> uuid.UUID:
    """Book the exact mirror of an entry; the database refuses to take one back twice."""
    postings = postings_of(entry.id)
    accounts = {
        row.id: row
        for row in db.session.scalars(
            select(LedgerAccount).where(LedgerAccount.id.in_({posting.account_id for posting in postings}))
        )
    }
    sides = [
        Side(
            Account(accounts[posting.account_id].kind),
            accounts[posting.account_id].owner_id,
            accounts[posting.account_id].organisation_id,
            -posting.amount_minor,
            posting.line_id,
            posting.party_role,
            posting.share_bp,
        )
        for posting in postings
    ]
    return post(kind, about, sides, now=now, memo=memo, currency=postings[0].currency, reverses_id=entry.id)


def _accounts(sides: Collection[Side]) -> dict[str, uuid.UUID]:
    """The ids of the accounts, opening those that do not exist yet."""
    wanted = {side.code: side for side in sides}
    found = _known(wanted)
    if missing := [side for code, side in wanted.items() if code not in found]:
        rows = [
            {
                "id": new_id(),
                "code": side.code,
                "kind": str(side.kind),
                "owner_id": side.owner_id,
                "organisation_id": side.organisation_id,
            }
            for side in missing
        ]
        opened = _INSERT[db.session.get_bind().dialect.name](LedgerAccount).values(rows)
        db.session.execute(opened.on_conflict_do_nothing(index_elements=["code"]))
        found = _known(wanted)
    return found


def _known(codes: Collection[str]) -> dict[str, uuid.UUID]:
    query = select(LedgerAccount.code, LedgerAccount.id).where(LedgerAccount.code.in_(list(codes)))
    return {code: account_id for code, account_id in db.session.execute(query)}
