"""Every page of billing, as each role sees it, in both languages; forms, files, exports."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest

from billing import queries
from billing.commands import settlement
from kernel import clock
from kernel.command import execute
from kernel.db import db
from tests.billing.pages import check
from tests.factories.accounts import an_actor
from tests.factories.billing import (
    EVIDENCE,
    VOUCHER,
    a_bill,
    a_cap_in_force,
    a_closed_settlement,
    a_declaration,
    a_free_bill,
    a_market,
    a_paid_bill,
    a_permitted_revenue,
    a_proposed_cap,
    announced,
)

LISTS = (
    "/caps",
    "/invoices",
    "/payments",
    "/declarations",
    "/permitted-revenue",
    "/settlements",
    "/statements",
    "/income",
)
OVERSEEN = {"/settlements", "/income"}


@pytest.fixture
def market(app):
    """A market in which something of everything happened."""
    market = a_market()
    a_cap_in_force(market)
    a_permitted_revenue(market, 11_000)
    a_paid_bill(market)
    a_free_bill(market)
    return market


def links(text: str) -> set[str]:
    """The pages of single subjects a list leads to."""
    return set(re.findall(r'href="(/(?:caps|invoices|payments|declarations|permitted-revenue|settlements|statements)/[0-9a-f-]{36})"', text))  # fmt: skip


class TestLists:
    @pytest.mark.parametrize("role", ["buyer", "operator", "authority", "agency", "deputy"])
    def test_lead_to_pages_that_stand_in_both_languages(self, market, browser, role):
        client = browser(getattr(market, role))
        for path in LISTS:
            status = (
                404
                if path in OVERSEEN
                and role in ("buyer", "agency")
                or path == "/settlements"
                and role == "operator"
                else 200
            )
            text = check(client.get(path, headers={"Accept-Language": "zh-CN"}), status)
            for address in links(text):
                check(client.get(address))
                check(client.get(address, headers={"Accept-Language": "en"}))

    def test_are_for_people_with_an_account_but_for_the_caps(self, market, client):
        check(client.get("/caps"))
        for path in set(LISTS) - {"/caps"}:
            assert client.get(path).status_code == 302
        for path in ("/caps/new", "/declarations/new", "/permitted-revenue/new", "/settlements/new"):
            assert client.get(path).status_code == 302

    def test_narrow_by_what_is_asked(self, market, browser):
        client = browser(market.buyer)
        assert "ZD-" in check(client.get("/invoices?state=paid&side=received&q=ZD"))
        assert "ZD-MA" not in check(client.get("/invoices?state=void"))
        check(client.get("/caps?purpose_class=industry_development&state=in_force&q=雨量"))
        check(client.get("/payments?state=confirmed&q=nothing"))

    def test_come_as_files_too(self, market, browser):
        client = browser(market.authority)
        csv = client.get("/invoices?format=csv")
        assert csv.mimetype == "text/csv"
        assert csv.text.count("ZD-") == 2
        book = openpyxl.load_workbook(io.BytesIO(client.get("/income?format=xlsx").data))
        assert [row[3] for row in book.active.iter_rows(values_only=True)][1:] == [10_000]


class TestPay:
    def test_shows_reference_and_account_before_the_voucher(self, market, browser):
        bill = a_bill(market)
        text = check(browser(market.buyer).get(f"/invoices/{bill.id}/pay"))
        assert bill.reference in text
        assert 'name="voucher"' in text
        assert 'value="100.00"' in text

    def test_announces_the_transfer(self, market, browser):
        bill = a_bill(market)
        data = {"invoice_id": str(bill.id), "amount_minor": "100.00", "paid_on": clock.today().isoformat()}
        data["voucher"] = (io.BytesIO(VOUCHER.content), VOUCHER.name)
        answer = browser(market.buyer).post(f"/invoices/{bill.id}/pay", data=data)
        assert answer.status_code == 302
        paid = queries.open_payment_of(bill.id)
        assert answer.headers["Location"] == f"/payments/{paid.id}"
        voucher = browser(market.operator).get(f"/payments/{paid.id}/voucher")
        assert (voucher.data, voucher.headers["X-Content-Type-Options"]) == (VOUCHER.content, "nosniff")
        assert browser(market.agency).get(f"/payments/{paid.id}/voucher").status_code == 404

    def test_draws_the_form_again_where_something_is_wrong(self, market, browser):
        bill = a_bill(market)
        text = check(browser(market.buyer).post(f"/invoices/{bill.id}/pay", data={"amount_minor": "x"}), 422)
        assert 'value="x"' in text

    def test_is_for_the_buyer(self, market, browser):
        assert browser(market.operator).get(f"/invoices/{a_bill(market).id}/pay").status_code == 404

    def test_says_so_where_a_payment_is_under_way_or_nothing_is_owed(self, market, browser):
        bill = a_bill(market)
        paid = announced(bill, market.buyer)
        client = browser(market.buyer)
        assert paid.reference in check(client.get(f"/invoices/{bill.id}/pay"))
        for settled in db.session.scalars(queries.invoices(market.buyer, state="paid")):
            assert 'name="voucher"' not in check(client.get(f"/invoices/{settled.id}/pay"))


class TestPayments:
    def test_show_the_buttons_each_may_press(self, market, browser):
        paid = announced(a_bill(market), market.buyer)
        assert "billing.payment.confirm" in check(browser(market.operator).get(f"/payments/{paid.id}"))
        assert "billing.payment.confirm" not in check(browser(market.buyer).get(f"/payments/{paid.id}"))

    def test_are_confirmed_through_the_page(self, market, browser):
        bill = a_bill(market)
        paid = announced(bill, market.buyer)
        client = browser(market.operator)
        data = {"amount_minor": "100", "bank_note": "流水 7"}
        assert client.post(f"/do/billing.payment.confirm/{paid.id}", data=data).status_code == 302
        db.session.expire_all()
        assert queries.invoice(bill.id).state == "paid"

    def test_have_no_voucher_where_paid_online(self, market, browser):
        from billing.commands import payment

        begun = execute(payment.begin, actor=market.buyer, data={"invoice_id": str(a_bill(market).id)})
        client = browser(market.buyer)
        assert client.get(f"/payments/{begun.id}/voucher").status_code == 404
        check(client.get(f"/payments/{begun.id}"))


class TestDeclarations:
    def test_are_declared_with_evidence_through_the_page(self, market, browser):
        client = browser(an_actor("buyer"))
        text = check(client.get(f"/declarations/new?item_id={market.item.id}&purpose_class=public_welfare"))
        assert f'value="{market.item.id}" selected' in text
        data = {"item_id": str(market.item.id), "purpose_class": "public_welfare", "text": "防汛预警。"}
        data["evidence"] = (io.BytesIO(EVIDENCE.content), EVIDENCE.name)
        answer = client.post("/declarations/new", data=data)
        assert answer.status_code == 302
        assert client.get(answer.headers["Location"] + "/evidence").data == EVIDENCE.content

    def test_say_what_happens_next_and_by_when(self, market, browser):
        made = a_declaration(market, purpose_class="public_governance")
        text = check(
            browser(market.buyer).get(f"/declarations/{made.id}", headers={"Accept-Language": "zh-CN"})
        )
        assert "主管部门审查证明材料" in text
        assert "billing.declaration.verify" in check(
            browser(market.authority).get(f"/declarations/{made.id}")
        )


class TestCaps:
    def test_are_proposed_through_the_page(self, market, browser):
        client = browser(market.operator)
        check(client.get("/caps/new"))
        data = {"item_id": str(market.item.id), "purpose_class": "sector_development", "unit": "per_call"}
        data |= {"amount_minor": "0.30", "valid_from": clock.today().isoformat(), "document_number": "9"}
        answer = client.post("/caps/new", data=data)
        assert answer.status_code == 302
        assert "0.30" in check(client.get(answer.headers["Location"]))

    def test_are_not_proposed_by_buyers(self, market, browser):
        assert browser(market.buyer).get("/caps/new").status_code == 403

    def test_say_which_cap_applies_today(self, market, browser, client):
        proposed = a_proposed_cap(market, 5)
        assert "衡数价" in check(browser(market.authority).get(f"/caps/{proposed.id}"))
        later = (clock.today() + timedelta(days=9)).isoformat()
        check(client.get(f"/caps/{a_cap_in_force(market, 7, unit='per_call', valid_from=later).id}"))


class TestPermittedRevenue:
    def test_is_proposed_through_the_page_by_operator_and_authority(self, market, browser):
        start = clock.today() + timedelta(days=400)
        for actor, own in (
            (market.operator, {}),
            (market.authority, {"operator_id": market.operator.organisation_id}),
        ):
            client = browser(actor)
            assert str(market.operator.organisation_id) in check(client.get("/permitted-revenue/new"))
            data = {"period_from": start.isoformat(), "period_to": (start + timedelta(days=9)).isoformat()}
            data |= {
                "cost_minor": "7.00",
                "bond_yield_bp": "180",
                "profit_rate_bp": "0",
                "document_number": "3",
            }
            answer = client.post("/permitted-revenue/new", data=data | own)
            assert answer.status_code == 302
            assert "¥7.00" in check(client.get(answer.headers["Location"]))
            start += timedelta(days=30)


class TestSettlements:
    def test_go_their_whole_way_through_pages(self, market, browser):
        today = clock.today()
        with clock.frozen(clock.now() + timedelta(days=1)):
            keeper, deputy = browser(market.authority), browser(market.deputy)
            check(keeper.get("/settlements/new"))
            data = {
                "jurisdiction": "990100",
                "period_from": today.isoformat(),
                "period_to": today.isoformat(),
            }
            address = keeper.post("/settlements/new", data=data).headers["Location"]
            row_id = address.rsplit("/", 1)[1]
            for client, verb in ((deputy, "approve"), (keeper, "close"), (deputy, "pay_out")):
                assert f"billing.settlement.{verb}" in check(client.get(address))
                assert client.post(f"/do/billing.settlement.{verb}/{row_id}").status_code == 302
            text = check(keeper.get(address))
            assert client.get(f"{address}?format=csv").text.count("逐日雨量") == 3
            for statement in links(text):
                check(keeper.get(statement))

    def test_show_a_period_without_anything(self, market, browser):
        day = clock.today() - timedelta(days=5)
        row = a_closed_settlement(market, day, day)
        check(browser(market.authority).get(f"/settlements/{row.id}"))
        execute(settlement.pay_out, actor=market.deputy, subject_id=row.id)
