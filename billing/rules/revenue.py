"""What an operator may take in during a period, and what happens near the limit and above it."""

from collections.abc import Collection, Sequence
from datetime import date

from kernel.duty import Refused, duty
from kernel.money import Money
from kernel.words import N_


@duty("B02", "V02", basis="65号")
def profit_rate_is_lawful(rate_bp: int, bond_yield_bp: int, most_above_bp: int) -> None:
    """The permitted profit rate is at most the ten-year treasury yield and what the rules add to it (basis points)."""
    most = bond_yield_bp + most_above_bp
    if rate_bp > most:
        said = N_("The profit rate of {rate} basis points is above the most permitted, {most}.")
        raise Refused(said, rate=rate_bp, most=most)


@duty("B02", "V02", basis="65号")
def permitted_amount(
    cost_minor: int,
    subsidy_minor: int,
    capital_minor: int,
    profit_rate_bp: int,
    tax_minor: int,
    deduction_minor: int,
    *,
    base: str,
) -> int:
    """Cost net of subsidy + profit + tax − deduction from the period before, in fen.

    Below nothing where the deduction is larger: then nothing is permitted and the rest is carried on.
    `base`: operating_cost or invested_capital, what the profit rate is applied to.
    """
    if subsidy_minor > cost_minor:
        raise Refused(N_("The subsidy is larger than the cost; there is nothing to be compensated."))
    net = cost_minor - subsidy_minor
    profit = Money(capital_minor if base == "invested_capital" else net).times_bp(profit_rate_bp)
    return net + profit.minor + tax_minor - deduction_minor


@duty("V02", basis="65号")
def period_is_its_own(period_from: date, period_to: date, others: Sequence[tuple[date, date]]) -> None:
    """The periods of one operator do not overlap: each fen of income counts once."""
    for other_from, other_to in others:
        if period_from <= other_to and other_from <= period_to:
            said = N_("The period overlaps one that stands already: {start} to {end}.")
            raise Refused(said, start=other_from, end=other_to)


@duty("V02", basis="65号")
def period_is_over(period_to: date, today: date) -> None:
    """What is closed or settled is over: no income of it can still come in."""
    if today <= period_to:
        raise Refused(N_("The period lasts until {end}; it can be closed from the day after."), end=period_to)


@duty("V02", basis="65号")
def excess_is_carried(income_minor: int, permitted_minor: int, carry_over: bool) -> int:
    """Income above what was permitted, in fen: the deduction of the next period."""
    return max(0, income_minor - permitted_minor) if carry_over else 0


@duty("V02", basis="65号")
def warning_level(income_minor: int, permitted_minor: int, levels: Collection[int]) -> int:
    """The highest warning level in percent that income has reached, 0 where none."""
    reached = [
        level for level in levels if income_minor > 0 and income_minor * 100 >= permitted_minor * level
    ]
    return max(reached, default=0)
