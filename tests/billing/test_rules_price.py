"""What a use may cost: one class per duty."""

import uuid
from datetime import date

import pytest

from billing import rules
from billing.rules import Cap, PriceAnswer
from kernel.errors import RuleBroken

FREE, CHARGED = ("public_governance", "public_welfare"), ("industry_development", "sector_development")
UNITS = ("product_count", "service_count", "service_time", "data_calls")
TODAY = date(2026, 11, 21)
CAP = Cap(uuid.uuid4(), 12_000, "衡数价〔2026〕7号", TODAY)


def price(
    purpose: str, mode: str = "guided", listed: int = 10_000, cap: Cap | None = CAP, **facts: object
) -> PriceAnswer:
    """A price at first level unless said otherwise."""
    given = {"level": "first_level", "free": FREE, "charged": CHARGED, "redeveloped_market": True} | facts
    return rules.price_of(purpose, mode, listed, cap, **given)  # type: ignore[arg-type]


class TestPurposeIsFree:
    def test_is_free_for_governance_and_welfare(self) -> None:
        assert all(rules.purpose_is_free(purpose, FREE, CHARGED) for purpose in FREE)

    def test_is_not_for_industry_and_sector(self) -> None:
        assert not any(rules.purpose_is_free(purpose, FREE, CHARGED) for purpose in CHARGED)

    def test_refuses_a_purpose_the_rules_do_not_know(self) -> None:
        with pytest.raises(RuleBroken) as refusal:
            rules.purpose_is_free("resale", FREE, CHARGED)
        assert refusal.value.ids == ("B01",)
        assert "resale" in str(refusal.value)


class TestFreeUseIsVerified:
    def test_lets_pass_what_was_verified(self) -> None:
        rules.free_use_is_verified("雨量", True)

    def test_refuses_the_word_of_the_buyer_alone(self) -> None:
        with pytest.raises(RuleBroken, match="has not been verified"):
            rules.free_use_is_verified("雨量", False)


class TestUnitMayBeCharged:
    def test_knows_the_four_units_of_the_rules(self) -> None:
        for unit in ("per_item", "per_service", "per_period", "per_call"):
            rules.unit_may_be_charged(unit, UNITS)

    def test_refuses_a_unit_the_place_does_not_allow(self) -> None:
        with pytest.raises(RuleBroken, match="this unit"):
            rules.unit_may_be_charged("per_call", UNITS[:3])


class TestFeeIsWithinCap:
    @pytest.mark.parametrize("price", [0, 1, 11_999, 12_000])
    def test_lets_pass_up_to_the_cap(self, price: int) -> None:
        rules.fee_is_within_cap(price, 12_000)

    def test_refuses_one_fen_above_it_and_names_both(self) -> None:
        with pytest.raises(RuleBroken, match="120.01 yuan is above the cap of 120.00"):
            rules.fee_is_within_cap(12_001, 12_000)

    def test_refuses_where_no_cap_is_in_force_and_says_who_sets_it(self) -> None:
        with pytest.raises(RuleBroken, match="authority sets the cap") as refusal:
            rules.fee_is_within_cap(1, None)
        assert refusal.value.ids == ("B02",)


class TestCapRestsOnADocument:
    def test_applies_from_today_on(self) -> None:
        rules.cap_rests_on_a_document(True, TODAY, TODAY)

    def test_refuses_days_that_are_past(self) -> None:
        with pytest.raises(RuleBroken, match="2026-11-20"):
            rules.cap_rests_on_a_document(True, date(2026, 11, 20), TODAY)

    def test_refuses_a_cap_for_a_free_purpose(self) -> None:
        with pytest.raises(RuleBroken, match="no cap is set"):
            rules.cap_rests_on_a_document(False, TODAY, TODAY)


class TestMarketPriceIsPermitted:
    def test_is_for_second_level_products(self) -> None:
        rules.market_price_is_permitted("second_level", True)

    @pytest.mark.parametrize(("level", "flag"), [("first_level", True), ("second_level", False)])
    def test_refuses_all_others(self, level: str, flag: bool) -> None:
        with pytest.raises(RuleBroken) as refusal:
            rules.market_price_is_permitted(level, flag)
        assert refusal.value.ids == ("L03",)


class TestPriceOf:
    def test_is_nothing_for_a_verified_free_purpose_and_shows_what_is_waived(self) -> None:
        answer = price("public_welfare", declaration_id=uuid.uuid4())
        assert (answer.mode, answer.unit_price_minor, answer.waived_minor) == ("free", 0, 10_000)
        assert not answer.needs_declaration
        assert "100.00" in str(answer.explanation[0])

    def test_asks_for_a_declaration_where_the_purpose_is_not_verified(self) -> None:
        answer = price("public_governance")
        assert answer.needs_declaration
        assert len(answer.explanation) == 2

    def test_waives_no_more_than_the_cap_would_have_let_charge(self) -> None:
        assert price("public_welfare", listed=99_999).waived_minor == 12_000

    def test_waives_the_list_price_where_there_is_no_cap(self) -> None:
        assert price("public_welfare", listed=99_999, cap=None).waived_minor == 99_999

    def test_is_the_list_price_under_the_cap(self) -> None:
        answer = price("industry_development")
        assert (answer.mode, answer.unit_price_minor, answer.waived_minor) == ("guided", 10_000, 0)
        assert answer.cap == CAP
        assert "衡数价〔2026〕7号" in str(answer.explanation[0])

    def test_is_the_cap_where_the_list_price_is_above_it(self) -> None:
        answer = price("sector_development", listed=99_999)
        assert answer.unit_price_minor == 12_000
        assert "you pay the cap" in str(answer.explanation[1])

    def test_refuses_a_guided_price_without_a_cap(self) -> None:
        with pytest.raises(RuleBroken, match="No fee cap is in force"):
            price("industry_development", cap=None)

    def test_is_the_list_price_on_the_market_whatever_the_cap(self) -> None:
        answer = price("industry_development", "market", 99_999, level="second_level")
        assert (answer.mode, answer.unit_price_minor, answer.cap) == ("market", 99_999, None)

    def test_is_free_on_the_market_too_where_the_purpose_is(self) -> None:
        answer = price("public_welfare", "market", 99_999, level="second_level", declaration_id=uuid.uuid4())
        assert (answer.unit_price_minor, answer.waived_minor) == (0, 99_999)

    def test_refuses_a_market_price_at_first_level_even_for_a_free_purpose(self) -> None:
        with pytest.raises(RuleBroken, match="second-level development"):
            price("public_welfare", "market")
