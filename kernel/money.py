"""Money is a whole number of minor units and a currency: no floats, nothing lost in dividing."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

CURRENCY = "CNY"
BASIS_POINTS = 10_000
_AMOUNT = re.compile(r"([+-]?)[¥]?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?")
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ((1000, "仟"), (100, "佰"), (10, "拾"), (1, ""))
_LARGEST_IN_CAPITALS = 10**16


class CurrencyMismatch(ValueError):
    """Two currencies cannot be added or compared."""


class AmountUnreadable(ValueError):
    """The text is not an amount of money."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (fen). Only amounts of one currency add up or compare."""

    minor: int
    currency: str = CURRENCY

    def __post_init__(self) -> None:
        if isinstance(self.minor, bool) or not isinstance(self.minor, int):
            raise TypeError(f"Money takes whole minor units, not {self.minor!r}.")
        if not re.fullmatch(r"[A-Z]{3}", self.currency):
            raise ValueError(f"A currency is three capital letters, not {self.currency!r}.")

    @classmethod
    def zero(cls, currency: str = CURRENCY) -> "Money":
        """Nothing, in that currency."""
        return cls(0, currency)

    @classmethod
    def total(cls, amounts: "Sequence[Money]", currency: str = CURRENCY) -> "Money":
        """The sum; nothing adds up to zero of `currency`."""
        return sum(amounts[1:], amounts[0]) if amounts else cls.zero(currency)

    @classmethod
    def parse(cls, text: str, currency: str = CURRENCY) -> "Money":
        """An amount as people write it: "1,234.50", "-3", "¥0.5"; at most two decimals.

        Raises AmountUnreadable; full-width figures are understood.
        """
        match = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", text).strip())
        if not match:
            raise AmountUnreadable(f"{text!r} is not an amount; write it like 1,234.50.")
        sign, whole, cents = match.groups()
        minor = int(whole.replace(",", "")) * 100 + int((cents or "").ljust(2, "0"))
        return cls(-minor if sign == "-" else minor, currency)

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def __mul__(self, times: int) -> "Money":
        if isinstance(times, bool) or not isinstance(times, int):
            raise TypeError(f"Money is multiplied by whole numbers, not by {times!r}; for shares use scaled.")
        return Money(self.minor * times, self.currency)

    __rmul__ = __mul__

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __abs__(self) -> "Money":
        return Money(abs(self.minor), self.currency)

    def __lt__(self, other: "Money") -> bool:
        self._same(other)
        return self.minor < other.minor

    def __le__(self, other: "Money") -> bool:
        self._same(other)
        return self.minor <= other.minor

    def __gt__(self, other: "Money") -> bool:
        return other < self

    def __ge__(self, other: "Money") -> bool:
        return other <= self

    def __bool__(self) -> bool:
        return self.minor != 0

    def __str__(self) -> str:
        return f"{self.yuan} {self.currency}"

    @property
    def is_zero(self) -> bool:
        """Whether nothing is owed."""
        return self.minor == 0

    @property
    def yuan(self) -> str:
        """The amount in major units as plain text, two decimals, no separators: "-1234.05"."""
        whole, cents = divmod(abs(self.minor), 100)
        return f"{'-' if self.minor < 0 else ''}{whole}.{cents:02d}"

    def times_bp(self, bp: int) -> "Money":
        """That many hundredths of a percent of the amount, halves rounded away from zero."""
        return self.scaled(bp, BASIS_POINTS)

    def scaled(self, numerator: int, denominator: int) -> "Money":
        """amount × numerator ÷ denominator, halves rounded away from zero, so that -x is the mirror of x."""
        if denominator <= 0:
            raise ValueError(f"The denominator must be above 0, not {denominator}.")
        product = self.minor * numerator
        size = (2 * abs(product) + denominator) // (2 * denominator)
        return Money(-size if product < 0 else size, self.currency)

    def split(self, weights: Sequence[int]) -> list["Money"]:
        """Divide by whole-number weights so that the parts add up exactly (largest remainder).

        Equal remainders go to the earlier position. A negative amount is the mirror of the positive one, so a
        refund of everything brings every part back to zero. Raises ValueError where no weight is above 0.
        """
        if any(isinstance(w, bool) or not isinstance(w, int) or w < 0 for w in weights):
            raise ValueError(f"Weights are whole numbers from 0 up, not {list(weights)}.")
        total = sum(weights)
        if total == 0:
            raise ValueError("An amount cannot be divided among weights that are all 0.")
        size, sign = abs(self.minor), -1 if self.minor < 0 else 1
        shares = [divmod(size * weight, total) for weight in weights]
        parts = [part for part, _ in shares]
        first = sorted(range(len(weights)), key=lambda i: -shares[i][1])
        for i in first[: size - sum(parts)]:
            parts[i] += 1
        return [Money(sign * part, self.currency) for part in parts]

    def _same(self, other: "Money") -> None:
        if not isinstance(other, Money):
            raise TypeError(f"Money goes only with Money, not with {other!r}.")
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency} cannot be put together.")


def capitals(money: Money) -> str:
    """The amount in the Chinese capitals of cheques and contracts, without the word for the currency.

    1409.50 gives 壹仟肆佰零玖元伍角, 16409.02 gives 壹万陆仟肆佰零玖元零贰分; below 10^16 yuan, CNY only.
    """
    if money.currency != CURRENCY:
        raise CurrencyMismatch(f"Amounts in capitals are written for {CURRENCY}, not {money.currency}.")
    yuan, fen = divmod(abs(money.minor), 100)
    if yuan >= _LARGEST_IN_CAPITALS:
        raise ValueError(f"{money.yuan} is too large to be written in capitals.")
    jiao, fen = divmod(fen, 10)
    words = f"{_integer(yuan)}元" if yuan or not (jiao or fen) else ""
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif yuan or not fen:
        words += "零" if fen else "整"
    words += f"{_DIGITS[fen]}分" if fen else ""
    return f"负{words}" if money.minor < 0 else words


def _integer(number: int) -> str:
    for unit, name in ((10**8, "亿"), (10**4, "万")):
        if number >= unit:
            upper, rest = divmod(number, unit)
            return f"{_integer(upper)}{name}{_rest(rest, unit)}"
    for unit, name in _PLACES:
        if number >= unit:
            upper, rest = divmod(number, unit)
            return f"{_DIGITS[upper]}{name}{_rest(rest, unit)}"
    return "零"


def _rest(rest: int, unit: int) -> str:
    """What follows a place: nothing, or with a 零 where the next place is empty."""
    if not rest:
        return ""
    return ("零" if rest < unit // 10 else "") + _integer(rest)
