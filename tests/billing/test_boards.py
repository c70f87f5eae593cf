"""The income board and the desk, as each role sees them."""

import pytest

from tests.billing.pages import check
from tests.factories.accounts import an_actor
from tests.factories.billing import (
    a_bill,
    a_cap_in_force,
    a_declaration,
    a_free_bill,
    a_market,
    a_paid_bill,
    a_permitted_revenue,
    a_proposed_cap,
    announced,
)


@pytest.fixture
def market(app):
    """A market in which something of everything happened."""
    market = a_market()
    a_cap_in_force(market)
    a_permitted_revenue(market, 11_000)
    a_paid_bill(market)
    a_free_bill(market)
    return market


class TestIncome:
    def test_shows_income_waived_value_and_gauge(self, market, browser):
        text = check(browser(market.authority).get("/income"))
        assert "¥100.00" in text
        assert "90" in text
        assert "chart" in text

    def test_shows_a_seller_its_own(self, market, browser):
        other = an_actor("operator")
        assert "逐日雨量" in check(browser(market.operator).get("/income"))
        assert "逐日雨量" not in check(browser(other).get("/income"))

    def test_takes_a_period(self, market, browser):
        client = browser(market.authority)
        assert "逐日雨量" not in check(client.get("/income?from=2020-01-01&to=2020-12-31"))
        assert client.get("/income?from=soon").status_code == 422


class TestDesk:
    @pytest.mark.parametrize(
        ("role", "words"),
        [
            ("buyer", ["待付账单", "用途申报"]),
            ("operator", ["待确认付款", "最高准许收入", "结算对账单"]),
            ("authority", ["待核验用途", "价格与结算", "预警"]),
            ("agency", ["结算对账单"]),
        ],
    )
    def test_shows_each_role_what_waits_for_it(self, market, browser, role, words):
        announced(a_bill(market), market.buyer)
        a_declaration(market, purpose_class="public_governance")
        a_proposed_cap(market, 5)
        text = check(browser(getattr(market, role)).get("/desk", headers={"Accept-Language": "zh-CN"}))
        assert [word for word in words if word not in text] == []

    def test_shows_bills_to_those_who_buy_without_being_buyers(self, market, browser):
        a_bill(market, buyer=market.agency)
        text = check(browser(market.agency).get("/desk", headers={"Accept-Language": "zh-CN"}))
        assert "待付账单" in text

    def test_shows_a_newcomer_nothing_that_is_not_theirs(self, app, browser):
        check(browser(an_actor("registrar")).get("/desk"))
        check(browser(an_actor("buyer", mandates=["be_served"])).get("/desk"))
