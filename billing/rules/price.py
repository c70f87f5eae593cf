"""What a use may cost: its purpose decides, the cap bounds, the market only where the law leaves it to it."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date

from billing.vocabulary import CHARGING_UNITS, PriceMode, Unit
from kernel.duty import Refused, duty
from kernel.money import Money
from kernel.words import N_, Text


@dataclass(frozen=True)
class Cap:
    """A cap in force: fen a unit, and the document that sets it."""

    id: uuid.UUID
    amount_minor: int
    document_number: str
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True)
class PriceAnswer:
    """What one unit costs for a purpose, and why.

    `mode`: free, guided or market; `waived_minor`: what the use would have cost a unit, where it is free;
    `needs_declaration`: the purpose is free but not yet verified for this buyer: at this price no order before that.
    """

    purpose_class: str
    mode: str
    unit_price_minor: int
    list_price_minor: int
    waived_minor: int
    basis: str
    cap: Cap | None = None
    declaration_id: uuid.UUID | None = None
    needs_declaration: bool = False
    explanation: list[Text] = field(default_factory=list)


@duty("B01", basis="WZ34; YN L121")
def purpose_is_free(purpose: str, free: Collection[str], charged: Collection[str]) -> bool:
    """Whether the purpose is free of charge: the rules say which purposes are, never the seller."""
    if purpose in free:
        return True
    if purpose not in charged:
        said = N_("The rules give no price for the purpose “{purpose}”. Ask the public data authority.")
        raise Refused(said, purpose=purpose)
    return False


@duty("B01", "B03", basis="WZ34; YN L121")
def free_use_is_verified(item: str, verified: bool) -> None:
    """Nothing is given for nothing on the buyer's word alone: the authority has verified the declared purpose."""
    if not verified:
        said = N_(
            "The purpose for which “{item}” would be free has not been verified. Declare it with evidence; the public "
            "data authority verifies it."
        )
        raise Refused(said, item=item)


@duty("B02", basis="YN L121; 65号")
def unit_may_be_charged(unit: str, permitted: Collection[str]) -> None:
    """A fee is counted only in units the rules know: products, services, time or calls."""
    if CHARGING_UNITS[Unit(unit)] not in permitted:
        raise Refused(N_("A fee may not be counted in this unit under the rules of the place."))


@duty("B02", basis="WZ34; YN L121; 65号")
def fee_is_within_cap(price_minor: int, cap_minor: int | None) -> None:
    """A guided price is charged only under a cap in force, and never above it."""
    if cap_minor is None:
        said = N_(
            "No fee cap is in force for this item, purpose and unit, so nothing may be charged. The public data "
            "authority sets the cap; the operator proposes it under Fee caps."
        )
        raise Refused(said)
    if price_minor > cap_minor:
        said = N_(
            "The price of {price} yuan is above the cap of {cap} yuan that is in force. Lower the price."
        )
        raise Refused(said, price=Money(price_minor).yuan, cap=Money(cap_minor).yuan)


@duty("B02", basis="65号")
def cap_rests_on_a_document(charged: bool, valid_from: date, today: date) -> None:
    """A cap is set for a purpose that may be charged, and never for days that are past."""
    if not charged:
        raise Refused(N_("For a purpose that is free of charge no cap is set."))
    if valid_from < today:
        said = N_("A cap cannot apply from a day that is past ({day}). Propose it anew from today or later.")
        raise Refused(said, day=valid_from)


@duty("L03", basis="YN L121")
def market_price_is_permitted(level: str, redeveloped_market: bool) -> None:
    """Only products of second-level development are priced by the market."""
    if level != "second_level" or not redeveloped_market:
        said = N_(
            "Only products of second-level development may be sold at a market price. Here the guided price with its "
            "cap applies."
        )
        raise Refused(said)


def price_of(
    purpose: str,
    mode: str,
    list_price_minor: int,
    cap: Cap | None,
    *,
    level: str,
    free: Collection[str],
    charged: Collection[str],
    redeveloped_market: bool,
    declaration_id: uuid.UUID | None = None,
) -> PriceAnswer:
    """What one unit costs for the purpose. Raises RuleBroken where it may not be sold that way.

    Free purpose: 0, with what is waived. Guided: the list price, bounded by the cap. Market: the list price.
    """
    if mode == PriceMode.MARKET:
        market_price_is_permitted(level, redeveloped_market)
        cap = None
    would_cost = min(list_price_minor, cap.amount_minor) if cap else list_price_minor
    answer = PriceAnswer(purpose, mode, would_cost, list_price_minor, 0, "YN L121", cap)
    if purpose_is_free(purpose, free, charged):
        return _free(answer, declaration_id)
    if mode == PriceMode.MARKET:
        why = Text(N_("Products of second-level development are priced by the market."))
        return replace(answer, explanation=[why])
    fee_is_within_cap(would_cost, cap.amount_minor if cap else None)
    return _guided(answer)


def _free(answer: PriceAnswer, declaration_id: uuid.UUID | None) -> PriceAnswer:
    waived = answer.unit_price_minor
    why = [
        Text(
            N_("This purpose is free of charge; the value of {value} yuan is waived."),
            value=Money(waived).yuan,
        )
    ]
    if declaration_id is None:
        why.append(
            Text(N_("Declare the purpose with evidence first; the public data authority verifies it."))
        )
    return replace(
        answer,
        mode=str(PriceMode.FREE),
        unit_price_minor=0,
        waived_minor=waived,
        basis="WZ34; YN L121",
        declaration_id=declaration_id,
        needs_declaration=declaration_id is None,
        explanation=why,
    )


def _guided(answer: PriceAnswer) -> PriceAnswer:
    said = N_("Government-guided price: at most {cap} yuan a unit (document {document}).")
    why = [
        Text(said, cap=Money(cap.amount_minor).yuan, document=cap.document_number)
        for cap in (answer.cap,)
        if cap
    ]
    if answer.unit_price_minor < answer.list_price_minor:
        why.append(Text(N_("The list price is above the cap; you pay the cap.")))
    return replace(answer, basis="WZ34; YN L121; 65号", explanation=why)
