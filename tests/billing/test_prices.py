"""What a use costs a buyer: from the price book, the rules of the place and what was verified."""

from datetime import timedelta

import pytest

from billing import queries
from billing.rules import PriceAnswer
from billing.vocabulary import PricedItem, item_choices, items
from kernel import clock
from kernel.actor import ANONYMOUS, SYSTEM
from kernel.errors import NotFound, RuleBroken
from registry.vocabulary.purposes import PurposeClass
from tests.factories.billing import a_cap_in_force, a_market, a_verified_declaration


@pytest.fixture
def market(app):
    """A market without caps."""
    return a_market()


def price(market, purpose="industry_development", mode="guided", listed=10_000, **facts):
    asked = {"on": clock.today(), "right_id": market.right.id} | facts
    return queries.price(market.item.id, "per_item", purpose, mode, listed, **asked)


class TestPrice:
    def test_is_bounded_by_the_cap_of_the_day(self, market):
        a_cap_in_force(market, 12_000)
        later = clock.today() + timedelta(days=5)
        a_cap_in_force(market, 9_000, valid_from=later.isoformat())
        assert price(market, listed=50_000).unit_price_minor == 12_000
        assert price(market, listed=50_000, on=later).unit_price_minor == 9_000

    def test_is_free_for_the_buyer_whose_purpose_was_verified(self, market):
        a_cap_in_force(market, 12_000)
        declared = a_verified_declaration(market)
        answer = price(market, "public_welfare", buyer_id=market.buyer.organisation_id)
        assert (answer.unit_price_minor, answer.declaration_id) == (0, declared.id)
        assert price(market, "public_welfare").needs_declaration
        assert price(market, "public_welfare", buyer_id=market.agency.organisation_id).needs_declaration

    def test_measures_what_is_waived_by_the_highest_cap(self, market):
        a_cap_in_force(market, 12_000)
        a_cap_in_force(market, 15_000, purpose_class="sector_development")
        assert price(market, "public_welfare", listed=50_000).waived_minor == 15_000

    def test_does_not_borrow_the_cap_of_another_purpose(self, market):
        a_cap_in_force(market, 15_000, purpose_class="sector_development")
        with pytest.raises(RuleBroken, match="No fee cap is in force"):
            price(market)

    def test_is_the_markets_at_second_level(self, app):
        market = a_market(level="second_level")
        assert price(market, mode="market", listed=77_777).unit_price_minor == 77_777

    def test_needs_a_right(self, market):
        with pytest.raises(NotFound):
            price(market, right_id=market.item.id)


class TestPricesByPurpose:
    def test_gives_each_purpose_its_price_or_its_refusal(self, market):
        a_cap_in_force(market, 12_000)
        given = queries.prices_by_purpose(
            market.item.id,
            "per_item",
            "guided",
            10_000,
            clock.today(),
            right_id=market.right.id,
            purposes=list(PurposeClass),
        )
        answers = dict(given)
        assert answers["industry_development"].unit_price_minor == 10_000
        assert isinstance(answers["sector_development"], RuleBroken)
        assert isinstance(answers["public_governance"], PriceAnswer)


class TestItems:
    def test_are_delivered_elements_and_what_packages_above_bring(self, market):
        assert [one.id for one in items(market.buyer)] == [market.item.id]
        assert item_choices(market.buyer) == [(str(market.item.id), "逐日雨量")]
        assert items(ANONYMOUS) == []
        found = queries.item(market.item.id)
        assert found == PricedItem(
            market.item.id,
            "逐日雨量",
            market.operator.organisation_id,
            market.right.id,
            market.right.jurisdiction,
        )
        assert queries.item(market.right.id) is None
        assert items(SYSTEM, []) == []
