"""What an offer may cost, before it is opened."""

from datetime import date

from kernel.duty import Refused, duty
from kernel.money import Money
from kernel.states import state_word
from kernel.words import N_, Text


@duty("B02", basis="WZ34; YN L121; 65号")
def guided_price_is_within_cap(
    purpose: str, price_minor: int, cap_minor: int | None, document: str, valid_from: date | None
) -> None:
    """A guided price is offered only under a cap in force for the purpose, and never above it (fen a unit)."""
    words = Text(state_word(purpose))
    if cap_minor is None:
        said = N_(
            "For “{purpose}” no fee cap is in force for this product and unit. Propose one under Fee caps; the public "
            "data authority puts it in force."
        )
        raise Refused(said, purpose=words)
    if price_minor > cap_minor:
        said = N_(
            "For “{purpose}” the price of {price} yuan is above the cap of {cap} yuan (document {document}, in force "
            "since {day}). Lower the price."
        )
        facts = {"price": Money(price_minor).yuan, "cap": Money(cap_minor).yuan}
        raise Refused(said, purpose=words, document=document, day=valid_from, **facts)


@duty("B02", basis="YN L121; 65号")
def offer_has_a_price(plans: int) -> None:
    """An offer says what is charged and in which unit."""
    if not plans:
        raise Refused(N_("The offer has no plan yet. Say what a unit is and what it costs."))
