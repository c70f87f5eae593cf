"""Reading the ledger: entries about a subject, balances of accounts."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from billing.models import LedgerAccount, LedgerEntry, LedgerPosting
from kernel.db import db


def entry_of(about_id: uuid.UUID, kind: str) -> LedgerEntry | None:
    """The entry of a kind about a subject."""
    query = select(LedgerEntry).where(LedgerEntry.about_id == about_id, LedgerEntry.kind == kind)
    return db.session.scalar(query.order_by(LedgerEntry.at, LedgerEntry.id).limit(1))


def postings_of(entry_id: uuid.UUID) -> Sequence[LedgerPosting]:
    """The sides of an entry."""
    query = select(LedgerPosting).where(LedgerPosting.entry_id == entry_id).order_by(LedgerPosting.id)
    return db.session.scalars(query).all()


def entries_about(about_ids: Sequence[uuid.UUID]) -> list[dict[str, Any]]:
    """The bookings about some subjects, oldest first: at, kind, account, owner_id, organisation_id, amount_minor."""
    query = (
        select(
            LedgerEntry.at,
            LedgerEntry.kind,
            LedgerAccount.kind.label("account"),
            LedgerAccount.owner_id,
            LedgerAccount.organisation_id,
            LedgerPosting.amount_minor,
        )
        .join(LedgerPosting, LedgerPosting.entry_id == LedgerEntry.id)
        .join(LedgerAccount, LedgerAccount.id == LedgerPosting.account_id)
        .where(LedgerEntry.about_id.in_(about_ids), LedgerPosting.amount_minor != 0)
        .order_by(LedgerEntry.at, LedgerPosting.id)
    )
    return [dict(row._mapping) for row in db.session.execute(query)]


def account_balances(owner_id: uuid.UUID) -> dict[tuple[str, uuid.UUID], int]:
    """The balance in fen of every account in the books of an organisation, by kind and whom it concerns."""
    query = (
        select(LedgerAccount.kind, LedgerAccount.organisation_id, func.sum(LedgerPosting.amount_minor))
        .join(LedgerPosting, LedgerPosting.account_id == LedgerAccount.id)
        .where(LedgerAccount.owner_id == owner_id)
        .group_by(LedgerAccount.kind, LedgerAccount.organisation_id)
    )
    return {(kind, whom): int(total) for kind, whom, total in db.session.execute(query)}


def balance_of(kind: str, owner_id: uuid.UUID, organisation_id: uuid.UUID | None = None) -> int:
    """The balance in fen of one account; 0 where nothing was ever booked."""
    return account_balances(owner_id).get((kind, organisation_id or owner_id), 0)
