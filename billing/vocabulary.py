"""Words of billing: modes of price, units, ways to pay, accounts of the ledger, and what can have a price."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from kernel.actor import Actor
from kernel.documents import Kind, register
from kernel.words import N_


class PriceMode(StrEnum):
    """How a unit price came about. A plan is guided or market; free is what a free purpose makes of either."""

    GUIDED = "guided"
    MARKET = "market"
    FREE = "free"


class Unit(StrEnum):
    """What one unit of a price is."""

    PER_ITEM = "per_item"
    PER_SERVICE = "per_service"
    PER_PERIOD = "per_period"
    PER_CALL = "per_call"


class Method(StrEnum):
    """How money comes in."""

    BANK_TRANSFER = "bank_transfer"
    STRIPE = "stripe"


class Account(StrEnum):
    """Kinds of accounts. Each account stands in the books of an owner and may concern another organisation."""

    RECEIVABLE = "receivable"  # what a buyer owes the issuer
    BANK = "bank"  # the issuer's money
    DEFERRED = "deferred"  # invoiced, not yet received
    REVENUE = "revenue"  # the issuer's own share of what was received
    PAYABLE = "payable"  # another party's share, not yet paid out
    UNAPPLIED = "unapplied"  # received without an open invoice, to be given back
    WAIVED = "waived"  # statistical pair: list value of free use …
    WAIVED_CONTRA = "waived_contra"  # … and its mirror, so that it never touches income


class Entry(StrEnum):
    """What an entry of the ledger records."""

    ISSUE = "issue"
    PAYMENT = "payment"
    SURPLUS = "surplus"
    VOID = "void"
    REFUND = "refund"
    PAYOUT = "payout"


MODE_WORDS = {
    PriceMode.GUIDED: N_("Government-guided price"),
    PriceMode.MARKET: N_("Market price"),
    PriceMode.FREE: N_("Free of charge"),
}
UNIT_WORDS = {
    Unit.PER_ITEM: N_("Per item"),
    Unit.PER_SERVICE: N_("Per service"),
    Unit.PER_PERIOD: N_("Per period"),
    Unit.PER_CALL: N_("Per call"),
}
UNIT_CHOICES: list[tuple[str, str]] = [(str(unit), word) for unit, word in UNIT_WORDS.items()]
# The rules name what may be counted (price.charging_units); each of our units is one of them.
CHARGING_UNITS = {
    Unit.PER_ITEM: "product_count",
    Unit.PER_SERVICE: "service_count",
    Unit.PER_PERIOD: "service_time",
    Unit.PER_CALL: "data_calls",
}
METHOD_WORDS = {Method.BANK_TRANSFER: N_("Bank transfer"), Method.STRIPE: N_("Card payment")}
PARTY_ROLE_WORDS = {
    "operator": N_("Operator"),
    "developer": N_("Developer"),
    "agency": N_("Source agency"),
    "treasury": N_("Treasury"),
}
ENTRY_WORDS = {
    Entry.ISSUE: N_("Bill issued"),
    Entry.PAYMENT: N_("Bill paid"),
    Entry.SURPLUS: N_("Paid twice"),
    Entry.VOID: N_("Claim taken back"),
    Entry.REFUND: N_("Payment given back"),
    Entry.PAYOUT: N_("Payout"),
}
ACCOUNT_WORDS = {
    Account.RECEIVABLE: N_("Claim on the buyer"),
    Account.BANK: N_("Bank"),
    Account.DEFERRED: N_("Billed, not yet received"),
    Account.REVENUE: N_("Own income"),
    Account.PAYABLE: N_("Owed to another party"),
    Account.UNAPPLIED: N_("To be given back"),
    Account.WAIVED: N_("Value waived (statistical)"),
    Account.WAIVED_CONTRA: N_("Value waived, contra (statistical)"),
}
WHOLE_BP = 10_000

register(Kind("invoice", "ZD", N_("Bill")))
register(Kind("receipt", "SK", N_("Receipt")))
register(Kind("credit_note", "TK", N_("Credit note")))
register(Kind("settlement_statement", "DZ", N_("Settlement statement")))


@dataclass(frozen=True)
class PricedItem:
    """Something that can have a price: a data element or a product, who sells it, and the right it rests on."""

    id: uuid.UUID
    title: str
    seller_id: uuid.UUID
    right_id: uuid.UUID
    jurisdiction: str


Source = Callable[[Iterable[uuid.UUID] | None, Actor], list[PricedItem]]
ITEM_SOURCES: list[Source] = []


def priced_items(source: Source) -> Source:
    """Register where items with a price are found: `source(ids or None, actor)` gives those, or all the actor sees.

    Packages above bring their own kinds of items this way; billing knows data elements itself.
    """
    ITEM_SOURCES.append(source)
    return source


def items(actor: Actor, ids: Iterable[uuid.UUID] | None = None) -> list[PricedItem]:
    """The items an actor may see, or those of them with one of `ids`, by title."""
    wanted = None if ids is None else list(ids)
    found = [item for source in ITEM_SOURCES for item in source(wanted, actor)]
    return sorted(found, key=lambda item: item.title)


LOOKUPS: dict[str, Callable[[Actor], list[tuple[str, str]]]] = {}


def operator_choices(actor: Actor) -> list[tuple[str, str]]:
    """The operators an actor may propose a permitted revenue for, as choices of a form."""
    return LOOKUPS["operators"](actor)


def item_choices(actor: Actor) -> list[tuple[str, str]]:
    """The items as choices of a form."""
    return [(str(item.id), item.title) for item in items(actor)]
