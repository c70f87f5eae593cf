"""The ledger: append-only, balanced, each share of a line of its own."""

from datetime import timedelta

import pytest
import sqlalchemy

from billing import queries
from billing.commands import invoice
from billing.models import InvoiceLine, LedgerPosting
from kernel import clock
from kernel.actor import SYSTEM
from kernel.command import execute
from kernel.db import db
from tests.factories.billing import (
    a_bill,
    a_cap_in_force,
    a_market,
    a_paid_bill,
)


@pytest.fixture
def market(app):
    """A market with a cap in force for industry."""
    market = a_market()
    a_cap_in_force(market)
    return market


def balance(market, kind, whom=None):
    return queries.balance_of(kind, market.operator.organisation_id, whom and whom.organisation_id)


class TestLedger:
    @pytest.mark.parametrize("table", ["billing_posting", "billing_entry", "billing_invoice_line"])
    @pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}"])
    def test_cannot_be_changed_even_by_the_database_itself(self, market, table, verb):
        a_paid_bill(market)
        with pytest.raises(sqlalchemy.exc.DBAPIError, match="append-only"):
            db.session.execute(sqlalchemy.text(verb.format(table)))
        db.session.rollback()

    def test_refuses_to_take_an_entry_back_twice(self, market):
        bill = a_bill(market)
        execute(invoice.void, actor=SYSTEM, subject_id=bill.id, data={"reason": "订单取消。"})
        from billing.commands import ledger
        from billing.vocabulary import Entry

        claim = queries.entry_of(bill.id, "issue")
        with pytest.raises(sqlalchemy.exc.IntegrityError):
            ledger.reverse(claim, Entry.VOID, bill, now=clock.now(), memo="")
        db.session.rollback()

    def test_says_of_which_line_and_role_each_share_is(self, market):
        bill = a_paid_bill(market)
        (line,) = queries.lines_of(bill.id)
        shares = db.session.scalars(db.select(LedgerPosting).where(LedgerPosting.line_id == line.id)).all()
        assert {(one.party_role, one.share_bp, one.amount_minor) for one in shares} == {
            ("operator", 7000, -7000), ("agency", 2000, -2000), ("treasury", 1000, -1000),
        }  # fmt: skip

    def test_shows_the_bookings_of_a_bill_in_order(self, market):
        bill = a_paid_bill(market)
        kinds = [row["kind"] for row in queries.entries_about([bill.id])]
        assert kinds[0] == "issue"
        assert kinds[-1] == "payment"
        assert db.session.scalar(db.select(db.func.count()).select_from(InvoiceLine)) == 1

    def test_books_on_the_legal_day(self, market):
        tomorrow = clock.now() + timedelta(days=1)
        with clock.frozen(tomorrow):
            bill = a_bill(market)
        assert queries.entry_of(bill.id, "issue").booked_on == clock.legal_day(tomorrow)
