"""How income is shared, booked and settled: to the fen, balanced, each period once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from billing.vocabulary import WHOLE_BP
from kernel.duty import Refused, duty
from kernel.money import Money
from kernel.words import N_


@dataclass(frozen=True)
class Part:
    """What one party gets of an amount, in which role and at which rate."""

    party_id: str
    role: str
    share_bp: int
    amount_minor: int


@dataclass(frozen=True)
class Gauge:
    """Income of a period against what is permitted, in fen; `percent` rounded down, `level` the warning reached."""

    income_minor: int
    permitted_minor: int
    percent: int
    level: int


@duty("V01", basis="YN L127; WZ35–36")
def income_is_shared_by_the_agreement(shares: Sequence[Mapping[str, Any]]) -> None:
    """The shares agreed are the whole: ten thousand basis points, none of them negative."""
    total = sum(int(one["share_bp"]) for one in shares)
    if total != WHOLE_BP or any(int(one["share_bp"]) < 0 for one in shares):
        said = N_("The agreed shares of the income add up to {total} basis points instead of {whole}.")
        raise Refused(said, total=total, whole=WHOLE_BP)


def share(amount_minor: int, shares: Sequence[Mapping[str, Any]]) -> list[Part]:
    """Divide an amount by the agreed shares (list of {party_id, role, share_bp}); the parts add up exactly.

    Largest remainder: each part is within one fen of the exact share; a negative amount is the mirror image.
    """
    income_is_shared_by_the_agreement(shares)
    parts = Money(amount_minor).split([int(one["share_bp"]) for one in shares])
    return [
        Part(str(one["party_id"]), str(one["role"]), int(one["share_bp"]), part.minor)
        for one, part in zip(shares, parts, strict=True)
    ]


@duty("B04", basis="YN L121–122")
def booking_balances(postings: Iterable[tuple[str, int]]) -> None:
    """Debits and credits of an entry cancel out in each currency. `postings`: (currency, signed fen)."""
    totals: dict[str, int] = {}
    for currency, amount in postings:
        totals[currency] = totals.get(currency, 0) + amount
    if not totals or any(totals.values()):
        raise Refused(N_("The booking does not balance; nothing was booked."))


@duty("V01", basis="YN L127; WZ35–36")
def settlement_covers_a_period_once(
    period_from: date, period_to: date, today: date, settled: Sequence[tuple[date, date]]
) -> None:
    """A settlement covers days that are over and that no other settlement covers."""
    if today <= period_to:
        raise Refused(
            N_("The period lasts until {end}; it can be settled from the day after."), end=period_to
        )
    for other_from, other_to in settled:
        if period_from <= other_to and other_from <= period_to:
            said = N_("Days of this period are settled already: {start} to {end}.")
            raise Refused(said, start=other_from, end=other_to)
