"""Settlements: from the postings, by two people, closed for good, paid out with what others owe."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
import sqlalchemy
from pypdf import PdfReader

from billing import queries
from billing.commands import payment, settlement
from billing.models import Settlement, SettlementLine, Statement
from kernel import clock, documents, due
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from tests.factories.accounts import an_actor
from tests.factories.billing import (
    a_bill,
    a_cap_in_force,
    a_closed_settlement,
    a_free_bill,
    a_market,
    a_paid_bill,
    a_settlement,
    pay_by_transfer,
)

DAY = timedelta(days=1)


@pytest.fixture
def market(app):
    """A market with a paid bill of 99,999 fen and a free one, both of today."""
    market = a_market()
    a_cap_in_force(market, 100_000)
    a_paid_bill(market, 99_999)
    a_free_bill(market)
    return market


@pytest.fixture
def tomorrow(market):
    """The day after the market's bills: what it sold can be settled."""
    today = clock.today()
    with clock.frozen(clock.now() + DAY):
        yield today


def amounts(row):
    """What each party gets, by role."""
    return {
        line["party_role"]: line["share_minor"]
        for line in queries.lines_of_settlement(row.id)
        if line["gross_minor"]
    }


class TestPrepare:
    def test_takes_every_share_of_the_period_from_the_ledger(self, market, tomorrow):
        row = a_settlement(market, tomorrow, tomorrow)
        assert (row.state, row.gross_minor, row.waived_minor, row.line_count) == (
            "prepared",
            99_999,
            10_000,
            6,
        )
        assert amounts(row) == {"operator": 69_999, "agency": 20_000, "treasury": 10_000}

    def test_shows_free_use_to_every_party(self, market, tomorrow):
        row = a_settlement(market, tomorrow, tomorrow)
        free = [line for line in queries.lines_of_settlement(row.id, market.agency.organisation_id)]
        assert [(line["uses"], line["waived_minor"]) for line in free] == [(2, 10_000)]

    def test_leaves_other_days_out(self, market, tomorrow):
        assert a_settlement(market, tomorrow - DAY * 9, tomorrow - DAY).line_count == 0

    def test_refuses_a_period_that_is_not_over(self, market):
        with pytest.raises(RuleBroken, match="can be settled from"):
            a_settlement(market, clock.today(), clock.today())

    def test_refuses_days_that_are_settled_already(self, market, tomorrow):
        a_settlement(market, tomorrow, tomorrow)
        with pytest.raises(RuleBroken, match="settled already"):
            a_settlement(market, tomorrow - DAY, tomorrow)

    def test_refuses_a_place_of_others_and_a_period_the_wrong_way_round(self, market, tomorrow):
        data = {
            "jurisdiction": "530000",
            "period_from": tomorrow.isoformat(),
            "period_to": tomorrow.isoformat(),
        }
        with pytest.raises(InvalidInput):
            execute(settlement.prepare, actor=market.authority, data=data)
        with pytest.raises(InvalidInput):
            a_settlement(market, tomorrow, tomorrow - DAY)

    def test_is_for_keepers_of_the_authoritys_accounts(self, market):
        for actor in (market.operator, market.agency, an_actor("authority", mandates=["decide"])):
            with pytest.raises(NotAllowed):
                execute(settlement.prepare, actor=actor, data={})


class TestApprove:
    def test_is_for_another_person(self, market, tomorrow):
        row = a_settlement(market, tomorrow, tomorrow)
        with pytest.raises(NotAllowed):
            execute(settlement.approve, actor=market.authority, subject_id=row.id)
        assert execute(settlement.approve, actor=market.deputy, subject_id=row.id).state == "approved"
        assert [running.name for running in due.running_of(row)] == ["statements"]


class TestDiscard:
    def test_frees_the_period(self, market, tomorrow):
        row = a_settlement(market, tomorrow, tomorrow)
        execute(settlement.discard, actor=market.deputy, subject_id=row.id, data={"reason": "期间有误。"})
        assert (row.state, row.discarded_because) == ("discarded", "期间有误。")
        assert a_settlement(market, tomorrow, tomorrow).line_count == 6


class TestClose:
    def test_gives_every_party_its_statement(self, market, tomorrow):
        row = a_closed_settlement(market, tomorrow, tomorrow)
        found = {one.party_id: one for one in queries.statements_of(row.id)}
        assert found[market.operator.organisation_id].payable_minor == 0
        agency = found[market.agency.organisation_id]
        assert (agency.share_minor, agency.payable_minor, agency.waived_minor) == (20_000, 20_000, 10_000)
        assert [running.name for running in due.running_of(row)] == ["payout"]

    @pytest.mark.prints
    def test_embeds_every_line_so_that_the_party_can_recompute(self, market, tomorrow):
        row = a_closed_settlement(market, tomorrow, tomorrow)
        document = documents.current("settlement_statement", row, str(market.agency.organisation_id))
        embedded = PdfReader(BytesIO(documents.content(document))).attachments["lines.json"][0]
        lines = json.loads(embedded)
        assert sum(line["share_minor"] for line in lines) == 20_000
        assert all(
            abs(line["share_minor"] * 10_000 - line["gross_minor"] * line["share_bp"]) < 10_000
            for line in lines
        )
        for reader, may in ((market.agency, True), (market.authority, True), (market.buyer, False)):
            assert documents.readable_by(document, reader) is may

    def test_needs_the_approval(self, market, tomorrow):
        row = a_settlement(market, tomorrow, tomorrow)
        with pytest.raises(WrongState):
            execute(settlement.close, actor=market.authority, subject_id=row.id)

    def test_never_changes_when_something_comes_late(self, market, tomorrow):
        bill = a_bill(market)
        paid = pay_by_transfer(bill, market.buyer, market.operator)
        row = a_closed_settlement(market, tomorrow, tomorrow)
        execute(payment.refund, actor=market.operator, subject_id=paid.id, data={"reason": "数据有误。"})
        assert queries.problems() == []
        with clock.frozen(clock.now() + DAY):
            following = a_settlement(market, tomorrow + DAY, tomorrow + DAY)
            assert (row.gross_minor, following.gross_minor, following.line_count) == (99_999, 0, 6)

    @pytest.mark.parametrize("table", ["billing_settlement_line", "billing_statement"])
    def test_is_kept_by_the_database_itself(self, market, tomorrow, table):
        a_closed_settlement(market, tomorrow, tomorrow)
        with pytest.raises(sqlalchemy.exc.DBAPIError, match="append-only"):
            db.session.execute(sqlalchemy.text(f"DELETE FROM {table}"))  # noqa: S608  names of our own
        db.session.rollback()


class TestPayOut:
    def test_books_what_the_seller_owes_the_others(self, market, tomorrow):
        row = a_closed_settlement(market, tomorrow, tomorrow)
        execute(settlement.pay_out, actor=market.deputy, subject_id=row.id)
        seller = market.operator.organisation_id
        assert (row.state, row.paid_minor) == ("paid", 30_000)
        assert queries.balance_of("payable", seller, market.agency.organisation_id) == 0
        assert queries.balance_of("bank", seller) == 69_999
        assert queries.problems() == []

    def test_lets_small_amounts_wait_for_the_next(self, app):
        market = a_market()
        a_cap_in_force(market, 100_000)
        a_paid_bill(market, 40_000)
        first = clock.today()
        with clock.frozen(clock.now() + DAY):
            row = a_closed_settlement(market, first, first)
            execute(settlement.pay_out, actor=market.deputy, subject_id=row.id)
            assert row.paid_minor == 0
            a_paid_bill(market, 60_000)
        with clock.frozen(clock.now() + DAY * 2):
            row = a_closed_settlement(market, first + DAY, first + DAY)
            execute(settlement.pay_out, actor=market.deputy, subject_id=row.id)
        assert row.paid_minor == 20_000 + 10_000
        assert (
            queries.balance_of("payable", market.operator.organisation_id, market.agency.organisation_id) == 0
        )

    def test_is_not_for_the_person_who_prepared_it(self, market, tomorrow):
        row = a_closed_settlement(market, tomorrow, tomorrow)
        with pytest.raises(NotAllowed):
            execute(settlement.pay_out, actor=market.authority, subject_id=row.id)


class TestSettlements:
    def test_shows_them_to_the_authority_and_statements_to_their_parties(self, market, tomorrow):
        row = a_closed_settlement(market, tomorrow, tomorrow)
        assert db.session.scalars(queries.settlements(market.authority, state="closed")).all() == [row]
        assert len(db.session.scalars(queries.statements(market.authority, settlement_id=row.id)).all()) == 3
        (own,) = db.session.scalars(queries.statements(market.agency))
        assert own.party_id == market.agency.organisation_id
        for stranger in (market.agency, market.operator, market.buyer):
            assert db.session.scalars(queries.settlements(stranger)).all() == []
            with pytest.raises(NotFound):
                queries.seen(stranger, Settlement, row.id)
        with pytest.raises(NotFound):
            queries.seen(market.operator, Statement, own.id)
        assert queries.settlement(row.id) is row
        with pytest.raises(NotFound):
            queries.settlement(own.id)


class TestVerification:
    def spoil(self, text):
        """Change the protected tables as somebody with the database in hand could: triggers off, then on again."""
        with db.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
                connection.exec_driver_sql(text)
                return
            query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            triggers = connection.exec_driver_sql(query).all()
            for name, _ in triggers:
                connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            connection.exec_driver_sql(text)
            for _, made in triggers:
                connection.exec_driver_sql(made)

    def kinds(self):
        db.session.rollback()
        return {problem["kind"] for problem in queries.problems()}

    @pytest.mark.parametrize(
        ("change", "kinds"),
        [
            ("UPDATE billing_posting SET amount_minor = amount_minor + 1 WHERE share_bp = 7000", {"unbalanced", "false_line", "false_settlement", "false_part"}),
            ("UPDATE billing_posting SET amount_minor = amount_minor - 5 WHERE share_bp = 7000", {"unbalanced", "false_line", "false_settlement", "false_part"}),
            ("UPDATE billing_posting SET share_bp = 6000 WHERE share_bp = 7000", {"false_part", "false_settlement"}),
            ("UPDATE billing_posting SET booked_on = '2020-01-01' WHERE share_bp = 7000", {"other_day", "false_settlement"}),
            ("UPDATE billing_settlement_line SET share_minor = 1 WHERE share_bp = 2000", {"false_settlement"}),
            ("UPDATE billing_invoice SET total_minor = total_minor + 1", {"false_total"}),
            ("UPDATE billing_invoice SET waived_minor = waived_minor + 1", {"false_total"}),
        ],
    )  # fmt: skip
    def test_finds_what_was_changed_behind_its_back(self, market, tomorrow, change, kinds):
        a_settlement(market, tomorrow, tomorrow)
        assert self.kinds() == set()
        self.spoil(change)
        assert self.kinds() <= kinds
        assert self.kinds()

    def test_finds_entries_that_lost_their_postings(self, market):
        self.spoil(
            "DELETE FROM billing_posting WHERE entry_id IN (SELECT id FROM billing_entry WHERE kind = 'issue')"
        )
        assert self.kinds() == {"empty_entry"}

    def test_finds_a_reversal_that_is_no_mirror(self, app):
        market = a_market()
        a_cap_in_force(market)
        paid = pay_by_transfer(a_bill(market), market.buyer, market.operator)
        execute(payment.refund, actor=market.operator, subject_id=paid.id, data={"reason": "数据有误。"})
        assert self.kinds() == set()
        of_refund = "entry_id IN (SELECT id FROM billing_entry WHERE kind = 'refund')"
        self.spoil(f"UPDATE billing_posting SET amount_minor = amount_minor * 2 WHERE {of_refund}")  # noqa: S608
        assert "false_reversal" in self.kinds()

    def test_counts_what_it_checked(self, market, tomorrow):
        a_settlement(market, tomorrow, tomorrow)
        assert queries.counts() == {"entries": 3, "postings": 13, "invoices": 2, "settlements": 1}
        assert db.session.scalar(db.select(db.func.count()).select_from(SettlementLine)) == 6
