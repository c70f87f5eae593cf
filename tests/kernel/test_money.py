"""Whole-fen money."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.money import AmountUnreadable, CurrencyMismatch, Money, capitals

try:
    import cn2an
except ImportError:
    cn2an = None

AMOUNTS = st.integers(-(10**15), 10**15)
WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=8).filter(any)


class TestMoney:
    def test_adds_subtracts_multiplies_and_compares(self) -> None:
        assert Money(150) + Money(50) - Money(1) == Money(199)
        assert 3 * Money(7) == Money(7) * 3 == Money(21)
        assert Money(1) < Money(2) <= Money(2) and Money(3) > Money(2) >= Money(2)
        assert (-Money(5), abs(Money(-5))) == (Money(-5), Money(5))
        assert Money.zero().is_zero and not Money(0) and Money(1)
        assert Money.total([Money(1), Money(2)]) == Money(3)
        assert Money.total([], "EUR") == Money(0, "EUR")

    def test_keeps_currencies_apart(self) -> None:
        yuan, euro = Money(1), Money(1, "EUR")
        for mixed in (lambda: yuan + euro, lambda: yuan - euro, lambda: yuan < euro, lambda: yuan >= euro):
            with pytest.raises(CurrencyMismatch):
                mixed()
        assert yuan != euro

    def test_takes_whole_numbers_only(self) -> None:
        for broken in (1.0, True, "1"):
            with pytest.raises(TypeError):
                Money(broken)  # type: ignore[arg-type]
        for broken in (1.5, True):
            with pytest.raises(TypeError):
                Money(1) * broken  # type: ignore[operator]
        with pytest.raises(TypeError):
            Money(1) + 1  # type: ignore[operator]
        with pytest.raises(ValueError, match="capital letters"):
            Money(1, "yuan")

    def test_is_written_without_floats(self) -> None:
        assert Money(123456).yuan == "1234.56"
        assert Money(-5).yuan == "-0.05"
        assert Money(10**17 + 1).yuan == "1000000000000000.01"
        assert str(Money(100)) == "1.00 CNY"


class TestParse:
    @pytest.mark.parametrize(
        ("text", "minor"),
        [("1,234.50", 123450), ("1234.5", 123450), ("0", 0), ("-3", -300), ("+0.07", 7), (" ¥ 12 ", 1200)]
        + [("￥１２．３０", 1230), ("1,000,000", 100_000_000)],
    )
    def test_reads_amounts_as_people_write_them(self, text: str, minor: int) -> None:
        assert Money.parse(text) == Money(minor)

    @pytest.mark.parametrize("text", ["", "1.234", "1,23", "12,3456", "one", "1e3", ".5", "1.", "--1", "1 2"])
    def test_refuses_everything_else(self, text: str) -> None:
        with pytest.raises(AmountUnreadable, match="is not an amount"):
            Money.parse(text)

    @given(AMOUNTS)
    def test_reads_back_what_was_written(self, minor: int) -> None:
        assert Money.parse(Money(minor).yuan) == Money(minor)


class TestSplit:
    def test_gives_what_is_left_over_to_the_largest_remainder_then_the_first(self) -> None:
        assert [m.minor for m in Money(100).split([1, 1, 1])] == [34, 33, 33]
        assert [m.minor for m in Money(100).split([3, 3, 2])] == [38, 37, 25]
        assert [m.minor for m in Money(5).split([0, 1])] == [0, 5]

    @given(AMOUNTS, WEIGHTS)
    def test_loses_nothing_and_stays_within_one_fen_of_the_exact_share(
        self, minor: int, weights: list[int]
    ) -> None:
        parts = [m.minor for m in Money(minor).split(weights)]
        assert sum(parts) == minor
        total = sum(weights)
        assert all(
            abs(part * total - minor * weight) < total for part, weight in zip(parts, weights, strict=True)
        )
        assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)

    @given(AMOUNTS, WEIGHTS)
    def test_of_a_full_refund_brings_everyone_back_to_zero(self, minor: int, weights: list[int]) -> None:
        paid, refunded = Money(minor).split(weights), Money(-minor).split(weights)
        assert all((a + b).is_zero for a, b in zip(paid, refunded, strict=True))

    def test_refuses_weights_that_divide_nothing(self) -> None:
        for weights in ([], [0, 0]):
            with pytest.raises(ValueError, match="all 0"):
                Money(1).split(weights)
        for broken in ([1, -1], [True], [0.5]):
            with pytest.raises(ValueError, match="whole numbers"):
                Money(1).split(broken)  # type: ignore[arg-type]


class TestShares:
    def test_round_halves_away_from_zero(self) -> None:
        assert Money(12345).times_bp(600) == Money(741)
        assert Money(50).times_bp(100) == Money(1)
        assert Money(-50).times_bp(100) == Money(-1)
        assert Money(49).times_bp(100) == Money(0)
        assert Money(1000).scaled(1, 3) == Money(333)
        with pytest.raises(ValueError, match="above 0"):
            Money(1).scaled(1, 0)

    @given(AMOUNTS, st.integers(-20_000, 20_000))
    def test_are_mirrored_by_the_sign(self, minor: int, bp: int) -> None:
        assert Money(-minor).times_bp(bp) == -Money(minor).times_bp(bp)


class TestCapitals:
    @pytest.mark.parametrize(
        ("minor", "words"),
        [
            (0, "零元整"),
            (5, "伍分"),
            (50, "伍角"),
            (100, "壹元整"),
            (1000, "壹拾元整"),
            (1010, "壹拾元壹角"),
            (32504, "叁佰贰拾伍元零肆分"),
            (600714, "陆仟零柒元壹角肆分"),
            (1640902, "壹万陆仟肆佰零玖元零贰分"),
            (10700053, "壹拾万柒仟元伍角叁分"),
            (100_000_100, "壹佰万零壹元整"),
            (10_000_000_100, "壹亿零壹元整"),
            (100_000_000_000_000, "壹万亿元整"),
            (100_010_000_000_000, "壹万零壹亿元整"),
            (-1234, "负壹拾贰元叁角肆分"),
        ],
    )
    def test_are_written_as_on_a_cheque(self, minor: int, words: str) -> None:
        assert capitals(Money(minor)) == words

    @pytest.mark.skipif(cn2an is None, reason="the package cn2an is not installed")
    @given(st.integers(1 - 10**17, 10**17 - 1))
    def test_agree_with_the_package_cn2an(self, minor: int) -> None:
        assert capitals(Money(minor)) == cn2an.an2cn(Money(minor).yuan, "rmb")

    def test_are_for_yuan_below_ten_thousand_times_ten_thousand_hundred_million(self) -> None:
        with pytest.raises(ValueError, match="too large"):
            capitals(Money(10**18))
        with pytest.raises(CurrencyMismatch):
            capitals(Money(1, "EUR"))
