"""What the law says about listing, selling and delivering: each duty by itself."""

from datetime import date

import pytest

from kernel.errors import RuleBroken
from kernel.words import Text
from marketplace import rules


class TestKindIsProvidedFor:
    def test_lets_pass_what_the_rules_name(self) -> None:
        rules.kind_is_provided_for("model", ("data_set", "model"))

    def test_refuses_any_other_kind(self) -> None:
        with pytest.raises(RuleBroken):
            rules.kind_is_provided_for("model", ("data_set",))


class TestAuthorityIsUnbroken:
    def test_lets_pass_a_live_chain(self) -> None:
        rules.authority_is_unbroken(True, None)

    def test_refuses_a_broken_one_and_says_why(self) -> None:
        with pytest.raises(RuleBroken, match="The right is suspended.") as refused:
            rules.authority_is_unbroken(False, Text("The right is suspended."))
        assert refused.value.ids == ("T02",)


class TestElementsStayWithinTheRight:
    def test_lets_pass_covered_elements(self) -> None:
        rules.elements_stay_within_the_right([])

    def test_counts_the_strangers(self) -> None:
        with pytest.raises(RuleBroken, match="2 of the chosen"):
            rules.elements_stay_within_the_right(["a", "b"])


class TestPurposesStayWithinTheRight:
    def test_lets_pass_permitted_purposes(self) -> None:
        rules.purposes_stay_within_the_right(["public_welfare"], ["public_welfare", "industry_development"])

    def test_names_those_beyond(self) -> None:
        with pytest.raises(RuleBroken, match="Industry development"):
            rules.purposes_stay_within_the_right(["industry_development"], ["public_welfare"])


class TestPersonalDataAreTreated:
    def test_lets_pass_what_names_nobody(self) -> None:
        rules.personal_data_are_treated([], "")

    def test_lets_pass_what_was_treated(self) -> None:
        rules.personal_data_are_treated([Text("身份证号")], "已脱敏")

    def test_refuses_what_was_not(self) -> None:
        with pytest.raises(RuleBroken, match="身份证号"):
            rules.personal_data_are_treated([Text("身份证号")], "  ")


class TestSampleShowsNoPerson:
    @pytest.mark.parametrize("cell", ["13800138000", "身份证 11010519491231002X", "电话:19912345678。"])
    def test_refuses_numbers_of_persons(self, cell) -> None:
        with pytest.raises(RuleBroken):
            rules.sample_shows_no_person(["东站", cell])

    @pytest.mark.parametrize(
        "cell", ["138****8000", "9113800138000MA", "2026-10-01", "110105194912310", "1.38"]
    )
    def test_lets_pass_masked_and_other_numbers(self, cell) -> None:
        rules.sample_shows_no_person([cell])


class TestTradeGoesThroughAnExchange:
    def test_asks_operators_for_the_reference_where_they_must(self) -> None:
        with pytest.raises(RuleBroken):
            rules.trade_goes_through_an_exchange("operators_must", "first_level", " ")

    @pytest.mark.parametrize(
        "facts",
        [
            ("operators_must", "first_level", "HZ-1"),
            ("operators_must", "second_level", ""),
            ("recognised_platform", "first_level", ""),
            ("", "first_level", ""),
        ],
    )
    def test_lets_pass_all_others(self, facts) -> None:
        rules.trade_goes_through_an_exchange(*facts)


class TestProductIsOnSale:
    def test_lets_pass_what_is_listed(self) -> None:
        rules.product_is_on_sale("listed")

    @pytest.mark.parametrize("state", ["draft", "suspended", "withdrawn"])
    def test_refuses_every_other_state(self, state) -> None:
        with pytest.raises(RuleBroken):
            rules.product_is_on_sale(state)


class TestGuidedPriceIsWithinCap:
    def test_lets_pass_up_to_the_cap(self) -> None:
        rules.guided_price_is_within_cap("industry_development", 12_000, 12_000, "7号", date(2026, 1, 1))

    def test_names_cap_and_document_above_it(self) -> None:
        with pytest.raises(RuleBroken) as refused:
            rules.guided_price_is_within_cap("industry_development", 12_001, 12_000, "7号", date(2026, 1, 1))
        said = str(refused.value)
        assert "120.01" in said and "120.00" in said and "7号" in said and "2026-01-01" in said

    def test_refuses_without_a_cap(self) -> None:
        with pytest.raises(RuleBroken, match="no fee cap is in force"):
            rules.guided_price_is_within_cap("industry_development", 1, None, "", None)


class TestOfferHasAPrice:
    def test_lets_pass_an_offer_with_a_plan(self) -> None:
        rules.offer_has_a_price(1)

    def test_refuses_one_without(self) -> None:
        with pytest.raises(RuleBroken):
            rules.offer_has_a_price(0)


class TestUseIsNotSuspended:
    def test_lets_pass_an_active_use(self) -> None:
        rules.use_is_not_suspended("active", [])

    def test_says_why_it_is_suspended(self) -> None:
        with pytest.raises(RuleBroken, match="The product is suspended."):
            rules.use_is_not_suspended("suspended", ["The product is suspended."])

    def test_refuses_an_ended_one(self) -> None:
        with pytest.raises(RuleBroken, match="has ended"):
            rules.use_is_not_suspended("ended", [])


class TestAccessIsContracted:
    def test_lets_pass_what_is_signed(self) -> None:
        rules.access_is_contracted(True, False)

    @pytest.mark.parametrize("free, word", [(True, "commitment"), (False, "contract")])
    def test_refuses_what_is_not(self, free, word) -> None:
        with pytest.raises(RuleBroken, match=word):
            rules.access_is_contracted(False, free)


class TestAccessIsPaid:
    def test_lets_pass_what_is_settled(self) -> None:
        rules.access_is_paid(True)

    def test_refuses_what_is_owed(self) -> None:
        with pytest.raises(RuleBroken):
            rules.access_is_paid(False)


class TestRawDataStayInside:
    def test_lets_pass_questions_and_files(self) -> None:
        rules.raw_data_stay_inside(True, True)
        rules.raw_data_stay_inside(False, False)

    def test_refuses_to_hand_over_what_only_answers(self) -> None:
        with pytest.raises(RuleBroken):
            rules.raw_data_stay_inside(True, False)


class TestResultNamesItsSource:
    def test_lets_pass_what_names_it(self) -> None:
        rules.result_names_its_source(True, True)

    def test_refuses_what_does_not(self) -> None:
        with pytest.raises(RuleBroken, match="has to name the source"):
            rules.result_names_its_source(False, True)

    def test_refuses_results_of_nothing(self) -> None:
        with pytest.raises(RuleBroken, match="Nothing was obtained"):
            rules.result_names_its_source(True, False)
