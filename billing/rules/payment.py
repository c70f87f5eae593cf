"""What a payment must be: as large as what is owed, once, and of weight only by two people."""

from kernel.duty import Refused, duty
from kernel.money import Money
from kernel.words import N_


@duty("B04", basis="YN L121–122")
def invoice_is_open(is_open: bool) -> None:
    """Only what is owed is paid."""
    if not is_open:
        raise Refused(N_("There is nothing to pay on this bill any more."))


@duty("B04", basis="YN L121–122")
def amount_is_what_is_owed(
    amount_minor: int, currency: str, owed_minor: int, owed_currency: str, tolerance_minor: int = 0
) -> None:
    """A payment is exactly as large as the invoice, in its currency, up to the tolerance of the rules."""
    if currency.upper() != owed_currency.upper():
        raise Refused(
            N_("The bill is in {owed}, the payment in {paid}."), owed=owed_currency, paid=currency.upper()
        )
    if abs(amount_minor - owed_minor) > tolerance_minor:
        said = N_("The bill is about {owed} yuan, the payment about {paid} yuan. They have to be the same.")
        raise Refused(said, owed=Money(owed_minor).yuan, paid=Money(amount_minor).yuan)


@duty("B04", basis="YN L121–122")
def payment_is_the_only_one(open_reference: str | None) -> None:
    """While one payment is under way, no second one is begun: nobody pays twice."""
    if open_reference is not None:
        said = N_(
            "The payment {reference} is already under way for this bill. Wait for it or withdraw it first."
        )
        raise Refused(said, reference=open_reference)


@duty("B04", basis="YN L121–122")
def second_person_is_needed(amount_minor: int, from_minor: int) -> bool:
    """Whether an amount is so large that two people have to agree to it."""
    return amount_minor >= from_minor
